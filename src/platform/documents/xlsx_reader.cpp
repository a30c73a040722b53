#include "platform/documents/xlsx_reader.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "platform/documents/xlsx_parts.hpp"
#include "platform/documents/xml_events.hpp"

namespace bole::documents {
namespace {

constexpr std::size_t kExcelRows = 1'048'576;

// Turns the events of one sheet into rows. What a single cell gets wrong becomes a kError cell, so that a person sees
// row and column; only a broken file stops the reading.
class SheetHandler final : public XmlHandler {
 public:
  SheetHandler(XlsxLimits const& limits, StringTable const& strings, std::vector<NumberStyle> const& styles,
               bool since_1904, RowFunction const& on_row)
      : limits_(limits), strings_(strings), styles_(styles), since_1904_(since_1904), on_row_(on_row) {}

  Result<void> Start(std::string_view name, XmlAttributes const& attributes) override {
    if (name == "row") return StartRow(attributes.Get("r"));
    if (name == "c") return StartCell(attributes);
    if (name == "rPh") ++phonetic_;
    capture_ = in_cell_ && phonetic_ == 0 && (name == "v" || name == "t");
    return {};
  }
  Result<void> End(std::string_view name) override {
    capture_ = false;
    if (name == "rPh") --phonetic_;
    if (name == "c") return EndCell();
    if (name == "row") return EndRow();
    return {};
  }
  Result<void> Text(std::string_view text) override {
    if (!capture_) return {};
    if (text_.size() + text.size() > limits_.max_cell_bytes)
      return Fail(ErrorCode::kInvalid, "xlsx.cell_too_long",
                  {{"row", std::to_string(row_)},
                   {"column", ColumnName(column_)},
                   {"limit", std::to_string(limits_.max_cell_bytes)}});
    text_ += text;
    return {};
  }

  [[nodiscard]] std::size_t delivered() const { return delivered_; }
  [[nodiscard]] std::size_t row() const { return row_; }

 private:
  Result<void> StartRow(std::string_view number) {
    auto next = row_ + 1;
    if (!number.empty()) std::from_chars(number.data(), number.data() + number.size(), next);
    if (next == 0 || next > kExcelRows) return Fail(ErrorCode::kInvalid, "xlsx.broken");
    row_ = next;
    column_ = 0;
    cells_.clear();
    return {};
  }
  Result<void> StartCell(XmlAttributes const& attributes) {
    std::size_t column = 0;
    std::size_t row = 0;
    auto const reference = attributes.Get("r");
    if (reference.empty()) {
      column = column_ + 1;
    } else if (!ParseReference(reference, column, row)) {
      return Fail(ErrorCode::kInvalid, "xlsx.broken");
    }
    column_ = column;
    in_cell_ = true;
    text_.clear();
    type_ = attributes.Get("t");
    style_ = 0;
    auto const style = attributes.Get("s");
    std::from_chars(style.data(), style.data() + style.size(), style_);
    return {};
  }
  Result<void> EndCell() {
    in_cell_ = false;
    auto cell = MakeCell();
    if (cell.empty()) return {};
    if (column_ > limits_.max_columns)
      return Fail(ErrorCode::kInvalid, "xlsx.too_many_columns",
                  {{"row", std::to_string(row_)}, {"limit", std::to_string(limits_.max_columns)}});
    if (cells_.size() < column_) cells_.resize(column_);
    cells_[column_ - 1] = std::move(cell);
    return {};
  }
  Result<void> EndRow() {
    if (cells_.empty()) return {};
    if (delivered_ == limits_.max_rows)
      return Fail(ErrorCode::kTooLarge, "xlsx.too_many_rows", {{"limit", std::to_string(limits_.max_rows)}});
    ++delivered_;
    auto result = on_row_(row_, cells_);
    cells_.clear();
    return result;
  }
  Cell MakeCell() {
    if (text_.empty()) return {};
    if (type_ == "s") {
      std::size_t index = 0;
      auto const* const end = text_.data() + text_.size();
      auto const parsed = std::from_chars(text_.data(), end, index);
      if (parsed.ptr != end || index >= strings_.size()) return Cell{CellKind::kError, "#" + text_};
      auto const shared = strings_.at(index);
      return shared.empty() ? Cell{} : Cell{CellKind::kText, ReplaceAll(std::string(shared), "\r\n", "\n")};
    }
    if (type_ == "inlineStr" || type_ == "str")
      return Cell{CellKind::kText, ReplaceAll(DecodeEscapes(std::move(text_)), "\r\n", "\n")};
    if (type_ == "b") return Cell{CellKind::kBoolean, text_ == "1" || text_ == "true" ? "true" : "false"};
    if (type_ == "e") return Cell{CellKind::kError, std::move(text_)};
    if (type_ == "d") {
      if (text_.ends_with("T00:00:00")) text_.resize(text_.size() - 9);
      return Cell{CellKind::kDate, std::move(text_)};
    }
    return NumberCell(text_, style_ < styles_.size() ? styles_[style_] : NumberStyle::kNumber, since_1904_);
  }

