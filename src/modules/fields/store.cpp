#include "modules/fields/store.hpp"

namespace bole::fields::store {
namespace {

struct Row {
  std::string id, entity, org_id, key;
  FieldType type = FieldType::text;
  std::string title_zh, title_en, hint_zh, hint_en;
  bool required = false;
  std::optional<std::string> minimum, maximum;
  db::Json<std::vector<FieldOption>> options;
  db::Json<json::value> default_value;
  Sensitivity sensitive = Sensitivity::none;
  bool filterable = false;
  FieldState state = FieldState::active;
  std::int64_t version = 1;
  Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(Row, (),
                      (id, entity, org_id, key, type, title_zh, title_en, hint_zh, hint_en, required, minimum, maximum,
                       options, default_value, sensitive, filterable, state, version, created_at))

// Row with its unit.
struct PlacedRow : Row {
  std::string org_name, org_path;
};
BOOST_DESCRIBE_STRUCT(PlacedRow, (),
                      (id, entity, org_id, key, type, title_zh, title_en, hint_zh, hint_en, required, minimum, maximum,
                       options, default_value, sensitive, filterable, state, version, created_at, org_name, org_path))

std::vector<Definition> Select(db::Tx& tx, std::string const& where, std::string const& value) {
  auto const rows = tx.Select<PlacedRow>(
      {"fields.definitions", "SELECT " + db::Columns<Row>("f.") +
                                 ", n.name AS org_name, n.path AS org_path FROM field_definition f "
                                 "JOIN org_node n ON n.id = f.org_id WHERE " +
                                 where + " ORDER BY n.depth, n.id, f.id"},
      value);
  std::vector<Definition> out;
  for (auto const& r : rows)
    out.push_back({{r.id,        r.entity,     r.org_id,   r.org_name,      r.key,
                    r.type,      r.title_zh,   r.title_en, r.hint_zh,       r.hint_en,
                    r.required,  r.minimum,    r.maximum,  r.options.value, r.default_value.value,
                    r.sensitive, r.filterable, r.state,    false,           r.version,
                    r.created_at},
                   r.org_path});
  return out;
}

std::string Marks(std::size_t count) {
  std::string out = "(";
  for (std::size_t i = 0; i < count; ++i) out += i == 0 ? "?" : ", ?";
  return out + ")";
}

}  // namespace

std::optional<Unit> FindUnit(db::Tx& tx, std::string const& id) {
  return tx.One<Unit>({"fields.unit", "SELECT id, name, path FROM org_node WHERE id = ?"}, id);
}

std::vector<Definition> Definitions(db::Tx& tx, std::string const& entity) {
  return Select(tx, "f.entity = ?", entity);
}

std::optional<Definition> FindDefinition(db::Tx& tx, std::string const& id) {
  auto found = Select(tx, "f.id = ?", id);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

bool KeyTaken(db::Tx& tx, std::string const& entity, std::string const& key) {
  return tx
      .Scalar<std::int64_t>({"fields.key", "SELECT 1 FROM field_definition WHERE entity = ? AND key = ?"}, entity, key)
      .has_value();
}

void Insert(db::Tx& tx, CustomFieldView const& f) {
  tx.Insert("field_definition", Row{f.id,
                                    f.entity,
                                    f.org_id,
                                    f.key,
                                    f.type,
                                    f.title_zh,
                                    f.title_en,
                                    f.hint_zh,
                                    f.hint_en,
                                    f.required,
                                    f.minimum,
                                    f.maximum,
                                    {f.options},
                                    {f.default_value},
                                    f.sensitive,
                                    f.filterable,
                                    f.state,
                                    f.version,
                                    f.created_at});
}

bool Update(db::Tx& tx, CustomFieldView const& f, std::int64_t expected) {
  return tx.Execute({"fields.update",
                     "UPDATE field_definition SET title_zh = ?, title_en = ?, hint_zh = ?, hint_en = ?, required = ?, "
                     "minimum = ?, maximum = ?, options = ?, default_value = ?, filterable = ?, state = ?, "
                     "version = ? WHERE id = ? AND version = ?"},
                    f.title_zh, f.title_en, f.hint_zh, f.hint_en, f.required, f.minimum, f.maximum,
                    db::Json<std::vector<FieldOption>>{f.options}, db::Json<json::value>{f.default_value}, f.filterable,
                    f.state, f.version, f.id, expected) == 1;
}

bool KeyUsed(db::Tx& tx, std::string const& field_id, std::string const& filter_key) {
  return tx
      .Scalar<std::int64_t>(
          {"fields.key_used", "SELECT 1 FROM field_value WHERE field_id = ? AND filter_key = ? LIMIT 1"}, field_id,
          filter_key)
      .has_value();
}

std::vector<Layout> Layouts(db::Tx& tx, std::string const& entity) {
  return tx.Select<Layout>(
      {"fields.layouts", "SELECT " + db::Columns<Layout>() + " FROM field_form WHERE entity = ? ORDER BY org_id"},
      entity);
}

bool Put(db::Tx& tx, Layout const& layout, std::int64_t expected) {
  if (expected == 0) return tx.Insert("field_form", layout), true;
  return tx.Execute({"fields.put_form",
                     "UPDATE field_form SET sections = ?, version = ? WHERE entity = ? AND org_id = ? AND version = ?"},
                    layout.sections, layout.version, layout.entity, layout.org_id, expected) == 1;
}

std::vector<FoundValue> Values(db::Tx& tx, std::vector<std::string> const& record_ids) {
  if (record_ids.empty()) return {};
  return tx.SelectWith<FoundValue>(
      {"fields.values",
       "SELECT v.record_id, v.field_id, v.value, v.secret, v.masked, n.path AS org_path FROM field_value v "
       "JOIN org_node n ON n.id = v.org_id WHERE v.record_id IN " +
           Marks(record_ids.size()) + " ORDER BY v.record_id, v.field_id, v.n"},
      db::Cells(record_ids.begin(), record_ids.end()));
}

std::vector<ValueRow> Rows(db::Tx& tx, std::string const& record_id) {
  return tx.Select<ValueRow>({"fields.rows", "SELECT " + db::Columns<ValueRow>() +
                                                 " FROM field_value WHERE record_id = ? ORDER BY field_id, n"},
                             record_id);
}

void Insert(db::Tx& tx, ValueRow const& row) { tx.Insert("field_value", row); }

void Replace(db::Tx& tx, std::string const& record_id, std::string const& field_id, std::vector<ValueRow> const& rows) {
  tx.Execute({"fields.remove_value", "DELETE FROM field_value WHERE record_id = ? AND field_id = ?"}, record_id,
             field_id);
  for (auto const& row : rows) Insert(tx, row);
}

void Move(db::Tx& tx, std::string const& record_id, std::string const& org_id) {
  tx.Execute({"fields.move", "UPDATE field_value SET org_id = ? WHERE record_id = ?"}, org_id, record_id);
}

std::int64_t Erase(db::Tx& tx, std::vector<std::string> const& record_ids) {
  if (record_ids.empty()) return 0;
  return tx.Run({"fields.erase", "DELETE FROM field_value WHERE record_id IN " + Marks(record_ids.size())},
                db::Cells(record_ids.begin(), record_ids.end()));
}

}  // namespace bole::fields::store
