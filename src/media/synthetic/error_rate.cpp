#include <algorithm>
#include <vector>

#include "base/text.hpp"
#include "media/synthetic/recording.hpp"

namespace bole::media {
namespace {

std::vector<std::u32string> Units(std::string_view text, bool by_character) {
  std::vector<std::u32string> out;
  std::u32string word;
  auto const flush = [&] {
    if (!word.empty()) out.push_back(std::move(word));
    word.clear();
  };
  for (auto c : DecodeUtf8(text)) {
    bool const latin = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '\'';
    bool const other =
        c > 127 && !(c >= 0x2000 && c <= 0x206F) && !(c >= 0x3000 && c <= 0x303F) && !(c >= 0xFF00 && c <= 0xFF65);
    if (latin) {
      word += c >= 'A' && c <= 'Z' ? c + 32 : c;
    } else if (other && by_character) {
      flush();
      out.emplace_back(1, c);
    } else if (other) {
      word += c;
    } else {
      flush();
    }
  }
  flush();
  return out;
}

}  // namespace

double ErrorRate(std::string_view reference, std::string_view hypothesis, std::string_view language) {
  auto const a = Units(reference, language == "zh"), b = Units(hypothesis, language == "zh");
  if (a.empty()) return b.empty() ? 0 : 1;
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      auto const above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return static_cast<double>(row[b.size()]) / static_cast<double>(a.size());
}

}  // namespace bole::media
