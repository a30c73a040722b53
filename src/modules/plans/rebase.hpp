#pragma once
#include "modules/plans/plan_document.hpp"

// Carries a derived plan over to a new revision of its standard: a three-way merge by field. Pure.
namespace bole::plans {

// standard: only the standard changed the place; local: only the branch; conflict: both, or the branch in a place that
// the new revision locks.
enum class ChangeKind { standard, local, conflict };
BOOST_DESCRIBE_ENUM(ChangeKind, standard, local, conflict)
enum class Take { standard, mine };
BOOST_DESCRIBE_ENUM(Take, standard, mine)

// One place where the three differ. `path` names stages by key: "/stages/q1/time_limit_seconds", "/stages/q1" (there or
// not), "/stage_order", "/dimensions" (weights by key), "/dimension_rules", "/bands/recommend", "/welcome_zh".
struct PlanChange {
  std::string path;
  std::string title_zh, title_en;  // of the stage
  ChangeKind kind = ChangeKind::standard;
  bool locked = false;              // a conflict in which only the standard's side may be taken
  json::value before, after, mine;  // standard before, standard now, the branch; null: not there
};
BOOST_DESCRIBE_STRUCT(PlanChange, (), (path, title_zh, title_en, kind, locked, before, after, mine))

struct RebaseChoice {
  std::string path;
  Take take = Take::standard;
};
BOOST_DESCRIBE_STRUCT(RebaseChoice, (), (path, take))

struct Rebased {
  PlanDocument document;            // conflicts without a choice: the standard's side
  std::vector<PlanChange> changes;  // in the order of the document
  std::vector<FieldError> errors;   // choose (a conflict without choice), locked (mine chosen where it may not be)
};

// `mine` is legal against `before`. A local stage whose key the standard now uses gets another key.
[[nodiscard]] Rebased RebasePlan(PlanDocument const& before, PlanDocument const& after, PlanDocument const& mine,
                                 std::vector<RebaseChoice> const& choices);

}  // namespace bole::plans

namespace bole {
template <>
inline constexpr auto kRules<plans::RebaseChoice> =
    std::tuple{Field<&plans::RebaseChoice::path>{{.min_length = 1, .max_length = 200}},
               Field<&plans::RebaseChoice::take>{{.required = true}}};
}
