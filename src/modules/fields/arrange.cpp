#include <algorithm>

#include "modules/fields/model.hpp"

namespace bole::fields {

std::vector<FormSection> Arrange(std::vector<CustomFieldView> const& fields,
                                 std::map<std::string, std::vector<FormSection>> const& layouts) {
  std::vector<FormSection> out;
  std::map<std::string, CustomFieldView const*> left;
  std::vector<std::string> units;
  for (auto const& field : fields) {
    left[field.id] = &field;
    if (std::find(units.begin(), units.end(), field.org_id) == units.end()) units.push_back(field.org_id);
  }
  for (auto const& unit : units) {
    std::size_t last = out.size();  // where this unit's unplaced fields go
    if (auto const layout = layouts.find(unit); layout != layouts.end())
      for (auto const& section : layout->second) {
        auto at = std::find_if(out.begin(), out.end(), [&](auto const& s) { return s.key == section.key; });
        if (at == out.end())
          at = out.insert(out.end(), FormSection{section.key, section.title_zh, section.title_en, {}});
        for (auto const& placed : section.fields) {
          auto const field = left.find(placed.field_id);
          if (field == left.end() || field->second->org_id != unit) continue;
          at->fields.push_back(placed);
          left.erase(field);
        }
        last = static_cast<std::size_t>(at - out.begin());
      }
    for (auto const& field : fields) {
      if (field.org_id != unit || left.erase(field.id) == 0) continue;
      if (last == out.size()) {
        auto const more = std::find_if(out.begin(), out.end(), [](auto const& s) { return s.key == "more"; });
        last = static_cast<std::size_t>(more - out.begin());
        if (more == out.end()) out.push_back({"more", "", "", {}});
      }
      out[last].fields.push_back({field.id, {FormKind::create, FormKind::detail}});
    }
  }
  std::erase_if(out, [](auto const& section) { return section.fields.empty(); });
  return out;
}

bool StandsOn(std::vector<FormSection> const& sections, std::string const& field_id, FormKind form) {
  for (auto const& section : sections)
    for (auto const& placed : section.fields)
      if (placed.field_id == field_id)
        return std::find(placed.forms.begin(), placed.forms.end(), form) != placed.forms.end();
  return false;
}

}  // namespace bole::fields
