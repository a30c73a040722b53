#include "media/speech/model_registry.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/text.hpp"

namespace bole::media {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

std::string ReadAll(fs::path const& file) {
  std::ifstream in(file, std::ios::binary);
  constexpr std::uintmax_t kLargest = 1 << 20;
  std::error_code error;
  if (fs::file_size(file, error) > kLargest || error) return {};
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string Text(json::object const& object, char const* key) {
  auto const* value = object.if_contains(key);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

// The parts of file names by which the releases of sherpa-onnx tell roles.
struct RoleName {
  char const *role, *part, *ending;
};
constexpr RoleName kRoles[] = {{"tokens", "tokens", ".txt"},
                               {"encoder", "encoder", ".onnx"},
                               {"uncached_decoder", "uncached_decode", ".onnx"},
                               {"cached_decoder", "cached_decode", ".onnx"},
                               {"decoder", "decoder", ".onnx"},
                               {"joiner", "joiner", ".onnx"},
                               {"preprocessor", "preprocess", ".onnx"},
                               {"encoder", "encode", ".onnx"},
                               {"vocoder", "vocos", ".onnx"},
                               {"acoustic_model", "model-steps", ".onnx"},
                               {"voices", "voices", ".bin"},
                               {"lexicon", "lexicon", ".txt"},
                               {"model", "", ".onnx"}};

bool IsPinyin(std::string_view text) {
  static constexpr std::string_view kInitials[] = {"zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g",
                                                   "k",  "h",  "j",  "q", "x", "r", "z", "c", "s", "y", "w", ""};
  static constexpr std::string_view kFinals[] = {"a",   "o",    "e",    "i",   "u",   "v",   "ai",  "ei",   "ui",
                                                 "ao",  "ou",   "iu",   "ie",  "ve",  "ue",  "er",  "an",   "en",
                                                 "in",  "un",   "vn",   "ang", "eng", "ing", "ong", "ia",   "iao",
                                                 "ian", "iang", "iong", "ua",  "uo",  "uai", "uan", "uang", "io"};
  for (auto initial : kInitials) {
    if (!text.starts_with(initial)) continue;
    auto const rest = text.substr(initial.size());
    if (std::find(std::begin(kFinals), std::end(kFinals), rest) != std::end(kFinals)) return true;
  }
  return text == "m" || text == "n" || text == "ng";
}

}  // namespace

bool IsModelId(std::string const& id) {
  constexpr std::size_t kLongest = 128;
  return !id.empty() && id.size() <= kLongest && id[0] != '.' && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  });
}

Result<ModelCard> ParseModelCard(std::string const& text) {
  boost::system::error_code error;
  auto const value = json::parse(text, error);
  auto const* object = error ? nullptr : value.if_object();
  if (!object) return FailField("", "json");
  ModelCard card;
  card.id = Text(*object, "id");
  card.purpose = Text(*object, "purpose");
  card.family = Text(*object, "family");
  card.licence = Text(*object, "licence");
  card.dir = Text(*object, "dir");
  if (auto const* languages = object->if_contains("languages"); languages && languages->is_array())
    for (auto const& entry : languages->get_array())
      if (entry.is_string()) card.languages.emplace_back(entry.get_string());
  if (auto const* files = object->if_contains("files"); files && files->is_object())
    for (auto const& [role, file] : files->get_object())
      if (file.is_string()) card.files[std::string(role)] = std::string(file.get_string());
  if (auto const* pinyin = object->if_contains("pinyin")) card.pinyin = pinyin->is_bool() && pinyin->get_bool();
  if (!IsModelId(card.id)) return FailField("/id", "format");
  if (card.family.empty()) return FailField("/family", "required");
  for (auto const& [role, file] : card.files)
    if (file.starts_with('/') || file.find("..") != std::string::npos) return FailField("/files/" + role, "format");
  return card;
}

