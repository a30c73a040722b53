#include "platform/documents/xlsx_writer.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/text.hpp"
#include "platform/documents/watermark.hpp"

namespace bole::documents {
namespace {

constexpr std::size_t kMaxCellCharacters = 32'767;
constexpr lxw_row_t kLastRow = 1'048'575;

std::string Cut(std::string const& text, std::size_t characters) {
  if (text.size() <= characters) return text;
  auto points = DecodeUtf8(text);
  if (points.size() > characters) points.resize(characters);
  return EncodeUtf8(points);
}

// What XML 1.0 cannot hold, and broken UTF-8, must not make a file that Excel calls damaged.
std::string Clean(std::string const& text, std::size_t characters = kMaxCellCharacters) {
  auto clean = Cut(IsValidUtf8(text) ? text : EncodeUtf8(DecodeUtf8(text)), characters);
  std::erase_if(clean, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; });
  return clean;
}

std::string LegalSheetName(std::string name, std::set<std::string>& used) {
  std::erase_if(name, [](char c) { return std::string_view("[]:*?/\\'").find(c) != std::string_view::npos; });
  name = Clean(name, 31);
  if (name.empty()) name = "Sheet";
  auto unique = name;
  for (int n = 2; !used.insert(AsciiLower(unique)).second; ++n) unique = Cut(name, 26) + " (" + std::to_string(n) + ")";
  return unique;
}

// Excel allows 255 characters, "&" begins a code of the format, and a digit behind "&8" would belong to the size. What
// is too long loses its middle: names stand first, the record last.
std::string PrintedFoot(std::string const& text) {
  constexpr std::size_t kMost = 240, kTail = 100;
  auto const doubled = DecodeUtf8(ReplaceAll(Clean(text, 1000), "&", "&&"));
  if (doubled.size() <= kMost) return "&L&8 " + EncodeUtf8(doubled);
  auto const halved = [](std::u32string const& part) { return std::count(part.begin(), part.end(), U'&') % 2 != 0; };
  auto head = doubled.substr(0, kMost - kTail - 2), tail = doubled.substr(doubled.size() - kTail);
  if (halved(head)) head.push_back(U'&');
  if (halved(tail)) tail.insert(tail.begin(), U'&');
  return "&L&8 " + EncodeUtf8(head) + "…" + EncodeUtf8(tail);
}

lxw_color_t ToneColour(XlsxTone tone) {
  switch (tone) {
    case XlsxTone::kGood:
      return 0xE3F1EC;
    case XlsxTone::kWarning:
      return 0xFBF1DD;
    case XlsxTone::kBad:
      return 0xF9E3E1;
    case XlsxTone::kPlain:
      break;
  }
  return 0;
}

}  // namespace

struct XlsxWriter::Impl {
  int file = -1;  // in memory: exports hold personal data and must not touch the disk
  lxw_workbook* book = nullptr;
  lxw_worksheet* sheet = nullptr;
  std::vector<XlsxColumn> columns{};
  std::vector<lxw_worksheet*> sheets{};
  std::string watermark{};
  std::set<std::string> names{};
  std::map<std::tuple<XlsxTone, bool, bool>, lxw_format*> formats{};
  lxw_row_t row = 0;
  bool failed = false;

