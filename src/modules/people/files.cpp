#include "modules/people/files.hpp"

#include <algorithm>

#include "base/ids.hpp"
#include "base/text.hpp"
#include "modules/people/store.hpp"
#include "platform/app/serve_blob.hpp"
#include "platform/blob/blob_store.hpp"
#include "platform/crypto/cipher.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/documents/text_encoding.hpp"

namespace bole::people {
namespace {

constexpr std::size_t kLongestName = 120;
constexpr std::uint64_t kLargestText = 8UL << 20U;
constexpr auto kKeepUnfinished = std::chrono::days(1);

FileEvent Event(Instant at, std::string const& kind, store::FileRow const& row) {
  return {at, kind, "candidate.event." + kind, {{"name", row.name}}, {}};
}

json::object Details(store::FileRow const& row) {
  return {{"file", row.id},
          {"kind", boost::describe::enum_to_string(row.kind, "")},
          {"media_type", row.media_type},
          {"bytes", row.bytes}};
}

}  // namespace

std::string CleanFileName(std::string_view name, documents::FileKind kind) {
  auto points = DecodeUtf8(documents::CleanText(name));
  if (auto const folder = std::u32string_view(points).find_last_of(U"/\\"); folder != std::u32string_view::npos)
    points.erase(0, folder + 1);
  std::erase_if(points, [](char32_t c) { return c < 0x20; });
  auto const extension = std::string(documents::ExtensionOf(kind));
  auto stem = EncodeUtf8(points);
  auto const lower = AsciiLower(stem);
  for (auto const& known : {extension, std::string(kind == documents::FileKind::jpeg ? ".jpeg" : extension)})
    if (lower.ends_with(known) && stem.size() == lower.size()) {
      stem.resize(stem.size() - known.size());
      break;
    }
  points = DecodeUtf8(Trim(stem));
  if (points.size() > kLongestName) points.resize(kLongestName);
  return (points.empty() ? "file" : EncodeUtf8(points)) + extension;
}

Result<CandidateView> Files::Find(db::Tx& tx, Principal const& who, std::string_view permission,
                                  std::string const& id) {
  if (auto view = store::Candidate(tx, Scope(who, permission), id)) return *std::move(view);
  return NotFound("candidate");
}

Result<Items<CandidateFileView>> Files::List(Principal const& who, std::string const& candidate_id) {
  return context_.database.Read([&](db::Tx& tx) -> Result<Items<CandidateFileView>> {
    BOLE_TRY(Find(tx, who, "candidate.read", candidate_id));
    Items<CandidateFileView> out;
    for (auto const& row : store::Files(tx, candidate_id)) out.items.push_back(store::ViewOf(row));
    return out;
  });
}

// Whether the candidate may get one more file, with this content.
Result<CandidateView> Files::Admits(db::Tx& tx, Principal const& who, std::string const& id, std::string const& index) {
  BOLE_ASSIGN(auto view, Find(tx, who, "candidate.write", id));
  if (store::IsRestricted(tx, view.person_id)) return Fail(ErrorCode::kConflict, "candidate.restricted");
  auto const held = store::Files(tx, id);
  for (auto const& row : held)
    if (row.content_index == index) return Fail(ErrorCode::kConflict, "candidate.file_known", {{"name", row.name}});
  if (held.size() >= kMostFiles)
    return Fail(ErrorCode::kConflict, "candidate.file_limit", {{"limit", std::to_string(kMostFiles)}});
  return view;
}

std::vector<SameFile> Files::OthersWith(db::Tx& tx, Principal const& who, store::FileRow const& row,
                                        std::string const& person_id) {
  std::vector<SameFile> out;
  Scope const scope(who, "candidate.read");
  for (auto const& id : store::CandidatesWithContent(tx, row.content_index, row.candidate_id))
    if (auto const other = store::Candidate(tx, scope, id); other && other->person_id != person_id)
      out.push_back({other->id, other->name, other->org_name});
  return out;
}

Result<UploadedFile> Files::Upload(Principal const& who, std::string const& candidate_id, FileUpload const& input,
                                   std::string const& bytes) {
  auto const index = context_.fields.BlindIndex(crypto::Sha256Hex(bytes), "candidate_file.content");
  BOLE_TRY(context_.database.Read([&](db::Tx& tx) { return Admits(tx, who, candidate_id, index); }));
  BOLE_ASSIGN(auto const read, read_(bytes));
  auto const now = context_.clock.Now();
  bool const has_text = read.text.find_first_not_of(" \n\t\f") != std::string::npos;
  store::FileRow const row{NewUlid(now),
                           candidate_id,
                           input.kind,
                           CleanFileName(input.name, read.kind),
                           std::string(documents::MediaTypeOf(read.kind)),
                           std::ssize(bytes),
                           static_cast<std::int64_t>(read.pages),
                           has_text,
                           index,
                           false,
                           who.id,
                           who.name,
                           now};
  // Row, blobs, done: whatever ends this in between, the sweep finds the row and with it the blobs.
  auto const begun = context_.database.Write([&](db::Tx& tx) -> Result<> {
    BOLE_TRY(Admits(tx, who, candidate_id, index));
    store::Insert(tx, row);
    return {};
  });
  if (!begun) return tl::unexpected<Error>(begun.error());
  auto stored = context_.blobs.Put(row.id, crypto::AsBytes(bytes));
  if (stored && has_text) stored = context_.blobs.Put(store::TextBlob(row.id), crypto::AsBytes(read.text));
  auto made = !stored ? Result<UploadedFile>(tl::unexpected<Error>(stored.error()))
                      : context_.database.Write([&](db::Tx& tx) -> Result<UploadedFile> {
                          BOLE_ASSIGN(auto const view, Admits(tx, who, candidate_id, index));
                          auto const record = audit_.Begin(
                              tx, who, {"candidate_file.upload", "candidate", candidate_id, view.org_id, Details(row)});
                          if (!store::SetComplete(tx, row.id, true)) return NotFound("candidate");
                          store::AddEvent(tx, candidate_id, Event(now, "file_added", row));
                          audit_.Succeeded(tx, record);
                          return UploadedFile{store::ViewOf(row), OthersWith(tx, who, row, view.person_id)};
                        });
  if (!made) BOLE_TRY(Destroy(row));
  return made;
}

Result<store::FileRow> Files::Open(Principal const& who, std::string const& candidate_id, std::string const& id,
                                   audit::Purpose const& purpose) {
  return context_.database.Write([&](db::Tx& tx) -> Result<store::FileRow> {
    BOLE_ASSIGN(auto const view, Find(tx, who, "candidate.reveal", candidate_id));
    auto const row = store::File(tx, candidate_id, id);
    if (!row) return NotFound("candidate_file");
    BOLE_TRY(audit::RequirePurpose(purpose));
    BOLE_ASSIGN(auto const node, org_.Node(tx, Scope::Everything(), view.org_id));
    if (Scope(who, "candidate.reveal").Level(FieldClass::contact, node.path) != FieldLevel::reveal)
      return Fail(ErrorCode::kForbidden, "candidate.file_closed");
    audit_.Record(tx, who,
                  {"candidate_file.read", "candidate", candidate_id, view.org_id,
                   audit::WithPurpose(purpose, {{"file", row->id}})});
    return *row;
  });
}

Result<http::Response> Files::Content(Principal const& who, http::Request const& request,
                                      std::string const& candidate_id, std::string const& id,
                                      audit::Purpose const& purpose) {
  BOLE_ASSIGN(auto const row, Open(who, candidate_id, id, purpose));
  BOLE_ASSIGN(std::shared_ptr<blob::Reader> reader, context_.blobs.Open(row.id));
  auto response = ServeBlob(request, std::move(reader), static_cast<std::uint64_t>(row.bytes), row.media_type, row.id);
  // Foreign bytes: never run as a page of ours, never kept where another person of this browser finds them.
  response.Attachment(row.name)
      .Set("X-Content-Type-Options", "nosniff")
      .Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'self'")
      .Set("Cache-Control", "private, no-store");
  return response;
}

Result<CandidateFileText> Files::Text(Principal const& who, std::string const& candidate_id, std::string const& id,
                                      audit::Purpose const& purpose) {
  BOLE_ASSIGN(auto const row, Open(who, candidate_id, id, purpose));
  if (!row.has_text) return CandidateFileText{};
  BOLE_ASSIGN(auto const text, blob::ReadAll(context_.blobs, store::TextBlob(id), kLargestText));
  return CandidateFileText{Split(text, '\f')};
}

Result<> Files::Delete(Principal const& who, std::string const& candidate_id, std::string const& id) {
  auto const row = context_.database.Write([&](db::Tx& tx) -> Result<store::FileRow> {
    BOLE_ASSIGN(auto const view, Find(tx, who, "candidate.write", candidate_id));
    auto found = store::File(tx, candidate_id, id);
    if (!found) return NotFound("candidate_file");
    auto const record =
        audit_.Begin(tx, who, {"candidate_file.delete", "candidate", candidate_id, view.org_id, Details(*found)});
    store::SetComplete(tx, id, false);
    store::AddEvent(tx, candidate_id, Event(context_.clock.Now(), "file_removed", *found));
    audit_.Succeeded(tx, record);
    return *std::move(found);
  });
  if (!row) return tl::unexpected<Error>(row.error());
  return Destroy(*row);
}

Result<> Files::Destroy(store::FileRow const& row) {
  for (auto const& blob : store::BlobsOf(row)) BOLE_TRY(context_.blobs.Delete(blob));
  context_.database.Write([&](db::Tx& tx) { store::DeleteFile(tx, row.id); });
  return {};
}

Result<> Files::RemoveUnfinished() {
  auto const rows = context_.database.Read(
      [&](db::Tx& tx) { return store::UnfinishedFiles(tx, context_.clock.Now() - kKeepUnfinished); });
  Result<> out;  // one that fails does not keep the others
  for (auto const& row : rows)
    if (auto const gone = Destroy(row); !gone) out = gone;
  return out;
}

}  // namespace bole::people
