#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "modules/audit/api.hpp"
#include "modules/fields/model.hpp"
#include "modules/fields/secrets.hpp"
#include "modules/fields/service.hpp"
#include "platform/app/context.hpp"

namespace bole::fields {
namespace {

constexpr char const* kManage = "field.manage";

void CheckSections(std::vector<FormSection>& sections, std::set<std::string> const& own, FieldErrors& errors) {
  std::set<std::string> keys, placed;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    auto& section = sections[i];
    auto const at = "/sections/" + std::to_string(i);
    if (!IsFieldKey(section.key)) errors.push_back({at + "/key", "bad_field_key"});
    if (!keys.insert(section.key).second) errors.push_back({at + "/key", "repeated"});
    section.title_zh = std::string(Trim(section.title_zh)), section.title_en = std::string(Trim(section.title_en));
    if (section.title_zh.empty() && section.key != "more") errors.push_back({at + "/title_zh", "required"});
    for (std::size_t j = 0; j < section.fields.size(); ++j) {
      auto const where = at + "/fields/" + std::to_string(j);
      if (!own.contains(section.fields[j].field_id)) errors.push_back({where + "/field_id", "not_found"});
      if (!placed.insert(section.fields[j].field_id).second) errors.push_back({where + "/field_id", "repeated"});
      if (section.fields[j].forms.empty()) errors.push_back({where + "/forms", "too_few", {{"min", "1"}}});
    }
  }
}

}  // namespace

std::vector<CustomFieldView> Service::ActiveAt(db::Tx& tx, std::string const& entity, std::string const& org_path) {
  std::vector<CustomFieldView> out;
  for (auto& found : store::Definitions(tx, entity))
    if (found.field.state == FieldState::active && org_path.starts_with(found.org_path))
      out.push_back(std::move(found.field));
  return out;
}

std::vector<FormSection> Service::SectionsOf(db::Tx& tx, std::string const& entity,
                                             std::vector<CustomFieldView> const& active) {
  std::map<std::string, std::vector<FormSection>> layouts;
  for (auto& layout : store::Layouts(tx, entity)) layouts[layout.org_id] = std::move(layout.sections.value);
  return Arrange(active, layouts);
}

Result<FormView> Service::FormAt(db::Tx& tx, Principal const& who, Entity const& entity, store::Unit const& unit) {
  FormView out{entity.key, unit.id, unit.name, who.Can(kManage, unit.path), 0, {}, {}, {}};
  std::vector<CustomFieldView> active, own;
  for (auto& found : store::Definitions(tx, entity.key)) {
    if (!unit.path.starts_with(found.org_path)) continue;
    found.field.may_edit = who.Can(kManage, found.org_path);
    // What one may not see one is not asked for either.
    if (!found.field.may_edit && !Shown(Scope(who, entity.read), found.field, unit.path)) continue;
    if (found.field.state == FieldState::active) {
      active.push_back(found.field);
      if (found.field.org_id == unit.id) own.push_back(found.field);
    }
    out.fields.push_back(std::move(found.field));
  }
  for (auto const& layout : store::Layouts(tx, entity.key))
    if (layout.org_id == unit.id) out.version = layout.version;
  out.own = SectionsOf(tx, entity.key, own);
  out.sections = SectionsOf(tx, entity.key, active);
  return out;
}

Result<FormView> Service::Form(Principal const& who, std::string const& entity, std::string const& org_id) {
  return context_.database.Read([&](db::Tx& tx) -> Result<FormView> {
    BOLE_ASSIGN(auto const scopes, Visible(who, entity));
    auto const unit = store::FindUnit(tx, org_id);
    if (!unit || std::none_of(scopes.begin(), scopes.end(), [&](auto const& s) { return Related(s, unit->path); }))
      return NotFound("org_node");
    return FormAt(tx, who, *Find(entity), *unit);
  });
}

Result<FormView> Service::PutForm(Principal const& who, std::string const& entity, fields::PutForm const& input) {
  return context_.database.Write([&](db::Tx& tx) -> Result<FormView> {
    BOLE_ASSIGN(auto const scopes, Visible(who, entity));
    auto const unit = store::FindUnit(tx, input.org_id);
    if (!unit || std::none_of(scopes.begin(), scopes.end(), [&](auto const& s) { return Related(s, unit->path); }))
      return NotFound("org_node");
    if (!who.Can(kManage, unit->path))
      return Fail(ErrorCode::kForbidden, "custom_field.owner_only", {{"name", unit->name}});
    std::set<std::string> own;
    for (auto const& found : store::Definitions(tx, entity))
      if (found.field.org_id == unit->id) own.insert(found.field.id);
    auto sections = input.sections;
    FieldErrors errors;
    CheckSections(sections, own, errors);
    if (!errors.empty()) return FailFields(std::move(errors));
    std::int64_t version = 0;
    for (auto const& layout : store::Layouts(tx, entity))
      if (layout.org_id == unit->id) version = layout.version;
    if (version != input.version) return Fail(ErrorCode::kConflict, "conflict.stale");
    auto const record = audit_.Begin(tx, who, {"form.update", "form", entity, unit->id, {}});
    if (!store::Put(tx, {entity, unit->id, {sections}, version + 1}, version))
      return Fail(ErrorCode::kConflict, "conflict.stale");
    audit_.Succeeded(tx, record);
    return FormAt(tx, who, *Find(entity), *unit);
  });
}

}  // namespace bole::fields