  ~Impl() {
    if (book != nullptr) workbook_close(book);
    if (file >= 0) close(file);
  }
  lxw_format* FormatFor(XlsxTone tone, bool date, bool wrap) {
    auto& format = formats[{tone, date, wrap}];
    if (format != nullptr) return format;
    format = workbook_add_format(book);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    format_set_num_format(format, date ? "yyyy-mm-dd" : "General");
    if (wrap) format_set_text_wrap(format);
    if (tone != XlsxTone::kPlain) format_set_bg_color(format, ToneColour(tone));
    return format;
  }
  lxw_format* TextFormat(bool wrap) {  // "@": what a person types into a template stays text too
    auto* format = workbook_add_format(book);
    format_set_num_format(format, "@");
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (wrap) format_set_text_wrap(format);
    return format;
  }
  lxw_format* HeaderFormat(bool required) {
    auto* format = workbook_add_format(book);
    format_set_bold(format);
    format_set_font_color(format, 0xFFFFFF);
    format_set_bg_color(format, required ? 0x12548C : 0x3B4657);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    format_set_text_wrap(format);
    format_set_border(format, LXW_BORDER_THIN);
    format_set_border_color(format, 0xD6DDE6);
    return format;
  }
  void AddChoices(lxw_col_t column, std::vector<std::string> const& choices) {
    std::vector<std::string> clean;
    std::size_t length = 0;
    for (auto const& choice : choices) {
      clean.push_back(Clean(choice, 255));
      length += CountCodePoints(clean.back()) + 1;
    }
    if (length > 255) return AddLongChoices(column, clean);
    std::vector<char*> list;
    for (auto& choice : clean) list.push_back(choice.data());
    list.push_back(nullptr);
    lxw_data_validation validation{};
    validation.validate = LXW_VALIDATION_TYPE_LIST;
    validation.value_list = list.data();
    if (worksheet_data_validation_range(sheet, 1, column, kLastRow, column, &validation) != LXW_NO_ERROR) failed = true;
  }
  void DrawWatermarks() {
    auto const tile = WatermarkTile(watermark);
    auto const foot = PrintedFoot(watermark);
    if (!tile) failed = true;
    for (auto* each : sheets) {
      if (worksheet_set_footer(each, foot.c_str()) != LXW_NO_ERROR) failed = true;
      if (tile && worksheet_set_background_buffer(each, reinterpret_cast<unsigned char const*>(tile->data()),
                                                  tile->size()) != LXW_NO_ERROR)
        failed = true;
    }
  }
  // Excel allows 255 characters inside a rule; longer lists stand on a hidden sheet.
  void AddLongChoices(lxw_col_t column, std::vector<std::string> const& choices) {
    auto const name = LegalSheetName("choices " + std::to_string(names.size()), names);
    auto* hidden = workbook_add_worksheet(book, name.c_str());
    for (std::size_t i = 0; i < choices.size(); ++i)
      worksheet_write_string(hidden, static_cast<lxw_row_t>(i), 0, choices[i].c_str(), nullptr);
    worksheet_hide(hidden);
    auto formula = "='" + name + "'!$A$1:$A$" + std::to_string(choices.size());
    lxw_data_validation validation{};
    validation.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
    validation.value_formula = formula.data();
    if (worksheet_data_validation_range(sheet, 1, column, kLastRow, column, &validation) != LXW_NO_ERROR) failed = true;
  }
};

XlsxWriter::XlsxWriter(std::string title, Instant created) : impl_(std::make_unique<Impl>()) {
  impl_->file = memfd_create("bole-xlsx", MFD_CLOEXEC);
  auto const path = "/proc/self/fd/" + std::to_string(impl_->file);
  impl_->book = workbook_new(path.c_str());
  title = Clean(title, 255);
  lxw_doc_properties properties{};
  properties.title = title.data();
  properties.created = std::chrono::floor<std::chrono::seconds>(created).time_since_epoch().count();
  workbook_set_properties(impl_->book, &properties);
}
XlsxWriter::~XlsxWriter() = default;

