#pragma once
#include <optional>
#include <string>
#include <vector>

#include "modules/org/api.hpp"
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
  // What a standard says to derived plans: a core dimension stays; its weight moves inside the range only. A core
  // dimension without a range keeps its weight.
  bool core = false;
  std::optional<double> min_weight{}, max_weight{};
};
BOOST_DESCRIBE_STRUCT(PlanDimension, (), (key, name_zh, name_en, weight, core, min_weight, max_weight))

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
  bool locked = false;                           // of a standard: mandatory in derived plans, every part of it
  std::optional<std::string> prompt_asset_id{};  // a recorded prompt: played instead of reading the text aloud
};
BOOST_DESCRIBE_STRUCT(PlanStage, (),
                      (key, kind, question_id, question_revision, title_zh, title_en, question_zh, question_en,
                       prompt_zh, prompt_en, preparation_seconds, time_limit_seconds, grace_seconds, retakes,
                       dimensions, weight, locked, prompt_asset_id))

// Makes a plan a standard: what the nodes below may do in the plans they derive from it (base_rules.hpp).
struct PlanGovernance {
  std::optional<std::string> family{};  // where the library shows it
  int local_stages = 3;                 // stages a branch may add
  double max_local_share = 30;          // percent that a branch's own dimensions and stages may decide
  bool texts = true;                    // titles and questions of stages that are not locked
  bool prompts = true;                  // their prompts, welcome and closing
  bool times = true;                    // their times and retakes
  bool language = true;                 // the language of the interview
  bool valid_days = true;               // how long an invitation is good
  bool bands_binding = true;            // limits of the bands may be raised, never lowered
  int adopt_days = 30;                  // after a new version the old one serves new invitations this long
};
BOOST_DESCRIBE_STRUCT(PlanGovernance, (),
                      (family, local_stages, max_local_share, texts, prompts, times, language, valid_days,
                       bands_binding, adopt_days))

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
  std::optional<PlanGovernance> governance{};
};
BOOST_DESCRIBE_STRUCT(PlanDocument, (),
                      (kind, language, scoring_model_id, bands, dimensions, stages, welcome_zh, welcome_en, closing_zh,
                       closing_en, valid_days, retention_days, governance))

// The standard a plan is derived from.
struct PlanBase {
  std::string plan_id, name_zh, name_en, org_name;
  std::int64_t revision = 1;                       // the one the newest revision of the plan follows
  std::optional<std::int64_t> published_revision;  // the one the published revision follows
  std::int64_t current_revision = 1;               // the newest published one of the standard
  bool behind = false;                             // what is in use follows an older one
  std::optional<Instant> adopt_by;                 // behind: from then on nobody is invited with the old one
  bool archived = false;                           // the standard is out of use: nobody is invited
  // What `revision` says: rules, limits, and which stages and dimensions are the standard's.
  PlanGovernance governance;
  PlanBands bands;
  std::vector<std::string> stage_keys, dimension_keys;
};
BOOST_DESCRIBE_STRUCT(PlanBase, (),
                      (plan_id, name_zh, name_en, org_name, revision, published_revision, current_revision, behind,
                       adopt_by, archived, governance, bands, stage_keys, dimension_keys))

enum class PlanApprovalNeed { none, needed, submitted };
BOOST_DESCRIBE_ENUM(PlanApprovalNeed, none, needed, submitted)

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
  bool standard = false;
  std::optional<std::string> family{};
  std::optional<PlanBase> base{};
  PlanApprovalNeed approval = PlanApprovalNeed::none;
};
BOOST_DESCRIBE_STRUCT(PlanView, (),
                      (id, org_id, org_name, job_id, job_name, name_zh, name_en, revision, status, has_draft,
                       published_revision, document, version, created_at, updated_at, standard, family, base, approval))

struct CreatePlan {
  std::string org_id;
  std::optional<std::string> job_id;
  std::string name_zh, name_en;
  std::optional<PlanDocument> document;  // absent: an introduction and the dimensions every job needs
  std::string template_key{};            // the document of a shipped template instead
};
BOOST_DESCRIBE_STRUCT(CreatePlan, (), (org_id, job_id, name_zh, name_en, document, template_key))

