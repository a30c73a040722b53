#pragma once
#include <optional>
#include <string>
#include <vector>

#include "platform/reflect/reflect.hpp"

// Shapes of field definitions and forms as clients see them.
namespace bole::fields {

enum class FieldType { text, long_text, integer, decimal, date, yes_no, choice, choices, phone, email, link };
BOOST_DESCRIBE_ENUM(FieldType, text, long_text, integer, decimal, date, yes_no, choice, choices, phone, email, link)
enum class FieldState { active, retired };
BOOST_DESCRIBE_ENUM(FieldState, active, retired)
// By which level of a role (FieldClass) the value is shown; none: whoever sees the record sees it.
enum class Sensitivity { none, contact, id_number, pay };
BOOST_DESCRIBE_ENUM(Sensitivity, none, contact, id_number, pay)
// create: the drawer that adds a record. detail: its page and the drawer that changes it.
enum class FormKind { create, detail };
BOOST_DESCRIBE_ENUM(FormKind, create, detail)

// A retired one is not offered any more; records keep it.
struct FieldOption {
  std::string key, title_zh, title_en;
  bool retired = false;
};
BOOST_DESCRIBE_STRUCT(FieldOption, (), (key, title_zh, title_en, retired))

struct CustomFieldView {
  std::string id, entity, org_id, org_name, key;
  FieldType type = FieldType::text;
  std::string title_zh, title_en, hint_zh, hint_en;
  bool required = false;
  std::optional<std::string> minimum, maximum;  // a number, a date, a length or a count, by type
  std::vector<FieldOption> options;
  json::value default_value;  // null: none
  Sensitivity sensitive = Sensitivity::none;
  bool filterable = false;
  FieldState state = FieldState::active;
  bool may_edit = false;  // by whoever asked
  std::int64_t version = 1;
  Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(CustomFieldView, (),
                      (id, entity, org_id, org_name, key, type, title_zh, title_en, hint_zh, hint_en, required, minimum,
                       maximum, options, default_value, sensitive, filterable, state, may_edit, version, created_at))

// Without a key one is made from the English title. Options without a key get one.
struct CreateCustomField {
  std::string entity, org_id;
  std::optional<std::string> key;
  FieldType type = FieldType::text;
  std::string title_zh, title_en, hint_zh, hint_en;
  bool required = false;
  std::optional<std::string> minimum, maximum;
  std::vector<FieldOption> options;
  json::value default_value;
  Sensitivity sensitive = Sensitivity::none;
  bool filterable = false;
};
BOOST_DESCRIBE_STRUCT(CreateCustomField, (),
                      (entity, org_id, key, type, title_zh, title_en, hint_zh, hint_en, required, minimum, maximum,
                       options, default_value, sensitive, filterable))

struct PutCustomField {
  std::int64_t version = 0;
  std::string title_zh, title_en, hint_zh, hint_en;
  bool required = false;
  std::optional<std::string> minimum, maximum;
  std::vector<FieldOption> options;
  json::value default_value;
  bool filterable = false;
};
BOOST_DESCRIBE_STRUCT(PutCustomField, (),
                      (version, title_zh, title_en, hint_zh, hint_en, required, minimum, maximum, options,
                       default_value, filterable))

struct FieldVersion {
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(FieldVersion, (), (version))

struct PlacedField {
  std::string field_id;
  std::vector<FormKind> forms;
};
BOOST_DESCRIBE_STRUCT(PlacedField, (), (field_id, forms))

struct FormSection {
  std::string key, title_zh, title_en;  // without titles: the section every form has
  std::vector<PlacedField> fields;
};
BOOST_DESCRIBE_STRUCT(FormSection, (), (key, title_zh, title_en, fields))

// The fields of an entity at a unit: those of the units above first.
struct FormView {
  std::string entity, org_id, org_name;
  bool may_edit = false;
  std::int64_t version = 0;             // of this unit's own part
  std::vector<FormSection> own;         // what this unit places
  std::vector<FormSection> sections;    // what people fill in: active fields only
  std::vector<CustomFieldView> fields;  // active and retired
};
BOOST_DESCRIBE_STRUCT(FormView, (), (entity, org_id, org_name, may_edit, version, own, sections, fields))

// Only fields of this unit can be placed; those that are left out follow at the end. A section with the key of one
// above goes on there.
struct PutForm {
  std::string org_id;
  std::int64_t version = 0;
  std::vector<FormSection> sections;
};
BOOST_DESCRIBE_STRUCT(PutForm, (), (org_id, version, sections))

struct FieldEntity {
  std::string key;
  bool sensitive = false;  // may have sensitive fields: there is a way to reveal them
};
BOOST_DESCRIBE_STRUCT(FieldEntity, (), (key, sensitive))

}  // namespace bole::fields

namespace bole {
template <>
inline constexpr auto kRules<fields::FieldOption> =
    std::tuple{Field<&fields::FieldOption::key>{{.max_length = 40}},
               Field<&fields::FieldOption::title_zh>{{.min_length = 1, .max_length = 80}},
               Field<&fields::FieldOption::title_en>{{.max_length = 80}}};
template <>
inline constexpr auto kRules<fields::CreateCustomField> =
    std::tuple{Field<&fields::CreateCustomField::entity>{{.min_length = 1, .max_length = 40}},
               Field<&fields::CreateCustomField::org_id>{{.min_length = 1, .max_length = 26}},
               Field<&fields::CreateCustomField::key>{{.max_length = 40}},
               Field<&fields::CreateCustomField::title_zh>{{.min_length = 1, .max_length = 60}},
               Field<&fields::CreateCustomField::title_en>{{.max_length = 60}},
               Field<&fields::CreateCustomField::hint_zh>{{.max_length = 300}},
               Field<&fields::CreateCustomField::hint_en>{{.max_length = 300}},
               Field<&fields::CreateCustomField::minimum>{{.max_length = 30}},
               Field<&fields::CreateCustomField::maximum>{{.max_length = 30}},
               Field<&fields::CreateCustomField::options>{{.max_length = 200}}};
template <>
inline constexpr auto kRules<fields::PutCustomField> =
    std::tuple{Field<&fields::PutCustomField::version>{{.required = true}},
               Field<&fields::PutCustomField::title_zh>{{.min_length = 1, .max_length = 60}},
               Field<&fields::PutCustomField::title_en>{{.max_length = 60}},
               Field<&fields::PutCustomField::hint_zh>{{.max_length = 300}},
               Field<&fields::PutCustomField::hint_en>{{.max_length = 300}},
               Field<&fields::PutCustomField::minimum>{{.max_length = 30}},
               Field<&fields::PutCustomField::maximum>{{.max_length = 30}},
               Field<&fields::PutCustomField::options>{{.max_length = 200}}};
template <>
inline constexpr auto kRules<fields::FieldVersion> =
    std::tuple{Field<&fields::FieldVersion::version>{{.required = true}}};
template <>
inline constexpr auto kRules<fields::FormSection> =
    std::tuple{Field<&fields::FormSection::key>{{.min_length = 1, .max_length = 40}},
               Field<&fields::FormSection::title_zh>{{.max_length = 60}},
               Field<&fields::FormSection::title_en>{{.max_length = 60}},
               Field<&fields::FormSection::fields>{{.max_length = 200}}};
template <>
inline constexpr auto kRules<fields::PutForm> = std::tuple{
    Field<&fields::PutForm::org_id>{{.min_length = 1, .max_length = 26}},
    Field<&fields::PutForm::version>{{.required = true}}, Field<&fields::PutForm::sections>{{.max_length = 50}}};
}  // namespace bole
