#include "modules/org/export_table.hpp"
#include "modules/org/import_targets.hpp"
#include "modules/org/model_text.hpp"
#include "modules/org/service.hpp"
#include "platform/i18n/messages.hpp"

// Grades, families, competencies and calendars as the tables that the import reads.
namespace bole::org {

struct LibraryExportQuery {
  std::optional<documents::TableFormat> format;
};
BOOST_DESCRIBE_STRUCT(LibraryExportQuery, (), (format))

namespace {

using http::Request;
using http::Response;
using Cells = std::vector<documents::XlsxValue>;

class LibraryExports {
 public:
  LibraryExports(AppContext& context, Service& service, audit::Api& audit)
      : context_(context),
        service_(service),
        audit_(audit),
        grades_(MakeGradeTarget(context, service)),
        families_(MakeFamilyTarget(context, service)),
        competencies_(MakeCompetencyTarget(context, service)),
        calendars_(MakeCalendarTarget(context, service)) {}

  Result<Response> Grades(Request const& r, LibraryExportQuery const& q) {
    std::vector<Cells> rows;
    for (auto const& grade : service_.Grades().items)
      rows.push_back({grade.key, grade.name_zh, grade.name_en, static_cast<double>(grade.rank), Word(r, grade.state)});
    return Table(r, q, *grades_, "org.file.grades", "grade", rows);
  }
  Result<Response> Families(Request const& r, LibraryExportQuery const& q) {
    std::vector<Cells> rows;
    for (auto const& family : service_.Families().items)
      rows.push_back({family.key, family.name_zh, family.name_en, static_cast<double>(family.rank),
                      Word(r, family.state), ModelText(family.competencies)});
    return Table(r, q, *families_, "org.file.families", "job_family", rows);
  }
  Result<Response> Competencies(Request const& r, LibraryExportQuery const& q) {
    std::vector<Cells> rows;
    for (auto const& one : service_.Competencies().items) {
      Cells cells{one.key, one.name_zh, one.name_en, one.description_zh, one.description_en};
      for (std::int64_t level = 1; level <= 5; ++level) {
        CompetencyLevel anchor;
        for (auto const& known : one.levels)
          if (known.level == level) anchor = known;
        cells.emplace_back(anchor.anchor_zh), cells.emplace_back(anchor.anchor_en);
      }
      cells.emplace_back(Word(r, one.state));
      rows.push_back(std::move(cells));
    }
    return Table(r, q, *competencies_, "org.file.competencies", "competency", rows);
  }
  Result<Response> Calendars(Request const& r, LibraryExportQuery const& q) {
    std::vector<Cells> rows;
    for (auto const& known : service_.Calendars(r.who()).items) {
      BOLE_ASSIGN(auto const calendar, service_.GetCalendar(r.who(), known.id));
      std::string rest;
      for (auto const day : calendar.rest_weekdays) rest += (rest.empty() ? "" : ", ") + std::to_string(day);
      for (auto const& day : calendar.days)
        rows.push_back({calendar.code, day.day, imports::WordOf(DayWords(), Name(day.kind), Chinese(r)), day.name_zh,
                        day.name_en, calendar.name_zh, calendar.name_en, rest});
    }
    return Table(r, q, *calendars_, "org.file.calendars", "calendar", rows);
  }

 private:
  static bool Chinese(Request const& r) { return r.locale == i18n::Locale::kZhCn; }
  static std::string Word(Request const& r, JobStatus state) {
    return imports::WordOf(StatusWords(), Name(state), Chinese(r));
  }
  Result<Response> Table(Request const& r, LibraryExportQuery const& q, imports::Target& target, char const* title_key,
                         char const* kind, std::vector<Cells> const& rows) {
    auto const format = q.format.value_or(documents::TableFormat::xlsx);
    auto const title = context_.messages.Text(r.locale, title_key);
    auto const columns = context_.database.Read([&](db::Tx& tx) { return target.Columns(tx, ""); });
    documents::TableWriter book(format, title, context_.clock.Now());
    book.AddSheet(SheetOf(columns, title, Chinese(r)));
    for (auto const& row : rows) book.AddRow(row);
    return SendTable(context_, audit_, r, book, {format, title, kind, rows.size()});
  }

  AppContext& context_;
  Service& service_;
  audit::Api& audit_;
  std::unique_ptr<imports::Target> grades_, families_, competencies_, calendars_;
};

}  // namespace

void RegisterLibraryExports(AppContext& context, Service& service, audit::Api& audit) {
  auto const exports = std::make_shared<LibraryExports>(context, service, audit);
  auto const add = [&](char const* path, char const* permission, char const* tag, char const* summary, auto method) {
    context.routes.Raw<LibraryExportQuery>(
        http::Method::kGet, path, {.permission = permission, .tag = tag, .summary = summary},
        {{}, documents::TableMediaTypes()},
        [exports, method](Request const& r, LibraryExportQuery const& q) { return ((*exports).*method)(r, q); });
  };
  add("/grades/export", "job.read", "jobs", "Grades as xlsx or csv (audited)", &LibraryExports::Grades);
  add("/job-families/export", "job.read", "jobs", "Job families as xlsx or csv (audited)", &LibraryExports::Families);
  add("/competencies/export", "job.read", "jobs", "Competencies as xlsx or csv (audited)",
      &LibraryExports::Competencies);
  add("/org/calendars/export", "org.read", "org", "Holiday calendars as xlsx or csv (audited)",
      &LibraryExports::Calendars);
}

}  // namespace bole::org
