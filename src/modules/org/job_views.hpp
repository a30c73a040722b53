#pragma once
#include <optional>
#include <string>
#include <vector>

#include "platform/reflect/reflect.hpp"

// The job library: families, jobs, competency models.
namespace bole::org {

enum class JobStatus { active, archived };
BOOST_DESCRIBE_ENUM(JobStatus, active, archived)

// Key of a family that is always there: where jobs and questions are that belong to no other.
inline constexpr char const* kGeneralFamily = "general";

// What can be seen at work of somebody on this level.
struct CompetencyLevel {
  std::int64_t level = 1;  // 1..5
  std::string anchor_zh, anchor_en;
};
BOOST_DESCRIBE_STRUCT(CompetencyLevel, (), (level, anchor_zh, anchor_en))

// One line of a job's competency model. Without own levels the library's anchors hold.
struct CompetencyWeight {
  std::string key, name_zh, name_en;
  double weight = 0;
  std::int64_t level = 3;  // required
  std::vector<CompetencyLevel> levels{};
};
BOOST_DESCRIBE_STRUCT(CompetencyWeight, (), (key, name_zh, name_en, weight, level, levels))

struct CompetencyView {
  std::string key, name_zh, name_en, description_zh, description_en;
  std::vector<CompetencyLevel> levels;
  JobStatus state = JobStatus::active;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(CompetencyView, (),
                      (key, name_zh, name_en, description_zh, description_en, levels, state, version))

// Version 0: a new one.
struct PutCompetency {
  std::int64_t version = 0;
  std::string name_zh, name_en, description_zh, description_en;
  std::vector<CompetencyLevel> levels;
  JobStatus state = JobStatus::active;
};
BOOST_DESCRIBE_STRUCT(PutCompetency, (), (version, name_zh, name_en, description_zh, description_en, levels, state))

// Jobs of one kind: questions and plans are found by it, and a new job starts from its competency model.
struct FamilyView {
  std::string key, name_zh, name_en;
  std::int64_t rank = 0;  // order in lists
  JobStatus state = JobStatus::active;
  std::vector<CompetencyWeight> competencies;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(FamilyView, (), (key, name_zh, name_en, rank, state, competencies, version))

// Version 0: a new one.
struct PutFamily {
  std::int64_t version = 0;
  std::string name_zh, name_en;
  std::int64_t rank = 0;
  JobStatus state = JobStatus::active;
  std::vector<CompetencyWeight> competencies;
};
BOOST_DESCRIBE_STRUCT(PutFamily, (), (version, name_zh, name_en, rank, state, competencies))

struct JobView {
  std::string id, org_id, org_name, code, name, name_en;
  std::string family = kGeneralFamily;
  std::string grade, duties, requirements;
  std::vector<CompetencyWeight> competencies;
  JobStatus status = JobStatus::active;
  std::int64_t version = 1;
  Instant created_at{};
  std::optional<json::object> custom{};  // in details only
};
BOOST_DESCRIBE_STRUCT(JobView, (),
                      (id, org_id, org_name, code, name, name_en, family, grade, duties, requirements, competencies,
                       status, version, created_at, custom))

struct CreateJob {
  std::string org_id, code, name, name_en;
  std::string family = kGeneralFamily;
  std::string grade, duties, requirements;
  std::vector<CompetencyWeight> competencies;  // empty: the model of the family
  std::optional<json::object> custom{};        // custom fields: key → value
  JobStatus status = JobStatus::active;
};
BOOST_DESCRIBE_STRUCT(CreateJob, (),
                      (org_id, code, name, name_en, family, grade, duties, requirements, competencies, custom, status))

struct PatchJob {
  std::int64_t version = 0;
  std::optional<std::string> code, name, name_en;
  std::optional<std::string> family;
  std::optional<std::string> grade, duties, requirements;
  std::optional<std::vector<CompetencyWeight>> competencies;
  std::optional<JobStatus> status;
  std::optional<json::object> custom{};  // only the keys that change
};
BOOST_DESCRIBE_STRUCT(PatchJob, (),
                      (version, code, name, name_en, family, grade, duties, requirements, competencies, status, custom))

// A job of the same name: it should be used instead of a second one, or moved to where both can use it.
struct SameName {
  std::string id, code, name, org_id, org_name;
  bool above = false;  // it serves the unit already
};
BOOST_DESCRIBE_STRUCT(SameName, (), (id, code, name, org_id, org_name, above))

}  // namespace bole::org

namespace bole {
template <>
inline constexpr auto kRules<org::CompetencyLevel> =
    std::tuple{Field<&org::CompetencyLevel::level>{{.min = 1, .max = 5, .required = true}},
               Field<&org::CompetencyLevel::anchor_zh>{{.max_length = 500}},
               Field<&org::CompetencyLevel::anchor_en>{{.max_length = 500}}};
template <>
inline constexpr auto kRules<org::CompetencyWeight> =
    std::tuple{Field<&org::CompetencyWeight::key>{{.min_length = 1, .max_length = 60}},
               Field<&org::CompetencyWeight::weight>{{.min = 0, .max = 100}},
               Field<&org::CompetencyWeight::level>{{.min = 1, .max = 5}},
               Field<&org::CompetencyWeight::levels>{{.max_length = 5}}};
template <>
inline constexpr auto kRules<org::PutCompetency> =
    std::tuple{Field<&org::PutCompetency::version>{{.required = true}},
               Field<&org::PutCompetency::name_zh>{{.min_length = 1, .max_length = 60}},
               Field<&org::PutCompetency::name_en>{{.max_length = 60}},
               Field<&org::PutCompetency::description_zh>{{.max_length = 500}},
               Field<&org::PutCompetency::description_en>{{.max_length = 500}},
               Field<&org::PutCompetency::levels>{{.max_length = 5}}};
template <>
inline constexpr auto kRules<org::PutFamily> = std::tuple{
    Field<&org::PutFamily::version>{{.required = true}},
    Field<&org::PutFamily::name_zh>{{.min_length = 1, .max_length = 60}},
    Field<&org::PutFamily::name_en>{{.max_length = 60}}, Field<&org::PutFamily::rank>{{.min = 0, .max = 1000}},
    Field<&org::PutFamily::competencies>{{.max_length = 30}}};
template <>
inline constexpr auto kRules<org::CreateJob> =
    std::tuple{Field<&org::CreateJob::org_id>{{.min_length = 1, .max_length = 26}},
               Field<&org::CreateJob::code>{{.min_length = 1, .max_length = 40}},
               Field<&org::CreateJob::name>{{.min_length = 1, .max_length = 120}},
               Field<&org::CreateJob::name_en>{{.max_length = 120}},
               Field<&org::CreateJob::family>{{.max_length = 40}},
               Field<&org::CreateJob::grade>{{.max_length = 40}},
               Field<&org::CreateJob::competencies>{{.max_length = 30}}};
template <>
inline constexpr auto kRules<org::PatchJob> =
    std::tuple{Field<&org::PatchJob::version>{{.required = true}},
               Field<&org::PatchJob::code>{{.min_length = 1, .max_length = 40}},
               Field<&org::PatchJob::name>{{.min_length = 1, .max_length = 120}},
               Field<&org::PatchJob::family>{{.min_length = 1, .max_length = 40}},
               Field<&org::PatchJob::competencies>{{.max_length = 30}}};
}  // namespace bole
