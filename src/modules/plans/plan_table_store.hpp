#pragma once
#include "modules/plans/store.hpp"

// SQL of plans as tables.
namespace bole::plans::store {

struct UnitRow {
  std::string id, code;
};
BOOST_DESCRIBE_STRUCT(UnitRow, (), (id, code))
std::optional<UnitRow> UnitByCode(db::Tx& tx, std::string const& code);
std::optional<std::string> JobByCode(db::Tx& tx, std::string const& code);

// A question and the unit that owns it.
struct QuestionPlace {
  std::string id, code, org_code, org_path;
};
BOOST_DESCRIBE_STRUCT(QuestionPlace, (), (id, code, org_code, org_path))
std::vector<QuestionPlace> QuestionsOfCode(db::Tx& tx, std::string const& code);  // of all units
std::optional<QuestionPlace> PlaceOfQuestion(db::Tx& tx, std::string const& id);

// The plans of a unit with this Chinese name; without one, with this English name.
std::vector<PlanRow> PlansNamed(db::Tx& tx, std::string const& org_id, std::string const& name_zh,
                                std::string const& name_en);
void DeleteDraft(db::Tx& tx, std::string const& plan_id, std::int64_t revision);
void DeletePlan(db::Tx& tx, std::string const& plan_id);  // never published; throws when something names it

}  // namespace bole::plans::store
