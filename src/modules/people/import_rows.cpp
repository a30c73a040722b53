#include "modules/people/import_rows.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace bole::people {
namespace {

using documents::Cell;

struct Heading {
  char const* member;
  std::vector<std::string> names;  // lower case, without spaces
};
std::vector<Heading> const& Headings() {
  static std::vector<Heading> const all{
      {"name", {"姓名", "name", "fullname"}},
      {"phone", {"手机号", "手机", "电话", "联系电话", "phone", "mobile", "phonenumber"}},
      {"email", {"邮箱", "电子邮箱", "电子邮件", "email", "e-mail"}},
      {"id_number", {"身份证号", "身份证", "证件号码", "idnumber", "idcard"}},
      {"gender", {"性别", "gender", "sex"}},
      {"birth_date", {"出生日期", "生日", "birthdate", "dateofbirth"}},
      {"source", {"来源", "source"}},
      {"tags", {"标签", "tags"}},
      {"job", {"岗位编码", "岗位", "jobcode", "job"}},
      {"locale", {"语言", "language", "locale"}},
      {"note", {"备注", "note", "notes", "remarks"}}};
  return all;
}

struct Word {
  char const* value;
  std::vector<std::string> names;
};
std::vector<Word> const& Genders() {
  static std::vector<Word> const all{
      {"female", {"女", "女性", "female", "f"}}, {"male", {"男", "男性", "male", "m"}}, {"other", {"其他", "other"}}};
  return all;
}
std::vector<Word> const& Sources() {
  static std::vector<Word> const all{{"job_site", {"招聘网站", "jobsite", "job_site"}},
                                     {"referral", {"内推", "内部推荐", "referral"}},
                                     {"campus", {"校园招聘", "校招", "campus"}},
                                     {"career_page", {"官网", "招聘官网", "careerpage", "career_page"}},
                                     {"walk_in", {"现场", "上门", "walk-in", "walk_in"}},
                                     {"import", {"导入", "import"}},
                                     {"other", {"其他", "other"}}};
  return all;
}
std::vector<Word> const& Languages() {
  static std::vector<Word> const all{{"zh-CN", {"中文", "简体中文", "zh-cn", "zh", "chinese"}},
                                     {"en-US", {"英文", "英语", "en-us", "en", "english"}}};
  return all;
}

// Lower case without spaces and the "*" that marks required columns.
std::string Folded(std::string_view text) {
  auto out = AsciiLower(Trim(text));
  std::erase_if(out, [](char c) { return c == ' ' || c == '*' || c == '\n'; });
  return out;
}

std::optional<std::string> Lookup(std::vector<Word> const& words, std::string_view text) {
  auto const folded = Folded(text);
  for (auto const& word : words)
    if (std::find(word.names.begin(), word.names.end(), folded) != word.names.end()) return word.value;
  return std::nullopt;
}

// 2026-11-22, 2026/1/2, 2026.1.2, 20260102, 2026年1月2日, also with a time behind.
std::optional<Date> LooseDate(std::string_view text) {
  std::array<std::string, 3> parts;
  std::size_t part = 0;
  auto const all = std::string(Trim(text));
  if (all.size() == 8 && std::all_of(all.begin(), all.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return ParseDate(all.substr(0, 4) + "-" + all.substr(4, 2) + "-" + all.substr(6, 2));
  bool in_number = false;
  for (char const c : all) {
    if (c >= '0' && c <= '9') {
      if (!in_number && !parts[part].empty() && ++part == 3) break;
      in_number = true;
      parts[part].push_back(c);
    } else {
      in_number = false;
    }
  }
  if (parts[0].size() != 4 || parts[1].empty() || parts[2].empty() || parts[1].size() > 2 || parts[2].size() > 2)
    return std::nullopt;
  for (auto* p : {&parts[1], &parts[2]})
    if (p->size() == 1) p->insert(0, "0");
  return ParseDate(parts[0] + "-" + parts[1] + "-" + parts[2]);
}

class RowReader {
 public:
  RowReader(ImportSheet& sheet, Date today) : sheet_(sheet), today_(today) {}

  Result<> Header(std::vector<Cell> const& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].empty()) continue;
      auto const folded = Folded(cells[i].text);
      auto const found = std::find_if(Headings().begin(), Headings().end(), [&](Heading const& h) {
        return std::find(h.names.begin(), h.names.end(), folded) != h.names.end();
      });
      auto const letter = documents::ColumnName(i + 1);
      if (found == Headings().end())
        sheet_.header_problems.push_back({letter, "unknown_column", {}, cells[i].text});
      else if (!columns_.emplace(found->member, i).second)
        sheet_.header_problems.push_back({letter, "repeated", {}, cells[i].text});
    }
    if (!columns_.contains("name")) return Fail(ErrorCode::kInvalid, "import.no_name_column");
    return {};
  }

