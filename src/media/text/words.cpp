#include "media/text/words.hpp"

#include <cppjieba/Jieba.hpp>
#include <filesystem>
#include <utility>

#include "base/text.hpp"
#include "media/text/sentences.hpp"

namespace bole::media {
namespace {

bool IsAsciiWord(char32_t c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsLetter(char32_t c) { return IsHan(c) || IsAsciiWord(c) || (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7); }

// Full-width letters and digits to ASCII, capitals to small ones.
char32_t Fold(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
  return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

// The end of a run of letters, digits and the marks that may stand inside one: 3.5, don't, node.js, 1,000.
std::size_t LatinEnd(std::u32string const& text, std::size_t from) {
  auto end = from;
  while (end < text.size()) {
    auto const c = text[end];
    if (!IsHan(c) && IsLetter(c)) {
      ++end;
    } else if ((c == '.' || c == '\'' || c == 0x2019 || c == ',' || c == '-' || c == '_') && end > from &&
               end + 1 < text.size() && IsAsciiWord(text[end + 1]) &&
               (c != ',' || (text[end - 1] <= '9' && text[end + 1] <= '9'))) {
      ++end;
    } else {
      break;
    }
  }
  return end;
}

}  // namespace

struct WordSegmenter::Impl {
  Impl(std::string const& dict, std::string const& model, std::string const& user)
      : trie(dict, user), hmm(model), mix(&trie, &hmm) {}
  cppjieba::DictTrie trie;
  cppjieba::HMMModel hmm;
  cppjieba::MixSegment mix;
};

WordSegmenter::WordSegmenter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
WordSegmenter::~WordSegmenter() = default;

Result<std::unique_ptr<WordSegmenter>> WordSegmenter::Load(std::string const& dict_dir) {
  auto const dict = dict_dir + "/jieba.dict.utf8", hmm = dict_dir + "/hmm_model.utf8",
             user = dict_dir + "/user.dict.utf8";
  for (auto const& file : {dict, hmm, user}) {
    std::error_code error;  // cppjieba ends the process on a missing file: look first
    if (!std::filesystem::is_regular_file(file, error))
      return Fail(ErrorCode::kUnavailable, "engine.words_missing", {{"file", file}});
  }
  return std::unique_ptr<WordSegmenter>(new WordSegmenter(std::make_unique<Impl>(dict, hmm, user)));
}

std::vector<std::string> WordSegmenter::Cut(std::string_view text) const {
  auto chars = DecodeUtf8(text);
  for (auto& c : chars) c = Fold(c);
  std::vector<std::string> words;
  for (std::size_t i = 0; i < chars.size();) {
    auto end = i;
    while (end < chars.size() && IsHan(chars[end])) ++end;
    if (end > i) {
      std::vector<std::string> cut;
      impl_->mix.Cut(EncodeUtf8(std::u32string_view(chars).substr(i, end - i)), cut, true);
      std::move(cut.begin(), cut.end(), std::back_inserter(words));
    } else if (end = LatinEnd(chars, i); end > i) {
      words.push_back(EncodeUtf8(std::u32string_view(chars).substr(i, end - i)));
    } else {
      end = i + 1;
    }
    i = end;
  }
  return words;
}

}  // namespace bole::media
