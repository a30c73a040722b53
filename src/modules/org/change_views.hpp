#pragma once
#include "modules/org/node_views.hpp"

// Acts on the tree: now, or on a later day.
namespace bole::org {

enum class ChangeKind { create, update, move, merge, split, close, reopen };
BOOST_DESCRIBE_ENUM(ChangeKind, create, update, move, merge, split, close, reopen)

// failed: its day came and it could not be; nothing changed.
enum class ChangeState { scheduled, applied, cancelled, failed };
BOOST_DESCRIBE_ENUM(ChangeState, scheduled, applied, cancelled, failed)

// What is to be said of a unit; absent members stay as they are. A new unit needs code, name, kind, zone and locale.
struct NodeFacts {
  std::optional<std::string> code, name, name_en;
  std::optional<OrgKind> kind;
  std::optional<std::string> city, zone, locale;
  std::optional<std::string> calendar_id;  // "": the parent's
};
BOOST_DESCRIBE_STRUCT(NodeFacts, (), (code, name, name_en, kind, city, zone, locale, calendar_id))

// A unit that comes out of a split, beside the one that was split, with some of its children and jobs. The positions of
// a job and the employees who have it there go along; what is not named stays.
struct SplitPart {
  std::string code, name, name_en;
  std::vector<std::string> children, jobs{};
};
BOOST_DESCRIBE_STRUCT(SplitPart, (), (code, name, name_en, children, jobs))

struct NewChange {
  ChangeKind kind = ChangeKind::update;
  std::optional<Date> effective_date;    // in the group's zone; absent: today
  std::string reason;                    // for the record
  std::optional<std::string> node_id;    // every kind but create
  std::optional<std::string> target_id;  // create, move, reopen: the parent; merge, close: who takes over
  std::optional<NodeFacts> facts;        // create, update
  std::vector<SplitPart> parts;          // split
  bool with_subtree = false;             // close: what is open below closes too
};
BOOST_DESCRIBE_STRUCT(NewChange, (), (kind, effective_date, reason, node_id, target_id, facts, parts, with_subtree))

struct AffectedRows {
  std::string what;  // "jobs", "users", "candidates"
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(AffectedRows, (), (what, count))

struct ChangeView {
  std::string id;
  ChangeKind kind = ChangeKind::update;
  Date effective_date{};
  ChangeState state = ChangeState::scheduled;
  std::string reason, org_id, node_id, node_name, node_name_en;
  std::optional<std::string> target_id;
  std::string target_name, target_name_en;
  json::object payload;
  std::string author_id, author_name;
  Instant created_at{};
  std::optional<Instant> ended_at;        // applied, cancelled or failed
  std::vector<AffectedRows> left_over{};  // failed: what hung on the unit; empty: it rested on a change that failed
};
BOOST_DESCRIBE_STRUCT(ChangeView, (),
                      (id, kind, effective_date, state, reason, org_id, node_id, node_name, node_name_en, target_id,
                       target_name, target_name_en, payload, author_id, author_name, created_at, ended_at, left_over))

// Why a change cannot be: the rule, the unit and day on which it breaks, and the other change that stands in the way.
struct ChangeProblem {
  std::string pointer, code;
  std::string node_id, node_name, node_name_en;
  std::optional<Date> date;
  std::optional<std::string> change_id;
  std::optional<ChangeKind> change_kind;
  std::optional<std::int64_t> count{};  // left_…: of what hangs on the unit
};
BOOST_DESCRIBE_STRUCT(ChangeProblem, (),
                      (pointer, code, node_id, node_name, node_name_en, date, change_id, change_kind, count))

[[nodiscard]] inline bool HasSuccessor(NewChange const& change) {
  return change.target_id && !change.target_id->empty();
}

struct ChangePreview {
  Date effective_date{};
  bool possible = true;
  std::int64_t nodes = 0;              // units that change or lie below one that does
  std::vector<AffectedRows> affected;  // what hangs on them today
  std::vector<ChangeProblem> problems;
};
BOOST_DESCRIBE_STRUCT(ChangePreview, (), (effective_date, possible, nodes, affected, problems))

struct NodeHistory {
  std::vector<NodeVersion> versions;  // oldest first, future ones included
  std::vector<ChangeView> changes;    // newest first
};
BOOST_DESCRIBE_STRUCT(NodeHistory, (), (versions, changes))

}  // namespace bole::org

namespace bole {
template <>
inline constexpr auto kRules<org::NodeFacts> =
    std::tuple{Field<&org::NodeFacts::code>{{.min_length = 1, .max_length = 40}},
               Field<&org::NodeFacts::name>{{.min_length = 1, .max_length = 120}},
               Field<&org::NodeFacts::name_en>{{.max_length = 120}},
               Field<&org::NodeFacts::city>{{.max_length = 80}},
               Field<&org::NodeFacts::zone>{{.doc = "IANA time zone", .max_length = 60}},
               Field<&org::NodeFacts::locale>{{.doc = "zh-CN or en-US", .max_length = 10}},
               Field<&org::NodeFacts::calendar_id>{{.max_length = 26}}};
template <>
inline constexpr auto kRules<org::SplitPart> = std::tuple{
    Field<&org::SplitPart::code>{{.min_length = 1, .max_length = 40}},
    Field<&org::SplitPart::name>{{.min_length = 1, .max_length = 120}},
    Field<&org::SplitPart::name_en>{{.max_length = 120}}, Field<&org::SplitPart::children>{{.max_length = 500}},
    Field<&org::SplitPart::jobs>{{.max_length = 500}}};
template <>
inline constexpr auto kRules<org::NewChange> = std::tuple{
    Field<&org::NewChange::kind>{{.required = true}}, Field<&org::NewChange::reason>{{.max_length = 500}},
    Field<&org::NewChange::node_id>{{.max_length = 26}}, Field<&org::NewChange::target_id>{{.max_length = 26}},
    Field<&org::NewChange::parts>{{.max_length = 20}}};
}  // namespace bole
