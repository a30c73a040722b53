#pragma once
#include "modules/plans/plan_table.hpp"
#include "modules/plans/plan_table_store.hpp"
#include "modules/plans/service.hpp"

namespace bole::plans {

// A plan as an import is about to leave it; without an id it is not there yet.
struct PlanDraft {
  store::PlanRow row;
  PlanDocument document;
};
[[nodiscard]] bool SameContent(PlanDraft const& a, PlanDraft const& b);

// What the cells of a row say, put into drafts. Cells that are empty or were not mapped leave what is there. Problems
// are those of the cells alone: whether the plan may become so is asked of Service::DraftErrors.
class PlanRows {
 public:
  PlanRows(Service& service, org::Api& org) : service_(service), org_(org) {}

  void ReadFacts(db::Tx& tx, imports::Row const& row, std::string const& node_path, PlanDraft& draft,
                 std::vector<imports::Problem>& problems);
  void ReadStage(db::Tx& tx, imports::Row const& row, std::string const& node_path, PlanDraft const& draft,
                 PlanStage& stage, std::vector<imports::Problem>& problems);

 private:
  DimensionNames NamesFor(db::Tx& tx, PlanDraft const& draft, std::string const& node_path);
  std::vector<std::string> StageDimensions(imports::Row const& row, DimensionNames const& names, PlanStage const& stage,
                                           std::vector<imports::Problem>& problems);

  Service& service_;
  org::Api& org_;
  std::map<std::string, std::vector<DimensionView>> dimensions_;  // by unit
};

// The bank's question of a code for a plan of the unit: `current` when it has the code, else the nearest of the unit
// and those above. "code@unit code" names the one of that unit.
[[nodiscard]] std::optional<std::string> QuestionOfWord(db::Tx& tx, std::string const& word,
                                                        std::string const& node_path,
                                                        std::optional<std::string> const& current);
// How the table names a question; empty when it is not for plans of the unit.
[[nodiscard]] std::string WordOfQuestion(db::Tx& tx, std::string const& id, std::string const& node_path);

}  // namespace bole::plans
