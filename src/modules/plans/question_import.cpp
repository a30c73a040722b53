#include "modules/plans/question_workbook.hpp"
#include "modules/plans/service.hpp"
#include "platform/app/context.hpp"

namespace bole::plans {
namespace {

constexpr std::size_t kShownErrors = 100;

void AddErrors(ImportView& view, std::vector<QuestionRowRead::Problem> const& problems, i18n::Messages const& messages,
               i18n::Locale locale) {
  for (auto const& p : problems)
    if (view.errors.size() < kShownErrors)
      view.errors.push_back({p.row, p.sheet.empty() ? p.column : p.sheet + "!" + p.column, p.code,
                             messages.Text(locale, "field." + p.code, p.params), p.value});
}

}  // namespace

Result<std::string> Service::ExportQuestions(Principal const& who, store::QuestionFilter filter, i18n::Locale locale) {
  auto const questions = context_.database.Read([&](db::Tx& tx) {
    std::vector<QuestionView> out;
    filter.limit = 200, filter.cursor.clear();
    for (bool more = true; more;) {
      auto page = store::Questions(tx, Scope(who, "question.read"), filter);
      out.insert(out.end(), page.items.begin(), page.items.end());
      more = page.next_cursor.has_value() && out.size() < kMaxQuestionRows;
      filter.cursor = page.next_cursor.value_or("");
    }
    return out;
  });
  return WriteQuestions(questions, context_.messages, locale, context_.clock.Now());
}

Result<ImportView> Service::ImportQuestions(Principal const& who, QuestionImportQuery const& query,
                                            std::string const& workbook, i18n::Locale locale) {
  BOLE_ASSIGN(auto rows, ReadQuestions(workbook));
  bool const all = query.mode.value_or(ImportMode::partial) == ImportMode::all;
  return context_.database.Write([&](db::Tx& tx) -> Result<ImportView> {
    auto const now = context_.clock.Now();
    ImportView view{NewUlid(now), query.file_name.value_or("questions.xlsx"), query.dry_run.value_or(false)};
    view.mode = all ? ImportMode::all : ImportMode::partial, view.created_at = now;
    BOLE_ASSIGN(auto const node, org_.OpenNode(tx, Scope(who, "question.write"), query.org_id));
    auto const record =
        audit_.Begin(tx, who, {"question.import", "question", view.id, node.id, {{"dry_run", view.dry_run}}});
    for (auto& row : rows) {
      FieldErrors errors;
      if (row.problems.empty()) CheckQuestion(row.content, errors);
      for (auto const& error : errors)
        row.problems.push_back({"", error.pointer.substr(1), error.code, "", row.number, error.params});
      view.rows_failed += row.problems.empty() ? 0 : 1;
      AddErrors(view, row.problems, context_.messages, locale);
    }
    view.rows_total = view.rows_done = std::ssize(rows);
    bool const write = !view.dry_run && !(all && view.rows_failed > 0);
    for (auto const& row : rows) {
      if (!row.problems.empty()) continue;
      auto known = store::QuestionByCode(tx, node.id, row.code);
      auto const before = known ? store::Content(tx, known->id, known->revision) : std::nullopt;
      auto content = row.content;
      if (before) content.kind = before->kind, content.asset_id = before->asset_id;  // not part of the workbook
      if (before && ContentJson(*before) == ContentJson(content)) {
        ++view.rows_duplicate;
        continue;
      }
      if (write && known) {
        SaveQuestion(tx, *known, content, who.id);
      } else if (write) {
        store::QuestionRow fresh;
        fresh.org_id = node.id, fresh.code = row.code;
        NewQuestion(tx, fresh, content, who.id);
      }
      ++view.rows_ok;
    }
    if (all && view.rows_failed > 0 && !view.dry_run) view.state = ImportState::failed, view.rows_ok = 0;
    audit_.Succeeded(tx, record);
    return view;
  });
}

}  // namespace bole::plans
