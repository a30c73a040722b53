#pragma once
#include <optional>
#include <string>
#include <vector>

#include "modules/org/api.hpp"
#include "modules/plans/dimension_views.hpp"
#include "platform/reflect/reflect.hpp"

// Shapes of the question bank and of scoring models.
namespace bole::plans {

enum class QuestionKind { text, picture, video };
BOOST_DESCRIBE_ENUM(QuestionKind, text, picture, video)

struct RubricPoint {
  std::string key, text_zh, text_en;
  std::vector<std::string> synonyms;
  double weight = 1;
};
BOOST_DESCRIBE_STRUCT(RubricPoint, (), (key, text_zh, text_en, synonyms, weight))

struct RubricAnchor {
  double score = 0;  // 0..10
  std::string text_zh, text_en;
};
BOOST_DESCRIBE_STRUCT(RubricAnchor, (), (score, text_zh, text_en))

struct Rubric {
  std::vector<RubricPoint> points;
  std::vector<RubricAnchor> anchors;
  std::string model_answer_zh, model_answer_en;
};
BOOST_DESCRIBE_STRUCT(Rubric, (), (points, anchors, model_answer_zh, model_answer_en))

// What one immutable revision holds.
struct QuestionContent {
  std::string question_id;
  std::int64_t revision = 1;
  std::string text_zh, text_en;
  QuestionKind kind = QuestionKind::text;
  std::optional<std::string> asset_id;
  std::string family = org::kGeneralFamily;
  std::string competency;
  int difficulty = 3;
  int suggested_seconds = 120;
  Rubric rubric;
  std::vector<std::string> job_ids{};
};

// A job that a question is for.
struct QuestionJob {
  std::string id, code, name, name_en;
};
BOOST_DESCRIBE_STRUCT(QuestionJob, (), (id, code, name, name_en))

// How a question fits a job: it names the job; it names none and is of the job's family; it names none and is general.
enum class JobFit { named, family, general };
BOOST_DESCRIBE_ENUM(JobFit, named, family, general)

struct QuestionView {
  std::string id, org_id, code;
  std::int64_t revision = 1;
  std::string text_zh, text_en;
  QuestionKind kind = QuestionKind::text;
  std::optional<std::string> asset_id;
  std::string family = org::kGeneralFamily;
  std::string competency;
  int difficulty = 3, suggested_seconds = 120;
  Rubric rubric;
  bool shipped = false;
  ContentStatus status = ContentStatus::active;
  std::int64_t version = 1;
  Instant created_at{}, updated_at{};
  std::vector<QuestionJob> jobs{};  // empty: for every job of the family
};
BOOST_DESCRIBE_STRUCT(QuestionView, (),
                      (id, org_id, code, revision, text_zh, text_en, kind, asset_id, family, competency, difficulty,
                       suggested_seconds, rubric, shipped, status, version, created_at, updated_at, jobs))

struct CreateQuestion {
  std::string org_id, code, text_zh, text_en;
  QuestionKind kind = QuestionKind::text;
  std::optional<std::string> asset_id;
  std::string family = org::kGeneralFamily;
  std::string competency;
  int difficulty = 3, suggested_seconds = 120;
  Rubric rubric;
  std::vector<std::string> job_ids{};
};
BOOST_DESCRIBE_STRUCT(CreateQuestion, (),
                      (org_id, code, text_zh, text_en, kind, asset_id, family, competency, difficulty,
                       suggested_seconds, rubric, job_ids))

struct PatchQuestion {
  std::int64_t version = 0;
  std::optional<std::string> code, text_zh, text_en;
  std::optional<QuestionKind> kind;
  std::optional<std::string> asset_id;
  std::optional<std::string> family;
  std::optional<std::string> competency;
  std::optional<int> difficulty, suggested_seconds;
  std::optional<Rubric> rubric;
  std::optional<ContentStatus> status;
  std::optional<std::vector<std::string>> job_ids{};
};
BOOST_DESCRIBE_STRUCT(PatchQuestion, (),
                      (version, code, text_zh, text_en, kind, asset_id, family, competency, difficulty,
                       suggested_seconds, rubric, status, job_ids))

struct ScoringModelView {
  std::string id, name;
  std::int64_t version_no = 1;
  json::object document;
  ContentStatus status = ContentStatus::active;
  Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(ScoringModelView, (), (id, name, version_no, document, status, created_at))

}  // namespace bole::plans

namespace bole {
template <>
inline constexpr auto kRules<plans::RubricPoint> = std::tuple{
    Field<&plans::RubricPoint::key>{{.min_length = 1, .max_length = 60}},
    Field<&plans::RubricPoint::text_zh>{{.max_length = 500}}, Field<&plans::RubricPoint::text_en>{{.max_length = 500}},
    Field<&plans::RubricPoint::synonyms>{{.max_length = 60}},
    Field<&plans::RubricPoint::weight>{{.min = 0, .max = 100}}};
template <>
inline constexpr auto kRules<plans::RubricAnchor> =
    std::tuple{Field<&plans::RubricAnchor::score>{{.min = 0, .max = 10}}};
template <>
inline constexpr auto kRules<plans::Rubric> =
    std::tuple{Field<&plans::Rubric::points>{{.max_length = 30}}, Field<&plans::Rubric::anchors>{{.max_length = 11}},
               Field<&plans::Rubric::model_answer_zh>{{.max_length = 5000}},
               Field<&plans::Rubric::model_answer_en>{{.max_length = 5000}}};
template <>
inline constexpr auto kRules<plans::CreateQuestion> =
    std::tuple{Field<&plans::CreateQuestion::org_id>{{.min_length = 1, .max_length = 26}},
               Field<&plans::CreateQuestion::code>{{.min_length = 1, .max_length = 40}},
               Field<&plans::CreateQuestion::text_zh>{{.max_length = 2000}},
               Field<&plans::CreateQuestion::text_en>{{.max_length = 2000}},
               Field<&plans::CreateQuestion::asset_id>{{.max_length = 26}},
               Field<&plans::CreateQuestion::competency>{{.max_length = 60}},
               Field<&plans::CreateQuestion::difficulty>{{.min = 1, .max = 5}},
               Field<&plans::CreateQuestion::suggested_seconds>{{.min = 10, .max = 900}},
               Field<&plans::CreateQuestion::job_ids>{{.max_length = 20}}};
template <>
inline constexpr auto kRules<plans::PatchQuestion> =
    std::tuple{Field<&plans::PatchQuestion::version>{{.required = true}},
               Field<&plans::PatchQuestion::code>{{.min_length = 1, .max_length = 40}},
               Field<&plans::PatchQuestion::text_zh>{{.max_length = 2000}},
               Field<&plans::PatchQuestion::text_en>{{.max_length = 2000}},
               Field<&plans::PatchQuestion::asset_id>{{.max_length = 26}},
               Field<&plans::PatchQuestion::competency>{{.max_length = 60}},
               Field<&plans::PatchQuestion::difficulty>{{.min = 1, .max = 5}},
               Field<&plans::PatchQuestion::suggested_seconds>{{.min = 10, .max = 900}},
               Field<&plans::PatchQuestion::job_ids>{{.max_length = 20}}};
}  // namespace bole
