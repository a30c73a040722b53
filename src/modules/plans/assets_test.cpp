#include "media/synthetic/recording.hpp"
#include "modules/plans/plans_test.hpp"
#include "modules/plans/test_picture.hpp"
#include "platform/blob/blob_store.hpp"
#include "platform/http/response.hpp"

namespace bole::plans {
namespace {

std::string const kPng = testing::Picture();

TEST(AssetFormatTest, TellsByContentNotByName) {
  auto const type = [](std::string const& bytes, char const* declared = "") {
    auto const format = AssetFormatOf(bytes, declared);
    return format ? format->media_type : std::string();
  };
  using namespace std::string_literals;
  EXPECT_EQ(type(kPng, "video/mp4"), "image/png");
  EXPECT_EQ(type("\xFF\xD8\xFF\xE0"), "image/jpeg");
  EXPECT_EQ(type("RIFF1234WEBPVP8 "), "image/webp");
  EXPECT_EQ(type("RIFF1234WAVEfmt "), "audio/wav");
  EXPECT_EQ(type("\0\0\0\x18"s + "ftypisom"), "video/mp4");
  EXPECT_EQ(type("\0\0\0\x18"s + "ftypisom", "audio/mp4"), "audio/mp4");
  EXPECT_EQ(type("\0\0\0\x18"s + "ftypqt  "), "");
  EXPECT_EQ(type("\x1A\x45\xDF\xA3....webm", "audio/webm;codecs=opus"), "audio/webm");
  EXPECT_EQ(type("\x1A\x45\xDF\xA3....matroska"), "");
  EXPECT_EQ(type("\xFF\xFA\x90"), "audio/mpeg");
  EXPECT_EQ(type("\xFF\xE9\x90"), "") << "no version of MPEG";
  for (auto const* hostile : {"", "G", "RIFF", "<svg onload=alert(1)>", "<html>", "PK\x03\x04", "%PDF-1.7"})
    EXPECT_EQ(type(hostile, "image/png"), "") << hostile;
}

std::string ShownAs(std::string const& bytes) {
  auto const format = AssetFormatOf(bytes, "");
  if (!format) return "unknown";
  auto const shown = Shown(*format, bytes);
  return shown ? shown->media_type : shown.error().fields.at(0).code;
}

// A second of silence in a WAV of this coding (RFC 2361).
std::string Wav(char coding, char bits) {
  using namespace std::string_literals;
  return "RIFF\x64\x1f\0\0WAVEfmt \x10\0\0\0"s + coding + "\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0"s + bits +
         "\0data\x40\x1f\0\0"s + std::string(8000, '\x7f');
}

TEST(AssetContentTest, WhatBrowsersCannotShowIsRefused) {
  EXPECT_EQ(ShownAs(kPng), "image/png");
  for (std::size_t left : {20UL, kPng.size() / 2, kPng.size() - 8})
    EXPECT_EQ(ShownAs(kPng.substr(0, left)), "picture_broken") << left;
  auto huge = kPng;
  huge.replace(16, 8, std::string("\0\0\x80\0\0\0\x80\0", 8));
  EXPECT_EQ(ShownAs(huge), "picture_broken") << "a small file that says 32768 × 32768";
  EXPECT_EQ(ShownAs("\xFF\xD8\xFF\xE0 no jpeg at all \xFF\xD9"), "picture_broken");
  EXPECT_EQ(ShownAs(Wav(1, 8)), "audio/wav");
  EXPECT_EQ(ShownAs(Wav(7, 8)), "asset_codec") << "µ-law";
}

class AssetsTest : public PlansTest {
 protected:
  Result<json::value> Upload(std::string const& org_id, std::string const& bytes, std::string const& path = "") {
    clock.Advance(std::chrono::milliseconds(1));
    return CallJson(Hr(path.empty() ? root.path : path), Method::kPost, "/assets", bytes,
                    {{"org_id", org_id}, {"name", "a.png"}});
  }
  static std::string Video() {
    static std::string const bytes = [] {
      auto const made = media::MakeRecording({.width = 64, .height = 48, .fps = 5, .seconds = 2}).value();
      return std::string(reinterpret_cast<char const*>(made.data()), made.size());
    }();
    return bytes;
  }
  std::string Sound() {
    auto const made = media::MakeRecording({.audio = std::vector<float>(16'000, 0.1F), .width = 0}).value();
    auto const asset = assets().Upload(Hr(root.path), root.id, "a.webm", "video/webm",
                                       {reinterpret_cast<char const*>(made.data()), made.size()});
    return asset ? asset->id : asset.error().key;
  }
  Assets& assets() { return dynamic_cast<Service&>(*api).assets(); }
  FieldErrors Fields(Result<json::value> const& result) { return result ? FieldErrors{} : result.error().fields; }
  Result<json::value> Question(std::string const& org_id, char const* kind, std::string const& asset) {
    return CallJson(Hr(root.path), Method::kPost, "/questions",
                    json::serialize(json::value{{"org_id", org_id},
                                                {"code", "P" + std::to_string(++serial_)},
                                                {"text_zh", "这张图说明了什么？"},
                                                {"text_en", ""},
                                                {"competency", "logic"},
                                                {"kind", kind},
                                                {"asset_id", asset}}));
  }

 private:
  int serial_ = 0;
};

TEST_P(AssetsTest, APictureIsKeptAndShownDownwardOnly) {
  auto const made = Upload(root.id, kPng).value();
  EXPECT_EQ(made.at("kind").as_string(), "picture");
  EXPECT_EQ(made.at("media_type").as_string(), "image/png");
  auto const own = Id(Upload(south.id, kPng, south.path).value());
  auto const path = "/assets/" + Id(made);
  auto const seen = Call(Hr(north.path), Method::kGet, path);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->content_type, "image/png");
  EXPECT_TRUE(Call(Hr(root.path), Method::kGet, "/assets/" + own));
  EXPECT_EQ(Call(Hr(north.path), Method::kGet, "/assets/" + own).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Fields(Upload(root.id, kPng, north.path)), (FieldErrors{{"/org_id", "not_found"}}));
}

TEST_P(AssetsTest, WhatCannotBeShownIsRefused) {
  EXPECT_EQ(Fields(Upload(root.id, "<svg xmlns='http://www.w3.org/2000/svg'/>")),
            (FieldErrors{{"/file", "asset_type"}}));
  EXPECT_EQ(Fields(Upload(root.id, kPng + std::string(5UL << 20U, 'x'))).at(0).code, "asset_too_large");
  EXPECT_EQ(Fields(Upload(root.id, kPng.substr(0, 40))), (FieldErrors{{"/file", "picture_broken"}}));
  EXPECT_EQ(Fields(Upload(root.id, "\x1A\x45\xDF\xA3....webm" + std::string(500, 'x'))),
            (FieldErrors{{"/file", "asset_broken"}}));
  EXPECT_EQ(Upload(root.id, Video())->at("kind").as_string(), "video");
}

TEST_P(AssetsTest, AQuestionShowsWhatFitsItsKind) {
  auto const picture = Id(Upload(root.id, kPng).value()), video = Id(Upload(root.id, Video()).value());
  auto const below = Id(Upload(north.id, kPng).value());
  EXPECT_EQ(Question(root.id, "picture", picture)->at("asset_id").as_string(), picture);
  EXPECT_TRUE(Question(south.id, "video", video)) << "of a unit above";
  EXPECT_EQ(Fields(Question(root.id, "picture", "")), (FieldErrors{{"/asset_id", "required"}}));
  EXPECT_EQ(Fields(Question(root.id, "picture", video)), (FieldErrors{{"/asset_id", "asset_kind"}}));
  EXPECT_EQ(Fields(Question(root.id, "picture", below)), (FieldErrors{{"/asset_id", "not_found"}}));
  auto const text = Question(root.id, "text", picture).value();
  EXPECT_FALSE(text.as_object().contains("asset_id"));
  auto const changed =
      CallJson(Hr(root.path), Method::kPatch, "/questions/" + Id(text),
               json::serialize(json::value{{"version", 1}, {"kind", "picture"}, {"asset_id", picture}}));
  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->at("revision").as_int64(), 2);
}

TEST_P(AssetsTest, WhoWritesPlansUploadsPrompts) {
  auto const upload = [&](std::vector<std::string> const& permissions) {
    return assets().Upload(User(permissions, north.path), north.id, "a.png", "", kPng);
  };
  EXPECT_TRUE(upload({"org.read", "plan.write"}));
  EXPECT_TRUE(upload({"org.read", "question.write"}));
  auto const refused = upload({"org.read", "plan.read", "question.read"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields.at(0).pointer, "/org_id");
}

TEST_P(AssetsTest, AnAssetThatIsGoneDoesNotBlockOtherChanges) {
  auto const asset = Id(Upload(root.id, kPng).value());
  auto const question = Id(Question(root.id, "picture", asset).value());
  db->Write([&](db::Tx& tx) { tx.Execute({"t", "UPDATE plan_asset SET removed_at = 1 WHERE id = ?"}, asset); });
  auto const patch = [&](json::value const& body) {
    return CallJson(Hr(root.path), Method::kPatch, "/questions/" + question, json::serialize(body));
  };
  EXPECT_TRUE(patch({{"version", 1}, {"text_zh", "这张图还说明了什么？"}}));
  EXPECT_EQ(Fields(patch({{"version", 2}, {"kind", "video"}})), (FieldErrors{{"/asset_id", "not_found"}}));
}

TEST_P(AssetsTest, ACopyForAnotherUnitLosesARecordingThatSpeaksOfTheOld) {
  auto const sound = Sound();
  auto const own = assets().Upload(Hr(north.path), north.id, "a.webm", "video/webm", Video()).value().id;
  auto const plan = NewPlan(north.id, Id(Ask(root.id, "Q1")));
  auto document = plan.at("document").as_object();
  auto stage = document["stages"].at(1).as_object();
  auto const with = [&](char const* key, char const* prompt, std::string const& asset) {
    stage["key"] = key, stage["prompt_zh"] = prompt, stage["prompt_asset_id"] = asset;
    return stage;
  };
  document["stages"].as_array() = {with("same", "请作答。", sound), with("named", "欢迎来到BJ。", sound),
                                   with("variable", "欢迎来到{branch}。", sound), with("own", "请作答。", own)};
  auto const put = Put(plan, document);
  ASSERT_TRUE(put) << json::serialize(document);
  auto const kept = [&](std::string const& org_id) {
    json::value const body{{"org_id", org_id}, {"name_zh", "副本"}, {"name_en", ""}};
    auto const copy = CallJson(Hr(root.path), Method::kPost, "/plans/" + Id(plan) + "/copy", json::serialize(body));
    std::vector<std::string> out;
    for (auto const& each : copy.value().at("document").at("stages").as_array())
      if (each.as_object().contains("prompt_asset_id")) out.emplace_back(each.at("key").as_string());
    return out;
  };
  EXPECT_EQ(kept(south.id), std::vector<std::string>{"same"});
  EXPECT_EQ(kept(north.id), (std::vector<std::string>{"same", "named", "variable", "own"}));
}

TEST_P(AssetsTest, ACandidateSeesThePictureAndHearsTheRecordedPrompt) {
  auto const picture = Id(Upload(root.id, kPng).value()), sound = Sound();
  auto const plan = NewPlan(north.id, Id(Question(root.id, "picture", picture).value()));
  auto document = plan.at("document").as_object();
  document["stages"].at(1).as_object()["prompt_asset_id"] = picture;
  auto put = Put(plan, document);
  ASSERT_TRUE(put);
  EXPECT_EQ(Fields(Publish(*put, Hr(root.path))), (FieldErrors{{"/document/stages/1/prompt_asset_id", "asset_kind"}}));
  document["stages"].at(1).as_object()["prompt_asset_id"] = sound;
  put = Put(*put, document);
  ASSERT_TRUE(put);
  ASSERT_TRUE(Publish(*put, Hr(root.path)));
  auto const seen = CallJson(Hr(north.path), Method::kGet, "/plans/" + Id(plan) + "/preview").value();
  auto const& stage = seen.at("stages").at(1);
  EXPECT_EQ(stage.at("question_media").at("url").as_string(), "/api/v1/assets/" + picture);
  EXPECT_EQ(stage.at("prompt_media").at("kind").as_string(), "audio");
  auto const resolved = Resolved(Id(plan), 1);
  EXPECT_EQ(resolved.question_media.at("q1").id, picture);
  EXPECT_EQ(resolved.prompt_media.at("q1").media.media_type, "audio/webm");
}

TEST_P(AssetsTest, WhatNobodyUsesGoesAfterAWeek) {
  auto const used = Id(Upload(root.id, kPng).value()), unused = Id(Upload(root.id, kPng).value()), sound = Sound();
  auto const plan = NewPlan(north.id, Id(Question(root.id, "picture", used).value()));
  auto document = plan.at("document").as_object();
  document["stages"].at(0).as_object()["prompt_asset_id"] = sound;
  ASSERT_TRUE(Put(plan, document));
  ASSERT_TRUE(assets().RemoveUnused());
  EXPECT_TRUE(Call(Hr(root.path), Method::kGet, "/assets/" + unused)) << "somebody may still be writing the question";
  clock.Advance(std::chrono::days(8));
  ASSERT_TRUE(assets().RemoveUnused());
  EXPECT_EQ(Call(Hr(root.path), Method::kGet, "/assets/" + unused).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(context.blobs.Stat(unused).error().code, ErrorCode::kNotFound);
  for (auto const& kept : {used, sound}) EXPECT_TRUE(Call(Hr(root.path), Method::kGet, "/assets/" + kept));
}

TEST_P(AssetsTest, AnAssetThatSomethingBeginsToShowStays) {
  auto const asset = Id(Upload(root.id, kPng).value());
  auto const question = Id(Question(root.id, "text", "").value());
  clock.Advance(std::chrono::days(8));
  auto const at = clock.Now();
  db->Write([&](db::Tx& tx) { store::UseAsset(tx, asset, at); });  // in another server, after it was found unused
  ASSERT_TRUE(assets().RemoveUnused());
  EXPECT_TRUE(Call(Hr(root.path), Method::kGet, "/assets/" + asset));
  clock.Advance(std::chrono::days(8));
  ASSERT_TRUE(assets().RemoveUnused());
  auto const late = CallJson(Hr(root.path), Method::kPatch, "/questions/" + question,
                             json::serialize(json::value{{"version", 1}, {"kind", "picture"}, {"asset_id", asset}}));
  EXPECT_EQ(Fields(late), (FieldErrors{{"/asset_id", "not_found"}}));
  auto const said = db->Read([&](db::Tx& tx) {
    return tx.Scalar<std::int64_t>(
        {"t", "SELECT COUNT(*) FROM audit_record WHERE action = 'asset.remove' AND subject_id = ?"}, asset);
  });
  EXPECT_EQ(said, 1);
}

TEST_P(AssetsTest, ABlobThatCannotBeDeletedIsTriedAgainAndKeepsNothingElse) {
  auto const first = Id(Upload(root.id, kPng).value()), second = Id(Upload(root.id, kPng).value());
  clock.Advance(std::chrono::days(8));
  files.failing_syncs = 1;
  EXPECT_FALSE(assets().RemoveUnused());
  for (auto const& id : {first, second})
    EXPECT_FALSE(Call(Hr(root.path), Method::kGet, "/assets/" + id)) << "gone for everybody";
  auto const left = [&](std::string const& id) { return context.blobs.Stat(id).error().code != ErrorCode::kNotFound; };
  EXPECT_TRUE(left(first)) << "its key is gone, its file is not";
  EXPECT_FALSE(left(second));
  ASSERT_TRUE(assets().RemoveUnused());
  EXPECT_FALSE(left(first));
}

TEST_P(AssetsTest, TheNightAfterAFailureIsAskedFor) {
  Upload(root.id, kPng).value();
  clock.Advance(std::chrono::days(8));
  api->ScheduleCleaning();
  clock.Advance(std::chrono::days(1));
  files.failing_syncs = 1'000;
  runner.RunDue();
  auto const left = db->Read([](db::Tx& tx) { return jobs::JobQueue::Latest(tx, jobs::JobState::queued, 10); });
  EXPECT_EQ(left.size(), 2U) << "today once more, and tomorrow";
}

BOLE_STORE_SUITE(AssetsTest);

}  // namespace
}  // namespace bole::plans
