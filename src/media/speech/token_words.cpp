#include "media/speech/token_words.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "media/text/sentences.hpp"

namespace bole::media {
namespace {

constexpr char32_t kPieceStart = 0x2581;  // ▁ of SentencePiece

bool IsMark(char32_t c) { return std::u32string_view(U"，。！？；：、,.!?;:…").find(c) != std::u32string_view::npos; }

bool IsTag(std::u32string const& text) {
  return text.size() > 2 &&
         ((text.front() == '<' && text.back() == '>') || (text.front() == '[' && text.back() == ']'));
}

class Joiner {
 public:
  explicit Joiner(double segment_end) : segment_end_(segment_end) {}

  void Add(Token const& token, double end) {
    auto text = DecodeUtf8(token.text);
    if (IsTag(text)) return;
    bool fresh = false;
    while (!text.empty() && (text.front() == kPieceStart || text.front() == ' ')) text.erase(0, 1), fresh = true;
    bool const joins_next = text.size() > 2 && text.ends_with(U"@@");
    if (joins_next) text.resize(text.size() - 2);
    for (auto c : text) {
      if (c == ' ') {
        fresh = true;
      } else if (IsMark(c) && !(c == '.' && false)) {
        if (!words_.empty()) words_.back().mark += EncodeUtf8({&c, 1});
        fresh = true;
      } else {
        bool const han = IsHan(c);
        if (words_.empty() || fresh || han || last_han_ || !words_.back().mark.empty()) Open(token);
        words_.back().word.text += EncodeUtf8({&c, 1});
        last_han_ = han;
        fresh = false;
        auto& word = words_.back().word;
        word.end = std::min(std::max({word.end, end, word.start}), std::max(segment_end_, word.start));
      }
    }
    if (!words_.empty() && !text.empty()) Weigh(token);
    // Pieces of BPE that end with @@ are joined; without it, models of that kind start a new word.
    if (joins_next) at_style_ = true;
    pending_fresh_ = at_style_ && !joins_next;
    if (pending_fresh_) last_han_ = true;
  }
  std::vector<SpokenWord> Take() { return std::move(words_); }

 private:
  void Open(Token const& token) {
    words_.push_back({{"", token.start, token.start, token.confidence}, ""});
    pieces_ = 0;
  }
  void Weigh(Token const& token) {
    auto& value = words_.back().word.confidence;
    value += (token.confidence - value) / static_cast<double>(++pieces_);
  }
  std::vector<SpokenWord> words_;
  double segment_end_;
  bool last_han_ = false, at_style_ = false, pending_fresh_ = false;
  int pieces_ = 0;
};

}  // namespace

std::vector<SpokenWord> WordsFromTokens(std::vector<Token> const& tokens, double segment_end) {
  Joiner joiner(segment_end);
  constexpr double kLongestToken = 0.4;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    auto const& token = tokens[i];
    double const next = i + 1 < tokens.size() ? tokens[i + 1].start : segment_end;
    joiner.Add(token, token.end > token.start ? token.end : std::min(next, token.start + kLongestToken));
  }
  auto words = joiner.Take();
  std::erase_if(words, [](auto const& w) { return Trim(w.word.text).empty(); });
  return words;
}

}  // namespace bole::media
