#include "media/analysis/analyse.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <thread>

#include "media/decode/decoder.hpp"
#include "media/synthetic/recording.hpp"
#include "platform/reflect/json.hpp"

namespace bole::media {
namespace {

std::string const kData = BOLE_SHARED_DATA;

bool Has(AnswerSignals const& signals, std::string const& code) {
  return std::any_of(signals.notices.begin(), signals.notices.end(), [&](auto const& n) { return n.code == code; });
}

std::vector<float> Espeak(Engines& engines, std::string const& text, std::string const& language) {
  auto wav = engines.Synthesise(text, language);
  EXPECT_TRUE(wav);
  auto const file = testing::TempDir() + "bole-espeak-" + std::to_string(std::hash<std::string>()(text)) + ".wav";
  std::ofstream(file, std::ios::binary) << *wav;
  auto samples = ReadAudioFile(file);
  std::filesystem::remove(file);
  EXPECT_TRUE(samples);
  return samples ? *samples : std::vector<float>();
}

BgrImage Portrait() {
  std::ifstream file(std::string(BOLE_DEPS_DIR) + "/models-npm/node_modules/@vladmandic/face-api/demo/sample1.jpg",
                     std::ios::binary);
  std::string const text{std::istreambuf_iterator<char>(file), {}};
  return DecodeJpeg(std::as_bytes(std::span(text)), 320).value_or(BgrImage{});
}

std::vector<std::byte> Record(std::string const& container, std::vector<float> audio, bool black = false) {
  static BgrImage const portrait = Portrait();
  RecordingSpec spec;
  spec.container = container;
  spec.audio = std::move(audio);
  spec.width = 320;
  spec.height = 240;
  spec.fps = 10;
  spec.paint = [black](double, BgrImage& picture) {
    if (black) return;
    for (int y = 0; y < std::min(picture.height, portrait.height); ++y)
      std::copy_n(portrait.pixels.begin() + static_cast<std::ptrdiff_t>(portrait.RowBytes()) * y,
                  std::min(picture.RowBytes(), portrait.RowBytes()),
                  picture.pixels.begin() + static_cast<std::ptrdiff_t>(picture.RowBytes()) * y);
  };
  auto made = MakeRecording(spec);
  EXPECT_TRUE(made);
  return made ? *made : std::vector<std::byte>();
}

class Analysis : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    models_ = testing::TempDir() + "bole-analysis-models";
    std::filesystem::remove_all(models_);
    if (auto card = DescribeModelDir(kData + "/models/maix-zh-ctc", "omnilingual_ctc", {"zh"}))
      (void)ModelRegistry(models_).Add(*card);
    engines_ = std::make_unique<Engines>(EngineOptions{{BOLE_DEPS_DIR, models_}, {}, "", {}, {}});
    std::string const text = "I have worked in a bank for three years.";
    english_ = Espeak(*engines_, text, "en");
  }
  static void TearDownTestSuite() {
    engines_.reset();
    std::filesystem::remove_all(models_);
  }
  static AnswerSignals Analyse(std::vector<std::byte> bytes, AnalysisOptions const& options = {}) {
    MemorySource source(std::move(bytes));
    auto signals = AnalyseMedia(source, *engines_, options);
    EXPECT_TRUE(signals);
    return signals ? *signals : AnswerSignals{};
  }
  static inline std::string models_;
  static inline std::unique_ptr<Engines> engines_;
  static inline std::vector<float> english_;
};

