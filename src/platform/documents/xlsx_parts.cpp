#include "platform/documents/xlsx_parts.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>

#include "platform/documents/xml_events.hpp"

namespace bole::documents {
namespace {

constexpr std::uint64_t kMaxSmallPart = 32U << 20;

int ToInt(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}
bool IsTrue(std::string_view text) { return text == "1" || text == "true"; }

struct Relation {
  std::string type, target;
};

class RelationsHandler final : public XmlHandler {
 public:
  Result<void> Start(std::string_view name, XmlAttributes const& attributes) override {
    if (name != "Relationship") return {};
    auto const type = attributes.Get("Type");
    relations.emplace(std::string(attributes.Get("Id")),
                      Relation{std::string(type.substr(type.rfind('/') + 1)), std::string(attributes.Get("Target"))});
    return {};
  }
  Result<void> End(std::string_view) override { return {}; }
  Result<void> Text(std::string_view) override { return {}; }

  std::map<std::string, Relation> relations;
};

class WorkbookHandler final : public XmlHandler {
 public:
  Result<void> Start(std::string_view name, XmlAttributes const& attributes) override {
    if (name == "workbookPr") info.since_1904 = IsTrue(attributes.Get("date1904"));
    if (name == "sheet")
      info.sheets.push_back({std::string(attributes.Get("name")),
                             std::string(attributes.Get("id")),
                             {},
                             attributes.Get("state").find("idden") != std::string_view::npos});
    return {};
  }
  Result<void> End(std::string_view) override { return {}; }
  Result<void> Text(std::string_view) override { return {}; }

  WorkbookInfo info;
};

class StringsHandler final : public XmlHandler {
 public:
  Result<void> Start(std::string_view name, XmlAttributes const&) override {
    if (name == "rPh") ++phonetic_;
    in_text_ = name == "t" && phonetic_ == 0;
    return {};
  }
  Result<void> End(std::string_view name) override {
    in_text_ = false;
    if (name == "rPh") --phonetic_;
    if (name == "si") {
      table.Add(DecodeEscapes(std::move(current_)));
      current_.clear();
    }
    return {};
  }
  Result<void> Text(std::string_view text) override {
    if (in_text_) current_ += text;
    return {};
  }

  StringTable table;

 private:
  std::string current_;
  int phonetic_ = 0;
  bool in_text_ = false;
};

class StylesHandler final : public XmlHandler {
 public:
  Result<void> Start(std::string_view name, XmlAttributes const& attributes) override {
    if (name == "numFmt") custom_[ToInt(attributes.Get("numFmtId"))] = StyleOfFormatCode(attributes.Get("formatCode"));
    if (name == "cellXfs") in_cells_ = true;
    if (name == "xf" && in_cells_) {
      auto const id = ToInt(attributes.Get("numFmtId"));
      auto const found = custom_.find(id);
      styles.push_back(found == custom_.end() ? StyleOfBuiltIn(id) : found->second);
    }
    return {};
  }
  Result<void> End(std::string_view name) override {
    if (name == "cellXfs") in_cells_ = false;
    return {};
  }
  Result<void> Text(std::string_view) override { return {}; }

  std::vector<NumberStyle> styles;

