#include "platform/http/routes.hpp"

#include "modules/fields/service.hpp"

namespace bole::fields {

struct FieldListQuery {
  std::string entity;
  std::optional<std::string> org_id;
};
BOOST_DESCRIBE_STRUCT(FieldListQuery, (), (entity, org_id))

struct FormQuery {
  std::string org_id;
};
BOOST_DESCRIBE_STRUCT(FormQuery, (), (org_id))

}  // namespace bole::fields

namespace bole {
template <>
inline constexpr auto kRules<fields::FieldListQuery> =
    std::tuple{Field<&fields::FieldListQuery::entity>{{.min_length = 1, .max_length = 40}},
               Field<&fields::FieldListQuery::org_id>{{.max_length = 26}}};
template <>
inline constexpr auto kRules<fields::FormQuery> =
    std::tuple{Field<&fields::FormQuery::org_id>{{.min_length = 1, .max_length = 26}}};
}  // namespace bole

namespace bole::fields {

using http::Request;

namespace {

http::RouteDoc Doc(char const* permission, char const* summary, int status = 200) {
  return {.permission = permission, .tag = "fields", .summary = summary, .status = status};
}

}  // namespace

void RegisterRoutes(http::Routes& routes, Service& service) {
  routes.Get<Items<FieldEntity>>(
      "/field-entities", Doc("signed_in", "Entities that can have custom fields, as far as one sees them"),
      [&](Request const& r) -> Result<Items<FieldEntity>> { return service.Entities(r.who()); });
  routes.Get<FieldListQuery, Items<CustomFieldView>>(
      "/fields",
      Doc("signed_in", "Custom fields of an entity that one reads or manages: all, or those that hold at a unit"),
      [&](Request const& r, FieldListQuery const& q) {
        return service.List(r.who(), q.entity, q.org_id.value_or(""));
      });
  routes.Post<CreateCustomField, CustomFieldView>(
      "/fields", Doc("field.manage", "Define a field for a unit and everything below it", 201),
      [&](Request const& r, CreateCustomField const& in) { return service.Create(r.who(), in); });
  routes.Put<PutCustomField, CustomFieldView>(
      "/fields/{id}", Doc("field.manage", "Change a field; key, type and sensitivity stay"),
      [&](Request const& r, PutCustomField const& in) { return service.Change(r.who(), r.Param("id"), in); });
  routes.Post<FieldVersion, CustomFieldView>(
      "/fields/{id}/retire", Doc("field.manage", "Take a field out of use; its values are kept"),
      [&](Request const& r, FieldVersion const& in) {
        return service.SetState(r.who(), r.Param("id"), in.version, FieldState::retired);
      });
  routes.Post<FieldVersion, CustomFieldView>("/fields/{id}/restore", Doc("field.manage", "Bring a retired field back"),
                                             [&](Request const& r, FieldVersion const& in) {
                                               return service.SetState(r.who(), r.Param("id"), in.version,
                                                                       FieldState::active);
                                             });
  routes.Get<FormQuery, FormView>(
      "/forms/{entity}", Doc("signed_in", "The fields of an entity at a unit, in sections and order"),
      [&](Request const& r, FormQuery const& q) { return service.Form(r.who(), r.Param("entity"), q.org_id); });
  routes.Put<PutForm, FormView>(
      "/forms/{entity}", Doc("field.manage", "Arrange a unit's own fields"),
      [&](Request const& r, PutForm const& in) { return service.PutForm(r.who(), r.Param("entity"), in); });
}

}  // namespace bole::fields
