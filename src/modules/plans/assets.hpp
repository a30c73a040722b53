#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "modules/plans/question_views.hpp"
#include "platform/app/context.hpp"

namespace bole::http {
struct Request;
struct Response;
}  // namespace bole::http

// Pictures, videos and sound: what a question shows, and prompts that somebody recorded.
namespace bole::plans {

enum class AssetKind { picture, video, audio };
BOOST_DESCRIBE_ENUM(AssetKind, picture, video, audio)

struct AssetView {
  std::string id, org_id;
  AssetKind kind = AssetKind::picture;
  std::string media_type;
  std::int64_t bytes = 0;
  std::string name;
  Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(AssetView, (), (id, org_id, kind, media_type, bytes, name, created_at))

inline constexpr std::size_t kLargestAsset = 50UL * 1024 * 1024;
[[nodiscard]] std::size_t LargestAsset(AssetKind kind);

struct AssetFormat {
  AssetKind kind = AssetKind::picture;
  std::string media_type;
};
// By the first bytes of the content; `declared` (a media type) only tells sound from picture where both look alike
// (webm, mp4). nullopt: nothing that browsers show safely. SVG is none of it: it can hold scripts.
[[nodiscard]] std::optional<AssetFormat> AssetFormatOf(std::string_view bytes, std::string_view declared);
// What such a file really holds, after decoding (the start of) it. Errors at /file: picture_broken, asset_broken,
// asset_codec.
[[nodiscard]] Result<AssetFormat> Shown(AssetFormat format, std::string_view bytes);

namespace store {
[[nodiscard]] std::optional<AssetView> Asset(db::Tx& tx, Scope const& scope, std::string const& id);
// Whoever begins to show an asset says so before looking at it: the row then waits for, or stops, its removal.
void UseAsset(db::Tx& tx, std::string const& id, Instant at);
// One that a unit may use: its own or one of a unit above.
[[nodiscard]] std::optional<AssetView> AssetFor(db::Tx& tx, std::string const& id, std::string const& node_path);
}  // namespace store

// A picture question shows a picture, a video question a video, another one nothing; of the unit or one above.
void CheckQuestionAsset(db::Tx& tx, QuestionContent& content, std::string const& node_path, Instant now,
                        FieldErrors& errors);

inline constexpr char const* kUnusedAssetsJob = "plans.unused_assets";

// Thread-safe.
class Assets {
 public:
  Assets(AppContext& context, audit::Api& audit, org::Api& org) : context_(context), audit_(audit), org_(org) {}

  // For a unit where the caller writes questions or plans. Errors at /file: asset_type, asset_too_large, those of
  // Shown; at /org_id.
  Result<AssetView> Upload(Principal const& who, std::string const& org_id, std::string const& name,
                           std::string const& declared, std::string const& bytes);
  Result<http::Response> Serve(Scope const& scope, http::Request const& request, std::string const& id);
  // Removes what nothing has begun to show for a week and is in no question and no plan. A job, once a day; what could
  // not be deleted is tried again the next time.
  Result<> RemoveUnused();

 private:
  AppContext& context_;
  audit::Api& audit_;
  org::Api& org_;
};

void RegisterAssetRoutes(AppContext& context, Assets& assets);

}  // namespace bole::plans
