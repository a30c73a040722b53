#include <algorithm>

#include "modules/audit/api.hpp"
#include "modules/fields/model.hpp"
#include "modules/fields/secrets.hpp"
#include "modules/fields/service.hpp"
#include "platform/app/context.hpp"
#include "platform/crypto/cipher.hpp"

namespace bole::fields {
namespace {

std::string PointerOf(std::string const& key) { return PointerTo("/custom", key); }

FieldLevel LevelOf(Scope const& scope, CustomFieldView const& field, std::string const& org_path) {
  switch (field.sensitive) {
    case Sensitivity::contact:
      return scope.Level(FieldClass::contact, org_path);
    case Sensitivity::id_number:
      return scope.Level(FieldClass::id_number, org_path);
    case Sensitivity::pay:
      return scope.Level(FieldClass::pay, org_path);
    case Sensitivity::none:
      break;
  }
  return FieldLevel::reveal;
}

std::map<std::string, std::vector<store::FoundValue>> ByField(std::vector<store::FoundValue> rows) {
  std::map<std::string, std::vector<store::FoundValue>> out;
  for (auto& row : rows) out[row.field_id].push_back(std::move(row));
  return out;
}

Texts Plain(std::vector<store::FoundValue> const& rows) {
  Texts out;
  for (auto const& row : rows) out.push_back(row.value);
  return out;
}

}  // namespace

Result<std::vector<std::string>> OpenValue(crypto::FieldCipher const& cipher,
                                           std::vector<store::FoundValue> const& rows) {
  std::vector<std::string> out;
  for (auto const& row : rows) {
    BOLE_ASSIGN(auto text, cipher.Decrypt(row.secret, SecretContext(row.record_id)));
    out.push_back(row.secret.empty() ? row.value : std::move(text));
  }
  return out;
}

bool Shown(Scope const& scope, CustomFieldView const& field, std::string const& org_path) {
  return LevelOf(scope, field, org_path) != FieldLevel::hidden;
}

json::array Draft::Keys() const {
  json::array out;
  for (auto const& change : changes) out.emplace_back(change.field.key);
  return out;
}

Draft Service::Check(db::Tx& tx, Scope const& scope, Record const& record, std::optional<json::object> const& input,
                     Writing writing, FieldErrors& errors) {
  Draft out;
  if (!input && writing == Writing::update) return out;
  json::object const given = input.value_or(json::object{});
  std::vector<CustomFieldView> active;
  std::vector<std::string> known;
  for (auto& found : store::Definitions(tx, record.entity)) {
    if (!record.org_path.starts_with(found.org_path)) continue;
    known.push_back(found.field.key);
    if (found.field.state == FieldState::active)
      active.push_back(std::move(found.field));
    else if (given.contains(found.field.key))
      errors.push_back({PointerOf(found.field.key), "retired_field"});
  }
  for (auto const& member : given)
    if (std::find(known.begin(), known.end(), member.key()) == known.end())
      errors.push_back({PointerOf(std::string(member.key())), "unknown"});
  auto stored = record.id.empty() ? std::map<std::string, std::vector<store::FoundValue>>{}
                                  : ByField(store::Values(tx, {record.id}));
  auto const sections = writing == Writing::create ? SectionsOf(tx, record.entity, active) : std::vector<FormSection>{};
  for (auto& field : active) {
    auto const at = PointerOf(field.key);
    auto const* value = given.if_contains(field.key);
    auto const& rows = stored[field.id];
    if (value != nullptr && !Shown(scope, field, record.org_path)) {
      errors.push_back({at, "field_hidden"});
      continue;
    }
    if (value == nullptr) {
      if (writing == Writing::update) continue;
      if (field.default_value.is_null()) {
        if (field.required && StandsOn(sections, field.id, FormKind::create) && Shown(scope, field, record.org_path))
          errors.push_back({at, "required"});
        continue;
      }
      value = &field.default_value;
    }
    auto texts = ReadValue(field, *value, at, errors, Plain(rows));
    if (!texts) continue;
    if (texts->empty() && field.required) {
      errors.push_back({at, "required"});
      continue;
    }
    // Encrypted values are not opened to compare: writing one is a change.
    bool const same = field.sensitive == Sensitivity::none || rows.empty() ? *texts == Plain(rows) : false;
    if (!same) out.changes.push_back({std::move(field), *std::move(texts)});
  }
  return out;
}

void Service::Store(db::Tx& tx, Record const& record, Draft const& draft) {
  for (auto const& [field, texts] : draft.changes) {
    std::vector<store::ValueRow> rows;
    bool const secret = field.sensitive != Sensitivity::none;
    for (auto const& text : texts)
      rows.push_back({record.id, field.id, static_cast<std::int64_t>(rows.size()), record.org_id, secret ? "" : text,
                      secret ? context_.fields.Encrypt(text, SecretContext(record.id)) : "",
                      secret ? Mask(field, text) : "", FilterKey(field, text)});
    store::Replace(tx, record.id, field.id, rows);
  }
}

json::object Service::Values(db::Tx& tx, Scope const& scope, Record const& record) {
  json::object out;
  auto const rows = ByField(store::Values(tx, {record.id}));
  if (rows.empty()) return out;
  for (auto const& [field, org_path] : store::Definitions(tx, record.entity)) {
    auto const found = rows.find(field.id);
    if (found == rows.end() || !Shown(scope, field, record.org_path)) continue;
    out[field.key] = field.sensitive == Sensitivity::none ? ToJson(field, Plain(found->second))
                                                          : json::value(found->second.front().masked);
  }
  return out;
}

json::value Service::Snapshot(db::Tx& tx, std::string const& record_id) {
  return WriteJson(store::Rows(tx, record_id));
}

bool Service::Restore(db::Tx& tx, std::string const& record_id, json::value const& snapshot) {
  auto const rows = FromJson<std::vector<store::ValueRow>>(snapshot);
  if (!rows) return false;
  store::Erase(tx, {record_id});
  for (auto const& row : *rows) store::Insert(tx, row);
  return true;
}

Result<json::object> Service::Reveal(db::Tx& tx, Scope const& scope, Record const& record) {
  json::object out;
  auto const rows = ByField(store::Values(tx, {record.id}));
  if (rows.empty()) return out;
  for (auto const& [field, org_path] : store::Definitions(tx, record.entity)) {
    auto const found = rows.find(field.id);
    if (found == rows.end() || field.sensitive == Sensitivity::none) continue;
    if (LevelOf(scope, field, record.org_path) != FieldLevel::reveal) continue;
    BOLE_ASSIGN(auto const texts, OpenValue(context_.fields, found->second));
    out[field.key] = ToJson(field, texts);
  }
  return out;
}

}  // namespace bole::fields