std::string FormatModelCard(ModelCard const& card) {
  json::object files;
  for (auto const& [role, file] : card.files) files[role] = file;
  json::object out{{"id", card.id},
                   {"purpose", card.purpose},
                   {"family", card.family},
                   {"languages", json::value_from(card.languages)},
                   {"licence", card.licence},
                   {"pinyin", card.pinyin},
                   {"files", std::move(files)}};
  if (!card.dir.empty()) out["dir"] = card.dir;
  return json::serialize(out) + "\n";
}

std::vector<ModelCard> ModelRegistry::List() const {
  std::vector<ModelCard> out;
  std::error_code error;
  for (auto const& entry : fs::directory_iterator(dir_, error)) {
    auto card = ParseModelCard(ReadAll(entry.path() / "model.json"));
    if (!card) continue;
    if (card->dir.empty()) card->dir = entry.path().string();
    out.push_back(*std::move(card));
  }
  std::sort(out.begin(), out.end(), [](auto const& a, auto const& b) { return a.id < b.id; });
  return out;
}

std::optional<ModelCard> ModelRegistry::Find(std::string const& id) const {
  for (auto& card : List())
    if (card.id == id) return card;
  return std::nullopt;
}

Result<void> ModelRegistry::Add(ModelCard const& card) const {
  auto checked = ParseModelCard(FormatModelCard(card));
  if (!checked) return tl::unexpected<Error>(checked.error());
  if (card.files.empty()) return FailField("/files", "required");
  auto const folder = fs::path(dir_) / card.id;
  std::error_code error;
  fs::create_directories(folder, error);
  auto stored = card;
  if (!stored.dir.empty() && fs::equivalent(stored.dir, folder, error)) stored.dir.clear();
  std::ofstream out(folder / "model.json", std::ios::binary | std::ios::trunc);
  out << FormatModelCard(stored);
  out.close();
  if (!out) return Fail(ErrorCode::kUnavailable, "engine.models_not_writable", {{"dir", dir_}});
  return {};
}

Result<ModelCard> DescribeModelDir(std::string const& dir, std::string const& family,
                                   std::vector<std::string> languages, std::string id) {
  std::error_code error;
  auto const path = fs::absolute(dir, error).lexically_normal();
  if (!fs::is_directory(path, error)) return NotFound("folder");
  std::vector<std::string> names;
  for (auto const& entry : fs::directory_iterator(path, error))
    if (entry.is_regular_file()) names.push_back(entry.path().filename().string());
  // "model.int8.onnx" before "model.onnx": the smaller and faster one when a release ships both.
  std::sort(names.begin(), names.end(), [](auto const& a, auto const& b) {
    bool const a8 = a.find("int8") != std::string::npos, b8 = b.find("int8") != std::string::npos;
    return a8 != b8 ? a8 : a < b;
  });
  ModelCard card;
  card.id = id.empty() ? (path.filename().empty() ? path.parent_path() : path).filename().string() : std::move(id);
  card.purpose = "speech";
  card.family = family;
  card.languages = std::move(languages);
  card.dir = path.string();
  for (auto const& name : names)
    for (auto const& role : kRoles)
      if (name.ends_with(role.ending) && name.find(role.part) != std::string::npos) {
        card.files.try_emplace(role.role, name);
        break;
      }
  if (!IsModelId(card.id)) return FailField("/id", "format");
  if (card.files.empty()) return FailField("/files", "required");
  if (card.files.contains("tokens")) card.pinyin = PrintsPinyin((path / card.files["tokens"]).string());
  return card;
}

bool PrintsPinyin(std::string const& tokens_file) {
  std::ifstream in(tokens_file);
  std::size_t pinyin = 0, all = 0;
  for (std::string line; std::getline(in, line);) {
    auto token = std::string(line.substr(0, line.rfind(' ')));
    token = ReplaceAll(ReplaceAll(std::move(token), "▁", ""), " ", "");
    if (token.empty() || token.front() == '<') continue;
    ++all;
    pinyin += token.size() > 1 && IsPinyin(token);
  }
  constexpr std::size_t kFewest = 300, kMost = 2000;  // there are about 400 toneless syllables
  return all >= kFewest && all <= kMost && pinyin * 10 >= all * 9;
}

}  // namespace bole::media
