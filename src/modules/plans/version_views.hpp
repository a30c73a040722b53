#pragma once
#include "modules/plans/question_views.hpp"
#include "modules/plans/rebase.hpp"

// Shapes of the versions of questions and plans.
namespace bole::plans {

struct QuestionRevisionView {
  std::int64_t revision = 1;
  Instant created_at{};
  std::string author_name;  // empty: before names were kept
  bool shipped = false;     // as the product brought it
};
BOOST_DESCRIBE_STRUCT(QuestionRevisionView, (), (revision, created_at, author_name, shipped))

// in_use: the one that new interviews get; former: published before it.
enum class PlanRevisionState { draft, in_use, former };
BOOST_DESCRIBE_ENUM(PlanRevisionState, draft, in_use, former)

struct PlanRevisionView {
  std::int64_t revision = 1;
  PlanRevisionState state = PlanRevisionState::draft;
  Instant created_at{};
  std::optional<Instant> published_at, adopt_by;
  std::string author_name;  // who saved it last; empty: before names were kept
};
BOOST_DESCRIBE_STRUCT(PlanRevisionView, (), (revision, state, created_at, published_at, adopt_by, author_name))

// From a former revision to the newest the reader sees. `before` and `after` of each change are filled; every change is
// of kind `standard`. Rules of a standard stand at "/governance/<member>".
struct PlanRevisionDifference {
  std::int64_t from_revision = 1, to_revision = 1;
  std::vector<PlanChange> changes;
};
BOOST_DESCRIBE_STRUCT(PlanRevisionDifference, (), (from_revision, to_revision, changes))

}  // namespace bole::plans