TEST_F(Analysis, SeesAndHearsBothContainers) {
  for (std::string const container : {"webm", "mp4"}) {
    auto const signals = Analyse(Record(container, english_), {.language = "en"});
    EXPECT_NEAR(signals.media.duration, static_cast<double>(english_.size()) / kSampleRate, 0.3);
    EXPECT_EQ(signals.transcript.source, "recognised") << container;
    EXPECT_EQ(signals.transcript.engine, "pocketsphinx-en-us");
    EXPECT_EQ(signals.transcript.language, "en");
    ASSERT_FALSE(signals.transcript.sentences.empty());
    double last = 0;
    for (auto const& sentence : signals.transcript.sentences)
      for (auto const& word : sentence.words) {
        EXPECT_GE(word.start, last - 1e-6);
        last = word.start;
      }
    EXPECT_GT(signals.voice.speech_seconds, 1);
    EXPECT_GT(signals.voice.words_per_minute, 60);
    EXPECT_GT(signals.voice.pitch_mean_hz, 60);
    EXPECT_GT(signals.voice.snr_db, 10);
    EXPECT_GT(signals.face.face_ratio, 0.9);
    EXPECT_FALSE(signals.face.smile_ratio.has_value());
    EXPECT_EQ(signals.engines.size(), 3U);
  }
}

TEST_F(Analysis, GrowingRecordingGivesTheSameSignalsAndEarlyCaptions) {
  auto const bytes = Record("webm", english_);
  auto const expected = ToText(WriteJson(Analyse(bytes)));
  MemorySource growing;
  std::atomic<int> captions = 0;
  std::jthread feeder([&] {
    for (std::size_t at = 0; at < bytes.size(); at += 7000) {
      growing.Append(std::span(bytes).subspan(at, std::min<std::size_t>(7000, bytes.size() - at)));
      std::this_thread::yield();
    }
    growing.Finish();
  });
  auto signals = AnalyseMedia(growing, *engines_, {}, [&](Caption const& caption) {
    ++captions;
    EXPECT_FALSE(caption.text.empty());
    EXPECT_LE(caption.start, caption.end);
  });
  ASSERT_TRUE(signals);
  EXPECT_EQ(ToText(WriteJson(*signals)), expected);
  EXPECT_GE(captions, 1);
}

TEST_F(Analysis, TwoAtOnceGiveWhatOneGives) {
  auto const bytes = Record("webm", english_);
  auto const expected = ToText(WriteJson(Analyse(bytes)));
  std::string got[2];
  {
    std::jthread a([&] { got[0] = ToText(WriteJson(Analyse(bytes))); }),
        b([&] { got[1] = ToText(WriteJson(Analyse(bytes))); });
  }
  EXPECT_EQ(got[0], expected);
  EXPECT_EQ(got[1], expected);
}

TEST_F(Analysis, PartsFollowOneAnother) {
  MemorySource first(Record("webm", english_)), second(Record("mp4", english_));
  std::vector<ByteSource*> parts{&first, &second};
  std::size_t next = 0;
  auto signals =
      AnalyseMedia([&] { return next < parts.size() ? parts[next++] : nullptr; }, *engines_, {.language = "en"});
  ASSERT_TRUE(signals);
  double const one = static_cast<double>(english_.size()) / kSampleRate;
  EXPECT_NEAR(signals->media.duration, 2 * one, 0.6);
  EXPECT_GT(signals->transcript.sentences.back().end, one + 0.4);
  EXPECT_GT(signals->face.timeline.back().t, one + 0.4);
}

TEST_F(Analysis, SoundAfterAPartWithoutSoundKeepsItsTime) {
  RecordingSpec silent;
  silent.width = 160;
  silent.height = 120;
  silent.fps = 10;
  silent.seconds = 3;
  auto made = MakeRecording(silent);
  ASSERT_TRUE(made);
  MemorySource first(*made), second(Record("webm", english_));
  std::vector<ByteSource*> parts{&first, &second};
  std::size_t next = 0;
  auto signals =
      AnalyseMedia([&] { return next < parts.size() ? parts[next++] : nullptr; }, *engines_, {.language = "en"});
  ASSERT_TRUE(signals);
  ASSERT_FALSE(signals->transcript.sentences.empty());
  EXPECT_GT(signals->transcript.sentences.front().start, 2.8);
}

TEST_F(Analysis, SilenceAndBlackAreNotices) {
  auto const signals = Analyse(Record("webm", std::vector<float>(3 * kSampleRate, 0.F), true));
  EXPECT_TRUE(Has(signals, "audio.silent"));
  EXPECT_TRUE(Has(signals, "picture.black"));
  EXPECT_EQ(signals.transcript.source, "none");
  EXPECT_EQ(signals.voice.speech_seconds, 0);
}

