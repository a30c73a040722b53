#include "modules/imports/service.hpp"

#include <algorithm>
#include <set>
#include <span>

#include "base/text.hpp"
#include "platform/blob/blob_store.hpp"
#include "platform/crypto/cipher.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole::imports {
namespace {

constexpr std::int64_t kShownProblems = 100;
constexpr char const* kHead = "import_batch.head";
constexpr char const* kParams = "import_problem.params";

std::string TitleOf(Column const& column, i18n::Locale locale) {
  return locale == i18n::Locale::kZhCn || column.title_en.empty() ? column.title_zh : column.title_en;
}

}  // namespace

Target* Shared::FindTarget(std::string_view key) const {
  auto const found =
      std::find_if(targets.begin(), targets.end(), [&](auto const* target) { return target->key() == key; });
  return found == targets.end() ? nullptr : *found;
}

std::string Shared::SealHead(Head const& head) const { return context.fields.Encrypt(ToJsonText(head), kHead); }

Result<Head> Shared::OpenHead(store::Batch const& batch) const {
  if (batch.head.empty()) return Head{};
  BOLE_ASSIGN(auto const text, context.fields.Decrypt(batch.head, kHead));
  BOLE_ASSIGN(auto const value, ParseJson(text));
  return FromJson<Head>(value);
}

std::string Shared::SealParams(std::map<std::string, std::string> const& params) const {
  return params.empty() ? "" : context.fields.Encrypt(ToText(WriteJson(params)), kParams);
}

Result<std::map<std::string, std::string>> Shared::OpenParams(std::string const& sealed) const {
  std::map<std::string, std::string> out;
  if (sealed.empty()) return out;
  BOLE_ASSIGN(auto const text, context.fields.Decrypt(sealed, kParams));
  BOLE_ASSIGN(auto const value, ParseJson(text));
  FieldErrors errors;
  ReadJson(value, out, "", errors);
  return out;
}

Result<store::Unit> Shared::OpenUnit(db::Tx& tx, std::string const& org_id) const {
  auto unit = store::FindUnit(tx, org_id);
  if (!unit) return NotFound("org_node");
  if (unit->state == "closed") return Fail(ErrorCode::kConflict, "org.closed", {{"name", unit->name}});
  return *std::move(unit);
}

std::vector<store::Visible> Service::VisibleTo(Principal const& who) const {
  std::vector<store::Visible> out;
  for (auto const* target : shared_.targets)
    if (who.Can(target->permission())) out.push_back({target->key(), Scope(who, target->permission())});
  return out;
}

Result<store::Batch> Service::Find(db::Tx& tx, Principal const& who, std::string const& id) const {
  if (auto batch = store::Find(tx, VisibleTo(who), id)) return *std::move(batch);
  return NotFound("import");
}

Result<store::Batch> Service::FindOwn(db::Tx& tx, Principal const& who, std::string const& id) const {
  BOLE_ASSIGN(auto batch, Find(tx, who, id));
  if (batch.created_by != who.id) return Fail(ErrorCode::kForbidden, "import.not_yours");
  if (batch.file_gone) return Fail(ErrorCode::kGone, "import.file_gone");
  return batch;
}

void Service::Enqueue(db::Tx& tx, char const* job, std::string const& id) const {
  shared_.context.queue.Enqueue(tx, {.type = job, .payload = {{"batch_id", id}}, .key = std::string(job) + "." + id});
}

std::string Service::Record(db::Tx& tx, Principal const& who, char const* action, store::Batch const& batch) const {
  auto record = shared_.audit.Begin(tx, who,
                                    {action,
                                     "import_batch",
                                     batch.id,
                                     batch.org_id,
                                     {{"target", batch.target},
                                      {"mode", boost::describe::enum_to_string(batch.mode, "")},
                                      {"duplicates", boost::describe::enum_to_string(batch.duplicates, "")},
                                      {"rows", batch.rows_total}}});
  shared_.audit.Succeeded(tx, record);
  return record;
}

