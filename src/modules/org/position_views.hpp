#pragma once
#include <optional>
#include <string>

#include "modules/org/job_views.hpp"

// Grades of the group and positions: seats for jobs in units.
namespace bole::org {

struct GradeView {
  std::string key, name_zh, name_en;
  std::int64_t rank = 0;  // a higher one is more senior
  JobStatus state = JobStatus::active;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(GradeView, (), (key, name_zh, name_en, rank, state, version))

// Version 0: a new one.
struct PutGrade {
  std::int64_t version = 0;
  std::string name_zh, name_en;
  std::int64_t rank = 0;
  JobStatus state = JobStatus::active;
};
BOOST_DESCRIBE_STRUCT(PutGrade, (), (version, name_zh, name_en, rank, state))

// Seats for a job in a unit.
struct PositionView {
  std::string id, org_id, org_name, job_id, job_name, job_name_en, code, name, name_en;
  std::int64_t headcount = 1;
  Date valid_from{};
  std::optional<Date> valid_to;  // last day
  std::int64_t version = 1;
  std::optional<std::int64_t> filled{};  // seats taken today; absent where employees are not kept
};
BOOST_DESCRIBE_STRUCT(PositionView, (),
                      (id, org_id, org_name, job_id, job_name, job_name_en, code, name, name_en, headcount, valid_from,
                       valid_to, version, filled))

struct CreatePosition {
  std::string org_id, job_id, code, name, name_en;
  std::int64_t headcount = 1;
  Date valid_from{};
  std::optional<Date> valid_to;
};
BOOST_DESCRIBE_STRUCT(CreatePosition, (), (org_id, job_id, code, name, name_en, headcount, valid_from, valid_to))

struct PutPosition {
  std::int64_t version = 0;
  std::string name, name_en;
  std::int64_t headcount = 1;
  Date valid_from{};
  std::optional<Date> valid_to;
};
BOOST_DESCRIBE_STRUCT(PutPosition, (), (version, name, name_en, headcount, valid_from, valid_to))

// Seats of a unit on a day: its own, and with everything below it; how many of all of them are taken. `filled` is
// absent where employees are not kept: unknown is not zero.
struct HeadcountView {
  std::string org_id;
  std::int64_t positions = 0, own = 0, total = 0;
  std::optional<std::int64_t> filled;
};
BOOST_DESCRIBE_STRUCT(HeadcountView, (), (org_id, positions, own, total, filled))

}  // namespace bole::org

namespace bole {
template <>
inline constexpr auto kRules<org::PutGrade> =
    std::tuple{Field<&org::PutGrade::version>{{.required = true}},
               Field<&org::PutGrade::name_zh>{{.min_length = 1, .max_length = 60}},
               Field<&org::PutGrade::name_en>{{.max_length = 60}},
               Field<&org::PutGrade::rank>{{.min = 0, .max = 1000, .required = true}}};
template <>
inline constexpr auto kRules<org::CreatePosition> =
    std::tuple{Field<&org::CreatePosition::org_id>{{.min_length = 1, .max_length = 26}},
               Field<&org::CreatePosition::job_id>{{.min_length = 1, .max_length = 26}},
               Field<&org::CreatePosition::code>{{.min_length = 1, .max_length = 40}},
               Field<&org::CreatePosition::name>{{.min_length = 1, .max_length = 120}},
               Field<&org::CreatePosition::name_en>{{.max_length = 120}},
               Field<&org::CreatePosition::headcount>{{.min = 0, .max = 100'000, .required = true}},
               Field<&org::CreatePosition::valid_from>{{.required = true}}};
template <>
inline constexpr auto kRules<org::PutPosition> =
    std::tuple{Field<&org::PutPosition::version>{{.required = true}},
               Field<&org::PutPosition::name>{{.min_length = 1, .max_length = 120}},
               Field<&org::PutPosition::name_en>{{.max_length = 120}},
               Field<&org::PutPosition::headcount>{{.min = 0, .max = 100'000, .required = true}},
               Field<&org::PutPosition::valid_from>{{.required = true}}};
}  // namespace bole