TEST_F(Analysis, GarbageAndHalvesAreNotices) {
  std::mt19937 random(3);
  std::vector<std::byte> noise(50'000);
  for (auto& b : noise) b = static_cast<std::byte>(random());
  EXPECT_TRUE(Has(Analyse(noise), "media.broken"));
  EXPECT_TRUE(Has(Analyse({}), "media.empty"));
  auto twice = english_;
  twice.insert(twice.end(), english_.begin(), english_.end());
  auto half = Record("webm", twice);
  half.resize(half.size() * 3 / 4);
  EXPECT_GT(Analyse(half).voice.speech_seconds, 0.3);
}

TEST_F(Analysis, ImportedTranscriptIsKept) {
  AnalysisOptions options;
  options.imported_transcript = Transcript{
      "imported", "imported", "en", 1, {{"Hello there.", 0, 1, 1, {{"Hello", 0, 0.5, 1}, {"there", 0.5, 1, 1}}}}, {}};
  auto const signals = Analyse(Record("webm", english_), options);
  EXPECT_EQ(signals.transcript.sentences.at(0).text, "Hello there.");
  EXPECT_TRUE(Has(signals, "speech.imported"));
  EXPECT_GT(signals.voice.words_per_minute, 0);
}

TEST_F(Analysis, WithoutAnyModelTheRestIsStillMeasured) {
  Engines bare({{BOLE_DEPS_DIR, testing::TempDir() + "bole-no-models"}, {}, "", {}, {}});
  MemorySource source(Record("webm", english_));
  auto signals = AnalyseMedia(source, bare, {.language = "zh"});
  ASSERT_TRUE(signals);
  EXPECT_TRUE(Has(*signals, "speech.no_model"));
  EXPECT_GT(signals->voice.speech_seconds, 0.8);
}

TEST_F(Analysis, CancelledAnalysisSaysSo) {
  MemorySource growing;
  std::stop_source stop;
  stop.request_stop();
  auto signals = AnalyseMedia(growing, *engines_, {}, {}, stop.get_token());
  ASSERT_FALSE(signals);
  EXPECT_EQ(signals.error().key, "media.cancelled");
}

TEST_F(Analysis, RealSpeechIsHeardInTheRightLanguage) {
  if (!std::filesystem::exists(kData + "/speech")) GTEST_SKIP() << "no ../shared/data: real speech is not checked";
  for (std::string const language : {"en", "zh"}) {
    std::ifstream list(kData + "/speech/" + language + "/transcripts.tsv");
    double errors = 0, units = 0;
    int right = 0, files = 0;
    for (std::string line; std::getline(list, line) && files < 12; ++files) {
      auto const tab = line.find('\t');
      auto source = FileSource::Open(kData + "/speech/" + language + "/" + line.substr(0, tab));
      ASSERT_TRUE(source);
      auto const said = AnalyseMedia(**source, *engines_, {.language = language, .video_fps = 0});
      ASSERT_TRUE(said);
      constexpr int kTried = 7;  // both engines hear these
      if (files < kTried) {
        auto const open = AnalyseMedia(**source, *engines_, {.language = "auto", .video_fps = 0});
        ASSERT_TRUE(open);
        right += open->transcript.language == language;
      }
      std::string text;
      for (auto const& sentence : said->transcript.sentences) text += sentence.text + " ";
      double const n = language == "zh" ? static_cast<double>(line.size() - tab) / 3
                                        : 1 + static_cast<double>(std::count(line.begin(), line.end(), ' '));
      errors += ErrorRate(line.substr(tab + 1), text, language) * n;
      units += n;
    }
    RecordProperty(language + "_right", right);
    RecordProperty(language + "_error_percent", static_cast<int>(100 * errors / units));
    EXPECT_GE(right, 6) << language;
    EXPECT_LE(errors / units, 0.4) << language;
  }
}

}  // namespace
}  // namespace bole::media
