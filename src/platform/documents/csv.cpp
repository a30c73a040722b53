#include "platform/documents/csv.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"
#include "platform/documents/text_encoding.hpp"

namespace bole::documents {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kFormulaStart = "=+-@\t\r";

bool IsNumber(std::string_view text) {
  double value = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  auto const parsed = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  return !text.empty() && parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
}
bool LooksLikeFormula(std::string_view field) {
  auto const first = field.find_first_not_of(" \n");
  if (first == std::string_view::npos) return false;
  // Wide forms that some spreadsheets fold to ASCII.
  for (auto const wide : {"＝", "＋", "－", "＠"})
    if (field.substr(first).starts_with(wide)) return true;
  return kFormulaStart.find(field[first]) != std::string_view::npos && !IsNumber(field);
}

// The one that is most frequent in the first line, outside of its quoted fields.
char FindSeparator(std::string_view text) {
  constexpr std::string_view kCandidates = ",;\t";
  std::array<std::size_t, kCandidates.size()> counts{};
  bool quoted = false, fresh = true;  // as ReadRecord: only a quote at the beginning of a field opens it
  for (char const c : text) {
    auto const index = kCandidates.find(c);
    if (quoted || (c == '"' && fresh)) {
      quoted = c == '"' ? !quoted : quoted;
      fresh = c == '"' && !quoted;  // a doubled quote opens it again
    } else if (c == '\n') {
      break;
    } else if (fresh = index != std::string_view::npos; fresh) {
      ++counts.at(index);
    }
  }
  return kCandidates[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

// Reads one record starting at `at`; false when a quote stays open.
bool ReadRecord(std::string_view text, std::size_t& at, char separator, std::vector<std::string>& fields) {
  fields.assign(1, {});
  bool quoted = false;
  bool fresh = true;
  for (; at < text.size(); ++at) {
    auto const c = text[at];
    if (quoted) {
      if (c != '"') {
        fields.back() += c;
      } else if (at + 1 < text.size() && text[at + 1] == '"') {
        fields.back() += text[++at];
      } else {
        quoted = false;
      }
    } else if (c == '"' && fresh) {
      quoted = true;
      fresh = false;
    } else if (c == separator) {
      fields.emplace_back();
      fresh = true;
    } else if (c == '\n') {
      ++at;
      return true;
    } else if (c != '\r' || at + 1 >= text.size() || text[at + 1] != '\n') {
      fields.back() += c;
      fresh = false;
    }
  }
  return !quoted;
}

}  // namespace

CsvWriter::CsvWriter(bool bom) : text_(bom ? kUtf8Mark : "") {}

void CsvWriter::AddRow(std::vector<std::string> const& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) text_ += ',';
    text_ += '"';
    if (LooksLikeFormula(fields[i])) text_ += '\'';
    text_ += ReplaceAll(fields[i], "\"", "\"\"");
    text_ += '"';
  }
  text_ += "\r\n";
}

Result<std::size_t> ReadCsv(std::string_view bytes, CsvLimits const& limits,
                            std::function<Result<void>(std::size_t, std::vector<std::string>&)> const& on_row) {
  if (bytes.size() > limits.max_file_bytes)
    return Fail(ErrorCode::kTooLarge, "csv.too_large", {{"limit", std::to_string(limits.max_file_bytes >> 20U)}});
  auto const text = ToUtf8(bytes);
  if (!text) return Fail(ErrorCode::kInvalid, "csv.encoding");
  auto const separator = FindSeparator(*text);
  std::vector<std::string> fields;
  std::size_t delivered = 0;
  std::size_t row = 0;
  for (std::size_t at = 0; at < text->size();) {
    ++row;
    if (!ReadRecord(*text, at, separator, fields))
      return Fail(ErrorCode::kInvalid, "csv.open_quote", {{"row", std::to_string(row)}});
    if (std::all_of(fields.begin(), fields.end(), [](auto const& field) { return Trim(field).empty(); })) continue;
    if (fields.size() > limits.max_columns)
      return Fail(ErrorCode::kInvalid, "csv.too_many_columns",
                  {{"row", std::to_string(row)}, {"limit", std::to_string(limits.max_columns)}});
    if (delivered == limits.max_rows)
      return Fail(ErrorCode::kTooLarge, "csv.too_many_rows", {{"limit", std::to_string(limits.max_rows)}});
    for (auto& field : fields)
      if (field.starts_with('\'') && LooksLikeFormula(std::string_view(field).substr(1))) field.erase(0, 1);
    ++delivered;
    BOLE_TRY(on_row(row, fields));
  }
  return delivered;
}

}  // namespace bole::documents
