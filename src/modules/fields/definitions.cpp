#include <algorithm>

#include "modules/audit/api.hpp"
#include "modules/fields/model.hpp"
#include "modules/fields/service.hpp"
#include "platform/app/context.hpp"

namespace bole::fields {
namespace {

constexpr char const* kManage = "field.manage";
constexpr std::size_t kMostFields = 200;  // of one unit

template <class T>
void Changed(json::array& out, char const* name, T const& before, T const& after) {
  if (WriteJson(before) != WriteJson(after)) out.emplace_back(name);
}

// Names of what differs.
json::array Differences(CustomFieldView const& before, CustomFieldView const& after) {
  json::array out;
  Changed(out, "title_zh", before.title_zh, after.title_zh);
  Changed(out, "title_en", before.title_en, after.title_en);
  Changed(out, "hint_zh", before.hint_zh, after.hint_zh);
  Changed(out, "hint_en", before.hint_en, after.hint_en);
  Changed(out, "required", before.required, after.required);
  Changed(out, "minimum", before.minimum, after.minimum);
  Changed(out, "maximum", before.maximum, after.maximum);
  Changed(out, "options", before.options, after.options);
  Changed(out, "default_value", before.default_value, after.default_value);
  Changed(out, "filterable", before.filterable, after.filterable);
  return out;
}

}  // namespace

bool Related(Scope const& scope, std::string const& org_path) {
  auto const units = scope.Units();
  return scope.everything() || std::any_of(units.paths().begin(), units.paths().end(), [&](auto const& path) {
           return path.starts_with(org_path) || org_path.starts_with(path);
         });
}

Entity const* Service::Find(std::string const& key) const {
  auto const found = std::find_if(entities_.begin(), entities_.end(), [&](auto const& e) { return e.key == key; });
  return found == entities_.end() ? nullptr : &*found;
}

Result<std::vector<Scope>> Service::Visible(Principal const& who, std::string const& entity) const {
  auto const* known = Find(entity);
  if (known == nullptr || (!who.Can(known->read) && !who.Can(kManage))) return NotFound("field_entity");
  return std::vector<Scope>{Scope(who, known->read), Scope(who, kManage)};
}

Items<FieldEntity> Service::Entities(Principal const& who) const {
  Items<FieldEntity> out;
  for (auto const& entity : entities_)
    if (who.Can(entity.read) || who.Can(kManage)) out.items.push_back({entity.key, !entity.reveal.empty()});
  return out;
}

Result<Items<CustomFieldView>> Service::List(Principal const& who, std::string const& entity,
                                             std::string const& org_id) {
  return context_.database.Read([&](db::Tx& tx) -> Result<Items<CustomFieldView>> {
    BOLE_ASSIGN(auto const scopes, Visible(who, entity));
    auto const seen = [&](std::string const& path) {
      return std::any_of(scopes.begin(), scopes.end(), [&](auto const& scope) { return Related(scope, path); });
    };
    std::optional<store::Unit> unit;
    if (!org_id.empty()) {
      unit = store::FindUnit(tx, org_id);
      if (!unit || !seen(unit->path)) return NotFound("org_node");
    }
    Items<CustomFieldView> out;
    for (auto& found : store::Definitions(tx, entity)) {
      if (unit ? !unit->path.starts_with(found.org_path) : !seen(found.org_path)) continue;
      found.field.may_edit = who.Can(kManage, found.org_path);
      out.items.push_back(std::move(found.field));
    }
    return out;
  });
}

Result<CustomFieldView> Service::Create(Principal const& who, CreateCustomField const& input) {
  return context_.database.Write([&](db::Tx& tx) -> Result<CustomFieldView> {
    FieldErrors errors;
    auto const* entity = Find(input.entity);
    if (entity == nullptr) errors.push_back({"/entity", "not_allowed"});
    auto const unit = store::FindUnit(tx, input.org_id);
    if (!unit || !Scope(who, kManage).Covers(unit->path)) errors.push_back({"/org_id", "not_found"});
    if (!errors.empty()) return FailFields(std::move(errors));
    auto const now = context_.clock.Now();
    CustomFieldView field{NewUlid(now),
                          entity->key,
                          unit->id,
                          unit->name,
                          input.key.value_or(""),
                          input.type,
                          input.title_zh,
                          input.title_en,
                          input.hint_zh,
                          input.hint_en,
                          input.required,
                          input.minimum,
                          input.maximum,
                          input.options,
                          input.default_value,
                          input.sensitive,
                          input.filterable,
                          FieldState::active,
                          true,
                          1,
                          now};
    if (field.key.empty()) {
      auto const base = KeyFrom(field.title_en);
      field.key = base;
      for (int n = 2; store::KeyTaken(tx, field.entity, field.key); ++n) field.key = base + "_" + std::to_string(n);
    } else if (store::KeyTaken(tx, field.entity, field.key)) {
      errors.push_back({"/key", "taken"});
    }
    if (field.sensitive != Sensitivity::none && entity->reveal.empty())
      errors.push_back({"/sensitive", "entity_not_sensitive"});
    CheckDefinition(field, nullptr, errors);
    if (!errors.empty()) return FailFields(std::move(errors));
    std::size_t count = 0;
    for (auto const& other : store::Definitions(tx, field.entity)) count += other.field.org_id == field.org_id ? 1 : 0;
    if (count >= kMostFields)
      return Fail(ErrorCode::kConflict, "custom_field.too_many", {{"max", std::to_string(kMostFields)}});
    auto const record = audit_.Begin(
        tx, who,
        {"field.create", "custom_field", field.id, field.org_id, {{"entity", field.entity}, {"key", field.key}}});
    store::Insert(tx, field);
    audit_.Succeeded(tx, record);
    return field;
  });
}

Result<store::Definition> Service::ToChange(db::Tx& tx, Principal const& who, std::string const& id,
                                            std::int64_t version) {
  auto found = store::FindDefinition(tx, id);
  if (!found) return NotFound("custom_field");
  BOLE_ASSIGN(auto const scopes, Visible(who, found->field.entity));
  if (std::none_of(scopes.begin(), scopes.end(), [&](auto const& s) { return Related(s, found->org_path); }))
    return NotFound("custom_field");
  if (!who.Can(kManage, found->org_path))
    return Fail(ErrorCode::kForbidden, "custom_field.owner_only", {{"name", found->field.org_name}});
  if (found->field.version != version) return Fail(ErrorCode::kConflict, "conflict.stale");
  found->field.may_edit = true;
  return *std::move(found);
}

Result<CustomFieldView> Service::Change(Principal const& who, std::string const& id, PutCustomField const& input) {
  return context_.database.Write([&](db::Tx& tx) -> Result<CustomFieldView> {
    BOLE_ASSIGN(auto const found, ToChange(tx, who, id, input.version));
    auto const& before = found.field;
    auto field = before;
    field.title_zh = input.title_zh, field.title_en = input.title_en;
    field.hint_zh = input.hint_zh, field.hint_en = input.hint_en;
    field.required = input.required, field.minimum = input.minimum, field.maximum = input.maximum;
    field.options = input.options, field.default_value = input.default_value, field.filterable = input.filterable;
    FieldErrors errors;
    CheckDefinition(field, &before, errors);
    // Of encrypted values nobody knows which option they name, so that theirs can only be retired.
    for (auto const& option : before.options) {
      bool const kept =
          std::any_of(field.options.begin(), field.options.end(), [&](auto const& o) { return o.key == option.key; });
      auto const key = FilterKey(before, option.key);
      if (!kept && (!key || store::KeyUsed(tx, id, *key)))
        errors.push_back({"/options", "option_in_use", {{"name", option.title_zh}}});
    }
    if (!errors.empty()) return FailFields(std::move(errors));
    auto const record =
        audit_.Begin(tx, who,
                     {"field.update",
                      "custom_field",
                      id,
                      field.org_id,
                      {{"entity", field.entity}, {"key", field.key}, {"changed", Differences(before, field)}}});
    field.version = input.version + 1;
    if (!store::Update(tx, field, input.version)) return Fail(ErrorCode::kConflict, "conflict.stale");
    audit_.Succeeded(tx, record);
    return field;
  });
}

Result<CustomFieldView> Service::SetState(Principal const& who, std::string const& id, std::int64_t version,
                                          FieldState state) {
  return context_.database.Write([&](db::Tx& tx) -> Result<CustomFieldView> {
    BOLE_ASSIGN(auto const found, ToChange(tx, who, id, version));
    auto field = found.field;
    if (field.state == state) return field;
    char const* action = state == FieldState::retired ? "field.retire" : "field.restore";
    auto const record = audit_.Begin(
        tx, who, {action, "custom_field", id, field.org_id, {{"entity", field.entity}, {"key", field.key}}});
    field.state = state, field.version = version + 1;
    if (!store::Update(tx, field, version)) return Fail(ErrorCode::kConflict, "conflict.stale");
    audit_.Succeeded(tx, record);
    return field;
  });
}

}  // namespace bole::fields