 private:
  std::map<int, NumberStyle> custom_;
  bool in_cells_ = false;
};

// A relation's target, relative to the folder of the part that holds it.
std::string Resolve(std::string_view folder, std::string target) {
  std::replace(target.begin(), target.end(), '\\', '/');
  if (target.starts_with('/')) return target.substr(1);
  std::string base(folder);
  while (target.starts_with("../")) {
    target.erase(0, 3);
    base.resize(base.empty() ? 0 : base.size() - 1);
    base.resize(base.rfind('/') == std::string::npos ? 0 : base.rfind('/') + 1);
  }
  return base + target;
}

Result<std::string> FindWorkbook(ZipReader const& zip, XlsxLimits const& limits) {
  RelationsHandler root;
  if (zip.Has("_rels/.rels")) {
    BOLE_TRY(ParsePart(zip, "_rels/.rels", kMaxSmallPart, limits, root));
  }
  for (auto const& [id, relation] : root.relations)
    if (relation.type == "officeDocument")
      if (auto path = Resolve("", relation.target); zip.Has(path)) return path;
  if (zip.Has("xl/workbook.xml")) return "xl/workbook.xml";
  return Fail(ErrorCode::kInvalid, "xlsx.not_a_workbook");
}

}  // namespace

void StringTable::Add(std::string_view text) {
  arena_ += text;
  ends_.push_back(static_cast<std::uint32_t>(arena_.size()));
}
std::string_view StringTable::at(std::size_t index) const {
  auto const begin = index == 0 ? 0U : ends_[index - 1];
  return std::string_view(arena_).substr(begin, ends_[index] - begin);
}

Result<void> ParsePart(ZipReader const& zip, std::string const& path, std::uint64_t max_bytes, XlsxLimits const& limits,
                       XmlHandler& handler) {
  XmlParser parser(handler, limits.max_xml_depth);
  auto result =
      zip.Stream(path, {max_bytes, limits.max_ratio}, [&](std::string_view piece) { return parser.Feed(piece); });
  if (result) result = parser.Finish();
  if (!result && result.error().key.starts_with("xlsx.")) result.error().params.emplace("part", path);
  return result;
}

Result<WorkbookInfo> ReadWorkbook(ZipReader const& zip, XlsxLimits const& limits) {
  BOLE_ASSIGN(auto const path, FindWorkbook(zip, limits));
  auto const slash = path.rfind('/');
  auto const folder = slash == std::string::npos ? std::string() : path.substr(0, slash + 1);
  WorkbookHandler workbook;
  BOLE_TRY(ParsePart(zip, path, kMaxSmallPart, limits, workbook));
  RelationsHandler relations;
  auto const relations_path = folder + "_rels/" + path.substr(folder.size()) + ".rels";
  if (zip.Has(relations_path)) {
    BOLE_TRY(ParsePart(zip, relations_path, kMaxSmallPart, limits, relations));
  }
  auto info = std::move(workbook.info);
  for (auto const& [id, relation] : relations.relations) {
    auto const target = Resolve(folder, relation.target);
    if (relation.type == "sharedStrings" && zip.Has(target)) info.shared_strings_path = target;
    if (relation.type == "styles" && zip.Has(target)) info.styles_path = target;
    for (auto& sheet : info.sheets)
      if (sheet.relation == id && relation.type == "worksheet" && zip.Has(target)) sheet.path = target;
  }
  std::erase_if(info.sheets, [](auto const& sheet) { return sheet.path.empty(); });
  return info;
}

Result<StringTable> ReadSharedStrings(ZipReader const& zip, std::string const& path, XlsxLimits const& limits) {
  StringsHandler handler;
  auto const most = std::min<std::uint64_t>(limits.max_shared_string_bytes, std::numeric_limits<std::uint32_t>::max());
  if (!path.empty()) {
    BOLE_TRY(ParsePart(zip, path, most, limits, handler));
  }
  return std::move(handler.table);
}

Result<std::vector<NumberStyle>> ReadStyles(ZipReader const& zip, std::string const& path, XlsxLimits const& limits) {
  StylesHandler handler;
  if (!path.empty()) {
    BOLE_TRY(ParsePart(zip, path, kMaxSmallPart, limits, handler));
  }
  return std::move(handler.styles);
}

bool ParseReference(std::string_view reference, std::size_t& column, std::size_t& row) {
  column = row = 0;
  std::size_t at = 0;
  for (; at < reference.size() && reference[at] >= 'A' && reference[at] <= 'Z'; ++at) {
    if (at == 3) return false;
    column = column * 26 + static_cast<std::size_t>(reference[at] - 'A' + 1);
  }
  auto const* const end = reference.data() + reference.size();
  auto const parsed = std::from_chars(reference.data() + at, end, row);
  return at > 0 && (parsed.ptr == end) && (parsed.ec == std::errc() || at == reference.size());
}

}  // namespace bole::documents
