#include "platform/config/config.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "base/text.hpp"
#include "platform/config/fields.hpp"

namespace bole::config {
namespace {

// Where a value came from, for messages.
struct Source {
  std::string name;  // file or variable
  std::string line;  // "" for a variable
};

std::string Name(std::string_view section, std::string_view key) {
  return section.empty() ? std::string(key) : fmt::format("{}.{}", section, key);
}

std::string VariableName(std::string_view section, std::string_view key) {
  auto name = section.empty() ? fmt::format("BOLE_{}", key) : fmt::format("BOLE_{}_{}", section, key);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return name;
}

template <class T>
std::optional<T> ParseNumber(std::string_view text) {
  T value{};
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

class Loader {
 public:
  explicit Loader(Environment const& environment) : environment_(environment), settings_(SettingsOf(config_)) {}

  void ReadFile(std::filesystem::path const& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (!in || !(text << in.rdbuf())) {
      Add("", "", "unreadable", "cannot be read", "", {file.string(), ""});
      return;
    }
    try {
      auto const table = toml::parse(text.str());
      ReadTable(table, "", file.string());
    } catch (toml::parse_error const& error) {
      Add("", "", "syntax", std::string(error.description()), "",
          {file.string(), std::to_string(error.source().begin.line)});
    }
  }

  void ReadEnvironment() {
    for (auto& setting : settings_) {
      auto const name = VariableName(setting.section, setting.key);
      if (auto const value = environment_(name)) SetText(setting, *value, {name, ""});
      if (!setting.secret) continue;
      auto const by_name = environment_(name + "_ENV");
      if (by_name) SetFromVariable(setting, *by_name, {name + "_ENV", ""});
    }
  }

  Result<Config> Finish() {
    for (auto const& problem : CheckTogether(config_)) {
      auto const& source = sources_[Name(problem.section, problem.key)];
      Add(problem.section, problem.key, problem.code, problem.reason, "", source);
    }
    if (!problems_.empty()) return tl::unexpected(Error{ErrorCode::kInvalid, "config.invalid", problems_, {}});
    if (!sources_.contains("models_dir")) config_.models_dir = config_.data_dir / "models";
    while (config_.http.public_url.ends_with('/')) config_.http.public_url.pop_back();
    for (auto* directory :
         {&config_.data_dir, &config_.resource_dir, &config_.web_dir, &config_.deps_dir, &config_.models_dir})
      *directory = std::filesystem::absolute(*directory).lexically_normal();
    for (auto* file : {&config_.http.tls_cert, &config_.http.tls_key})
      if (!file->empty()) *file = std::filesystem::absolute(*file).lexically_normal();
    return config_;
  }

 private:
  void Add(std::string_view section, std::string_view key, std::string code, std::string reason, std::string value,
           Source const& source) {
    auto const pointer =
        (section.empty() ? "" : "/" + std::string(section)) + (key.empty() ? "" : "/" + std::string(key));
    problems_.push_back({pointer,
                         std::move(code),
                         {{"key", Name(section, key)},
                          {"reason", std::move(reason)},
                          {"value", std::move(value)},
                          {"source", source.name},
                          {"line", source.line}}});
  }
  void Add(Setting const& setting, std::string code, std::string reason, std::string value, Source const& source) {
    Add(setting.section, setting.key, std::move(code), std::move(reason), setting.secret ? "" : std::move(value),
        source);
  }

  void ReadTable(toml::table const& table, std::string_view section, std::string const& file) {
    for (auto const& [toml_key, node] : table) {
      std::string const key(toml_key.str());
      Source const source{file, std::to_string(node.source().begin.line)};
      bool const is_section = section.empty() && std::any_of(settings_.begin(), settings_.end(),
                                                             [&](auto const& s) { return s.section == key; });
      if (is_section && node.is_table()) {
        ReadTable(*node.as_table(), key, file);
        continue;
      }
      auto const named = [&](std::string_view name) {
        return std::find_if(settings_.begin(), settings_.end(),
                            [&](auto const& s) { return s.section == section && s.key == name; });
      };
      if (auto const setting = named(key); setting != settings_.end()) {
        SetNode(*setting, node, source);
      } else if (auto const secret = key.ends_with("_env") ? named(key.substr(0, key.size() - 4)) : settings_.end();
                 secret != settings_.end() && secret->secret) {
        SetFromVariable(*secret, node.value_or(std::string()), source);
      } else {
        Add(section, key, "unknown", "is not a setting", "", source);
      }
    }
  }

  void SetNode(Setting& setting, toml::node const& node, Source const& source) {
    if (auto* list = std::get_if<std::vector<std::string>*>(&setting.target)) {
      auto const* array = node.as_array();
      if (array == nullptr ||
          !std::all_of(array->begin(), array->end(), [](auto const& item) { return item.is_string(); }))
        return Add(setting, "wrong_type", "must be a list of texts", "", source);
      (*list)->clear();
      for (auto const& item : *array) (*list)->push_back(item.value_or(""));
      return;
    }
    bool const wants_bool = std::holds_alternative<bool*>(setting.target);
    bool const wants_number =
        std::holds_alternative<int*>(setting.target) || std::holds_alternative<std::uint16_t*>(setting.target);
    if (wants_bool && node.is_boolean()) return SetText(setting, node.value_or(false) ? "true" : "false", source);
    if (wants_number && node.is_integer())
      return SetText(setting, std::to_string(node.value_or(std::int64_t{0})), source);
    if (!wants_bool && !wants_number && node.is_string()) return SetText(setting, node.value_or(""), source);
    Add(setting, "wrong_type",
        wants_bool     ? "must be true or false"
        : wants_number ? "must be a whole number"
                       : "must be a text in quotes",
        "", source);
  }

  void SetFromVariable(Setting& setting, std::string const& variable, Source const& source) {
    if (auto const value = environment_(variable)) return SetText(setting, *value, source);
    Add(setting, "missing_variable", "names a variable that is not set", variable, source);
  }

  void SetText(Setting& setting, std::string_view text, Source const& source) {
    sources_[Name(setting.section, setting.key)] = source;
    if (HasControlCharacters(text)) return Add(setting, "bad_text", "has control characters", "", source);
    auto const& allowed = setting.one_of;
    if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), text) == allowed.end())
      return Add(setting, "not_one_of", fmt::format("must be one of {}", fmt::join(allowed, ", ")), std::string(text),
                 source);
    std::visit([&](auto* target) { Set(setting, *target, text, source); }, setting.target);
  }

