#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/text.hpp"
#include "media/signals/paths.hpp"
#include "media/speech/pinyin.hpp"
#include "media/speech/speech_model.hpp"
#include "media/speech/token_words.hpp"
#include "media/synthetic/recording.hpp"

namespace bole::media {
namespace {

std::string const kData = BOLE_SHARED_DATA;

std::vector<std::pair<std::string, std::string>> Utterances(std::string const& language) {
  std::ifstream file(kData + "/speech/" + language + "/transcripts.tsv");
  std::vector<std::pair<std::string, std::string>> out;
  for (std::string line; std::getline(file, line);) {
    auto const tab = line.find('\t');
    if (tab != std::string::npos)
      out.emplace_back(kData + "/speech/" + language + "/" + line.substr(0, tab), line.substr(tab + 1));
  }
  return out;
}

struct Sums {
  double errors = 0, units = 0, confidence = 0, words = 0;
  [[nodiscard]] double Rate() const { return errors / units; }
};

Sums Measure(Recogniser& recogniser, std::string const& language) {
  Sums sums;
  for (auto const& [file, text] : Utterances(language)) {
    auto samples = ReadAudioFile(file);
    EXPECT_TRUE(samples) << file;
    if (!samples) continue;
    auto heard = recogniser.Recognise(10, *samples, language, {});
    EXPECT_TRUE(heard);
    if (!heard) continue;
    std::string said;
    double last = 10;
    for (auto const& [word, mark] : heard->words) {
      EXPECT_GE(word.start, last - 1e-6) << file;
      EXPECT_GE(word.end, word.start);
      EXPECT_LE(word.end, 10 + static_cast<double>(samples->size()) / 16000 + 1e-6);
      last = word.start;
      said += word.text + " ";
      sums.confidence += word.confidence;
      ++sums.words;
    }
    double const units = language == "zh" ? static_cast<double>(CountCodePoints(text))
                                          : 1 + static_cast<double>(std::count(text.begin(), text.end(), ' '));
    sums.errors += ErrorRate(text, said, language) * units;
    sums.units += units;
  }
  return sums;
}

ModelCard ZhCard() {
  return {"maix-zh-ctc",
          "speech",
          "omnilingual_ctc",
          {"zh"},
          "MIT",
          true,
          {{"model", "maix-zh-ctc.onnx"}, {"tokens", "tokens.txt"}},
          kData + "/models/maix-zh-ctc"};
}

#define REQUIRE_SHARED_DATA() \
  if (!std::filesystem::exists(kData + "/speech")) GTEST_SKIP() << "no ../shared/data: real speech is not checked"

TEST(PocketSphinx, EnglishWordErrorsStayBounded) {
  REQUIRE_SHARED_DATA();
  auto recogniser = MakePocketSphinx();
  ASSERT_TRUE(recogniser);
  auto const sums = Measure(**recogniser, "en");
  RecordProperty("wer_percent", static_cast<int>(sums.Rate() * 100));
  EXPECT_LE(sums.Rate(), 0.30);
  EXPECT_GT(sums.confidence / sums.words, 0.5);
}

TEST(PocketSphinx, WhatWasHeardBeforeDoesNotMatter) {
  REQUIRE_SHARED_DATA();
  auto recogniser = MakePocketSphinx();
  ASSERT_TRUE(recogniser);
  auto const files = Utterances("en");
  auto const a = ReadAudioFile(files.at(0).first), b = ReadAudioFile(files.at(1).first);
  auto const text = [&](std::vector<float> const& samples) {
    std::string out;
    auto const heard = (*recogniser)->Recognise(0, samples, "en", {});
    for (auto const& w : heard->words)
      out += w.word.text + std::to_string(w.word.start) + std::to_string(w.word.confidence) + " ";
    return out;
  };
  auto const first = text(*a);
  (void)text(*b);
  EXPECT_EQ(text(*a), first);
}

TEST(Sherpa, ChineseCharacterErrorsStayBounded) {
  REQUIRE_SHARED_DATA();
  auto recogniser = LoadSherpaRecogniser(ZhCard());
  ASSERT_TRUE(recogniser);
  auto const sums = Measure(**recogniser, "zh");
  RecordProperty("cer_percent", static_cast<int>(sums.Rate() * 100));
  EXPECT_LE(sums.Rate(), 0.40);
}

TEST(Sherpa, EmptySoundGivesNoWords) {
  REQUIRE_SHARED_DATA();
  auto recogniser = LoadSherpaRecogniser(ZhCard());
  ASSERT_TRUE(recogniser);
  EXPECT_TRUE((*recogniser)->Recognise(0, {}, "zh", {})->words.empty());
}

TEST(Sherpa, MissingFilesAndUnknownFamiliesAreErrors) {
  auto card = ZhCard();
  card.dir = "/nonexistent";
  EXPECT_EQ(LoadSherpaRecogniser(card).error().key, "engine.model_broken");
  card.family = "telepathy";
  EXPECT_EQ(LoadSherpaRecogniser(card).error().key, "engine.family_unknown");
}

TEST(Pinyin, OneCharacterASyllable) {
  auto reader = PinyinReader::Load();
  ASSERT_TRUE(reader);
  EXPECT_EQ((*reader)->Read({"ni", "hao", "zhong", "guo"}), (std::vector<std::string>{"你", "好", "中", "国"}));
  EXPECT_EQ((*reader)->Read({"qqq"}).size(), 1U);
}

std::string Join(std::vector<SpokenWord> const& words) {
  std::string out;
  for (auto const& w : words) out += w.word.text + w.mark + "|";
  return out;
}

TEST(TokenWords, JoinPiecesAndKeepMarks) {
  EXPECT_EQ(Join(WordsFromTokens({{"▁hel", 0, 0, 1}, {"lo", .2, 0, .5}, {",", .3, 0, 1}, {"▁world", .5, 0, 1}}, 1)),
            "hello,|world|");
  EXPECT_EQ(Join(WordsFromTokens({{"<|zh|>", 0, 0, 1}, {"你", 0, 0, 1}, {"好", .2, 0, 1}, {"。", .3, 0, 1}}, 1)),
            "你|好。|");
  EXPECT_EQ(Join(WordsFromTokens({{"用", 0, 0, 1}, {"py@@", .1, 0, 1}, {"thon", .2, 0, 1}, {"写", .3, 0, 1}}, 1)),
            "用|python|写|");
  auto const words = WordsFromTokens({{" a", 0.5, 0, 0.4}, {"b", 0.6, 0, 0.8}}, 5);
  ASSERT_EQ(words.size(), 1U);
  EXPECT_NEAR(words[0].word.confidence, 0.6, 1e-9);
  EXPECT_NEAR(words[0].word.end, 1.0, 1e-9);
}

}  // namespace
}  // namespace bole::media
