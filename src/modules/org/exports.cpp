#include "modules/org/export_table.hpp"
#include "modules/org/import_targets.hpp"
#include "modules/org/model_text.hpp"
#include "modules/org/service.hpp"
#include "platform/documents/table_writer.hpp"
#include "platform/http/routes.hpp"
#include "platform/i18n/messages.hpp"

// The tree and the job library as tables, with the headings that the import reads.
namespace bole::org {

struct UnitExportQuery {
  std::optional<documents::TableFormat> format;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(UnitExportQuery, (), (format, as_of))

struct PositionExportQuery {
  std::optional<documents::TableFormat> format;
  std::optional<std::string> q, org_id, job_id;
};
BOOST_DESCRIBE_STRUCT(PositionExportQuery, (), (format, q, org_id, job_id))

struct JobExportQuery {
  std::optional<documents::TableFormat> format;
  std::optional<std::string> q, org_id;
  std::optional<std::string> family;
  std::map<std::string, std::string> custom;
};
BOOST_DESCRIBE_STRUCT(JobExportQuery, (), (format, q, org_id, family, custom))

}  // namespace bole::org

namespace bole {
template <>
inline constexpr auto kRules<org::PositionExportQuery> =
    std::tuple{Field<&org::PositionExportQuery::q>{{.max_length = 100}},
               Field<&org::PositionExportQuery::org_id>{{.max_length = 26}},
               Field<&org::PositionExportQuery::job_id>{{.max_length = 26}}};
template <>
inline constexpr auto kRules<org::JobExportQuery> = std::tuple{
    Field<&org::JobExportQuery::q>{{.max_length = 100}}, Field<&org::JobExportQuery::org_id>{{.max_length = 26}},
    Field<&org::JobExportQuery::custom>{
        {.doc = "custom.<key>=<value> for filterable custom fields", .max_length = 10}}};
}  // namespace bole

namespace bole::org {
namespace {

using http::Request;
using http::Response;

class Exports {
 public:
  Exports(AppContext& context, Service& service, audit::Api& audit)
      : context_(context),
        service_(service),
        audit_(audit),
        units_(MakeUnitTarget(context, service)),
        jobs_(MakeJobTarget(context, service)),
        positions_(MakePositionTarget(context, service)) {}

  Result<Response> Units(Request const& r, UnitExportQuery const& q) {
    auto const nodes = service_.Tree(r.who(), q.as_of).items;
    std::map<std::string, std::string> codes;
    for (auto const& node : nodes) codes[node.id] = node.code;
    bool const chinese = r.locale == i18n::Locale::kZhCn;
    auto const format = q.format.value_or(documents::TableFormat::xlsx);
    auto const title = context_.messages.Text(r.locale, "org.file.units");
    documents::TableWriter book(format, title, context_.clock.Now());
    book.AddSheet(SheetOf(Columns(*units_), title, chinese));
    std::map<std::string, std::string> calendars;
    for (auto const& calendar : service_.Calendars(r.who()).items) calendars[calendar.id] = calendar.code;
    for (auto const& node : nodes)
      book.AddRow({node.code, node.name, node.name_en, imports::WordOf(KindWords(), Name(node.kind), chinese),
                   node.parent_id ? codes[*node.parent_id] : "", node.city, node.zone,
                   imports::WordOf(LocaleWords(), node.locale, chinese),
                   node.calendar_id ? calendars[*node.calendar_id] : "",
                   imports::WordOf(StateWords(), Name(node.state), chinese)});
    return Send(r, book, format, title, "org_node", nodes.size());
  }

  Result<Response> Jobs(Request const& r, JobExportQuery const& q) {
    store::JobFilter filter{q.q.value_or(""), q.family.value_or(""), "", 200, ""};
    bool const chinese = r.locale == i18n::Locale::kZhCn;
    auto const format = q.format.value_or(documents::TableFormat::xlsx);
    auto const title = context_.messages.Text(r.locale, "org.file.jobs");
    auto codes = UnitCodes();
    auto const families = FamilyWords(service_.Families().items);
    documents::TableWriter book(format, title, context_.clock.Now());
    auto sheet = SheetOf(Columns(*jobs_), title, chinese);
    Scope const scope(r.who(), "job.read");
    auto const custom =
        context_.database.Read([&](db::Tx& tx) { return service_.Custom().Columns(tx, scope, "job", "", r.locale); });
    for (auto const& column : custom) sheet.columns.push_back({.title = column.title, .width = 20.0});
    book.AddSheet(sheet);
    std::size_t rows = 0;
    for (bool more = true; more;) {
      BOLE_ASSIGN(auto const page, service_.ListJobs(r.who(), filter, q.org_id.value_or(""), q.custom));
      std::vector<std::string> ids;
      for (auto const& job : page.items) ids.push_back(job.id);
      auto const texts =
          context_.database.Read([&](db::Tx& tx) { return service_.Custom().Texts(tx, scope, custom, ids, r.locale); });
      for (auto const& job : page.items) {
        std::vector<documents::XlsxValue> cells{job.code,
                                                job.name,
                                                job.name_en,
                                                imports::WordOf(families, job.family, chinese),
                                                job.grade,
                                                codes[job.org_id],
                                                job.duties,
                                                job.requirements,
                                                imports::WordOf(StatusWords(), Name(job.status), chinese),
                                                ModelText(job.competencies)};
        if (auto const own = texts.find(job.id); own != texts.end())
          cells.insert(cells.end(), own->second.begin(), own->second.end());
        book.AddRow(cells);
      }
      rows += page.items.size();
      more = page.next_cursor.has_value();
      filter.cursor = page.next_cursor.value_or("");
    }
    return Send(r, book, format, title, "job", rows);
  }

