#include "modules/personnel/service.hpp"
#include "platform/app/context.hpp"
#include "platform/app/export_mark.hpp"

namespace bole::personnel {
namespace {

constexpr std::size_t kExportLimit = 100'000;

}  // namespace

Result<std::string> Service::Export(Principal const& who, EmployeeQuery const& query, documents::TableFormat format,
                                    i18n::Locale locale, audit::Purpose const& purpose) {
  BOLE_TRY(audit::RequirePurpose(purpose));
  auto const& messages = context_.messages;
  auto const name = messages.Text(locale, "employee.sheet");
  documents::TableWriter book(format, name, context_.clock.Now());
  documents::XlsxSheet sheet{.name = name, .columns = {}};
  for (auto const* key :
       {"number", "name", "gender", "birth_date", "phone", "email", "id_number", "org", "job", "position", "grade",
        "employment", "state", "hired_on", "probation_until", "left_on", "leave_reason", "manager"})
    sheet.columns.push_back({.title = messages.Text(locale, std::string("employee.column.") + key), .width = 18.0});
  Scope const scope(who, "employee.export");
  auto const custom = context_.database.Read([&](db::Tx& tx) -> Result<std::vector<fields::Column>> {
    BOLE_ASSIGN(auto const filter, Filter(tx, who, query, "employee.export"));
    return fields_.Columns(tx, scope, "employee", filter.org_path, locale);
  });
  if (!custom) return tl::unexpected<Error>(custom.error());
  for (auto const& column : *custom) sheet.columns.push_back({.title = column.title, .width = 18.0});
  book.AddSheet(sheet);
  auto const word = [&](std::string const& group, std::string const& value) {
    return value.empty() ? "" : messages.Text(locale, "employee." + group + "." + value);
  };
  auto const day = [](std::optional<Date> const& date) {
    return date ? documents::XlsxValue{*date} : documents::XlsxValue{};
  };
  // Before the data: who asked is known even when reading fails.
  auto const record = context_.database.Write([&](db::Tx& tx) {
    auto id = audit_.Begin(tx, who,
                           {"employee.export", "employee", "", query.org_id.value_or(""), audit::WithPurpose(purpose)});
    audit_.Succeeded(tx, id);
    return id;
  });
  book.Watermark(ExportMark(messages, locale, who, context_.clock.Now(), record));
  std::vector<std::string> concerned;
  BOLE_TRY(context_.database.Read([&](db::Tx& tx) -> Result<> {
    BOLE_ASSIGN(auto filter, Filter(tx, who, query, "employee.export"));
    filter.limit = 500, filter.cursor.clear();
    for (bool more = true; more;) {
      auto const page = store::Employees(tx, scope, filter);
      std::vector<std::string> ids;
      for (auto const& row : page.items) ids.push_back(row.id);
      auto const texts = fields_.Texts(tx, scope, *custom, ids, locale);
      for (auto const& e : ToViews(tx, scope, page.items)) {
        concerned.push_back(e.id);
        if (concerned.size() > kExportLimit)
          return Fail(ErrorCode::kTooLarge, "employee.export_too_large", {{"limit", std::to_string(kExportLimit)}});
        std::string const reason = e.leave_reason ? boost::describe::enum_to_string(*e.leave_reason, "") : "";
        std::vector<documents::XlsxValue> cells{e.number,
                                                e.name,
                                                word("gender", e.gender),
                                                day(e.birth_date),
                                                e.phone_masked,
                                                e.email_masked,
                                                e.id_number_masked,
                                                e.org_name,
                                                e.job_name,
                                                e.position_name,
                                                e.grade,
                                                word("employment", boost::describe::enum_to_string(e.employment, "")),
                                                word("state", boost::describe::enum_to_string(e.state, "")),
                                                day(e.hired_on),
                                                day(e.probation_until),
                                                day(e.left_on),
                                                word("leave_reason", reason),
                                                e.manager_name};
        if (auto const own = texts.find(e.id); own != texts.end())
          cells.insert(cells.end(), own->second.begin(), own->second.end());
        book.AddRow(cells);
      }
      more = page.next_cursor.has_value();
      filter.cursor = page.next_cursor.value_or("");
    }
    return {};
  }));
  context_.database.Write([&](db::Tx& tx) {
    auto const done = audit::BeginOnMany(
        audit_, tx, who, {"employee.exported", "employee", "", query.org_id.value_or(""), {{"export", record}}},
        {"employee", std::move(concerned)});
    audit_.Succeeded(tx, done);
  });
  return book.Finish();
}

}  // namespace bole::personnel
