#include "modules/plans/plan_rows.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace bole::plans {
namespace {

using imports::Problem;
using imports::Row;

std::string AsCell(std::string const& text) { return std::string(Trim(ReplaceAll(text, "\r\n", "\n"))); }

// A cell cannot hold the space around a text: that alone is no change.
void Assign(std::string& to, std::optional<std::string> const& from) {
  if (from && AsCell(to) != *from) to = *from;
}
// Read as numbers within their limits.
void Assign(int& to, std::optional<std::string> const& from) {
  if (from) to = std::stoi(*from);
}
void Assign(double& to, std::optional<std::string> const& from) {
  if (from) to = std::stod(*from);
}

bool Reaches(store::QuestionPlace const& question, std::string const& node_path) {
  return node_path.starts_with(question.org_path);
}

}  // namespace

bool SameContent(PlanDraft const& a, PlanDraft const& b) {
  return a.row.job_id == b.row.job_id && WriteJson(a.document) == WriteJson(b.document);
}

DimensionNames PlanRows::NamesFor(db::Tx& tx, PlanDraft const& draft, std::string const& node_path) {
  auto const [unit, fresh] = dimensions_.try_emplace(node_path);
  if (fresh) unit->second = service_.dimensions().For(tx, node_path);
  std::vector<org::CompetencyWeight> model;
  if (draft.row.job_id)
    if (auto const job = org_.Job(tx, Scope::Everything(), *draft.row.job_id)) model = job->competencies;
  return {draft.document.dimensions, unit->second, model};
}

void PlanRows::ReadFacts(db::Tx& tx, Row const& row, std::string const& node_path, PlanDraft& draft,
                         std::vector<Problem>& problems) {
  auto& document = draft.document;
  if (auto const code = row.Given("job")) {
    if (auto job = store::JobByCode(tx, *code))
      draft.row.job_id = std::move(job);
    else
      problems.push_back({"job", "unknown_job_name", {{"job", *code}}});
  }
  Assign(document.language, row.Given("language"));
  Assign(document.valid_days, row.Given("valid_days"));
  Assign(document.retention_days, row.Given("retention_days"));
  Assign(document.bands.recommend, row.Given("recommend"));
  Assign(document.bands.reinterview, row.Given("reinterview"));
  if (auto const weights = row.Given("weights"))
    document.dimensions = ReadWeights(*weights, NamesFor(tx, draft, node_path), problems);
}

void PlanRows::ReadStage(db::Tx& tx, Row const& row, std::string const& node_path, PlanDraft const& draft,
                         PlanStage& stage, std::vector<Problem>& problems) {
  if (auto const kind = row.Given("kind"))
    stage.kind = *kind == "introduction" ? StageKind::introduction : StageKind::question;
  if (auto const word = row.Given("question")) {
    auto question = QuestionOfWord(tx, *word, node_path, stage.question_id);
    if (!question)
      problems.push_back({"question", "unknown_question", {{"question", *word}}});
    else if (question != stage.question_id)
      stage.question_id = std::move(question), stage.question_revision.reset();
  }
  Assign(stage.title_zh, row.Given("title_zh")), Assign(stage.title_en, row.Given("title_en"));
  Assign(stage.question_zh, row.Given("question_zh")), Assign(stage.question_en, row.Given("question_en"));
  Assign(stage.prompt_zh, row.Given("prompt_zh")), Assign(stage.prompt_en, row.Given("prompt_en"));
  Assign(stage.preparation_seconds, row.Given("preparation_seconds"));
  Assign(stage.time_limit_seconds, row.Given("time_limit_seconds"));
  Assign(stage.grace_seconds, row.Given("grace_seconds"));
  Assign(stage.retakes, row.Given("retakes"));
  Assign(stage.weight, row.Given("stage_weight"));
  if (row.Has("dimensions")) stage.dimensions = StageDimensions(row, NamesFor(tx, draft, node_path), stage, problems);
}

std::vector<std::string> PlanRows::StageDimensions(Row const& row, DimensionNames const& names, PlanStage const& stage,
                                                   std::vector<Problem>& problems) {
  std::vector<std::string> out;
  for (auto const& word : row.List("dimensions")) {
    auto const known = names.Find(word);
    bool const stays = std::find(stage.dimensions.begin(), stage.dimensions.end(), word) != stage.dimensions.end();
    if (!known && !stays) {
      problems.push_back({"dimensions", "unknown_dimension_name", {{"dimension", word}}});
      continue;
    }
    auto key = known ? known->key : word;
    if (std::find(out.begin(), out.end(), key) == out.end()) out.push_back(std::move(key));
  }
  return out;
}

std::optional<std::string> QuestionOfWord(db::Tx& tx, std::string const& word, std::string const& node_path,
                                          std::optional<std::string> const& current) {
  std::optional<store::QuestionPlace> nearest;
  for (auto& question : store::QuestionsOfCode(tx, word)) {
    if (!Reaches(question, node_path)) continue;
    if (question.id == current) return current;
    if (!nearest || nearest->org_path.size() < question.org_path.size()) nearest = std::move(question);
  }
  if (nearest) return nearest->id;
  auto const at = word.rfind('@');
  if (at == std::string::npos) return std::nullopt;
  for (auto const& question : store::QuestionsOfCode(tx, word.substr(0, at)))
    if (Reaches(question, node_path) && question.org_code == word.substr(at + 1)) return question.id;
  return std::nullopt;
}

std::string WordOfQuestion(db::Tx& tx, std::string const& id, std::string const& node_path) {
  auto const place = store::PlaceOfQuestion(tx, id);
  if (!place || !Reaches(*place, node_path)) return "";
  bool const nearest = QuestionOfWord(tx, place->code, node_path, std::nullopt) == id;
  return nearest ? place->code : place->code + "@" + place->org_code;
}

}  // namespace bole::plans
