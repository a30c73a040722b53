#include "platform/i18n/messages.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <sstream>

namespace bole::i18n {
namespace {

namespace json = boost::json;

tl::unexpected<Error> BadFile(std::filesystem::path const& file, std::string reason) {
  return Fail(ErrorCode::kInvalid, "i18n.bad_file",
              {{"file", file.filename().string()}, {"reason", std::move(reason)}});
}

std::size_t Index(Locale locale) { return static_cast<std::size_t>(locale); }

}  // namespace

Messages::Messages(Messages&& other) noexcept
    : tables_(std::move(other.tables_)), duplicates_(std::move(other.duplicates_)), missing_(other.missing_.load()) {}

Result<Messages> Messages::Load(std::filesystem::path const& folder) {
  Messages out;
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  if (error) return BadFile(folder, error.message());
  std::sort(files.begin(), files.end());
  for (auto const& file : files) {
    // <area>.<locale>.json
    auto const locale = ParseLocale(file.stem().extension().string().substr(file.stem().has_extension() ? 1 : 0));
    if (!locale) return BadFile(file, "the name is not <area>.<locale>.json");
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    json::error_code problem;
    auto const value = json::parse(text.str(), problem);
    if (problem || !value.is_object()) return BadFile(file, problem ? problem.message() : "not an object");
    auto& table = out.tables_[Index(*locale)];
    for (auto const& entry : value.get_object()) {
      std::string const key(entry.key());
      auto const* message = entry.value().if_string();
      if (!message) return BadFile(file, "no text: " + key);
      if (!table.emplace(key, std::string(*message)).second)
        out.duplicates_.push_back(file.filename().string() + ": " + key);
    }
  }
  return out;
}

std::string const* Messages::Find(Locale locale, std::string_view key) const {
  auto const& table = tables_[Index(locale)];
  auto const found = table.find(key);
  return found == table.end() ? nullptr : &found->second;
}

std::string Messages::Text(Locale locale, std::string_view key, Params const& params) const {
  if (auto const* text = Find(locale, key)) return FillPlaceholders(*text, params);
  ++missing_;
  return std::string(key);
}

bool Messages::Has(Locale locale, std::string_view key) const { return Find(locale, key) != nullptr; }

std::vector<std::string> Messages::Keys(Locale locale) const {
  std::vector<std::string> out;
  for (auto const& [key, text] : tables_[Index(locale)]) out.push_back(key);
  return out;
}

std::string FillPlaceholders(std::string_view text, Params const& params) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t pos = 0; pos < text.size();) {
    auto const open = text.find('{', pos);
    auto const close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) return out.append(text.substr(pos));
    out.append(text.substr(pos, open - pos));
    auto const found = params.find(std::string(text.substr(open + 1, close - open - 1)));
    if (found != params.end()) {
      out += found->second;
      pos = close + 1;
    } else {
      out.push_back('{');
      pos = open + 1;
    }
  }
  return out;
}

}  // namespace bole::i18n
