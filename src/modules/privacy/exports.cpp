#include "modules/privacy/exports.hpp"

#include "modules/privacy/access.hpp"
#include "platform/blob/blob_store.hpp"
#include "platform/documents/archive.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/log/log.hpp"

namespace bole::privacy {
namespace {

using std::chrono::days;

// The archive is put together in memory.
constexpr std::uint64_t kMostBytes = 1024ULL * 1024 * 1024;

bool IsTemporary(Error const& error) {
  return error.code == ErrorCode::kUnavailable || error.code == ErrorCode::kStorageFull ||
         error.code == ErrorCode::kInternal;
}

}  // namespace

std::string ExportBlob(std::string const& export_id) { return "export-" + export_id; }

PersonExportView Exports::View(db::Tx& tx, store::ExportRow const& row) {
  return {row.id,
          row.candidate_id,
          subjects_.NameOf(tx, row.person_id),
          subjects_.OrgName(tx, row.org_id),
          row.purpose,
          row.state,
          row.progress,
          row.size,
          row.files,
          row.failure,
          row.for_subject,
          row.created_by_name,
          row.created_at,
          row.expires_at,
          row.employee_id};
}

Result<Page<PersonExportView>> Exports::List(Principal const& who, store::Filter const& filter) {
  return subjects_.context.database.Read([&](db::Tx& tx) -> Result<Page<PersonExportView>> {
    return db::MapPage<PersonExportView>(store::Exports(tx, Scope(who, "privacy.manage"), filter),
                                         [&](auto const& row) { return View(tx, row); });
  });
}

Result<PersonExportView> Exports::Create(Principal const& who, CreatePersonExport const& input) {
  return subjects_.context.database.Write([&](db::Tx& tx) -> Result<PersonExportView> {
    BOLE_ASSIGN(auto const ref, RefIn(input.candidate_id, input.employee_id));
    BOLE_ASSIGN(auto const subject, subjects_.Of(tx, who, "privacy.manage", ref));
    auto const now = subjects_.context.clock.Now();
    store::ExportRow row;
    row.id = NewUlid(now), row.person_id = subject.data.person_id;
    row.candidate_id = subject.ref.candidate_id, row.employee_id = subject.ref.employee_id;
    row.org_id = subject.org_id, row.purpose = input.purpose, row.for_subject = input.for_subject;
    row.created_by = who.id, row.created_by_name = who.name, row.created_at = now;
    auto const record = subjects_.modules.audit.Begin(
        tx, who, ActOn(subject.ref, "privacy.export", subject.org_id, {{"export", row.id}}));
    tx.Insert("person_export", row);
    subjects_.context.queue.Enqueue(tx, {.type = kExportJob, .payload = {{"export_id", row.id}}, .key = row.id});
    subjects_.modules.audit.Succeeded(tx, record);
    return View(tx, row);
  });
}

Result<Exports::File> Exports::Open(db::Tx& tx, Principal const& who, store::ExportRow const& row,
                                    audit::Purpose const& purpose) {
  if (row.state == ExportState::expired || (row.expires_at && *row.expires_at <= subjects_.context.clock.Now()))
    return Fail(ErrorCode::kGone, "privacy.export_expired");
  if (row.state != ExportState::ready) return Fail(ErrorCode::kConflict, "privacy.export_not_ready");
  subjects_.modules.audit.Record(
      tx, who,
      ActOn(RefOf(row), "privacy.export_download", row.org_id, audit::WithPurpose(purpose, {{"export", row.id}})));
  return File{ExportBlob(row.id), row.size};
}

Result<Exports::File> Exports::Download(Principal const& who, std::string const& id, audit::Purpose const& purpose) {
  return subjects_.context.database.Write([&](db::Tx& tx) -> Result<File> {
    auto const row = store::Export(tx, Scope(who, "privacy.manage"), id);
    if (!row) return NotFound("export");
    BOLE_ASSIGN(auto const subject, subjects_.Of(tx, who, "privacy.manage", RefOf(*row)));
    return Open(tx, who, *row, purpose);
  });
}

Result<Exports::File> Exports::DownloadMine(Principal const& who, std::string const& id) {
  return subjects_.context.database.Write([&](db::Tx& tx) -> Result<File> {
    BOLE_ASSIGN(auto const self, subjects_.Self(tx, who));
    auto const row = store::Export(tx, Scope::Everything(), id);
    if (!row || row->person_id != self.data.person_id || !row->for_subject) return NotFound("export");
    return Open(tx, who, *row);
  });
}

std::vector<MyExport> Exports::Mine(db::Tx& tx, std::string const& person_id) {
  std::vector<MyExport> out;
  for (auto const& row : store::Exports(tx, Scope::Everything(), {.person_id = person_id, .limit = 100}).items)
    if (row.for_subject && row.state == ExportState::ready && row.expires_at > subjects_.context.clock.Now())
      out.push_back({row.id, row.size, *row.expires_at});
  return out;
}

Result<> Exports::Make(std::string const& id, std::function<void(double)> const& progress, std::stop_token stop) {
  auto& context = subjects_.context;
  std::vector<DataFile> files;
  auto const row = context.database.Read([&](db::Tx& tx) -> Result<std::optional<store::ExportRow>> {
    auto const found = store::Export(tx, Scope::Everything(), id);
    if (!found || found->state != ExportState::queued) return std::nullopt;
    BOLE_ASSIGN(auto const subject, subjects_.Whole(tx, RefOf(*found)));
    json::object document{{"made_at", FormatInstant(context.clock.Now())}, {"purpose", found->purpose}};
    for (auto* portion : subjects_.modules.portions) {
      BOLE_ASSIGN(auto part, portion->Export(tx, subject.data));
      document[portion->area()] = std::move(part.document);
      for (auto& file : part.files) files.push_back(std::move(file));
    }
    document["access"] = WriteJson(AccessTo(subjects_, tx, subject.data));
    files.insert(files.begin(), DataFile{"data.json", ToText(document, true), {}});
    return found;
  });
  if (!row) {
    if (!IsTemporary(row.error())) GiveUp(id, row.error());
    return tl::unexpected<Error>(row.error());
  }
  if (!*row) return {};

  std::vector<documents::ZipPart> parts;
  std::uint64_t size = 0;
  for (auto& file : files) {
    if (stop.stop_requested()) return Fail(ErrorCode::kUnavailable, "job.stopped");
    for (auto const& blob : file.blob_ids) {
      auto bytes = blob::ReadAll(context.blobs, blob, kMostBytes - std::min(kMostBytes, size + file.bytes.size()));
      if (!bytes && bytes.error().code == ErrorCode::kNotFound) continue;  // erased meanwhile, or nothing was recorded
      if (!bytes && bytes.error().code == ErrorCode::kTooLarge) GiveUp(id, bytes.error());
      if (!bytes) return tl::unexpected<Error>(bytes.error());
      file.bytes += *bytes;
    }
    size += file.bytes.size();
    if (file.bytes.empty()) continue;
    parts.push_back({std::move(file.name), std::move(file.bytes)});
    progress(0.9 * static_cast<double>(parts.size()) / static_cast<double>(files.size()));
  }
  auto const count = std::ssize(parts);
  auto const archive = documents::WriteZip(parts, (*row)->created_at);
  if (!archive) return Fail(ErrorCode::kUnavailable, "privacy.try_again");
  BOLE_TRY(context.blobs.Delete(ExportBlob(id)));  // a repeated job starts over
  auto const put = context.blobs.Put(
      ExportBlob(id), blob::ByteView(reinterpret_cast<std::uint8_t const*>(archive->data()), archive->size()));
  if (!put) return tl::unexpected<Error>(put.error());
  bool const kept = context.database.Write([&](db::Tx& tx) {
    auto done = store::Export(tx, Scope::Everything(), id);
    auto const subject = done ? subjects_.Whole(tx, RefOf(*done)) : Result<Subject>(NotFound("export"));
    if (!subject) return false;  // the person was erased meanwhile
    done->state = ExportState::ready, done->progress = 1;
    done->size = static_cast<std::int64_t>(archive->size()), done->files = count;
    done->expires_at = context.clock.Now() + days(subjects_.Days(tx, subject->org_path, PolicyKind::exports));
    store::Update(tx, *done);
    context.queue.Enqueue(tx, {.type = kExpireJob, .payload = {}, .run_at = *done->expires_at});
    return true;
  });
  if (!kept) return context.blobs.Delete(ExportBlob(id));
  return {};
}

void Exports::GiveUp(std::string const& id, Error const& error) {
  log::Error("privacy.export", {{"export", id}, {"error", error.key}});
  subjects_.context.database.Write([&](db::Tx& tx) {
    auto row = store::Export(tx, Scope::Everything(), id);
    if (!row) return;
    row->state = ExportState::failed, row->failure = error.key;
    store::Update(tx, *row);
  });
}

Result<> Exports::Expire() {
  auto& context = subjects_.context;
  auto const due = context.database.Read([&](db::Tx& tx) { return store::ExpiredExports(tx, context.clock.Now()); });
  for (auto row : due) {
    BOLE_TRY(context.blobs.Delete(ExportBlob(row.id)));
    context.database.Write([&](db::Tx& tx) {
      row.state = ExportState::expired;
      store::Update(tx, row);
    });
  }
  return {};
}

std::vector<std::string> Exports::BlobsOf(db::Tx& tx, std::string const& person_id) {
  std::vector<std::string> out;
  for (auto const& row : store::Exports(tx, Scope::Everything(), {.person_id = person_id, .limit = 200}).items)
    out.push_back(ExportBlob(row.id));
  return out;
}

void Exports::ExpireAll(db::Tx& tx, std::string const& person_id) {
  for (auto row : store::Exports(tx, Scope::Everything(), {.person_id = person_id, .limit = 200}).items) {
    row.state = ExportState::expired;
    store::Update(tx, row);
  }
}

}  // namespace bole::privacy
