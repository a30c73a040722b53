#pragma once
#include <boost/describe.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace bole::db {
class Tx;
}

// What a module holds about a person, for access, erasure and retention. Each module that keeps personal data offers
// one of these; modules/privacy uses them without knowing whose they are.
namespace bole {

// recordings: picture and voice. analysis: what was derived from them. biometric: what was measured of the face.
// messages: what was sent to the person. profile: everything else, down to the rows themselves.
enum class DataKind { recordings, analysis, biometric, messages, profile };
BOOST_DESCRIBE_ENUM(DataKind, recordings, analysis, biometric, messages, profile)

// Kinds about an interview look at interview_ids only, so that one interview can be treated alone.
struct DataSubject {
  std::string person_id;
  std::vector<std::string> candidate_ids, interview_ids;
};

// A record by which somebody is known in a unit beside the pool of candidates, under the kind and id by which acts on
// it are recorded: {"employee", …}.
struct DataRecord {
  std::string kind, id, person_id, org_id, org_path;
  std::optional<Date> ended{};  // the last day; nullopt: it goes on
};

using DataCounts = std::map<std::string, std::int64_t>;  // "answer_analysis" → 4

// A file of an export: its bytes, or the blobs that make it up one after the other.
struct DataFile {
  std::string name;
  std::string bytes{};
  std::vector<std::string> blob_ids{};
};
struct DataPortion {
  boost::json::object document;
  std::vector<DataFile> files;
};

// Stateless; acts in the caller's transaction, who has authorised and records it. Thread-safe.
class PersonalData {
 public:
  virtual ~PersonalData() = default;
  [[nodiscard]] virtual std::string area() const = 0;  // "people": the member of the export's document
  // Everything held, secrets in clear. Internal keys and hashes stay away.
  [[nodiscard]] virtual Result<DataPortion> Export(db::Tx& tx, DataSubject const& subject) = 0;
  // Newest first.
  [[nodiscard]] virtual std::vector<DataRecord> Records(db::Tx& /*tx*/, std::string const& /*person_id*/) { return {}; }
  // Those that ended before a day, of anybody, in order of id behind `after_id`.
  [[nodiscard]] virtual std::vector<DataRecord> EndedBefore(db::Tx& /*tx*/, Date const& /*day*/,
                                                            std::string const& /*after_id*/, int /*limit*/) {
    return {};
  }
  // Whom a record is about; nullopt: not one of this module's.
  [[nodiscard]] virtual std::optional<std::string> PersonOf(db::Tx& /*tx*/, std::string_view /*kind*/,
                                                            std::string const& /*id*/) {
    return std::nullopt;
  }
  // Blobs to destroy before Erase removes the rows that name them; the same answer until then.
  [[nodiscard]] virtual std::vector<std::string> Blobs(db::Tx& tx, DataSubject const& subject, DataKind kind) = 0;
  // Why the profile must not go now, whoever asks; nullopt: nothing here keeps it.
  [[nodiscard]] virtual std::optional<Error> Keeps(db::Tx& /*tx*/, DataSubject const& /*subject*/) {
    return std::nullopt;
  }
  // Removes the rows of the kind and counts them by what they were. Repeating finds nothing more.
  virtual DataCounts Erase(db::Tx& tx, DataSubject const& subject, DataKind kind) = 0;
};

}  // namespace bole