Result<> Service::Move(db::Tx& tx, store::Batch& batch, ImportState to) const {
  auto const from = std::exchange(batch.state, to);
  if (!store::Save(tx, batch, from)) return Fail(ErrorCode::kConflict, "import.wrong_state");
  return {};
}

Items<ImportTarget> Service::Targets(Principal const& who) const {
  Items<ImportTarget> out;
  for (auto const* target : shared_.targets)
    if (who.Can(target->permission())) out.items.push_back({target->key(), target->permission()});
  return out;
}

Result<ImportDetail> Service::Upload(Principal const& who, NewImport const& input, std::string const& file,
                                     i18n::Locale locale) {
  auto* target = shared_.FindTarget(input.target);
  if (!target) return FailField("/target", "not_allowed");
  if (!who.Can(target->permission()))
    return Fail(ErrorCode::kForbidden, "forbidden", {{"permission", target->permission()}});
  auto& context = shared_.context;
  auto const now = context.clock.Now();
  store::Batch batch;
  batch.id = NewUlid(now), batch.target = input.target, batch.org_id = input.org_id;
  batch.created_by = who.id, batch.created_by_name = who.name, batch.created_at = now;
  batch.file_name = std::string(Trim(input.file_name.value_or("")));
  if (batch.file_name.empty()) batch.file_name = input.target;
  std::vector<Column> columns;
  auto const found = context.database.Read([&](db::Tx& tx) -> Result<> {
    auto const unit = store::FindUnit(tx, input.org_id);
    if (!unit || !Scope(who, target->permission()).Covers(unit->path)) return NotFound("org_node");
    BOLE_TRY(shared_.OpenUnit(tx, input.org_id));
    columns = target->Columns(tx, input.org_id);
    return {};
  });
  if (!found) return tl::unexpected<Error>(found.error());
  BOLE_ASSIGN(auto const head, ReadHead(*target, file, columns));
  batch.head = shared_.SealHead(head);
  batch.mapping = {GuessMapping(columns, head.titles)};
  BOLE_TRY(context.blobs.Put(batch.id, std::span(reinterpret_cast<std::uint8_t const*>(file.data()), file.size())));
  auto made = context.database.Write([&](db::Tx& tx) -> Result<ImportDetail> {
    auto remembered = store::Remembered(tx, who.id, batch.target, Signature(head));
    if (remembered && remembered->size() == head.titles.size()) {
      // A field that is gone since then is not remembered.
      for (auto& key : *remembered)
        if (std::none_of(columns.begin(), columns.end(), [&](auto const& column) { return column.key == key; }))
          key.clear();
      batch.mapping = {*std::move(remembered)};
    }
    store::Insert(tx, batch);
    Record(tx, who, "import.upload", batch);
    return Detail(tx, who, batch, locale);
  });
  if (!made)
    if (auto const gone = context.blobs.Delete(batch.id); !gone) return tl::unexpected<Error>(gone.error());
  return made;
}

Result<Page<ImportView>> Service::List(Principal const& who, store::Filter const& filter, i18n::Locale locale) {
  return shared_.context.database.Read([&](db::Tx& tx) -> Result<Page<ImportView>> {
    return db::MapPage<ImportView>(store::List(tx, VisibleTo(who), filter),
                                   [&](auto const& batch) { return View(tx, who, batch, locale); });
  });
}

Result<ImportDetail> Service::Get(Principal const& who, std::string const& id, i18n::Locale locale) {
  return shared_.context.database.Read([&](db::Tx& tx) -> Result<ImportDetail> {
    BOLE_ASSIGN(auto const batch, Find(tx, who, id));
    return Detail(tx, who, batch, locale);
  });
}

