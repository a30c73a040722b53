#include "platform/http/routes.hpp"
#include "modules/imports/service.hpp"

namespace bole::imports {

struct ImportListQuery {
  std::optional<std::string> target;
  std::optional<int> limit;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(ImportListQuery, (), (target, limit, cursor))

struct ImportTemplateQuery {
  std::string target;
};
BOOST_DESCRIBE_STRUCT(ImportTemplateQuery, (), (target))

}  // namespace bole::imports

namespace bole {
template <>
inline constexpr auto kRules<imports::ImportListQuery> =
    std::tuple{Field<&imports::ImportListQuery::target>{{.max_length = 40}},
               Field<&imports::ImportListQuery::limit>{{.min = 1, .max = 200}},
               Field<&imports::ImportListQuery::cursor>{{.max_length = 26}}};
template <>
inline constexpr auto kRules<imports::ImportTemplateQuery> =
    std::tuple{Field<&imports::ImportTemplateQuery::target>{{.min_length = 1, .max_length = 40}}};
}  // namespace bole

namespace bole::imports {
namespace {

using http::Request;
using http::Response;

constexpr char const* kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr char const* kTag = "imports";
// Each target has its own permission: a route is open to everybody who is signed in, the service decides.
constexpr char const* kOpen = "signed_in";

// Browsers on machines with a spreadsheet program call a CSV file application/vnd.ms-excel.
std::vector<std::string> TableTypes() {
  return {kXlsx, "text/csv", "application/vnd.ms-excel", "text/plain", "application/octet-stream"};
}

}  // namespace

void RegisterRoutes(AppContext& context, Service& service) {
  auto& routes = context.routes;
  auto const download = [&context](Request const& r, Result<std::string> book,
                                   std::string const& name) -> Result<Response> {
    if (!book) return tl::unexpected<Error>(book.error());
    return Response::Download(*std::move(book), kXlsx, context.messages.Text(r.locale, name) + ".xlsx");
  };
  routes.Raw<NewImport>(http::Method::kPost, "/imports",
                        {.permission = kOpen,
                         .tag = kTag,
                         .summary = "Upload a table (xlsx, csv); answers with its columns and a guess what they mean",
                         .status = 201,
                         .max_body = kMaxFileBytes},
                        {TableTypes(), {"application/json"}},
                        [&](Request const& r, NewImport const& in) -> Result<Response> {
                          BOLE_ASSIGN(auto const detail, service.Upload(r.who(), in, r.body, r.locale));
                          return Response::Json(ToJsonText(detail), 201);
                        });
  routes.Get<ImportListQuery, Page<ImportView>>(
      "/imports", {.permission = kOpen, .tag = kTag, .summary = "Imports of the visible units, newest first"},
      [&](Request const& r, ImportListQuery const& q) {
        return service.List(r.who(), {q.target.value_or(""), q.limit.value_or(50), q.cursor.value_or("")}, r.locale);
      });
  routes.Get<Items<ImportTarget>>(
      "/imports/targets", {.permission = kOpen, .tag = kTag, .summary = "What you may import"},
      [&](Request const& r) -> Result<Items<ImportTarget>> { return service.Targets(r.who()); });
  routes.Raw<ImportTemplateQuery>(
      http::Method::kGet, "/imports/template.xlsx",
      {.permission = kOpen, .tag = kTag, .summary = "An empty workbook to fill in, with explanations"}, {{}, {kXlsx}},
      [&service, download](Request const& r, ImportTemplateQuery const& q) {
        return download(r, service.Template(r.who(), q.target, r.locale), "import.template");
      });
  routes.Get<ImportDetail>("/imports/{id}",
                           {.permission = kOpen, .tag = kTag, .summary = "Columns, mapping, progress and problems"},
                           [&](Request const& r) { return service.Get(r.who(), r.Param("id"), r.locale); });
  routes.Put<PutImportLayout, ImportDetail>(
      "/imports/{id}/layout",
      {.permission = kOpen, .tag = kTag, .summary = "Say what the columns are; checks every row"},
      [&](Request const& r, PutImportLayout const& in) {
        return service.PutLayout(r.who(), r.Param("id"), in, r.locale);
      });
  routes.Post<http::NoBody, ImportDetail>(
      "/imports/{id}/start", {.permission = kOpen, .tag = kTag, .summary = "Write the rows that were checked"},
      [&](Request const& r) { return service.Start(r.who(), r.Param("id"), r.locale); });
  routes.Post<http::NoBody, ImportDetail>(
      "/imports/{id}/cancel",
      {.permission = kOpen, .tag = kTag, .summary = "Stop; what is in stays unless it was all or nothing"},
      [&](Request const& r) { return service.Cancel(r.who(), r.Param("id"), r.locale); });
  routes.Post<http::NoBody, ImportDetail>(
      "/imports/{id}/undo", {.permission = kOpen, .tag = kTag, .summary = "Take back what nobody changed since"},
      [&](Request const& r) { return service.Undo(r.who(), r.Param("id"), r.locale); });
  routes.Raw(http::Method::kGet, "/imports/{id}/problems.xlsx",
             {.permission = kOpen, .tag = kTag, .summary = "The rows with problems as they are, and why"},
             {{}, {kXlsx}}, [&service, download](Request const& r) {
               return download(r, service.ProblemsWorkbook(r.who(), r.Param("id"), r.locale), "import.problems");
             });
}

}  // namespace bole::imports
