#include "modules/plans/assets.hpp"

#include "base/ids.hpp"
#include "base/text.hpp"
#include "media/decode/decoder.hpp"
#include "modules/plans/visible.hpp"
#include "platform/app/serve_blob.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/db/database.hpp"

namespace bole::plans {
namespace {

constexpr std::size_t kMegabyte = 1024UL * 1024;
constexpr std::size_t kLongestName = 120;
constexpr auto kKeepUnused = std::chrono::days(7);

struct AssetRow {
  std::string id, org_id;
  AssetKind kind = AssetKind::picture;
  std::string media_type;
  std::int64_t bytes = 0;
  std::string name;
  Instant created_at{};
  std::string created_by;
};
BOOST_DESCRIBE_STRUCT(AssetRow, (), (id, org_id, kind, media_type, bytes, name, created_at, created_by))

// The first seconds are decoded: a file that says "video" and cannot be shown is refused now, not before a candidate.
class CountingSink final : public media::DecodeSink {
 public:
  void OnAudio(double /*time*/, std::span<float const> /*samples*/) override {}
  void OnPicture(double /*time*/, media::BgrImage const& /*picture*/) override { ++pictures_; }
  [[nodiscard]] int pictures() const { return pictures_; }

 private:
  int pictures_ = 0;
};

// What a file that says so really holds; nullopt: nothing that can be shown. Browsers call sound alone a video too.
std::optional<AssetFormat> Played(AssetFormat format, std::string const& bytes) {
  if (format.kind == AssetKind::picture) return format;
  auto const* data = reinterpret_cast<std::byte const*>(bytes.data());
  media::MemorySource source(std::vector<std::byte>(data, data + bytes.size()));
  CountingSink sink;
  auto const report = media::Decode(source, {.video_fps = 1, .max_width = 320, .max_seconds = 5}, sink);
  if (!report || (sink.pictures() == 0 && !report->has_audio)) return std::nullopt;
  if (sink.pictures() == 0 && format.kind == AssetKind::video)
    return AssetFormat{AssetKind::audio, ReplaceAll(format.media_type, "video/", "audio/")};
  return format;
}

bool IsMpegSound(std::string_view bytes) {
  if (bytes.starts_with("ID3")) return true;
  if (bytes.size() < 2 || bytes[0] != '\xFF') return false;
  auto const second = static_cast<unsigned>(static_cast<unsigned char>(bytes[1]));
  auto const version = second >> 3U & 3U, layer = second >> 1U & 3U;  // ISO/IEC 11172-3, 2.4.2.3
  return (second & 0xE0U) == 0xE0U && version != 1 && layer != 0;
}

std::string CleanName(std::string_view name) {
  auto points = DecodeUtf8(std::string(name));
  std::erase_if(points, [](char32_t c) { return c < 0x20; });
  if (points.size() > kLongestName) points.resize(kLongestName);
  return EncodeUtf8(points);
}

}  // namespace

std::size_t LargestAsset(AssetKind kind) {
  switch (kind) {
    case AssetKind::picture:
      return 5 * kMegabyte;
    case AssetKind::audio:
      return 10 * kMegabyte;
    case AssetKind::video:
      break;
  }
  return kLargestAsset;
}

std::optional<AssetFormat> AssetFormatOf(std::string_view bytes, std::string_view declared) {
  auto const at = [&](std::size_t from, std::string_view mark) {
    return bytes.substr(std::min(from, bytes.size())).starts_with(mark);
  };
  bool const sound = declared.starts_with("audio/");
  if (at(0, "\x89PNG\r\n\x1a\n")) return AssetFormat{AssetKind::picture, "image/png"};
  if (at(0, "\xFF\xD8\xFF")) return AssetFormat{AssetKind::picture, "image/jpeg"};
  if (at(0, "GIF87a") || at(0, "GIF89a")) return AssetFormat{AssetKind::picture, "image/gif"};
  if (at(0, "RIFF") && at(8, "WEBP")) return AssetFormat{AssetKind::picture, "image/webp"};
  if (at(0, "RIFF") && at(8, "WAVE")) return AssetFormat{AssetKind::audio, "audio/wav"};
  if (at(0, "OggS")) return AssetFormat{AssetKind::audio, "audio/ogg"};
  if (IsMpegSound(bytes)) return AssetFormat{AssetKind::audio, "audio/mpeg"};
  if (at(4, "ftyp") && !at(8, "qt  "))
    return sound || at(8, "M4A ") ? AssetFormat{AssetKind::audio, "audio/mp4"}
                                  : AssetFormat{AssetKind::video, "video/mp4"};
  if (at(0, "\x1A\x45\xDF\xA3") && bytes.substr(0, 64).find("webm") != std::string_view::npos)
    return sound ? AssetFormat{AssetKind::audio, "audio/webm"} : AssetFormat{AssetKind::video, "video/webm"};
  return std::nullopt;
}

namespace store {
namespace {
std::optional<AssetView> OneAsset(db::Tx& tx, std::string const& id, db::Condition const& also) {
  db::Cells values{id};
  values.insert(values.end(), also.parameters.begin(), also.parameters.end());
  auto rows = tx.SelectWith<AssetView>(
      {"plans.asset", "SELECT " + db::Columns<AssetView>() + " FROM plan_asset WHERE id = ?" + also.sql}, values);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}
}  // namespace

std::optional<AssetView> Asset(db::Tx& tx, Scope const& scope, std::string const& id) {
  return OneAsset(tx, id, VisibleCondition(scope, "org_id", "1 = 1"));
}

std::optional<AssetView> AssetFor(db::Tx& tx, std::string const& id, std::string const& node_path) {
  auto asset = OneAsset(tx, id, {});
  if (!asset || node_path.find("/" + asset->org_id + "/") == std::string::npos) return std::nullopt;
  return asset;
}
}  // namespace store

void CheckQuestionAsset(db::Tx& tx, QuestionContent& content, std::string const& node_path, FieldErrors& errors) {
  auto const asset = content.asset_id ? store::AssetFor(tx, *content.asset_id, node_path) : std::nullopt;
  if (content.asset_id && !asset) return errors.push_back({"/asset_id", "not_found"});
  if (content.kind == QuestionKind::text) return content.asset_id.reset();
  auto const wanted = content.kind == QuestionKind::picture ? AssetKind::picture : AssetKind::video;
  if (!asset)
    errors.push_back({"/asset_id", "required"});
  else if (asset->kind != wanted)
    errors.push_back({"/asset_id", "asset_kind"});
}

Result<AssetView> Assets::Upload(Principal const& who, std::string const& org_id, std::string const& name,
                                 std::string const& declared, std::string const& bytes) {
  auto const node =
      context_.database.Read([&](db::Tx& tx) { return org_.OpenNode(tx, Scope(who, "question.write"), org_id); });
  if (!node) return FailFields({org::UnitError("/org_id", node.error())});
  auto const said = AssetFormatOf(bytes, declared);
  if (!said) return FailField("/file", "asset_type");
  if (bytes.size() > LargestAsset(said->kind))
    return FailField("/file", "asset_too_large", {{"limit", std::to_string(LargestAsset(said->kind) / kMegabyte)}});
  auto const format = Played(*said, bytes);
  if (!format) return FailField("/file", "asset_broken");
  auto const now = context_.clock.Now();
  AssetRow const row{
      NewUlid(now),    node->id, format->kind, format->media_type, static_cast<std::int64_t>(bytes.size()),
      CleanName(name), now,      who.id};
  BOLE_TRY(context_.blobs.Put(row.id, crypto::AsBytes(bytes)));
  context_.database.Write([&](db::Tx& tx) {
    auto const record = audit_.Begin(
        tx, who, {"asset.upload", "asset", row.id, row.org_id, {{"media_type", row.media_type}, {"bytes", row.bytes}}});
    tx.Insert("plan_asset", row);
    audit_.Succeeded(tx, record);
  });
  return AssetView{row.id, row.org_id, row.kind, row.media_type, row.bytes, row.name, row.created_at};
}

Result<http::Response> Assets::Serve(Scope const& scope, http::Request const& request, std::string const& id) {
  auto const asset = context_.database.Read([&](db::Tx& tx) { return store::Asset(tx, scope, id); });
  if (!asset) return NotFound("asset");
  BOLE_ASSIGN(std::shared_ptr<blob::Reader> reader, context_.blobs.Open(id));
  return ServeBlob(request, std::move(reader), static_cast<std::uint64_t>(asset->bytes), asset->media_type, id);
}

Result<> Assets::RemoveUnused() {
  auto const until = context_.clock.Now() - kKeepUnused;
  auto const unused = context_.database.Write([&](db::Tx& tx) {
    auto rows = tx.Select<AssetView>(
        {"plans.unused_assets",
         "SELECT " + db::Columns<AssetView>() +
             " FROM plan_asset a WHERE created_at < ? AND NOT EXISTS (SELECT 1 FROM question_revision r WHERE "
             "r.asset_id = a.id) AND NOT EXISTS (SELECT 1 FROM plan_revision p WHERE p.document LIKE '%' || a.id || "
             "'%') LIMIT 200"},
        until);
    for (auto const& asset : rows) tx.Execute({"plans.delete_asset", "DELETE FROM plan_asset WHERE id = ?"}, asset.id);
    return rows;
  });
  for (auto const& asset : unused) BOLE_TRY(context_.blobs.Delete(asset.id));
  return {};
}

}  // namespace bole::plans