  XlsxLimits const& limits_;
  StringTable const& strings_;
  std::vector<NumberStyle> const& styles_;
  bool since_1904_;
  RowFunction const& on_row_;
  std::size_t row_ = 0, column_ = 0, delivered_ = 0, style_ = 0;
  std::vector<Cell> cells_;
  std::string text_, type_;
  int phonetic_ = 0;
  bool in_cell_ = false, capture_ = false;
};

Error NameOpenError(std::string_view bytes, Error const& error) {
  if (bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) {  // an OLE file: encrypted OOXML, or Excel 97
    static constexpr char kPackage[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    bool const encrypted = bytes.find(std::string_view(kPackage, sizeof(kPackage))) != std::string_view::npos;
    return {ErrorCode::kUnsupported, encrypted ? "xlsx.encrypted" : "xlsx.old_format"};
  }
  return {error.code, error.key, {}, {{"part", "zip"}}};
}

WorkbookInfo::Sheet const* ChooseSheet(WorkbookInfo const& info, std::string_view wanted) {
  auto const found = std::find_if(info.sheets.begin(), info.sheets.end(), [&](auto const& sheet) {
    return wanted.empty() ? !sheet.hidden : sheet.name == wanted;
  });
  return found == info.sheets.end() ? nullptr : &*found;
}

}  // namespace

Result<XlsxSummary> ReadXlsx(std::string_view bytes, XlsxLimits const& limits, RowFunction const& on_row,
                             std::string_view sheet) {
  if (bytes.size() > limits.max_file_bytes)
    return Fail(ErrorCode::kTooLarge, "xlsx.too_large", {{"limit", std::to_string(limits.max_file_bytes >> 20U)}});
  auto zip = ZipReader::Open(bytes);
  if (!zip) return tl::unexpected<Error>(NameOpenError(bytes, zip.error()));
  BOLE_ASSIGN(auto const info, ReadWorkbook(*zip, limits));
  auto const* const chosen = ChooseSheet(info, sheet);
  if (chosen == nullptr) return Fail(ErrorCode::kInvalid, "xlsx.no_sheet", {{"sheet", std::string(sheet)}});
  BOLE_ASSIGN(auto const strings, ReadSharedStrings(*zip, info.shared_strings_path, limits));
  BOLE_ASSIGN(auto const styles, ReadStyles(*zip, info.styles_path, limits));
  SheetHandler handler(limits, strings, styles, info.since_1904, on_row);
  auto result = ParsePart(*zip, chosen->path, limits.max_part_bytes, limits, handler);
  if (!result) {
    auto error = std::move(result).error();
    if (error.key == "xlsx.broken") error.params["row"] = std::to_string(handler.row());
    return tl::unexpected<Error>(std::move(error));
  }
  XlsxSummary summary{chosen->name, {}, handler.delivered()};
  for (auto const& each : info.sheets) summary.sheet_names.push_back(each.name);
  return summary;
}

std::string ColumnName(std::size_t column) {
  std::string name;
  for (; column > 0; column = (column - 1) / 26) name.insert(name.begin(), static_cast<char>('A' + (column - 1) % 26));
  return name;
}

}  // namespace bole::documents
