#include "modules/people/imports.hpp"

#include <span>

#include "modules/people/import_rows.hpp"
#include "modules/people/import_store.hpp"
#include "modules/people/service.hpp"
#include "platform/app/context.hpp"
#include "platform/blob/blob_store.hpp"
#include "platform/crypto/cipher.hpp"

namespace bole::people {
namespace {

constexpr std::uint64_t kMaxBytes = 20U << 20;
constexpr std::size_t kBatch = 200;
constexpr std::int64_t kMaxErrors = 50'000;
constexpr std::int64_t kShownErrors = 100;
constexpr char const* kValue = "candidate_import_error.value";

// For each row the earlier sound row of the file with the same phone, e-mail or ID number.
struct Twin {
  std::int64_t row;
  char const* member;
};
std::vector<std::optional<Twin>> FindTwins(std::vector<ImportRow> const& rows) {
  std::map<std::string, std::int64_t> seen;
  std::vector<std::optional<Twin>> out(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].problems.empty()) continue;
    auto const& facts = rows[i].facts;
    for (auto const& [member, value] : {std::pair("id_number", &facts.id_number), std::pair("phone", &facts.phone),
                                        std::pair("email", &facts.email)}) {
      if (value->empty()) continue;
      auto const [at, fresh] = seen.emplace(std::string(member) + ":" + *value, rows[i].number);
      if (!fresh && !out[i]) out[i] = Twin{at->second, member};
    }
  }
  return out;
}

std::string ColumnOf(ImportRow const& row, std::string const& member) {
  auto const at = row.columns.find(member);
  return at == row.columns.end() ? "" : at->second;
}

}  // namespace

Imports::Imports(AppContext& context, audit::Api& audit, org::Api& org, Service& people)
    : context_(context), audit_(audit), org_(org), people_(people) {}

Result<ImportView> Imports::Start(Principal const& who, ImportQuery const& query, std::string const& workbook,
                                  i18n::Locale locale) {
  if (workbook.size() > kMaxBytes) return Fail(ErrorCode::kTooLarge, "xlsx.too_large");
  if (!workbook.starts_with("PK")) return Fail(ErrorCode::kInvalid, "xlsx.not_a_zip");
  auto const now = context_.clock.Now();
  auto const id = NewUlid(now);
  BOLE_TRY(context_.database.Read(
      [&](db::Tx& tx) { return org_.OpenNode(tx, Scope(who, "candidate.import"), query.org_id); }));
  BOLE_TRY(context_.blobs.Put(id, std::span(reinterpret_cast<std::uint8_t const*>(workbook.data()), workbook.size())));
  auto const started = context_.database.Write([&](db::Tx& tx) -> Result<> {
    store::ImportRecord record;
    record.id = id, record.org_id = query.org_id, record.created_by = who.id, record.created_by_name = who.name;
    record.locale = i18n::LocaleName(locale), record.file_name = query.file_name.value_or("candidates.xlsx");
    record.dry_run = query.dry_run.value_or(false), record.mode = query.mode.value_or(ImportMode::partial);
    record.created_at = now;
    audit_.Record(tx, who, {"candidate.import", "candidate_import", id, query.org_id, {{"dry_run", record.dry_run}}});
    store::Insert(tx, record);
    context_.queue.Enqueue(tx, {.type = "people.import", .payload = {{"import_id", id}}, .key = "people.import." + id});
    return {};
  });
  if (!started) {
    if (auto const gone = context_.blobs.Delete(id); !gone) return tl::unexpected<Error>(gone.error());
    return tl::unexpected<Error>(started.error());
  }
  return Get(who, id, locale);
}

Result<ImportView> Imports::Get(Principal const& who, std::string const& id, i18n::Locale locale) {
  return context_.database.Read([&](db::Tx& tx) -> Result<ImportView> {
    auto const record = store::Import(tx, Scope(who, "candidate.import"), id);
    if (!record) return NotFound("import");
    ImportView out{record->id,
                   record->file_name,
                   record->dry_run,
                   record->mode,
                   record->state,
                   record->rows_total,
                   record->rows_done,
                   record->rows_ok,
                   record->rows_failed,
                   record->rows_duplicate,
                   {},
                   record->created_at};
    if (!record->failure.empty())
      out.errors.push_back(
          {0, "", record->failure,
           context_.messages.Text(locale, "error." + record->failure, {{"limit", std::to_string(kMaxImportRows)}}),
           ""});
    for (auto const& row : store::ImportErrors(tx, id, kShownErrors)) {
      BOLE_ASSIGN(auto value, context_.fields.Decrypt(row.value, kValue));
      out.errors.push_back({row.line, row.col, row.code,
                            context_.messages.Text(locale, "field." + row.code, row.params.value), std::move(value)});
    }
    return out;
  });
}

