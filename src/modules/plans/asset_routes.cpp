#include "modules/plans/assets.hpp"
#include "platform/http/routes.hpp"

namespace bole::plans {

struct AssetUpload {
  std::string org_id;
  std::optional<std::string> name;
};
BOOST_DESCRIBE_STRUCT(AssetUpload, (), (org_id, name))

}  // namespace bole::plans

namespace bole {
template <>
inline constexpr auto kRules<plans::AssetUpload> =
    std::tuple{Field<&plans::AssetUpload::org_id>{{.min_length = 1, .max_length = 26}},
               Field<&plans::AssetUpload::name>{{.doc = "Name of the file", .max_length = 255}}};
}  // namespace bole

namespace bole::plans {

using http::Request;
using http::Response;

void RegisterAssetRoutes(AppContext& context, Assets& assets) {
  auto& routes = context.routes;
  routes.Raw<AssetUpload>(http::Method::kPost, "/assets",
                          {.permission = "question.write|plan.write",
                           .tag = "plans",
                           .summary = "Upload a picture, video or sound for questions and prompts",
                           .status = 201,
                           .max_body = kLargestAsset},
                          {{"image/*", "video/*", "audio/*", "application/octet-stream"}, {"application/json"}},
                          [&assets](Request const& r, AssetUpload const& q) -> Result<Response> {
                            BOLE_ASSIGN(auto const made, assets.Upload(r.who(), q.org_id, q.name.value_or(""),
                                                                       std::string(r.Header("content-type")), r.body));
                            return Response::Json(ToJsonText(made), 201);
                          });
  routes.Raw(http::Method::kGet, "/assets/{id}",
             {.permission = "question.read",
              .tag = "plans",
              .summary = "A picture, video or sound of a question or prompt",
              .rate_class = "media"},
             {{}, {"image/*", "video/*", "audio/*"}},
             [&assets](Request const& r) { return assets.Serve(Scope(r.who(), "question.read"), r, r.Param("id")); });
}

}  // namespace bole::plans