  Result<Response> Positions(Request const& r, PositionExportQuery const& q) {
    store::PositionFilter filter{q.q.value_or(""), q.job_id.value_or(""), "", {}, 200, ""};
    auto const format = q.format.value_or(documents::TableFormat::xlsx);
    auto const title = context_.messages.Text(r.locale, "org.file.positions");
    auto codes = UnitCodes();
    std::map<std::string, std::string> jobs;
    documents::TableWriter book(format, title, context_.clock.Now());
    book.AddSheet(SheetOf(Columns(*positions_), title, r.locale == i18n::Locale::kZhCn));
    std::size_t rows = 0;
    for (bool more = true; more;) {
      BOLE_ASSIGN(auto const page, service_.Positions(r.who(), filter, q.org_id.value_or("")));
      for (auto const& p : page.items) {
        auto const [job, fresh] = jobs.try_emplace(p.job_id);
        if (fresh) job->second = JobCode(p.job_id);
        using Value = documents::XlsxValue;
        book.AddRow({p.code, p.name, p.name_en, job->second, codes[p.org_id], static_cast<double>(p.headcount),
                     p.valid_from, p.valid_to ? Value{*p.valid_to} : Value{}});
      }
      rows += page.items.size();
      more = page.next_cursor.has_value();
      filter.cursor = page.next_cursor.value_or("");
    }
    return Send(r, book, format, title, "position", rows);
  }

 private:
  std::map<std::string, std::string> UnitCodes() {
    std::map<std::string, std::string> out;
    for (auto const& node : service_.Tree(Principal::System("export")).items) out[node.id] = node.code;
    return out;
  }
  std::string JobCode(std::string const& id) {
    return context_.database.Read([&](db::Tx& tx) {
      auto const job = service_.Job(tx, Scope::Everything(), id);
      return job ? job->code : std::string();
    });
  }
  std::vector<imports::Column> Columns(imports::Target& target) {
    return context_.database.Read([&](db::Tx& tx) { return target.Columns(tx, ""); });
  }
  Result<Response> Send(Request const& r, documents::TableWriter& book, documents::TableFormat format,
                        std::string const& title, char const* kind, std::size_t rows) {
    return SendTable(context_, audit_, r, book, {format, title, kind, rows});
  }

  AppContext& context_;
  Service& service_;
  audit::Api& audit_;
  std::unique_ptr<imports::Target> units_, jobs_, positions_;
};

}  // namespace

void RegisterExports(AppContext& context, Service& service, audit::Api& audit) {
  auto const exports = std::make_shared<Exports>(context, service, audit);
  context.routes.Raw<UnitExportQuery>(
      http::Method::kGet, "/org/nodes/export",
      {.permission = "org.read", .tag = "org", .summary = "The visible tree as xlsx or csv (audited)"},
      {{}, documents::TableMediaTypes()},
      [exports](Request const& r, UnitExportQuery const& q) { return exports->Units(r, q); });
  context.routes.Raw<PositionExportQuery>(
      http::Method::kGet, "/positions/export",
      {.permission = "job.read", .tag = "jobs", .summary = "Positions as xlsx or csv (audited)"},
      {{}, documents::TableMediaTypes()},
      [exports](Request const& r, PositionExportQuery const& q) { return exports->Positions(r, q); });
  context.routes.Raw<JobExportQuery>(
      http::Method::kGet, "/jobs/export",
      {.permission = "job.read", .tag = "jobs", .summary = "The job library as xlsx or csv (audited)"},
      {{}, documents::TableMediaTypes()},
      [exports](Request const& r, JobExportQuery const& q) { return exports->Jobs(r, q); });
}

}  // namespace bole::org
