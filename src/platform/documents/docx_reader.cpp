#include "platform/documents/docx_reader.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"
#include "platform/documents/archive.hpp"
#include "platform/documents/text_encoding.hpp"
#include "platform/documents/xml_events.hpp"

namespace bole::documents {
namespace {

constexpr std::size_t kMaxRelations = 500;
constexpr std::size_t kMaxSideParts = 40;

// Zip and XML name their errors after workbooks.
Error Named(Error error) {
  if (error.key == "xlsx.zip_bomb" || error.key == "xlsx.too_large") return {ErrorCode::kTooLarge, "document.zip_bomb"};
  if (error.key == "xlsx.encrypted") return {ErrorCode::kInvalid, "document.encrypted"};
  if (error.key.starts_with("xlsx.")) return {ErrorCode::kInvalid, "document.broken"};
  return error;
}

Result<void> Parse(ZipReader const& zip, std::string const& part, TextLimits const& limits, XmlHandler& handler) {
  XmlParser parser(handler, limits.max_xml_depth);
  auto result = zip.Stream(part, {limits.max_part_bytes, limits.max_ratio},
                           [&](std::string_view piece) { return parser.Feed(piece); });
  if (result) result = parser.Finish();
  if (!result) return tl::unexpected<Error>(Named(std::move(result).error()));
  return {};
}

struct Relation {
  std::string type, target;  // type: the last word of its URI
};

class RelationHandler final : public XmlHandler {
 public:
  Result<void> Start(std::string_view name, XmlAttributes const& attributes) override {
    if (name != "Relationship" || attributes.Get("TargetMode") == "External") return {};
    if (relations.size() == kMaxRelations) return Fail(ErrorCode::kInvalid, "document.broken");
    auto const type = attributes.Get("Type");
    relations.push_back({std::string(type.substr(type.rfind('/') + 1)), std::string(attributes.Get("Target"))});
    return {};
  }
  Result<void> End(std::string_view /*name*/) override { return {}; }
  Result<void> Text(std::string_view /*text*/) override { return {}; }

  std::vector<Relation> relations;
};

std::string Folder(std::string const& part) {
  auto const slash = part.rfind('/');
  return slash == std::string::npos ? "" : part.substr(0, slash + 1);
}

// Relations of a part ("" for the package), with targets as names inside the archive.
Result<std::vector<Relation>> Relations(ZipReader const& zip, std::string const& part, TextLimits const& limits) {
  auto const folder = Folder(part);
  auto const file = folder + "_rels/" + part.substr(folder.size()) + ".rels";
  if (!zip.Has(file)) return std::vector<Relation>{};
  RelationHandler handler;
  BOLE_TRY(Parse(zip, file, limits, handler));
  for (auto& [type, target] : handler.relations) target = target.starts_with('/') ? target.substr(1) : folder + target;
  return std::move(handler.relations);
}

class BodyHandler final : public XmlHandler {
 public:
  BodyHandler(TextLimits const& limits, std::string& out) : limits_(limits), out_(out) {}

  Result<void> Start(std::string_view name, XmlAttributes const& /*attributes*/) override {
    // What older programs show instead of a text box that was read already.
    if (skipped_ > 0 || name == "Fallback") return ++skipped_, Result<void>{};
    if (name == "t") capture_ = true;
    if (name == "tc") ++cells_;
    if (name == "tab") return Add("\t");
    if (name == "br" || name == "cr") return Add("\n");
    if (name == "noBreakHyphen") return Add("-");
    return {};
  }
  Result<void> End(std::string_view name) override {
    if (skipped_ > 0) return --skipped_, Result<void>{};
    if (name == "t") capture_ = false;
    if (name == "p") return Add(cells_ > 0 ? " " : "\n");
    if (name == "tc") return --cells_, Add("\t");
    if (name == "tr") return Add("\n");
    return {};
  }
  Result<void> Text(std::string_view text) override { return capture_ && skipped_ == 0 ? Add(text) : Result<void>{}; }

 private:
  Result<void> Add(std::string_view text) {
    out_ += text;
    constexpr std::size_t kLongestPoint = 4;
    if (out_.size() <= limits_.max_characters * kLongestPoint) return {};
    return Fail(ErrorCode::kTooLarge, "document.too_long", {{"limit", std::to_string(limits_.max_characters)}});
  }

  TextLimits const& limits_;
  std::string& out_;
  std::size_t skipped_ = 0, cells_ = 0;
  bool capture_ = false;
};

// No spaces at the ends of lines, at most one empty line in a row.
std::string Tidy(std::string_view text) {
  std::string out;
  std::size_t empty = 1;  // none at the beginning
  for (auto const& line : Split(text, '\n')) {
    auto const end = line.find_last_not_of(" \t");
    auto const kept = end == std::string::npos ? std::string() : line.substr(0, end + 1);
    empty = kept.empty() ? empty + 1 : 0;
    if (empty < 2) out += ReplaceAll(kept, " \t", "\t") + "\n";
  }
  while (out.ends_with('\n')) out.pop_back();
  return out;
}

Result<std::string> MainPart(ZipReader const& zip, TextLimits const& limits) {
  BOLE_ASSIGN(auto const relations, Relations(zip, "", limits));
  for (auto const& [type, target] : relations)
    if (type == "officeDocument" && target.starts_with("word/") && zip.Has(target)) return target;
  return Fail(ErrorCode::kUnsupported, "document.unknown_type");
}

Result<ZipReader> Open(std::string_view bytes) {
  auto zip = ZipReader::Open(bytes);
  if (!zip) return tl::unexpected<Error>(Named(std::move(zip).error()));
  return zip;
}

}  // namespace

Result<FileKind> DocxKind(std::string_view bytes) {
  BOLE_ASSIGN(auto const zip, Open(bytes));
  BOLE_TRY(MainPart(zip, {}));
  return FileKind::docx;
}

Result<FileText> ReadDocx(std::string_view bytes, TextLimits const& limits) {
  BOLE_ASSIGN(auto const zip, Open(bytes));
  BOLE_ASSIGN(auto const body, MainPart(zip, limits));
  BOLE_ASSIGN(auto const relations, Relations(zip, body, limits));
  std::vector<std::string> parts;
  auto const add = [&](std::string_view kind) {
    for (auto const& [type, target] : relations)
      if (type == kind && parts.size() < kMaxSideParts && zip.Has(target) && std::ranges::count(parts, target) == 0)
        parts.push_back(target);
  };
  add("header");
  parts.push_back(body);
  for (auto const* kind : {"footnotes", "endnotes", "footer"}) add(kind);
  std::string text;
  for (auto const& part : parts) {
    BodyHandler handler(limits, text);
    BOLE_TRY(Parse(zip, part, limits, handler));
  }
  FileText out{FileKind::docx, Tidy(CleanText(text)), 0};
  if (CountCodePoints(out.text) > limits.max_characters)
    return Fail(ErrorCode::kTooLarge, "document.too_long", {{"limit", std::to_string(limits.max_characters)}});
  return out;
}

}  // namespace bole::documents
