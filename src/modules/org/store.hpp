#pragma once
#include "modules/org/api.hpp"
#include "platform/db/keyset.hpp"

// SQL of the tree: org_node (the chart of today), org_node_version and org_change (the truth over time). Functions are
// stateless: they act in the caller's transaction.
namespace bole::org::store {

// The chart of today. Ordered by path.
std::vector<OrgNodeView> Nodes(db::Tx& tx, Scope const& scope);
// In the subtree of a path, whatever the scope.
std::vector<OrgNodeView> NodesBelow(db::Tx& tx, std::string const& path);
std::optional<OrgNodeView> Node(db::Tx& tx, Scope const& scope, std::string const& id);
std::optional<OrgNodeView> Root(db::Tx& tx);
// Today's unit of this code, an open one before a closed one.
std::optional<OrgNodeView> NodeByCode(db::Tx& tx, Scope const& scope, std::string const& code);
void Insert(db::Tx& tx, OrgNodeView const& node);
void Update(db::Tx& tx, OrgNodeView const& node);
// Rewrites path and depth of a unit and everything below it.
void MoveSubtree(db::Tx& tx, std::string const& from_path, std::string const& to_path, std::int64_t deeper);
std::int64_t CountNodes(db::Tx& tx, std::string const& path);
// Unused by other units on any day.
bool IsParent(db::Tx& tx, std::string const& id);
// Throws db::DatabaseError while rows of other tables hang on it.
void Delete(db::Tx& tx, std::string const& id);

// Held until the transaction ends, so that two changes never judge the same tree.
void LockTree(db::Tx& tx);
std::vector<NodeVersion> VersionsFrom(db::Tx& tx, Date from);  // all that hold on `from` or later
std::vector<NodeVersion> VersionsOn(db::Tx& tx, Date on);
std::vector<NodeVersion> VersionsOf(db::Tx& tx, std::string const& node_id);
// What VersionsFrom says of these units, of others with the same code, and of everything above them.
std::vector<NodeVersion> VersionsAround(db::Tx& tx, std::vector<std::string> const& ids, std::string const& code,
                                        Date from);
std::optional<NodeVersion> VersionOn(db::Tx& tx, std::string const& node_id, Date on);
// Ends what held before.
void Put(db::Tx& tx, NodeVersion const& version);
void Withdraw(db::Tx& tx, std::string const& change_id, Date effective);
std::vector<std::string> NodesOfChange(db::Tx& tx, std::string const& change_id);

struct ChangeFilter {
  std::optional<ChangeState> state;
  std::string node_id, org_path;
  int limit = 50;
  std::string cursor;
};
void Insert(db::Tx& tx, ChangeView const& change);
std::optional<ChangeView> Change(db::Tx& tx, Scope const& scope, std::string const& id);
Page<ChangeView> Changes(db::Tx& tx, Scope const& scope, ChangeFilter const& filter);
std::vector<ChangeView> Due(db::Tx& tx, Date today);  // scheduled for today or earlier, oldest day first
std::vector<Date> ScheduledDays(db::Tx& tx);
void End(db::Tx& tx, std::string const& id, ChangeState state, Instant at,
         std::vector<AffectedRows> const& left_over = {});

}  // namespace bole::org::store
