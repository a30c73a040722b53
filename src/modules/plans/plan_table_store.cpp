#include "modules/plans/plan_table_store.hpp"

namespace bole::plans::store {
namespace {

constexpr char const* kPlaces =
    "SELECT q.id, q.code, n.code AS org_code, n.path AS org_path FROM question q JOIN org_node n ON n.id = q.org_id ";

}  // namespace

std::optional<UnitRow> UnitByCode(db::Tx& tx, std::string const& code) {
  return tx.One<UnitRow>({"plans.unit_by_code", "SELECT id, code FROM org_node WHERE code = ?"}, code);
}

std::optional<std::string> JobByCode(db::Tx& tx, std::string const& code) {
  return tx.Scalar<std::string>({"plans.job_by_code", "SELECT id FROM org_job WHERE code = ?"}, code);
}

std::vector<QuestionPlace> QuestionsOfCode(db::Tx& tx, std::string const& code) {
  return tx.Select<QuestionPlace>({"plans.questions_of_code", std::string(kPlaces) + "WHERE q.code = ?"}, code);
}

std::optional<QuestionPlace> PlaceOfQuestion(db::Tx& tx, std::string const& id) {
  return tx.One<QuestionPlace>({"plans.place_of_question", std::string(kPlaces) + "WHERE q.id = ?"}, id);
}

std::vector<PlanRow> PlansNamed(db::Tx& tx, std::string const& org_id, std::string const& name_zh,
                                std::string const& name_en) {
  std::string const column = name_zh.empty() ? "name_en" : "name_zh";
  return tx.Select<PlanRow>({"plans.named", "SELECT " + db::Columns<PlanRow>() +
                                                " FROM plan WHERE org_id = ? AND TRIM(" + column + ") = ? ORDER BY id"},
                            org_id, name_zh.empty() ? name_en : name_zh);
}

void DeleteDraft(db::Tx& tx, std::string const& plan_id, std::int64_t revision) {
  tx.Execute(
      {"plans.delete_draft", "DELETE FROM plan_revision WHERE plan_id = ? AND revision = ? AND published_at IS NULL"},
      plan_id, revision);
}

void DeletePlan(db::Tx& tx, std::string const& plan_id) {
  tx.Execute({"plans.delete_revisions", "DELETE FROM plan_revision WHERE plan_id = ? AND published_at IS NULL"},
             plan_id);
  tx.Execute({"plans.delete", "DELETE FROM plan WHERE id = ?"}, plan_id);
}

}  // namespace bole::plans::store
