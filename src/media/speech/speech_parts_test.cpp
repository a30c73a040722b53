#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "media/speech/model_pull.hpp"
#include "media/speech/sentence_builder.hpp"
#include "media/speech/subtitles.hpp"
#include "media/speech/synthesis.hpp"
#include "media/synthetic/loopback_server.hpp"

namespace bole::media {
namespace {

namespace fs = std::filesystem;

SpokenWord Say(std::string text, double start, double end, double confidence = 1, std::string mark = "") {
  return {{std::move(text), start, end, confidence}, std::move(mark)};
}

TEST(SentenceBuilder, PausesBecomeMarksWithoutAModel) {
  auto const zh = BuildSentences(
      {Say("你", 0, .2), Say("好", .2, .4), Say("我", .9, 1), Say("来", 1, 1.2), Say("了", 2.5, 2.7)}, "zh", nullptr);
  ASSERT_EQ(zh.size(), 2U);
  EXPECT_EQ(zh[0].text, "你好，我来。");
  EXPECT_EQ(zh[1].text, "了。");
  auto const en = BuildSentences({Say("hello", 0, .5, .4), Say("there", .5, 1, .8)}, "en", nullptr);
  ASSERT_EQ(en.size(), 1U);
  EXPECT_EQ(en[0].text, "Hello there.");
  EXPECT_NEAR(en[0].confidence, 0.6, 1e-9);
}

TEST(SentenceBuilder, MarksOfTheModelWin) {
  auto const said =
      BuildSentences({Say("yes", 0, .2, 1, "."), Say("why", .3, .5, 1, "?"), Say("ok", .6, .8)}, "en", nullptr);
  ASSERT_EQ(said.size(), 3U);
  EXPECT_EQ(said[1].text, "Why?");
}

TEST(Fillers, AreCountedInBothLanguages) {
  auto const sentence = [](std::vector<std::string> const& words) {
    Sentence out;
    for (auto const& w : words) out.words.push_back({w, 0, 1, 1});
    return std::vector{out};
  };
  EXPECT_EQ(CountFillers(sentence({"嗯", "我", "那", "个", "觉", "得"}), "zh"), 2);
  EXPECT_EQ(CountFillers(sentence({"Um", "I", "you", "know", "like", "umbrella"}), "en"), 2);
}

TEST(Subtitles, ReadsSrtAndVtt) {
  auto const srt = ParseSubtitles(
      "\xEF\xBB\xBF"
      "1\r\n00:00:01,000 --> 00:00:03,000\r\n<i>Hello</i> big world\r\n\r\n2\r\n00:00:04,000 --> "
      "00:00:05,000\r\nBye.\r\n");
  ASSERT_TRUE(srt);
  EXPECT_EQ(srt->source, "imported");
  EXPECT_EQ(srt->language, "en");
  ASSERT_EQ(srt->sentences.size(), 2U);
  EXPECT_EQ(srt->sentences[0].text, "Hello big world");
  ASSERT_EQ(srt->sentences[0].words.size(), 3U);
  EXPECT_NEAR(srt->sentences[0].words[2].end, 3, 1e-6);
  EXPECT_EQ(srt->pauses.size(), 1U);
  auto const vtt = ParseSubtitles("WEBVTT\n\n00:01.000 --> 00:02.500 align:start\n<v 李>我喜欢银行\n");
  ASSERT_TRUE(vtt);
  EXPECT_EQ(vtt->language, "zh");
  EXPECT_EQ(vtt->sentences[0].words.size(), 5U);
  for (auto const* bad : {"", "hello", "00:00 --> nonsense\nx", "1\n00:00:05,000 --> 00:00:01,000\nx", "\xff\xfe"})
    EXPECT_FALSE(ParseSubtitles(bad)) << bad;
}

TEST(TranscriptionService, SendsWavAndReadsWords) {
  std::vector<float> const sound(16000, 0.1F);
  int calls = 0;
  LoopbackServer server([&](std::string const&) {
    return ++calls == 1
               ? HttpReply(503, "busy")
               : HttpReply(200, R"({"text":"hello world","language":"english","segments":[{"avg_logprob":-0.2}],
                            "words":[{"word":"hello","start":0.1,"end":0.4},{"word":"world","start":0.5,"end":7}]})");
  });
  auto service = MakeTranscriptionService({server.Url() + "/v1", "key", "whisper-1", {"zh", "en"}, 5});
  auto const heard = service->Recognise(10, sound, "en", {});
  ASSERT_TRUE(heard);
  ASSERT_EQ(heard->words.size(), 2U);
  EXPECT_EQ(heard->language, "en");
  EXPECT_NEAR(heard->words[0].word.start, 10.1, 1e-6);
  EXPECT_NEAR(heard->words[1].word.end, 11, 1e-6);
  EXPECT_NEAR(heard->words[0].word.confidence, 0.8187, 1e-3);
  auto const request = server.Requests().at(1);
  for (auto const* part :
       {"POST /v1/audio/transcriptions", "Authorization: Bearer key", "verbose_json", "RIFF", "name=\"language\""})
    EXPECT_NE(request.find(part), std::string::npos) << part;
}

TEST(TranscriptionService, RefusalIsNotTriedAgain) {
  LoopbackServer server([](std::string const&) { return HttpReply(401, "{}"); });
  auto service = MakeTranscriptionService({server.Url(), "", "m", {"en"}, 5});
  auto const heard = service->Recognise(0, std::vector<float>(16000, 0.1F), "en", {});
  ASSERT_FALSE(heard);
  EXPECT_EQ(heard.error().params.at("status"), "401");
  EXPECT_EQ(server.Requests().size(), 1U);
}

class Models : public testing::Test {
 protected:
  void SetUp() override {
    dir_ = testing::TempDir() + "bole-models-" + testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(dir_);
    fs::create_directories(dir_);
  }
  void TearDown() override { fs::remove_all(dir_); }
  void Write(std::string const& file, std::string const& text) const {
    fs::create_directories(fs::path(dir_ + "/" + file).parent_path());
    std::ofstream(dir_ + "/" + file, std::ios::binary) << text;
  }
  std::string dir_;
};

TEST_F(Models, FolderIsDescribedAddedAndFound) {
  Write("mine/model.int8.onnx", "x");
  Write("mine/model.onnx", "x");
  Write("mine/tokens.txt", "a 0\n");
  auto card = DescribeModelDir(dir_ + "/mine", "sense_voice", {"zh", "en"});
  ASSERT_TRUE(card);
  EXPECT_EQ(card->files.at("model"), "model.int8.onnx");
  EXPECT_FALSE(card->pinyin);
  ModelRegistry registry(dir_ + "/registry");
  ASSERT_TRUE(registry.Add(*card));
  auto const found = registry.Find("mine");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->dir, dir_ + "/mine");
  EXPECT_EQ(found->languages, card->languages);
  EXPECT_EQ(registry.List().size(), 1U);
}

