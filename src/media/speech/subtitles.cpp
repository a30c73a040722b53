#include "media/speech/subtitles.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "media/text/sentences.hpp"

namespace bole::media {
namespace {

// "01:02:03,450" or "02:03.450".
std::optional<double> ParseTime(std::string_view text) {
  double seconds = 0, part = 0, fraction = 0, place = 1;
  bool in_fraction = false, any = false;
  for (char c : Trim(text)) {
    if (c >= '0' && c <= '9') {
      any = true;
      if (in_fraction)
        fraction += (c - '0') * (place /= 10);
      else
        part = part * 10 + (c - '0');
    } else if (c == ':' && !in_fraction) {
      seconds = (seconds + part) * 60;
      part = 0;
    } else if ((c == ',' || c == '.') && !in_fraction) {
      in_fraction = true;
    } else {
      return std::nullopt;
    }
  }
  constexpr double kLongest = 24 * 3600;
  double const total = seconds + part + fraction;
  return any && total < kLongest ? std::optional(total) : std::nullopt;
}

// <v Speaker>, <i>, {\an8} are layout.
std::string StripTags(std::string_view line) {
  std::string out;
  int depth = 0;
  for (char c : line) {
    if (c == '<' || c == '{')
      ++depth;
    else if (c == '>' || c == '}')
      depth = std::max(0, depth - 1);
    else if (depth == 0)
      out += c;
  }
  return out;
}

void SpreadWords(Sentence& sentence) {
  std::vector<std::u32string> words;
  bool open = false;
  for (auto c : DecodeUtf8(sentence.text)) {
    bool const han = IsHan(c);
    bool const letter = han || c == '\'' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                        (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c < 0x2000);
    if (!letter)
      open = false;
    else if (han || !open)
      words.emplace_back(1, c), open = !han;
    else
      words.back() += c;
  }
  double total = 0, at = sentence.start;
  for (auto const& word : words) total += static_cast<double>(word.size());
  for (auto const& word : words) {
    double const end = at + (sentence.end - sentence.start) * static_cast<double>(word.size()) / total;
    sentence.words.push_back({EncodeUtf8(word), at, end, 1});
    at = end;
  }
}

}  // namespace

Result<Transcript> ParseSubtitles(std::string_view text) {
  constexpr std::size_t kLargest = 4 << 20;
  if (text.size() > kLargest) return Fail(ErrorCode::kTooLarge, "transcript.too_large");
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (!IsValidUtf8(text)) return Fail(ErrorCode::kInvalid, "transcript.unreadable");
  Transcript out;
  out.source = "imported";
  out.engine = "imported";
  out.confidence = 1;
  std::string all;
  bool in_cue = false;
  for (auto const& raw : Split(ReplaceAll(std::string(text), "\r", ""), '\n')) {
    auto const line = Trim(raw);
    if (auto const arrow = line.find("-->"); arrow != std::string_view::npos) {
      auto rest = Trim(line.substr(arrow + 3));
      rest = rest.substr(0, rest.find(' '));
      auto const start = ParseTime(line.substr(0, arrow)), end = ParseTime(rest);
      in_cue = start && end && *end >= *start;
      if (in_cue) out.sentences.push_back({"", *start, *end, 1, {}});
    } else if (line.empty()) {
      in_cue = false;
    } else if (in_cue) {
      auto& sentence = out.sentences.back().text;
      auto const clean = StripTags(line);
      if (!sentence.empty()) sentence += HanShare(clean) > 0.5 ? "" : " ";
      sentence += clean;
      all += clean;
    }
  }
  std::erase_if(out.sentences, [](auto const& s) { return Trim(s.text).empty(); });
  if (out.sentences.empty()) return Fail(ErrorCode::kInvalid, "transcript.unreadable");
  std::stable_sort(out.sentences.begin(), out.sentences.end(),
                   [](auto const& a, auto const& b) { return a.start < b.start; });
  for (auto& sentence : out.sentences) SpreadWords(sentence);
  constexpr double kMostlyHan = 0.3, kPause = 0.5;
  out.language = HanShare(all) > kMostlyHan ? "zh" : "en";
  for (std::size_t i = 1; i < out.sentences.size(); ++i)
    if (out.sentences[i].start - out.sentences[i - 1].end >= kPause)
      out.pauses.push_back({out.sentences[i - 1].end, out.sentences[i].start});
  return out;
}

}  // namespace bole::media