Result<std::vector<std::string>> Service::CheckMapping(std::vector<Column> const& columns, Head const& head,
                                                       std::vector<ImportChoice> const& mapping,
                                                       i18n::Locale locale) const {
  std::vector<std::string> out(head.titles.size());
  std::set<std::string> used;
  FieldErrors errors;
  for (std::size_t i = 0; i < mapping.size(); ++i) {
    auto const at = "/mapping/" + std::to_string(i);
    auto const& choice = mapping[i];
    if (choice.field.empty()) continue;
    std::size_t index = 0;
    while (index < out.size() && documents::ColumnName(index + 1) != choice.column) ++index;
    if (index == out.size()) {
      errors.push_back({at + "/column", "not_found"});
      continue;
    }
    if (std::none_of(columns.begin(), columns.end(), [&](auto const& column) { return column.key == choice.field; }))
      errors.push_back({at + "/field", "not_found"});
    else if (!out[index].empty() || !used.insert(choice.field).second)
      errors.push_back({at + "/field", "repeated"});
    out[index] = choice.field;
  }
  for (auto const& column : columns)
    if (column.required && !used.contains(column.key))
      errors.push_back({"/mapping", "column_missing", {{"column", TitleOf(column, locale)}}});
  if (!errors.empty()) return FailFields(std::move(errors));
  return out;
}

Result<ImportDetail> Service::PutLayout(Principal const& who, std::string const& id, PutImportLayout const& input,
                                        i18n::Locale locale) {
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<ImportDetail> {
    BOLE_ASSIGN(auto batch, FindOwn(tx, who, id));
    if (batch.state != ImportState::uploaded && batch.state != ImportState::checked)
      return Fail(ErrorCode::kConflict, "import.wrong_state");
    auto* target = shared_.FindTarget(batch.target);
    BOLE_ASSIGN(auto const head, shared_.OpenHead(batch));
    BOLE_ASSIGN(auto mapping, CheckMapping(target->Columns(tx, batch.org_id), head, input.mapping, locale));
    store::Remember(tx, {who.id, batch.target, Signature(head), {mapping}, shared_.context.clock.Now()});
    batch.mapping = {std::move(mapping)}, batch.mode = input.mode, batch.duplicates = input.duplicates;
    batch.rows_total = batch.rows_done = batch.rows_created = batch.rows_updated = 0;
    batch.rows_skipped = batch.rows_failed = batch.last_line = 0;
    batch.failure = {};
    store::DeleteProblems(tx, id);
    BOLE_TRY(Move(tx, batch, ImportState::checking));
    Enqueue(tx, kCheckJob, id);
    return Detail(tx, who, batch, locale);
  });
}

Result<ImportDetail> Service::Start(Principal const& who, std::string const& id, i18n::Locale locale) {
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<ImportDetail> {
    BOLE_ASSIGN(auto batch, FindOwn(tx, who, id));
    if (batch.state != ImportState::checked) return Fail(ErrorCode::kConflict, "import.wrong_state");
    if (batch.mode == ImportMode::all && batch.rows_failed > 0)
      return Fail(ErrorCode::kConflict, "import.has_problems");
    if (batch.rows_created + batch.rows_updated == 0) return Fail(ErrorCode::kConflict, "import.nothing_to_do");
    BOLE_TRY(shared_.OpenUnit(tx, batch.org_id));
    // The job never may more than the one who starts it: a token may be allowed less than its owner.
    std::set<std::string> permissions;
    for (auto const& grant : who.grants) permissions.insert(grant.permission);
    batch.permissions = {{permissions.begin(), permissions.end()}};
    batch.rows_done = batch.rows_created = batch.rows_updated = batch.rows_skipped = batch.rows_failed = 0;
    batch.last_line = 0;
    BOLE_TRY(Move(tx, batch, ImportState::running));
    Record(tx, who, "import.start", batch);
    Enqueue(tx, kRunJob, id);
    return Detail(tx, who, batch, locale);
  });
}

Result<ImportDetail> Service::Cancel(Principal const& who, std::string const& id, i18n::Locale locale) {
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<ImportDetail> {
    BOLE_ASSIGN(auto batch, Find(tx, who, id));
    bool const waits = batch.state == ImportState::uploaded || batch.state == ImportState::checked;
    if (!waits && batch.state != ImportState::checking && batch.state != ImportState::running)
      return Fail(ErrorCode::kConflict, "import.wrong_state");
    Record(tx, who, "import.cancel", batch);
    if (waits) {
      batch.finished_at = shared_.context.clock.Now();
      batch.rows_created = batch.rows_updated = 0;
      BOLE_TRY(Move(tx, batch, ImportState::cancelled));
    } else {
      store::AskCancel(tx, id);  // the job stops behind the rows it is at
      batch.cancel_asked = true;
    }
    return Detail(tx, who, batch, locale);
  });
}

