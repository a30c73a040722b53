#include <set>

#include "modules/org/store.hpp"

namespace bole::org::store {
namespace {

struct ChangeRow {
  std::string id;
  ChangeKind kind = ChangeKind::update;
  Date effective_date{};
  ChangeState state = ChangeState::scheduled;
  std::string reason, org_id, node_id, node_name, node_name_en;
  std::optional<std::string> target_id;
  std::string target_name, target_name_en;
  db::Json<json::object> payload;
  std::string author_id, author_name;
  Instant created_at{};
  std::optional<Instant> ended_at;
  db::Json<std::vector<AffectedRows>> left_over;
};
BOOST_DESCRIBE_STRUCT(ChangeRow, (),
                      (id, kind, effective_date, state, reason, org_id, node_id, node_name, node_name_en, target_id,
                       target_name, target_name_en, payload, author_id, author_name, created_at, ended_at, left_over))

ChangeView ToView(ChangeRow const& row) {
  return {row.id,          row.kind,           row.effective_date, row.state,        row.reason,
          row.org_id,      row.node_id,        row.node_name,      row.node_name_en, row.target_id,
          row.target_name, row.target_name_en, row.payload.value,  row.author_id,    row.author_name,
          row.created_at,  row.ended_at,       row.left_over.value};
}

std::vector<NodeVersion> SelectVersions(db::Tx& tx, std::string_view name, std::string const& where,
                                        db::Cells const& values) {
  return tx.SelectWith<NodeVersion>(
      {name, "SELECT " + db::Columns<NodeVersion>() + " FROM org_node_version WHERE " + where}, values);
}

}  // namespace

void LockTree(db::Tx& tx) {
  tx.Execute({"org.lock", "UPDATE org_tree SET version = version + 1 WHERE id = ?"}, std::string("tree"));
}

std::vector<NodeVersion> VersionsFrom(db::Tx& tx, Date from) {
  return SelectVersions(tx, "org.versions_from", "valid_to IS NULL OR valid_to > ?", {FormatDate(from)});
}

std::vector<NodeVersion> VersionsOn(db::Tx& tx, Date on) {
  return SelectVersions(tx, "org.versions_on", "valid_from <= ? AND (valid_to IS NULL OR valid_to > ?)",
                        {FormatDate(on), FormatDate(on)});
}

std::vector<NodeVersion> VersionsOf(db::Tx& tx, std::string const& node_id) {
  return SelectVersions(tx, "org.versions_of", "node_id = ? ORDER BY valid_from", {node_id});
}

std::vector<NodeVersion> VersionsAround(db::Tx& tx, std::vector<std::string> const& ids, std::string const& code,
                                        Date from) {
  std::string const later = "(valid_to IS NULL OR valid_to > ?)";
  std::vector<NodeVersion> out;
  std::set<std::string> seen;
  std::vector<std::string> open = ids;
  for (auto const& twin : SelectVersions(tx, "org.versions_coded", "code = ? AND " + later, {code, FormatDate(from)}))
    open.push_back(twin.node_id);
  while (!open.empty()) {
    auto const id = open.back();
    open.pop_back();
    if (!seen.insert(id).second) continue;
    for (auto& version : SelectVersions(tx, "org.versions_above", "node_id = ? AND " + later, {id, FormatDate(from)})) {
      if (version.parent_id) open.push_back(*version.parent_id);
      out.push_back(std::move(version));
    }
  }
  return out;
}

std::optional<NodeVersion> VersionOn(db::Tx& tx, std::string const& node_id, Date on) {
  auto rows =
      SelectVersions(tx, "org.version_on", "node_id = ? AND valid_from <= ? AND (valid_to IS NULL OR valid_to > ?)",
                     {node_id, FormatDate(on), FormatDate(on)});
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

void Put(db::Tx& tx, NodeVersion const& version) {
  tx.Execute({"org.replace_version", "DELETE FROM org_node_version WHERE node_id = ? AND valid_from = ?"},
             version.node_id, version.valid_from);
  tx.Execute({"org.end_version", "UPDATE org_node_version SET valid_to = ? WHERE node_id = ? AND valid_to IS NULL"},
             version.valid_from, version.node_id);
  tx.Insert("org_node_version", version);
}

void Withdraw(db::Tx& tx, std::string const& change_id, Date effective) {
  for (auto const& id : NodesOfChange(tx, change_id)) {
    tx.Execute({"org.withdraw", "DELETE FROM org_node_version WHERE node_id = ? AND change_id = ?"}, id, change_id);
    tx.Execute({"org.resume", "UPDATE org_node_version SET valid_to = NULL WHERE node_id = ? AND valid_to = ?"}, id,
               effective);
  }
}

std::vector<std::string> NodesOfChange(db::Tx& tx, std::string const& change_id) {
  std::vector<std::string> out;
  for (auto const& version :
       SelectVersions(tx, "org.versions_of_change", "change_id = ? ORDER BY node_id", {change_id}))
    out.push_back(version.node_id);
  return out;
}

void Insert(db::Tx& tx, ChangeView const& c) {
  tx.Insert("org_change", ChangeRow{c.id,
                                    c.kind,
                                    c.effective_date,
                                    c.state,
                                    c.reason,
                                    c.org_id,
                                    c.node_id,
                                    c.node_name,
                                    c.node_name_en,
                                    c.target_id,
                                    c.target_name,
                                    c.target_name_en,
                                    {c.payload},
                                    c.author_id,
                                    c.author_name,
                                    c.created_at,
                                    c.ended_at,
                                    {c.left_over}});
}

std::optional<ChangeView> Change(db::Tx& tx, Scope const& scope, std::string const& id) {
  auto const condition = db::ScopeCondition(scope, "org_id");
  db::Cells values{id};
  values.insert(values.end(), condition.parameters.begin(), condition.parameters.end());
  auto const rows = tx.SelectWith<ChangeRow>(
      {"org.change", "SELECT " + db::Columns<ChangeRow>() + " FROM org_change WHERE id = ?" + condition.sql}, values);
  if (rows.empty()) return std::nullopt;
  return ToView(rows[0]);
}

Page<ChangeView> Changes(db::Tx& tx, Scope const& scope, ChangeFilter const& filter) {
  db::KeysetQuery query{.name = "org.changes",
                        .columns = db::Columns<ChangeRow>(),
                        .from = "org_change",
                        .limit = filter.limit,
                        .cursor = filter.cursor};
  query.Add(db::ScopeCondition(scope, "org_id"));
  if (!filter.org_path.empty()) query.Add(db::SubtreeCondition(filter.org_path, "org_id"));
  if (filter.state) query.And("state = ?", {db::ToValue(*filter.state)});
  if (!filter.node_id.empty())
    query.And("(node_id = ? OR target_id = ? OR id IN (SELECT change_id FROM org_node_version WHERE node_id = ?))",
              {filter.node_id, filter.node_id, filter.node_id});
  return db::MapPage<ChangeView>(db::SelectPage<ChangeRow>(tx, query), ToView);
}

std::vector<ChangeView> Due(db::Tx& tx, Date today) {
  std::vector<ChangeView> out;
  for (auto const& row : tx.Select<ChangeRow>(
           {"org.due", "SELECT " + db::Columns<ChangeRow>() +
                           " FROM org_change WHERE state = ? AND effective_date <= ? ORDER BY effective_date, id"},
           ChangeState::scheduled, today))
    out.push_back(ToView(row));
  return out;
}

std::vector<Date> ScheduledDays(db::Tx& tx) {
  std::set<Date> out;
  for (auto const& row :
       tx.Select<ChangeRow>({"org.days", "SELECT " + db::Columns<ChangeRow>() + " FROM org_change WHERE state = ?"},
                            ChangeState::scheduled))
    out.insert(row.effective_date);
  return {out.begin(), out.end()};
}

void End(db::Tx& tx, std::string const& id, ChangeState state, Instant at, std::vector<AffectedRows> const& left_over) {
  tx.Execute({"org.end_change", "UPDATE org_change SET state = ?, ended_at = ?, left_over = ? WHERE id = ?"}, state, at,
             db::Json<std::vector<AffectedRows>>{left_over}, id);
}

}  // namespace bole::org::store