void XlsxWriter::AddSheet(XlsxSheet const& sheet) {
  auto& impl = *impl_;
  auto const name = LegalSheetName(sheet.name, impl.names);
  impl.sheet = workbook_add_worksheet(impl.book, name.c_str());
  impl.columns = sheet.columns;
  impl.row = 1;
  if (impl.sheet == nullptr) {
    impl.failed = true;
    return;
  }
  impl.sheets.push_back(impl.sheet);
  worksheet_set_row(impl.sheet, 0, 24, nullptr);
  auto* const plain = impl.HeaderFormat(false);
  auto* const required = impl.HeaderFormat(true);
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    auto const& column = sheet.columns[i];
    auto const at = static_cast<lxw_col_t>(i);
    worksheet_set_column(impl.sheet, at, at, column.width, impl.TextFormat(column.wrap));
    auto const title = Clean(column.title) + (column.required ? " *" : "");
    worksheet_write_string(impl.sheet, 0, at, title.c_str(), column.required ? required : plain);
    if (!column.note.empty()) worksheet_write_comment(impl.sheet, 0, at, Clean(column.note, 4000).c_str());
    if (!column.choices.empty()) impl.AddChoices(at, column.choices);
  }
  if (sheet.freeze_header) worksheet_freeze_panes(impl.sheet, 1, 0);
  if (sheet.filter && !sheet.columns.empty())
    worksheet_autofilter(impl.sheet, 0, 0, 0, static_cast<lxw_col_t>(sheet.columns.size() - 1));
  worksheet_set_landscape(impl.sheet);
  worksheet_set_paper(impl.sheet, 9);  // A4
  worksheet_fit_to_pages(impl.sheet, 1, 0);
  worksheet_repeat_rows(impl.sheet, 0, 0);
}

void XlsxWriter::AddRow(std::vector<XlsxValue> const& values, XlsxTone tone) {
  auto& impl = *impl_;
  if (impl.sheet == nullptr || impl.row > kLastRow) {
    impl.failed = true;
    return;
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    auto const at = static_cast<lxw_col_t>(i);
    bool const wrap = i < impl.columns.size() && impl.columns[i].wrap;
    auto const& value = values[i];
    auto* const format = impl.FormatFor(tone, std::holds_alternative<Date>(value), wrap);
    if (auto const* text = std::get_if<std::string>(&value)) {
      if (!text->empty()) worksheet_write_string(impl.sheet, impl.row, at, Clean(*text).c_str(), format);
    } else if (auto const* number = std::get_if<double>(&value)) {
      worksheet_write_number(impl.sheet, impl.row, at, *number, format);
    } else if (auto const* date = std::get_if<Date>(&value)) {
      lxw_datetime day{};
      day.year = static_cast<int>(date->value.year());
      day.month = static_cast<int>(static_cast<unsigned>(date->value.month()));
      day.day = static_cast<int>(static_cast<unsigned>(date->value.day()));
      worksheet_write_datetime(impl.sheet, impl.row, at, &day, format);
    } else if (auto const* flag = std::get_if<bool>(&value)) {
      worksheet_write_boolean(impl.sheet, impl.row, at, *flag ? 1 : 0, format);
    } else if (tone != XlsxTone::kPlain) {
      worksheet_write_blank(impl.sheet, impl.row, at, format);
    }
  }
  ++impl.row;
}

void XlsxWriter::Watermark(std::string const& text) { impl_->watermark = text; }

Result<std::string> XlsxWriter::Finish() {
  auto& impl = *impl_;
  if (impl.sheet == nullptr) return Fail(ErrorCode::kInvalid, "xlsx.no_sheet");
  if (!impl.watermark.empty()) impl.DrawWatermarks();
  auto const status = workbook_close(impl.book);
  impl.book = nullptr;
  auto const size = lseek(impl.file, 0, SEEK_END);
  if (impl.failed || status != LXW_NO_ERROR || size <= 0) return Fail(ErrorCode::kInternal, "xlsx.write_failed");
  std::string out(static_cast<std::size_t>(size), '\0');
  std::size_t done = 0;
  while (done < out.size()) {
    auto const got = pread(impl.file, out.data() + done, out.size() - done, static_cast<off_t>(done));
    if (got <= 0) return Fail(ErrorCode::kInternal, "xlsx.write_failed");
    done += static_cast<std::size_t>(got);
  }
  return out;
}

}  // namespace bole::documents