struct PutPlan {
  std::int64_t version = 0;
  std::string name_zh, name_en;
  std::optional<std::string> job_id;
  PlanDocument document;
};
BOOST_DESCRIBE_STRUCT(PutPlan, (), (version, name_zh, name_en, job_id, document))

struct CopyPlan {
  std::string org_id, name_zh, name_en;
  std::optional<std::string> job_id{};  // absent: the same job where it serves the node, else none
};
BOOST_DESCRIBE_STRUCT(CopyPlan, (), (org_id, name_zh, name_en, job_id))

struct PublishPlan {
  std::int64_t version = 0;
  std::optional<Instant> adopt_by{};  // of a standard; absent: now and governance.adopt_days
};
BOOST_DESCRIBE_STRUCT(PublishPlan, (), (version, adopt_by))

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
               Field<&plans::PlanStage::prompt_asset_id>{{.max_length = 26}},
               Field<&plans::PlanStage::preparation_seconds>{{.min = 0, .max = 600}},
               Field<&plans::PlanStage::time_limit_seconds>{{.min = 10, .max = 900}},
               Field<&plans::PlanStage::grace_seconds>{{.min = 0, .max = 30}},
               Field<&plans::PlanStage::retakes>{{.min = 0, .max = 3}},
               Field<&plans::PlanStage::weight>{{.min = 0, .max = 1000}}};
template <>
inline constexpr auto kRules<plans::PlanDimension> =
    std::tuple{Field<&plans::PlanDimension::weight>{{.min = 0, .max = 100}},
               Field<&plans::PlanDimension::min_weight>{{.min = 0, .max = 100}},
               Field<&plans::PlanDimension::max_weight>{{.min = 0, .max = 100}},
               Field<&plans::PlanDimension::key>{{.max_length = 60}},
               Field<&plans::PlanDimension::name_zh>{{.max_length = 80}},
               Field<&plans::PlanDimension::name_en>{{.max_length = 80}}};
template <>
inline constexpr auto kRules<plans::PlanGovernance> =
    std::tuple{Field<&plans::PlanGovernance::family>{{.max_length = 40}},
               Field<&plans::PlanGovernance::local_stages>{{.min = 0, .max = 20}},
               Field<&plans::PlanGovernance::max_local_share>{{.min = 0, .max = 50}},
               Field<&plans::PlanGovernance::adopt_days>{{.min = 0, .max = 365}}};
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
    Field<&plans::CreatePlan::job_id>{{.max_length = 26}}, Field<&plans::CreatePlan::template_key>{{.max_length = 40}},
    Field<&plans::CreatePlan::name_zh>{{.max_length = 120}}, Field<&plans::CreatePlan::name_en>{{.max_length = 120}}};
template <>
inline constexpr auto kRules<plans::PutPlan> = std::tuple{
    Field<&plans::PutPlan::version>{{.required = true}}, Field<&plans::PutPlan::job_id>{{.max_length = 26}},
    Field<&plans::PutPlan::name_zh>{{.max_length = 120}}, Field<&plans::PutPlan::name_en>{{.max_length = 120}},
    Field<&plans::PutPlan::document>{{.required = true}}};
template <>
inline constexpr auto kRules<plans::CopyPlan> = std::tuple{
    Field<&plans::CopyPlan::org_id>{{.min_length = 1, .max_length = 26}},
    Field<&plans::CopyPlan::job_id>{{.max_length = 26}}, Field<&plans::CopyPlan::name_zh>{{.max_length = 120}},
    Field<&plans::CopyPlan::name_en>{{.max_length = 120}}};
template <>
inline constexpr auto kRules<plans::PublishPlan> = std::tuple{Field<&plans::PublishPlan::version>{{.required = true}}};
template <>
inline constexpr auto kRules<plans::VersionBody> = std::tuple{Field<&plans::VersionBody::version>{{.required = true}}};
}  // namespace bole