Result<ImportDetail> Service::Undo(Principal const& who, std::string const& id, i18n::Locale locale) {
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<ImportDetail> {
    BOLE_ASSIGN(auto batch, Find(tx, who, id));
    if (!View(tx, who, batch, locale).can_undo) return Fail(ErrorCode::kConflict, "import.wrong_state");
    BOLE_TRY(Move(tx, batch, ImportState::undoing));
    Record(tx, who, "import.undo", batch);
    shared_.context.queue.Enqueue(
        tx, {.type = kUndoJob, .payload = {{"batch_id", id}, {"by", who.id}}, .key = std::string(kUndoJob) + "." + id});
    return Detail(tx, who, batch, locale);
  });
}

ImportView Service::View(db::Tx& tx, Principal const& who, store::Batch const& b, i18n::Locale locale) const {
  auto const unit = store::FindUnit(tx, b.org_id);
  bool const wrote = b.rows_created + b.rows_updated > b.rows_undone + b.rows_kept;
  bool const ended =
      b.state == ImportState::done || b.state == ImportState::cancelled || b.state == ImportState::failed;
  ImportView out{
      b.id,          b.target,     b.org_id,    unit ? unit->name : "", b.file_name,    b.state,        b.mode,
      b.duplicates,  b.rows_total, b.rows_done, b.rows_created,         b.rows_updated, b.rows_skipped, b.rows_failed,
      b.rows_undone, b.rows_kept,  "",          b.created_by_name};
  if (auto const& failure = b.failure.value; !failure.key.empty())
    out.failure = shared_.context.messages.Text(locale, "error." + failure.key, failure.params);
  out.own = b.created_by == who.id;
  out.can_undo = ended && wrote && !b.file_gone;
  out.file_gone = b.file_gone;
  out.created_at = b.created_at, out.finished_at = b.finished_at;
  return out;
}

Result<ImportDetail> Service::Detail(db::Tx& tx, Principal const& who, store::Batch const& batch,
                                     i18n::Locale locale) const {
  ImportDetail out;
  out.batch = View(tx, who, batch, locale);
  bool const zh = locale == i18n::Locale::kZhCn;
  std::map<std::string, std::string> titles;
  for (auto const& column : shared_.FindTarget(batch.target)->Columns(tx, batch.org_id)) {
    titles[column.key] = TitleOf(column, locale);
    out.columns.push_back({column.key, titles[column.key], zh ? column.help_zh : column.help_en, column.type,
                           column.required, column.example});
  }
  if (!out.batch.own) return out;
  BOLE_ASSIGN(auto const head, shared_.OpenHead(batch));
  for (std::size_t i = 0; i < head.titles.size(); ++i) {
    auto const key = i < batch.mapping.value.size() ? batch.mapping.value[i] : "";
    auto& column = out.file.emplace_back(ImportFileColumn{documents::ColumnName(i + 1), head.titles[i], key, {}});
    for (auto const& row : head.rows) column.samples.push_back(i < row.size() ? row[i] : "");
  }
  out.remembered = store::Remembered(tx, who.id, batch.target, Signature(head)) == batch.mapping.value;
  for (auto const& row : store::Problems(tx, batch.id, kShownProblems)) {
    BOLE_ASSIGN(auto const params, shared_.OpenParams(row.params));
    auto const column =
        std::find_if(out.file.begin(), out.file.end(), [&](auto const& c) { return c.column == row.col; });
    auto const key = column == out.file.end() ? std::string() : column->field;
    out.problems.push_back({row.line, row.col, key.empty() ? "" : titles[key], row.code,
                            shared_.context.messages.Text(locale, "field." + row.code, params), row.blocking});
  }
  return out;
}

}  // namespace bole::imports
