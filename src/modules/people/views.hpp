#pragma once
#include <optional>
#include <string>
#include <vector>

#include "platform/reflect/reflect.hpp"

// Shapes of the candidate pool as clients see them.
namespace bole::people {

enum class Source { job_site, referral, campus, career_page, walk_in, import, other };
BOOST_DESCRIBE_ENUM(Source, job_site, referral, campus, career_page, walk_in, import, other)

struct CandidateView {
  std::string id, person_id, org_id, org_name, name;
  std::string gender;  // "" | female | male | other
  std::optional<Date> birth_date;
  std::string phone_masked, email_masked, id_number_masked;
  Source source = Source::other;
  std::vector<std::string> tags;
  std::optional<std::string> job_id;
  std::string job_name, locale, note;
  std::int64_t interviews = 0;
  std::optional<double> last_score;
  std::optional<std::string> last_band;
  Instant created_at{};
  std::int64_t version = 1;
  std::optional<json::object> custom{};  // in details only
};
BOOST_DESCRIBE_STRUCT(CandidateView, (),
                      (id, person_id, org_id, org_name, name, gender, birth_date, phone_masked, email_masked,
                       id_number_masked, source, tags, job_id, job_name, locale, note, interviews, last_score,
                       last_band, created_at, version, custom))

struct CreateCandidate {
  std::string org_id, name;
  std::optional<std::string> gender;
  std::optional<Date> birth_date;
  std::optional<std::string> phone, email, id_number;
  Source source = Source::other;
  std::vector<std::string> tags;
  std::optional<std::string> job_id;
  std::string locale = "zh-CN", note;
  std::optional<json::object> custom{};  // custom fields: key → value
};
BOOST_DESCRIBE_STRUCT(CreateCandidate, (),
                      (org_id, name, gender, birth_date, phone, email, id_number, source, tags, job_id, locale, note,
                       custom))

// An empty text removes phone, email, id_number, gender or job_id.
struct PatchCandidate {
  std::int64_t version = 0;
  std::optional<std::string> name, gender;
  std::optional<Date> birth_date;
  std::optional<std::string> phone, email, id_number;
  std::optional<Source> source;
  std::optional<std::vector<std::string>> tags;
  std::optional<std::string> job_id, locale, note;
  std::optional<json::object> custom{};  // only the keys that change
};
BOOST_DESCRIBE_STRUCT(PatchCandidate, (),
                      (version, name, gender, birth_date, phone, email, id_number, source, tags, job_id, locale, note,
                       custom))

struct RevealedContact {
  std::string phone, email, id_number;
  json::object custom{};  // sensitive custom fields
};
BOOST_DESCRIBE_STRUCT(RevealedContact, (), (phone, email, id_number, custom))

struct FileEvent {
  Instant at{};
  std::string kind;       // created | updated | imported | similar | invited | …
  std::string title_key;  // message key, filled with params
  std::map<std::string, std::string> params;
  std::optional<std::string> interview_id;
};
BOOST_DESCRIBE_STRUCT(FileEvent, (), (at, kind, title_key, params, interview_id))

struct PersonFile {
  CandidateView candidate;
  std::vector<FileEvent> events;         // newest first
  std::vector<json::object> interviews;  // InterviewViews
};
BOOST_DESCRIBE_STRUCT(PersonFile, (), (candidate, events, interviews))

}  // namespace bole::people

namespace bole {
template <>
inline constexpr auto kRules<people::CreateCandidate> =
    std::tuple{Field<&people::CreateCandidate::org_id>{{.min_length = 1, .max_length = 26}},
               Field<&people::CreateCandidate::name>{{.min_length = 1, .max_length = 80, .pii = true}},
               Field<&people::CreateCandidate::gender>{{.doc = "\"\" | female | male | other", .max_length = 10}},
               Field<&people::CreateCandidate::phone>{{.max_length = 30, .pii = true}},
               Field<&people::CreateCandidate::email>{{.max_length = 254, .pii = true}},
               Field<&people::CreateCandidate::id_number>{{.max_length = 30, .pii = true}},
               Field<&people::CreateCandidate::tags>{{.max_length = 20}},
               Field<&people::CreateCandidate::job_id>{{.max_length = 26}},
               Field<&people::CreateCandidate::locale>{{.doc = "zh-CN or en-US", .max_length = 10}},
               Field<&people::CreateCandidate::note>{{.max_length = 2000}}};
template <>
inline constexpr auto kRules<people::PatchCandidate> =
    std::tuple{Field<&people::PatchCandidate::version>{{.required = true}},
               Field<&people::PatchCandidate::name>{{.min_length = 1, .max_length = 80, .pii = true}},
               Field<&people::PatchCandidate::gender>{{.max_length = 10}},
               Field<&people::PatchCandidate::phone>{{.max_length = 30, .pii = true}},
               Field<&people::PatchCandidate::email>{{.max_length = 254, .pii = true}},
               Field<&people::PatchCandidate::id_number>{{.max_length = 30, .pii = true}},
               Field<&people::PatchCandidate::tags>{{.max_length = 20}},
               Field<&people::PatchCandidate::job_id>{{.max_length = 26}},
               Field<&people::PatchCandidate::locale>{{.max_length = 10}},
               Field<&people::PatchCandidate::note>{{.max_length = 2000}}};
}  // namespace bole
