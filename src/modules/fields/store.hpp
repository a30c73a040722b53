#pragma once
#include "modules/fields/api.hpp"
#include "platform/db/database.hpp"

// All SQL of the module. Functions are stateless: they act in the caller's transaction. Units are read from org_node.
namespace bole::fields::store {

struct Unit {
  std::string id, name, path;
};
BOOST_DESCRIBE_STRUCT(Unit, (), (id, name, path))
std::optional<Unit> FindUnit(db::Tx& tx, std::string const& id);

struct Definition {
  CustomFieldView field;
  std::string org_path;
};
// All of an entity, units above first, then in the order in which they were made.
std::vector<Definition> Definitions(db::Tx& tx, std::string const& entity);
std::optional<Definition> FindDefinition(db::Tx& tx, std::string const& id);
bool KeyTaken(db::Tx& tx, std::string const& entity, std::string const& key);
void Insert(db::Tx& tx, CustomFieldView const& field);
// False when the version is no longer `expected`.
bool Update(db::Tx& tx, CustomFieldView const& field, std::int64_t expected);
// Whether some record has this value.
bool KeyUsed(db::Tx& tx, std::string const& field_id, std::string const& filter_key);

struct Layout {
  std::string entity, org_id;
  db::Json<std::vector<FormSection>> sections;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(Layout, (), (entity, org_id, sections, version))
std::vector<Layout> Layouts(db::Tx& tx, std::string const& entity);
bool Put(db::Tx& tx, Layout const& layout, std::int64_t expected);

struct ValueRow {
  std::string record_id, field_id;
  std::int64_t n = 0;
  std::string org_id, value, secret, masked;
  std::optional<std::string> filter_key;
};
BOOST_DESCRIBE_STRUCT(ValueRow, (), (record_id, field_id, n, org_id, value, secret, masked, filter_key))
// With the path of the record's unit.
struct FoundValue {
  std::string record_id, field_id, value, secret, masked, org_path;
};
BOOST_DESCRIBE_STRUCT(FoundValue, (), (record_id, field_id, value, secret, masked, org_path))
std::vector<FoundValue> Values(db::Tx& tx, std::vector<std::string> const& record_ids);
std::vector<ValueRow> Rows(db::Tx& tx, std::string const& record_id);
void Insert(db::Tx& tx, ValueRow const& row);
void Replace(db::Tx& tx, std::string const& record_id, std::string const& field_id, std::vector<ValueRow> const& rows);
void Move(db::Tx& tx, std::string const& record_id, std::string const& org_id);
std::int64_t Erase(db::Tx& tx, std::vector<std::string> const& record_ids);

}  // namespace bole::fields::store