  void Row(std::size_t number, std::vector<Cell> const& cells) {
    cells_ = &cells;
    ImportRow row;
    row.number = static_cast<std::int64_t>(number);
    for (auto const& [member, index] : columns_) row.columns[member] = documents::ColumnName(index + 1);
    row_ = &row;
    auto& in = row.input;
    row.facts.name = Text("name");
    row.facts.phone = Digits("phone");
    row.facts.email = Text("email");
    row.facts.id_number = Digits("id_number");
    if (auto const text = Text("gender"); !text.empty()) row.facts.gender = Choose("gender", Genders(), text);
    if (auto const text = Text("birth_date"); !text.empty()) {
      row.facts.birth_date = LooseDate(text);
      if (!row.facts.birth_date) Problem("birth_date", "bad_date");
    }
    in.source = Source::import;
    if (auto const text = Text("source"); !text.empty()) {
      auto const name = Choose("source", Sources(), text);
      if (!name.empty()) boost::describe::enum_from_string(name.c_str(), in.source);
    }
    if (auto const text = Text("locale"); !text.empty()) in.locale = Choose("locale", Languages(), text);
    for (auto const& tag : Split(ReplaceAll(ReplaceAll(ReplaceAll(Text("tags"), "，", ","), "、", ","), ";", ","), ','))
      if (!Trim(tag).empty()) in.tags.emplace_back(Trim(tag));
    if (in.tags.size() > 20) Problem("tags", "too_many", {{"max", "20"}});
    if (auto const text = Text("job"); !text.empty()) in.job_id = text;
    in.note = Text("note");
    if (CountCodePoints(in.note) > 2000) Problem("note", "too_long", {{"max", "2000"}});
    if (HasControlCharacters(in.note)) Problem("note", "bad_characters");
    FieldErrors errors;
    row.facts = CheckFacts(row.facts, today_, errors);
    in.tags = CheckTags(in.tags, errors);
    in.name = row.facts.name;
    for (auto const& error : errors) Problem(Split(error.pointer, '/').at(1), error.code, error.params);
    sheet_.rows.push_back(std::move(row));
  }

 private:
  Cell const* Find(std::string const& member) const {
    auto const at = columns_.find(member);
    return at == columns_.end() || at->second >= cells_->size() ? nullptr : &(*cells_)[at->second];
  }
  std::string Text(std::string const& member) {
    auto const* cell = Find(member);
    if (cell && cell->kind == documents::CellKind::kError) Problem(member, "cell_error");
    return cell ? std::string(Trim(cell->text)) : "";
  }
  std::string Digits(std::string const& member) {
    auto const* cell = Find(member);
    if (cell && cell->number_precision_lost) {
      Problem(member, "digits_lost");
      return "";
    }
    return Text(member);
  }
  std::string Choose(std::string const& member, std::vector<Word> const& words, std::string const& text) {
    if (auto const value = Lookup(words, text)) return *value;
    Problem(member, "not_allowed");
    return "";
  }
  void Problem(std::string const& member, std::string code, std::map<std::string, std::string> params = {}) {
    auto const* cell = Find(member);
    auto const letter = columns_.contains(member) ? documents::ColumnName(columns_.at(member) + 1) : std::string();
    row_->problems.push_back({letter, std::move(code), std::move(params), cell ? cell->text : std::string()});
  }

  ImportSheet& sheet_;
  Date today_;
  std::map<std::string, std::size_t> columns_;
  std::vector<Cell> const* cells_ = nullptr;
  ImportRow* row_ = nullptr;
};

}  // namespace

Result<ImportSheet> ReadCandidateRows(std::string_view workbook, Date const& today) {
  ImportSheet sheet;
  RowReader reader(sheet, today);
  bool header = true;
  auto const read =
      documents::ReadXlsx(workbook, {}, [&](std::size_t number, std::vector<Cell>& cells) -> Result<void> {
        if (std::exchange(header, false)) return reader.Header(cells);
        if (sheet.rows.size() == kMaxImportRows)
          return Fail(ErrorCode::kInvalid, "import.too_many_rows", {{"limit", std::to_string(kMaxImportRows)}});
        reader.Row(number, cells);
        return {};
      });
  if (!read) return tl::unexpected<Error>(read.error());
  if (header || sheet.rows.empty()) return Fail(ErrorCode::kInvalid, "import.empty");
  return sheet;
}

Result<std::string> CandidateTemplate(i18n::Messages const& messages, i18n::Locale locale, Instant now) {
  auto const text = [&](std::string const& key) { return messages.Text(locale, key); };
  std::size_t const language = locale == i18n::Locale::kZhCn ? 0 : 1;
  auto const choices = [&](std::vector<Word> const& words, std::string const& group) {
    std::vector<std::string> out;
    for (auto const& word : words)
      out.push_back(group.empty() ? word.names[language == 0 ? 0 : word.names.size() - 1] : text(group + word.value));
    return out;
  };
  documents::XlsxWriter book(text("candidate.sheet"), now);
  documents::XlsxSheet sheet{.name = text("candidate.sheet"), .columns = {}};
  for (auto const& heading : Headings()) {
    std::string const member = heading.member;
    documents::XlsxColumn column{.title = text("candidate.import.heading." + member),
                                 .width = 20,
                                 .note = text("candidate.import.help." + member),
                                 .required = member == "name"};
    if (member == "gender") column.choices = choices(Genders(), "candidate.gender.");
    if (member == "source") column.choices = choices(Sources(), "candidate.source.");
    if (member == "locale") column.choices = choices(Languages(), "");
    sheet.columns.push_back(std::move(column));
  }
  book.AddSheet(sheet);
  book.AddSheet({.name = text("candidate.import.guide"),
                 .columns = {{.title = text("candidate.import.guide_column"), .width = 24},
                             {.title = text("candidate.import.guide_text"), .width = 90, .wrap = true}},
                 .filter = false});
  book.AddRow({text("candidate.import.guide"), text("candidate.import.guide_intro")});
  for (auto const& heading : Headings())
    book.AddRow({text(std::string("candidate.import.heading.") + heading.member),
                 text(std::string("candidate.import.help.") + heading.member)});
  return book.Finish();
}

}  // namespace bole::people