Result<std::string> Imports::ErrorsWorkbook(Principal const& who, std::string const& id, i18n::Locale locale) {
  BOLE_TRY(Get(who, id, locale));
  auto const text = [&](char const* key) { return context_.messages.Text(locale, key); };
  documents::XlsxWriter book(text("candidate.import.errors"), context_.clock.Now());
  book.AddSheet({.name = text("candidate.import.errors"),
                 .columns = {{.title = text("candidate.import.error_row"), .width = 8},
                             {.title = text("candidate.import.error_column"), .width = 8},
                             {.title = text("candidate.import.error_message"), .width = 60, .wrap = true},
                             {.title = text("candidate.import.error_value"), .width = 40}}});
  BOLE_TRY(context_.database.Read([&](db::Tx& tx) -> Result<> {
    for (auto const& row : store::ImportErrors(tx, id, kMaxErrors)) {
      BOLE_ASSIGN(auto value, context_.fields.Decrypt(row.value, kValue));
      book.AddRow({static_cast<double>(row.line), row.col,
                   context_.messages.Text(locale, "field." + row.code, row.params.value), value});
    }
    return {};
  }));
  return book.Finish();
}

Result<std::string> Imports::Template(i18n::Locale locale) {
  return CandidateTemplate(context_.messages, locale, context_.clock.Now());
}

namespace {

// One run of the job: the sheet is read whole, the rows are worked off in batches from where the record stands.
class Run {
 public:
  Run(AppContext& context, org::Api& org, Service& people, store::ImportRecord record, ImportSheet sheet)
      : context_(context),
        org_(org),
        people_(people),
        record_(std::move(record)),
        sheet_(std::move(sheet)),
        twins_(FindTwins(sheet_.rows)) {}

  // `writes`: the batches create candidates; otherwise they only check.
  Result<> Batches(jobs::JobContext& job, bool writes) {
    while (record_.rows_done < std::ssize(sheet_.rows) || record_.rows_total == 0) {
      if (job.stop().stop_requested()) return Fail(ErrorCode::kUnavailable, "import.stopped");
      auto done = context_.database.Write([&](db::Tx& tx) -> Result<store::ImportRecord> {
        auto next = record_;
        number_ = store::CountErrors(tx, next.id);
        if (next.rows_total == 0) {
          next.rows_total = std::ssize(sheet_.rows);
          for (auto const& problem : sheet_.header_problems) Note(tx, 1, problem);
        }
        BOLE_ASSIGN(auto const node, OpenUnit(tx, next));
        auto const end = std::min(sheet_.rows.size(), static_cast<std::size_t>(next.rows_done) + kBatch);
        for (auto i = static_cast<std::size_t>(next.rows_done); i < end; ++i) BOLE_TRY(Row(tx, node, i, writes, next));
        next.rows_done = static_cast<std::int64_t>(end);
        store::SaveProgress(tx, next);
        return next;
      });
      if (!done) return tl::unexpected<Error>(done.error());
      record_ = *done;
      job.Progress(static_cast<double>(record_.rows_done) / static_cast<double>(record_.rows_total));
    }
    return {};
  }

  // Everything in one transaction, after Batches found nothing wrong.
  Result<> WriteAll() {
    return context_.database.Write([&](db::Tx& tx) -> Result<> {
      auto next = record_;
      next.rows_ok = next.rows_duplicate = next.rows_failed = 0;
      number_ = kMaxErrors;  // told by the check already
      BOLE_ASSIGN(auto const node, OpenUnit(tx, next));
      for (std::size_t i = 0; i < sheet_.rows.size(); ++i) BOLE_TRY(Row(tx, node, i, true, next));
      if (next.rows_failed > 0) return Fail(ErrorCode::kUnavailable, "import.changed_meanwhile");
      End(tx, next, ImportState::done);
      return {};
    });
  }

  void Finish(ImportState state) {
    context_.database.Write([&](db::Tx& tx) {
      auto next = record_;
      if (state == ImportState::failed) next.rows_ok = 0;
      End(tx, next, state);
    });
  }

  [[nodiscard]] store::ImportRecord const& record() const { return record_; }

