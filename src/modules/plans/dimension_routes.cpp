#include "modules/plans/dimensions.hpp"
#include "platform/http/routes.hpp"

namespace bole::plans {

struct DimensionListQuery {
  std::optional<std::string> org_id;
};
BOOST_DESCRIBE_STRUCT(DimensionListQuery, (), (org_id))

}  // namespace bole::plans

namespace bole {
template <>
inline constexpr auto kRules<plans::DimensionListQuery> = std::tuple{
    Field<&plans::DimensionListQuery::org_id>{{.doc = "Only what plans of this unit may use", .max_length = 26}}};
}  // namespace bole

namespace bole::plans {

using http::Request;

void RegisterDimensionRoutes(AppContext& context, Dimensions& dimensions) {
  auto& routes = context.routes;
  routes.Get<DimensionListQuery, Items<DimensionView>>(
      "/dimensions",
      {.permission = "plan.read", .tag = "plans", .summary = "Scoring dimensions: shipped ones and those of units"},
      [&](Request const& r, DimensionListQuery const& q) { return dimensions.List(r.who(), q.org_id.value_or("")); });
  routes.Post<CreateDimension, DimensionView>(
      "/dimensions",
      {.permission = "question.write", .tag = "plans", .summary = "Add a dimension of a unit", .status = 201},
      [&](Request const& r, CreateDimension const& in) { return dimensions.Create(r.who(), in); });
  routes.Patch<PatchDimension, DimensionView>(
      "/dimensions/{key}",
      {.permission = "question.write", .tag = "plans", .summary = "Rename, describe, archive or restore a dimension"},
      [&](Request const& r, PatchDimension const& in) { return dimensions.Patch(r.who(), r.Param("key"), in); });
}

}  // namespace bole::plans
