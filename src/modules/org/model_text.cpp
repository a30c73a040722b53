#include "modules/org/model_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace bole::org {
namespace {

std::string Escaped(std::string const& text) {
  std::string out;
  for (char const c : text) {
    if (c == '\r') continue;
    if (c == '\\' || c == '|') out += '\\';
    out += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return out;
}

std::vector<std::string> Parts(std::string_view line) {
  std::vector<std::string> out(1);
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '|') {
      out.emplace_back();
    } else if (line[i] == '\\' && i + 1 < line.size()) {
      ++i;
      out.back() += line[i] == 'n' ? '\n' : line[i];
    } else {
      out.back() += line[i];
    }
  }
  for (auto& part : out) part = std::string(Trim(part));
  return out;
}

template <class T>
bool ReadNumber(std::string const& text, T& out) {
  auto const [at, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && at == text.data() + text.size();
}

}  // namespace

std::string ModelText(std::vector<CompetencyWeight> const& model) {
  std::string out;
  for (auto const& line : model) {
    if (!out.empty()) out += '\n';
    out += fmt::format("{} | {} | {} | {} | {}", line.key, Escaped(line.name_zh), Escaped(line.name_en), line.weight,
                       line.level);
    for (auto const& anchor : line.levels)
      out += fmt::format("\n{}#{} | {} | {}", line.key, anchor.level, Escaped(anchor.anchor_zh),
                         Escaped(anchor.anchor_en));
  }
  return out;
}

std::optional<std::vector<CompetencyWeight>> ReadModelText(std::string const& text) {
  std::vector<CompetencyWeight> out;
  for (auto const& line : Split(text, '\n')) {
    if (Trim(line).empty()) continue;
    auto const parts = Parts(line);
    if (auto const hash = parts[0].find('#'); hash != std::string::npos) {
      auto const key = parts[0].substr(0, hash);
      CompetencyLevel anchor;
      bool const whole = parts.size() == 3 && ReadNumber(parts[0].substr(hash + 1), anchor.level);
      auto const owner = std::find_if(out.begin(), out.end(), [&](auto const& known) { return known.key == key; });
      if (!whole || owner == out.end() || anchor.level < 1 || anchor.level > 5) return std::nullopt;
      anchor.anchor_zh = parts[1], anchor.anchor_en = parts[2];
      owner->levels.push_back(std::move(anchor));
      continue;
    }
    CompetencyWeight weight;
    bool const whole = parts.size() == 5 && ReadNumber(parts[3], weight.weight) && ReadNumber(parts[4], weight.level);
    if (!whole || parts[0].empty() || weight.weight < 0 || weight.weight > 100 || weight.level < 1 || weight.level > 5)
      return std::nullopt;
    weight.key = parts[0], weight.name_zh = parts[1], weight.name_en = parts[2];
    out.push_back(std::move(weight));
  }
  return out;
}

}  // namespace bole::org
