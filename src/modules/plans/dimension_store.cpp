#include "modules/plans/dimensions.hpp"
#include "modules/plans/visible.hpp"

namespace bole::plans::store {

BOOST_DESCRIBE_STRUCT(OwnDimension, (),
                      (key, name_zh, name_en, description_zh, description_en, org_id, org_name, org_path, status,
                       version))

namespace {

constexpr char const* kSelect =
    "SELECT d.key, d.name_zh, d.name_en, d.description_zh, d.description_en, d.org_id, n.name AS org_name, "
    "n.path AS org_path, d.status, d.version FROM plan_dimension d JOIN org_node n ON n.id = d.org_id WHERE ";

}  // namespace

std::vector<OwnDimension> OwnDimensions(db::Tx& tx, Scope const& scope) {
  auto const visible = VisibleCondition(scope, "d.org_id", "1 = 1");
  return tx.SelectWith<OwnDimension>(
      {"plans.dimensions", kSelect + ("1 = 1" + visible.sql) + " ORDER BY n.path, d.created_at, d.key"},
      visible.parameters);
}

std::optional<OwnDimension> Dimension(db::Tx& tx, std::string const& key) {
  return tx.One<OwnDimension>({"plans.dimension", std::string(kSelect) + "d.key = ?"}, key);
}

void Insert(db::Tx& tx, DimensionRow const& row) { tx.Insert("plan_dimension", row); }

bool Update(db::Tx& tx, OwnDimension const& dimension, Instant at) {
  return tx.Execute({"plans.update_dimension",
                     "UPDATE plan_dimension SET name_zh = ?, name_en = ?, description_zh = ?, description_en = ?, "
                     "status = ?, version = version + 1, updated_at = ? WHERE key = ? AND version = ?"},
                    dimension.name_zh, dimension.name_en, dimension.description_zh, dimension.description_en,
                    dimension.status, at, dimension.key, dimension.version) == 1;
}

}  // namespace bole::plans::store
