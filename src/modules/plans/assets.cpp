#include "modules/plans/assets.hpp"

#include "base/ids.hpp"
#include "base/text.hpp"
#include "modules/plans/visible.hpp"
#include "platform/app/serve_blob.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/db/database.hpp"

namespace bole::plans {
namespace {

constexpr std::size_t kMegabyte = 1024UL * 1024;
constexpr std::size_t kLongestName = 120;

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

std::string CleanName(std::string_view name) {
  auto points = DecodeUtf8(std::string(name));
  std::erase_if(points, [](char32_t c) { return c < 0x20; });
  if (points.size() > kLongestName) points.resize(kLongestName);
  return EncodeUtf8(points);
}

}  // namespace

namespace store {
namespace {
std::optional<AssetView> OneAsset(db::Tx& tx, std::string const& id, db::Condition const& also) {
  db::Cells values{id};
  values.insert(values.end(), also.parameters.begin(), also.parameters.end());
  auto rows =
      tx.SelectWith<AssetView>({"plans.asset", "SELECT " + db::Columns<AssetView>() +
                                                   " FROM plan_asset WHERE id = ? AND removed_at IS NULL" + also.sql},
                               values);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}
}  // namespace

std::optional<AssetView> Asset(db::Tx& tx, Scope const& scope, std::string const& id) {
  return OneAsset(tx, id, VisibleCondition(scope, "org_id", "1 = 1"));
}

void UseAsset(db::Tx& tx, std::string const& id, Instant at) {
  tx.Execute(
      {"plans.use_asset",
       "UPDATE plan_asset SET used_at = ? WHERE id = ? AND removed_at IS NULL AND (used_at IS NULL OR used_at < ?)"},
      at, id, at);
}

std::optional<AssetView> AssetFor(db::Tx& tx, std::string const& id, std::string const& node_path) {
  auto asset = OneAsset(tx, id, {});
  if (!asset || node_path.find("/" + asset->org_id + "/") == std::string::npos) return std::nullopt;
  return asset;
}
}  // namespace store

void CheckQuestionAsset(db::Tx& tx, QuestionContent& content, std::string const& node_path, Instant now,
                        FieldErrors& errors) {
  if (content.asset_id) store::UseAsset(tx, *content.asset_id, now);
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
  auto const node = context_.database.Read([&](db::Tx& tx) {
    auto const asks = org_.OpenNode(tx, Scope(who, "question.write"), org_id);  // prompts belong to plans
    return asks ? asks : org_.OpenNode(tx, Scope(who, "plan.write"), org_id);
  });
  if (!node) return FailFields({org::UnitError("/org_id", node.error())});
  auto const said = AssetFormatOf(bytes, declared);
  if (!said) return FailField("/file", "asset_type");
  if (bytes.size() > LargestAsset(said->kind))
    return FailField("/file", "asset_too_large", {{"limit", std::to_string(LargestAsset(said->kind) / kMegabyte)}});
  BOLE_ASSIGN(auto const format, Shown(*said, bytes));
  auto const now = context_.clock.Now();
  AssetRow const row{NewUlid(now),    node->id, format.kind, format.media_type, static_cast<std::int64_t>(bytes.size()),
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

}  // namespace bole::plans
