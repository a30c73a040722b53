#pragma once
#include <optional>
#include <string>
#include <vector>

#include "platform/reflect/reflect.hpp"

// Shapes of interview plans.
namespace bole::plans {

enum class PlanKind { structured };
BOOST_DESCRIBE_ENUM(PlanKind, structured)
enum class StageKind { introduction, question };
BOOST_DESCRIBE_ENUM(StageKind, introduction, question)
enum class PlanStatus { draft, published, archived };
BOOST_DESCRIBE_ENUM(PlanStatus, draft, published, archived)

// Lower limits of the bands on the 0..10 scale.
struct PlanBands {
  double recommend = 7.0, reinterview = 5.0;
};
BOOST_DESCRIBE_STRUCT(PlanBands, (), (recommend, reinterview))

struct PlanDimension {
  std::string key, name_zh, name_en;
  double weight = 0;  // percent; all together 100
};
BOOST_DESCRIBE_STRUCT(PlanDimension, (), (key, name_zh, name_en, weight))

// A draft may be saved while weights, texts or dimensions are still wrong (CheckPlan), but numbers keep their limits.
struct PlanStage {
  std::string key;
  StageKind kind = StageKind::question;
  std::optional<std::string> question_id;
  std::optional<std::int64_t> question_revision;  // pinned at publication
  std::string title_zh, title_en, question_zh, question_en, prompt_zh, prompt_en;
  int preparation_seconds = 30;
  int time_limit_seconds = 120;
  int grace_seconds = 5;
  int retakes = 0;
  std::vector<std::string> dimensions;
  double weight = 1;
};
BOOST_DESCRIBE_STRUCT(PlanStage, (),
                      (key, kind, question_id, question_revision, title_zh, title_en, question_zh, question_en,
                       prompt_zh, prompt_en, preparation_seconds, time_limit_seconds, grace_seconds, retakes,
                       dimensions, weight))

struct PlanDocument {
  PlanKind kind = PlanKind::structured;
  std::string language = "candidate";  // zh-CN | en-US | candidate
  std::optional<std::string> scoring_model_id;
  PlanBands bands;
  std::vector<PlanDimension> dimensions;
  std::vector<PlanStage> stages;
  std::string welcome_zh, welcome_en, closing_zh, closing_en;
  int valid_days = 7;
  int retention_days = 180;
};
BOOST_DESCRIBE_STRUCT(PlanDocument, (),
                      (kind, language, scoring_model_id, bands, dimensions, stages, welcome_zh, welcome_en, closing_zh,
                       closing_en, valid_days, retention_days))

struct PlanView {
  std::string id, org_id, org_name;
  std::optional<std::string> job_id;
  std::string job_name, name_zh, name_en;
  std::int64_t revision = 1;  // the one `document` shows
  PlanStatus status = PlanStatus::draft;
  bool has_draft = true;
  std::optional<std::int64_t> published_revision;
  PlanDocument document;
  std::int64_t version = 1;
  Instant created_at{}, updated_at{};
};
BOOST_DESCRIBE_STRUCT(PlanView, (),
                      (id, org_id, org_name, job_id, job_name, name_zh, name_en, revision, status, has_draft,
                       published_revision, document, version, created_at, updated_at))

struct CreatePlan {
  std::string org_id;
  std::optional<std::string> job_id;
  std::string name_zh, name_en;
  std::optional<PlanDocument> document;  // absent: an introduction and the dimensions every job needs
};
BOOST_DESCRIBE_STRUCT(CreatePlan, (), (org_id, job_id, name_zh, name_en, document))

struct PutPlan {
  std::int64_t version = 0;
  std::string name_zh, name_en;
  std::optional<std::string> job_id;
  PlanDocument document;
};
BOOST_DESCRIBE_STRUCT(PutPlan, (), (version, name_zh, name_en, job_id, document))

struct CopyPlan {
  std::string org_id, name_zh, name_en;
};
BOOST_DESCRIBE_STRUCT(CopyPlan, (), (org_id, name_zh, name_en))

struct VersionBody {
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(VersionBody, (), (version))

struct PlanProblem {
  std::string pointer, code, message;
};
BOOST_DESCRIBE_STRUCT(PlanProblem, (), (pointer, code, message))

struct PlanProblems {
  std::vector<PlanProblem> problems;
};
BOOST_DESCRIBE_STRUCT(PlanProblems, (), (problems))

}  // namespace bole::plans

namespace bole {
template <>
inline constexpr auto kRules<plans::PlanBands> =
    std::tuple{Field<&plans::PlanBands::recommend>{{.min = 0, .max = 10}},
               Field<&plans::PlanBands::reinterview>{{.min = 0, .max = 10}}};
template <>
inline constexpr auto kRules<plans::PlanStage> =
    std::tuple{Field<&plans::PlanStage::key>{{.max_length = 40}},
               Field<&plans::PlanStage::title_zh>{{.max_length = 200}},
               Field<&plans::PlanStage::title_en>{{.max_length = 200}},
               Field<&plans::PlanStage::question_zh>{{.max_length = 2000}},
               Field<&plans::PlanStage::question_en>{{.max_length = 2000}},
               Field<&plans::PlanStage::prompt_zh>{{.max_length = 2000}},
               Field<&plans::PlanStage::prompt_en>{{.max_length = 2000}},
               Field<&plans::PlanStage::preparation_seconds>{{.min = 0, .max = 600}},
               Field<&plans::PlanStage::time_limit_seconds>{{.min = 10, .max = 900}},
               Field<&plans::PlanStage::grace_seconds>{{.min = 0, .max = 30}},
               Field<&plans::PlanStage::retakes>{{.min = 0, .max = 3}},
               Field<&plans::PlanStage::weight>{{.min = 0, .max = 1000}}};
template <>
inline constexpr auto kRules<plans::PlanDimension> = std::tuple{
    Field<&plans::PlanDimension::weight>{{.min = 0, .max = 100}}, Field<&plans::PlanDimension::key>{{.max_length = 60}},
    Field<&plans::PlanDimension::name_zh>{{.max_length = 80}},
    Field<&plans::PlanDimension::name_en>{{.max_length = 80}}};
template <>
inline constexpr auto kRules<plans::PlanDocument> =
    std::tuple{Field<&plans::PlanDocument::valid_days>{{.min = 1, .max = 365}},
               Field<&plans::PlanDocument::retention_days>{{.min = 1, .max = 3650}},
               Field<&plans::PlanDocument::language>{{.doc = "zh-CN | en-US | candidate", .max_length = 10}},
               Field<&plans::PlanDocument::scoring_model_id>{{.max_length = 26}},
               Field<&plans::PlanDocument::dimensions>{{.max_length = 30}},
               Field<&plans::PlanDocument::stages>{{.max_length = 40}},
               Field<&plans::PlanDocument::welcome_zh>{{.max_length = 4000}},
               Field<&plans::PlanDocument::welcome_en>{{.max_length = 4000}},
               Field<&plans::PlanDocument::closing_zh>{{.max_length = 4000}},
               Field<&plans::PlanDocument::closing_en>{{.max_length = 4000}}};
template <>
inline constexpr auto kRules<plans::CreatePlan> = std::tuple{
    Field<&plans::CreatePlan::org_id>{{.min_length = 1, .max_length = 26}},
    Field<&plans::CreatePlan::job_id>{{.max_length = 26}}, Field<&plans::CreatePlan::name_zh>{{.max_length = 120}},
    Field<&plans::CreatePlan::name_en>{{.max_length = 120}}};
template <>
inline constexpr auto kRules<plans::PutPlan> = std::tuple{
    Field<&plans::PutPlan::version>{{.required = true}}, Field<&plans::PutPlan::job_id>{{.max_length = 26}},
    Field<&plans::PutPlan::name_zh>{{.max_length = 120}}, Field<&plans::PutPlan::name_en>{{.max_length = 120}},
    Field<&plans::PutPlan::document>{{.required = true}}};
template <>
inline constexpr auto kRules<plans::CopyPlan> = std::tuple{
    Field<&plans::CopyPlan::org_id>{{.min_length = 1, .max_length = 26}},
    Field<&plans::CopyPlan::name_zh>{{.max_length = 120}}, Field<&plans::CopyPlan::name_en>{{.max_length = 120}}};
template <>
inline constexpr auto kRules<plans::VersionBody> = std::tuple{Field<&plans::VersionBody::version>{{.required = true}}};
}  // namespace bole
