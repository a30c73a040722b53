#include "modules/imports/cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/text.hpp"
#include "modules/imports/table_file.hpp"

namespace bole::imports {
namespace {

using documents::Cell;
using documents::CellKind;

constexpr std::size_t kMaxEntries = 50;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool AllDigits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit); }

CellValue Bad(std::string code, std::map<std::string, std::string> params = {}) {
  return {"", {"", std::move(code), std::move(params)}};
}

// ="0123" and '0123 are how people keep a spreadsheet from making numbers.
std::string Unguarded(std::string text) {
  if (text.size() > 3 && text.starts_with("=\"") && text.ends_with('"')) return text.substr(2, text.size() - 3);
  if (text.starts_with('\'')) text.erase(0, 1);
  return text;
}

// "1.10105E+17": the digits behind are gone.
bool IsScientific(std::string_view text) {
  auto const e = text.find_first_of("eE");
  if (e == std::string_view::npos || e == 0 || e + 1 == text.size()) return false;
  auto const mantissa = text.substr(0, e);
  auto exponent = text.substr(e + 1);
  if (exponent.starts_with('+') || exponent.starts_with('-')) exponent.remove_prefix(1);
  return AllDigits(exponent) && IsDigit(mantissa[0]) &&
         std::all_of(mantissa.begin(), mantissa.end(), [](char c) { return IsDigit(c) || c == '.'; });
}

CellValue Identifier(Cell const& cell) {
  if (cell.number_precision_lost) return Bad("digits_lost");
  auto text = Unguarded(Narrow(cell.text));
  if (IsScientific(text)) return Bad("scientific");
  return {std::move(text)};
}

CellValue Number(Column const& column, Cell const& cell, bool whole) {
  auto text = Narrow(cell.text);
  std::erase(text, ',');
  double value = 0;
  auto const* const end = text.data() + text.size();
  auto const [at, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || at != end) return Bad("not_a_number");
  if (!(value >= column.min && value <= column.max))
    return Bad("out_of_range", {{"min", fmt::format("{:g}", column.min)}, {"max", fmt::format("{:g}", column.max)}});
  if (whole && value != std::floor(value)) return Bad("not_whole");
  return {whole ? std::to_string(static_cast<std::int64_t>(value)) : fmt::format("{}", value)};
}

CellValue Day(Cell const& cell) {
  auto const date = LooseDate(cell.text);
  return date ? CellValue{FormatDate(*date)} : Bad("bad_date");
}

CellValue Choose(std::map<std::string, std::string> const& words, Cell const& cell) {
  auto const found = words.find(Folded(cell.text));
  return found != words.end() ? CellValue{found->second} : Bad("not_allowed");
}

CellValue Entries(Column const& column, std::string text) {
  for (auto const* separator : {"，", "、", "；", ";", "\r", "\n"}) text = ReplaceAll(std::move(text), separator, ",");
  std::string out;
  std::size_t count = 0;
  for (auto const& part : Split(text, ',')) {
    auto const entry = Trim(part);
    if (entry.empty()) continue;
    if (CountCodePoints(entry) > column.max_length)
      return Bad("too_long", {{"max", std::to_string(column.max_length)}});
    if (++count > kMaxEntries) return Bad("too_many", {{"max", std::to_string(kMaxEntries)}});
    out += (out.empty() ? "" : "\n") + std::string(entry);
  }
  return {std::move(out)};
}

}  // namespace

std::string Narrow(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
    return std::string(Trim(text));
  auto points = DecodeUtf8(text);
  for (auto& c : points) {
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    if (c == 0x3000 || c == 0xA0) c = ' ';
  }
  std::erase_if(points, [](char32_t c) { return c == 0x200B || c == 0xFEFF; });
  return std::string(Trim(EncodeUtf8(points)));
}

std::optional<Date> LooseDate(std::string_view given) {
  auto const text = Narrow(given);
  if (AllDigits(text) && text.size() == 5) {
    int days = 0;
    std::from_chars(text.data(), text.data() + text.size(), days);
    using namespace std::chrono;
    return Date{year_month_day(sys_days(year(1899) / 12 / 30) + std::chrono::days(days))};
  }
  if (AllDigits(text) && text.size() == 8)
    return ParseDate(text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2));
  std::array<std::string, 3> parts;
  std::size_t part = 0;
  bool in_number = false;
  for (char const c : text) {
    if (IsDigit(c)) {
      if (!in_number && !parts[part].empty() && ++part == 3) break;
      in_number = true;
      parts[part].push_back(c);
    } else {
      in_number = false;
    }
  }
  if (parts[0].size() != 4) return std::nullopt;
  for (auto* p : {&parts[1], &parts[2]}) {
    if (p->empty() || p->size() > 2) return std::nullopt;
    if (p->size() == 1) p->insert(0, "0");
  }
  return ParseDate(parts[0] + "-" + parts[1] + "-" + parts[2]);
}

CellValue ReadCell(Column const& column, std::map<std::string, std::string> const& words, Cell const& cell) {
  if (cell.kind == CellKind::kError) return Bad("cell_error");
  std::string text(Trim(cell.text));
  if (text.empty()) return {};
  if (HasControlCharacters(text) || !IsValidUtf8(text)) return Bad("bad_characters");
  CellValue out;
  switch (column.type) {
    case ColumnType::text:
      out.text = std::move(text);
      break;
    case ColumnType::identifier:
      out = Identifier(cell);
      break;
    case ColumnType::integer:
      return Number(column, cell, true);
    case ColumnType::number:
      return Number(column, cell, false);
    case ColumnType::date:
      return Day(cell);
    case ColumnType::choice:
      return Choose(words, cell);
    case ColumnType::list:
      return Entries(column, std::move(text));
  }
  if (CountCodePoints(out.text) > column.max_length)
    return Bad("too_long", {{"max", std::to_string(column.max_length)}});
  return out;
}

}  // namespace bole::imports