  void Set(Setting const&, std::string& target, std::string_view text, Source const&) { target = text; }
  void Set(Setting const& setting, std::filesystem::path& target, std::string_view text, Source const& source) {
    if (text.empty() && !setting.may_be_empty) return Add(setting, "required", "must not be empty", "", source);
    target = text;
  }
  void Set(Setting const& setting, bool& target, std::string_view text, Source const& source) {
    if (text == "true" || text == "1")
      target = true;
    else if (text == "false" || text == "0")
      target = false;
    else
      Add(setting, "wrong_type", "must be true or false", std::string(text), source);
  }
  void Set(Setting const& setting, std::uint16_t& target, std::string_view text, Source const& source) {
    if (auto const value = ParseNumber<std::uint16_t>(text))
      target = *value;
    else
      Add(setting, "out_of_range", "must be 0 to 65535", std::string(text), source);
  }
  void Set(Setting const& setting, int& target, std::string_view text, Source const& source) {
    auto const value = ParseNumber<int>(text);
    if (value && *value >= setting.range.min && *value <= setting.range.max)
      target = *value;
    else
      Add(setting, "out_of_range", fmt::format("must be {} to {}", setting.range.min, setting.range.max),
          std::string(text), source);
  }
  void Set(Setting const&, std::vector<std::string>& target, std::string_view text, Source const&) {
    target.clear();
    for (auto const& item : Split(text, ','))
      if (auto const trimmed = Trim(item); !trimmed.empty()) target.emplace_back(trimmed);
  }
  void Set(Setting const&, Expression& target, std::string_view text, Source const&) {
    target = text == "scored" ? Expression::kScored : text == "reference" ? Expression::kReference : Expression::kOff;
  }

  Environment const& environment_;
  Config config_;
  std::vector<Setting> settings_;  // points into config_
  std::map<std::string, Source> sources_;
  std::vector<FieldError> problems_;
};

}  // namespace

Environment ProcessEnvironment() {
  return [](std::string const& name) -> std::optional<std::string> {
    auto const* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
}

Result<Config> Load(std::filesystem::path const& file, Environment const& environment) {
  Loader loader(environment);
  if (!file.empty()) loader.ReadFile(file);
  loader.ReadEnvironment();
  return loader.Finish();
}

std::string DescribeProblems(Error const& error) {
  std::string out;
  for (auto const& field : error.fields) {
    auto const param = [&](char const* name) {
      auto const found = field.params.find(name);
      return found == field.params.end() ? std::string() : found->second;
    };
    if (!param("source").empty()) out += param("source") + (param("line").empty() ? ": " : ":" + param("line") + ": ");
    if (!param("key").empty()) out += param("key") + ": ";
    out += param("reason");
    if (!param("value").empty()) out += " (is " + param("value") + ")";
    out += "\n";
  }
  return out;
}

std::string Config::PublicUrl() const {
  if (!http.public_url.empty()) return http.public_url;
  auto const host = http.listen == "0.0.0.0" || http.listen == "::" ? "localhost"
                    : http.listen.find(':') != std::string::npos    ? "[" + http.listen + "]"
                                                                    : http.listen;
  return fmt::format("{}://{}:{}", http.tls_cert.empty() ? "http" : "https", host, http.port);
}

std::filesystem::path Config::InData(std::filesystem::path const& path) const {
  return path.is_absolute() ? path : data_dir / path;
}

}  // namespace bole::config