TEST_F(Models, NamesThatLeaveTheFolderAreRefused) {
  EXPECT_FALSE(ParseModelCard(R"({"id":"../x","family":"whisper"})"));
  EXPECT_FALSE(ParseModelCard(R"({"id":"x","family":"whisper","files":{"model":"../../etc/passwd"}})"));
  EXPECT_FALSE(ParseModelCard(R"({"id":"x","family":"whisper","files":{"model":"/etc/passwd"}})"));
  EXPECT_FALSE(ParseModelCard("not json"));
}

std::string Archive(std::string const& file, std::string const& text) {
  std::string bytes(1 << 16, '\0');
  std::size_t used = 0;
  auto* out = archive_write_new();
  archive_write_set_format_pax_restricted(out);
  archive_write_add_filter_bzip2(out);
  archive_write_open_memory(out, bytes.data(), bytes.size(), &used);
  auto* entry = archive_entry_new();
  archive_entry_set_pathname(entry, file.c_str());
  archive_entry_set_size(entry, static_cast<la_int64_t>(text.size()));
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_perm(entry, 0644);
  archive_write_header(out, entry);
  archive_write_data(out, text.data(), text.size());
  archive_entry_free(entry);
  archive_write_close(out);
  archive_write_free(out);
  bytes.resize(used);
  return bytes;
}

