#include "media/speech/sentence_builder.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "media/text/sentences.hpp"

namespace bole::media {
namespace {

constexpr double kAlwaysEnds = 0.9, kStop = 0.7, kComma = 0.35;
constexpr std::size_t kMostWords = 80;

bool Ends(std::string const& mark) {
  for (auto c : DecodeUtf8(mark))
    if (std::u32string_view(U"。！？!?.；;…").find(c) != std::u32string_view::npos) return true;
  return false;
}

bool NeedsSpace(std::string const& before, std::string const& after) {
  if (before.empty() || after.empty()) return false;
  auto const last = DecodeUtf8(before).back(), first = DecodeUtf8(after).front();
  bool const wide = last > 0x2E00 || first > 0x2E00;
  return !wide;
}

void MarkByPauses(std::vector<SpokenWord>& words, bool chinese) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    double const gap = i + 1 < words.size() ? words[i + 1].word.start - words[i].word.end : kAlwaysEnds;
    if (gap >= kStop)
      words[i].mark = chinese ? "。" : ".";
    else if (gap >= kComma)
      words[i].mark = chinese ? "，" : ",";
  }
}

Sentence Close(std::vector<SpokenWord>& words, bool chinese) {
  auto& last = words.back();
  if (!Ends(last.mark)) last.mark = chinese ? "。" : ".";
  Sentence out;
  out.text = JoinWords(words);
  if (!chinese && !out.text.empty() && out.text[0] >= 'a' && out.text[0] <= 'z')
    out.text[0] = static_cast<char>(out.text[0] - 32);
  out.start = words.front().word.start;
  out.end = last.word.end;
  double weight = 0;
  for (auto& spoken : words) {
    double const length = std::max(0.01, spoken.word.end - spoken.word.start);
    out.confidence += spoken.word.confidence * length;
    weight += length;
    out.words.push_back(std::move(spoken.word));
  }
  out.confidence /= weight;
  words.clear();
  return out;
}

}  // namespace

std::string JoinWords(std::vector<SpokenWord> const& words) {
  std::string out;
  for (auto const& spoken : words) {
    if (NeedsSpace(out, spoken.word.text)) out += ' ';
    out += spoken.word.text + spoken.mark;
  }
  return out;
}

std::vector<Sentence> BuildSentences(std::vector<SpokenWord> words, std::string_view language, Punctuator* punctuator) {
  bool const chinese = language == "zh";
  bool const marked = std::any_of(words.begin(), words.end(), [](auto const& w) { return !w.mark.empty(); });
  if (!marked && punctuator) punctuator->Mark(words);
  if (!std::any_of(words.begin(), words.end(), [](auto const& w) { return !w.mark.empty(); }))
    MarkByPauses(words, chinese);
  std::vector<Sentence> out;
  std::vector<SpokenWord> open;
  for (std::size_t i = 0; i < words.size(); ++i) {
    double const gap = i + 1 < words.size() ? words[i + 1].word.start - words[i].word.end : kAlwaysEnds;
    open.push_back(std::move(words[i]));
    if (Ends(open.back().mark) || gap >= kAlwaysEnds || open.size() >= kMostWords) out.push_back(Close(open, chinese));
  }
  return out;
}

int CountFillers(std::vector<Sentence> const& sentences, std::string_view language) {
  static std::array<std::string_view, 9> const kEnglish{"um", "uh", "er", "erm", "ah", "hmm", "eh", "mhm", "uhm"};
  static std::array<std::string_view, 6> const kChinese{"嗯", "呃", "额", "唔", "那个", "就是说"};
  int count = 0;
  for (auto const& sentence : sentences) {
    std::string run;
    for (auto const& word : sentence.words) {
      auto const text = AsciiLower(word.text);
      run += language == "zh" ? text : " " + text + " ";
      count += language != "zh" && std::find(kEnglish.begin(), kEnglish.end(), text) != kEnglish.end();
    }
    auto const occurrences = [&](std::string_view what) {
      for (auto at = run.find(what); at != std::string::npos; at = run.find(what, at + what.size())) ++count;
    };
    if (language == "zh")
      std::for_each(kChinese.begin(), kChinese.end(), occurrences);
    else
      for (std::string_view phrase : {" you  know ", " i  mean "}) occurrences(phrase);
  }
  return count;
}

}  // namespace bole::media
