#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "platform/app/context.hpp"
#include "platform/db/database.hpp"
#include "platform/security/principal.hpp"

namespace bole::http {
struct Request;
}

// T0: the evidence log. Every change and every read of sensitive data is recorded in the transaction that does it;
// committed records enter a Merkle tree with signed heads (README.md).
namespace bole::audit {

struct Entry {
  std::string action;  // "candidate.create", "candidate.reveal"
  std::string subject_kind;
  std::string subject_id;
  std::string org_id{};
  json::object details{};  // never secrets or personal data
};

// Why somebody reads or takes out what is sensitive. Header X-Bole-Purpose: a code of Purposes(), and for more words
// ";" with the note, percent-encoded: "dispute;%E7%94%B3%E8%AF%89".
struct Purpose {
  std::string code;  // empty: not said
  std::string note;
};
inline constexpr std::size_t kMaxPurposeNote = 200;  // code points
[[nodiscard]] std::vector<std::string> const& Purposes();
// kInvalid purpose.unknown, purpose.bad_note, purpose.note_required ("other" says nothing by itself).
[[nodiscard]] Result<Purpose> PurposeOf(http::Request const& request);
// kInvalid purpose.required. Services ask after they know that the caller may see the thing at all.
[[nodiscard]] Result<> RequirePurpose(Purpose const& purpose);
[[nodiscard]] json::object WithPurpose(Purpose const& purpose, json::object details = {});

// Thread-safe.
class Api {
 public:
  virtual ~Api() = default;
  // Writes a record that says "failed"; returns its id. Call Succeeded last, before the transaction commits.
  virtual std::string Begin(db::Tx& tx, Principal const& who, Entry const& entry) = 0;
  virtual void Succeeded(db::Tx& tx, std::string const& record_id) = 0;
  // For an act that is one statement: Begin and Succeeded in one.
  virtual void Record(db::Tx& tx, Principal const& who, Entry const& entry) = 0;
  // For looking at something sensitive: once a minute for the same action, person, session and subject.
  virtual void RecordRead(db::Tx& tx, Principal const& who, Entry const& entry) { Record(tx, who, entry); }
  // Whether RecordRead would write: spares reads a turn as writer.
  [[nodiscard]] virtual bool IsNewRead(Principal const&, Entry const&) { return true; }
};

// The log as the program runs it.
class Log : public Api {
 public:
  // Brings committed records into the tree and signs a head, every [audit] interval_seconds on a thread of its own.
  virtual void Start() = 0;
  virtual void Stop() = 0;      // after a last round
  virtual Result<> Seal() = 0;  // one round now
  // A new key signs from now on; returns its id. Older heads stay verifiable with the older key.
  virtual Result<std::string> RotateKey(Principal const& who) = 0;
};

struct Subject {
  std::string kind, id;
};
// What was done, as a subject may see it: who by kind and id, never by name.
struct Act {
  std::string id;
  Instant at{};
  PrincipalKind actor_kind = PrincipalKind::anonymous;
  std::string actor_id, action, subject_kind, subject_id;
};
BOOST_DESCRIBE_STRUCT(Act, (), (id, at, actor_kind, actor_id, action, subject_kind, subject_id))
// Whom one act on many concerns, as an export does; `kind`: "candidate".
struct Concerned {
  std::string kind;
  std::vector<std::string> ids;
};
// Begin for such an act: the details say how many they are and the SHA-256 of their ids (ascending, a line each), and
// each of them finds the act (ActsOn) once it succeeded.
[[nodiscard]] std::string BeginOnMany(Api& audit, db::Tx& tx, Principal const& who, Entry entry, Concerned concerned);

// Acts on these subjects that succeeded, also those on many, newest first.
[[nodiscard]] std::vector<Act> ActsOn(db::Tx& tx, std::vector<Subject> const& subjects, int limit);

[[nodiscard]] std::unique_ptr<Log> Register(AppContext& context);

}  // namespace bole::audit