TEST_F(Models, PullGoesOnUnpacksAndTrustsTheFirstSum) {
  std::string body = Archive("release-1/model.onnx", "weights");
  LoopbackServer server([&](std::string const& request) {
    auto const range = request.find("Range: bytes=");
    if (range == std::string::npos) return HttpReply(200, body);
    auto const from = std::stoul(request.substr(range + 13));
    return HttpReply(206, body.substr(from),
                     "Content-Range: bytes " + std::to_string(from) + "-" + std::to_string(body.size() - 1) + "/" +
                         std::to_string(body.size()) + "\r\n");
  });
  Catalogue catalogue;
  CatalogueEntry entry;
  entry.card = {"small", "speech", "whisper", {"en"}, "MIT", false, {{"model", "model.onnx"}}, ""};
  entry.url = server.Url() + "/small.tar.bz2";
  catalogue.entries.push_back(entry);
  ModelRegistry registry(dir_);
  Write(".downloads/small-small.tar.bz2", body.substr(0, 40));
  auto pulled = PullModel(catalogue, "small", registry, {});
  ASSERT_TRUE(pulled) << pulled.error().key;
  std::ifstream file(dir_ + "/small/model.onnx");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), "weights");
  EXPECT_TRUE(registry.Find("small"));
  EXPECT_NE(server.Requests().at(0).find("Range: bytes=40-"), std::string::npos);
  body = Archive("release-1/model.onnx", "forged!");
  auto const again = PullModel(catalogue, "small", registry, {});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().key, "engine.checksum");
  EXPECT_EQ(PullModel(catalogue, "other", registry, {}).error().code, ErrorCode::kNotFound);
}

TEST_F(Models, ArchiveThatClimbsOutIsRefused) {
  std::string const body = Archive("../../evil.txt", "x");
  LoopbackServer server([&](std::string const&) { return HttpReply(200, body); });
  Catalogue catalogue;
  CatalogueEntry entry;
  entry.card = {"bad", "speech", "whisper", {"en"}, "", false, {{"model", "model.onnx"}}, ""};
  entry.url = server.Url() + "/bad.tar.bz2";
  catalogue.entries.push_back(entry);
  auto const pulled = PullModel(catalogue, "bad", ModelRegistry(dir_), {});
  ASSERT_FALSE(pulled);
  EXPECT_EQ(pulled.error().key, "engine.archive");
}

TEST(Catalogue, IsReadable) {
  auto const catalogue = LoadCatalogue(BOLE_SHARE_DIR "/models/catalogue.json");
  ASSERT_TRUE(catalogue);
  EXPECT_GE(catalogue->entries.size(), 10U);
  for (auto const& entry : catalogue->entries) {
    EXPECT_TRUE(entry.url.starts_with("https://")) << entry.card.id;
    EXPECT_FALSE(entry.card.licence.empty()) << entry.card.id;
    EXPECT_FALSE(entry.card.files.empty()) << entry.card.id;
  }
}

TEST(Espeak, SpeaksBothLanguages) {
  auto voice = MakeEspeak();
  for (std::string const language : {"zh", "en"}) {
    auto wav = voice->Synthesise(language == "zh" ? "请介绍一下您自己" : "Please introduce yourself", language);
    ASSERT_TRUE(wav);
    EXPECT_TRUE(wav->starts_with("RIFF"));
    EXPECT_GT(wav->size(), 30'000U);
  }
  EXPECT_EQ(voice->Synthesise(" ", "en").error().key, "synthesis.empty");
  EXPECT_EQ(voice->Synthesise(std::string(5000, 'a'), "en").error().key, "synthesis.too_long");
}

}  // namespace
}  // namespace bole::media
