#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "platform/app/context.hpp"
#include "platform/db/database.hpp"
#include "platform/security/principal.hpp"

// T0: the evidence log. Every change and every read of sensitive data is recorded in the transaction that does it.
namespace bole::audit {

struct Entry {
  std::string action;  // "candidate.create", "candidate.reveal"
  std::string subject_kind;
  std::string subject_id;
  std::string org_id{};
  json::object details{};  // never secrets or personal data
};

class Api {
 public:
  virtual ~Api() = default;
  // Writes a record that says "failed"; returns its id. Call Succeeded last, before the transaction commits.
  virtual std::string Begin(db::Tx& tx, Principal const& who, Entry const& entry) = 0;
  virtual void Succeeded(db::Tx& tx, std::string const& record_id) = 0;
  // For an act that is one statement: Begin and Succeeded in one.
  virtual void Record(db::Tx& tx, Principal const& who, Entry const& entry) = 0;
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
// Acts on these subjects that succeeded, newest first.
[[nodiscard]] std::vector<Act> ActsOn(db::Tx& tx, std::vector<Subject> const& subjects, int limit);

[[nodiscard]] std::unique_ptr<Api> Register(AppContext& context);

}  // namespace bole::audit
