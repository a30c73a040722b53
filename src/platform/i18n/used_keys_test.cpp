// Compares share/locales with what the sources use, so that nobody reads a bare key and no text rots.
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "platform/i18n/messages.hpp"

namespace bole::i18n {
namespace {

namespace fs = std::filesystem;
fs::path const kRoot = BOLE_SOURCE_ROOT;

struct Used {
  std::map<std::string, std::string> keys;  // key that must exist → file that uses it
  std::set<std::string> literals;           // every quoted text without spaces
};

// Collects from each occurrence of `call` the capture `group` of `pattern`, which must match right behind it.
void Collect(std::string const& source, std::string const& call, std::string const& pattern, std::string const& prefix,
             std::string const& file, Used& used) {
  std::regex const regex(pattern);
  for (std::size_t at = 0; (at = source.find(call, at)) != std::string::npos; at += call.size()) {
    bool const inside_word =
        at > 0 && (std::isalnum(static_cast<unsigned char>(source[at - 1])) || source[at - 1] == '_');
    std::string const rest = source.substr(at + call.size(), 300);
    std::smatch match;
    if (!inside_word && std::regex_search(rest, match, regex, std::regex_constants::match_continuous))
      used.keys.emplace(prefix + match[1].str(), file);
  }
}

Used Scan() {
  Used used;
  std::regex const literal("\"([^\"\\s\\\\]+)\"");
  for (auto const& entry : fs::recursive_directory_iterator(kRoot / "src")) {
    auto const name = entry.path().filename().string();
    auto const extension = entry.path().extension();
    if ((extension != ".cpp" && extension != ".hpp") || name.ends_with("_test.cpp")) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::stringstream buffer;
    buffer << in.rdbuf();
    auto const source = buffer.str();
    auto const file = fs::relative(entry.path(), kRoot).string();
    std::string const pointer = R"re(\s*(?:"[^"]*"|[^";,]*(?:\([^;()]*\))?[^";,]*),\s*"([a-z0-9_.]+)")re";
    Collect(source, "Fail(", R"re(\s*(?:bole::)?ErrorCode::\w+,\s*"([a-z0-9_.]+)")re", "error.", file, used);
    Collect(source, "Problem(", R"re(\s*ErrorCode::\w+,\s*"([a-z0-9_.]+)")re", "error.", file, used);
    Collect(source, "FailField(", pointer, "field.", file, used);
    Collect(source, "FieldError{", pointer, "field.", file, used);
    Collect(source, "errors.push_back({", pointer, "field.", file, used);
    Collect(source, "NotFound(", R"re(\s*"([a-z0-9_.]+)")re", "what.", file, used);
    for (std::sregex_iterator it(source.begin(), source.end(), literal), end; it != end; ++it)
      used.literals.insert((*it)[1].str());
  }
  used.keys.emplace("error.invalid", "src/base/result.hpp");
  used.keys.emplace("error.not_found", "src/base/result.hpp");
  return used;
}

// "error.a.b" is used by the literal "error.a.b" or "a.b", or by one that ends in a point and starts it ("title.").
bool IsUsed(std::string const& key, std::set<std::string> const& literals) {
  if (literals.contains(key)) return true;
  if (auto const point = key.find('.'); point != std::string::npos && literals.contains(key.substr(point + 1)))
    return true;
  for (std::size_t point = 0; (point = key.find('.', point)) != std::string::npos;)
    if (literals.contains(key.substr(0, ++point))) {
      auto const prefix = key.substr(0, point);
      if (prefix != "error." && prefix != "field.") return true;  // these two are prefixes of everything
    }
  return false;
}

class UsedKeys : public testing::Test {
 protected:
  static Messages const& All() {
    static auto const messages = Messages::Load(kRoot / "share/locales");
    if (!messages) throw std::runtime_error(messages.error().params.at("file") + messages.error().params.at("reason"));
    return *messages;
  }
};

TEST_F(UsedKeys, EveryKeyHasBothLanguagesWithTheSamePlaceholders) {
  auto const placeholders = [](std::string const& text) {
    std::set<std::string> out;
    std::regex const pattern(R"(\{([a-z0-9_]+)\})");
    for (std::sregex_iterator it(text.begin(), text.end(), pattern), end; it != end; ++it) out.insert((*it)[1].str());
    return out;
  };
  auto const zh = All().Keys(Locale::kZhCn);
  auto const en = All().Keys(Locale::kEnUs);
  for (auto const& key : zh) EXPECT_TRUE(All().Has(Locale::kEnUs, key)) << key << " has no en-US text";
  for (auto const& key : en) EXPECT_TRUE(All().Has(Locale::kZhCn, key)) << key << " has no zh-CN text";
  for (auto const& key : zh) {
    if (!All().Has(Locale::kEnUs, key)) continue;
    EXPECT_EQ(placeholders(All().Text(Locale::kZhCn, key)), placeholders(All().Text(Locale::kEnUs, key))) << key;
    EXPECT_FALSE(All().Text(Locale::kZhCn, key).empty()) << key;
    EXPECT_FALSE(All().Text(Locale::kEnUs, key).empty()) << key;
  }
}

TEST_F(UsedKeys, NoKeyIsDefinedTwice) { EXPECT_EQ(All().duplicates(), std::vector<std::string>{}); }

TEST_F(UsedKeys, EveryUsedKeyHasAText) {
  auto const used = Scan();
  EXPECT_GT(used.keys.size(), 20U) << "the scan finds nothing: did the calls change their form?";
  for (auto const& [key, file] : used.keys)
    EXPECT_TRUE(All().Has(Locale::kZhCn, key)) << key << " of " << file << " is in no share/locales file";
}

TEST_F(UsedKeys, EveryTextIsUsed) {
  auto const used = Scan();
  for (auto const& key : All().Keys(Locale::kZhCn))
    EXPECT_TRUE(IsUsed(key, used.literals)) << key << " is used nowhere in src/";
}

}  // namespace
}  // namespace bole::i18n