 private:
  // Closed while the import ran: the job starts again and finds it so.
  Result<org::OrgNodeView> OpenUnit(db::Tx& tx, store::ImportRecord const& next) {
    auto node = org_.OpenNode(tx, Scope::Everything(), next.org_id);
    if (!node) return Fail(ErrorCode::kUnavailable, "import.unit_closed");
    return node;
  }

  void End(db::Tx& tx, store::ImportRecord& next, ImportState state) {
    next.state = state;
    next.finished_at = context_.clock.Now();
    store::SaveProgress(tx, next);
  }

  Result<> Row(db::Tx& tx, org::OrgNodeView const& node, std::size_t index, bool writes, store::ImportRecord& counts) {
    auto const& row = sheet_.rows[index];
    auto problems = row.problems;
    auto input = row.input;
    if (input.job_id) {
      auto const job = store::JobByCode(tx, *input.job_id);
      if (!job || !people_.JobServes(tx, *job, node))
        problems.push_back({ColumnOf(row, "job"), "unknown_job", {}, *input.job_id});
      input.job_id = job;
    }
    for (auto const& problem : problems) Note(tx, row.number, problem);
    if (!problems.empty()) return ++counts.rows_failed, Result<>{};
    if (auto const& twin = twins_[index]) {
      Note(tx, row.number,
           {ColumnOf(row, twin->member), "duplicate_in_file", {{"row", std::to_string(twin->row)}}, ""});
      return ++counts.rows_duplicate, Result<>{};
    }
    if (auto const same = people_.Duplicate(tx, node.id, row.facts)) {
      Note(tx, row.number, {ColumnOf(row, same->by), "duplicate", {{"name", same->name}}, ""});
      return ++counts.rows_duplicate, Result<>{};
    }
    if (writes) BOLE_TRY(people_.Admit(tx, {node, "imported"}, input, row.facts));
    ++counts.rows_ok;
    return {};
  }

  void Note(db::Tx& tx, std::int64_t line, RowProblem const& problem) {
    if (number_ >= kMaxErrors) return;
    auto const value = problem.value.size() > 200
                           ? problem.value.substr(0, problem.value.find_last_not_of("\x80\xBF", 200))
                           : problem.value;
    store::Insert(tx, store::ImportErrorRow{record_.id,
                                            ++number_,
                                            line,
                                            problem.column,
                                            problem.code,
                                            {problem.params},
                                            context_.fields.Encrypt(value, kValue)});
  }

  AppContext& context_;
  org::Api& org_;
  Service& people_;
  store::ImportRecord record_;
  ImportSheet sheet_;
  std::vector<std::optional<Twin>> twins_;
  std::int64_t number_ = 0;
};

bool IsTemporary(Error const& error) {
  return error.code == ErrorCode::kUnavailable || error.code == ErrorCode::kStorageFull ||
         error.code == ErrorCode::kInternal;
}

}  // namespace

Result<> Imports::Run(jobs::JobContext& job) {
  std::string const id(job.payload().at("import_id").as_string());
  auto const record = context_.database.Read([&](db::Tx& tx) { return store::Import(tx, Scope::Everything(), id); });
  if (!record || record->state != ImportState::running) return context_.blobs.Delete(id);
  auto const sheet = [&]() -> Result<ImportSheet> {
    auto const open = context_.database.Read(
        [&](db::Tx& tx) { return org_.OpenNode(tx, Scope::Everything(), record->org_id).has_value(); });
    if (!open) return Fail(ErrorCode::kConflict, "import.unit_closed");
    BOLE_ASSIGN(auto const bytes, blob::ReadAll(context_.blobs, id, kMaxBytes));
    return ReadCandidateRows(bytes, Today(context_.clock.Now()));
  }();
  if (!sheet) {
    if (IsTemporary(sheet.error())) return tl::unexpected<Error>(sheet.error());
    context_.database.Write([&](db::Tx& tx) {
      auto failed = *record;
      failed.state = ImportState::failed, failed.failure = sheet.error().key, failed.finished_at = context_.clock.Now();
      store::SaveProgress(tx, failed);
    });
    return context_.blobs.Delete(id);
  }
  people::Run run(context_, org_, people_, *record, *sheet);
  bool const all = record->mode == ImportMode::all;
  BOLE_TRY(run.Batches(job, !record->dry_run && !all));
  if (all && !record->dry_run && run.record().rows_failed == 0)
    BOLE_TRY(run.WriteAll());
  else
    run.Finish(all && !record->dry_run ? ImportState::failed : ImportState::done);
  return context_.blobs.Delete(id);
}

}  // namespace bole::people
