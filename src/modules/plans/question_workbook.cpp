#include "modules/plans/question_workbook.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "platform/documents/xlsx_reader.hpp"
#include "platform/documents/xlsx_writer.hpp"

namespace bole::plans {
namespace {

using documents::Cell;
using Problem = QuestionRowRead::Problem;

// member → accepted headings, lower case without spaces.
using Headings = std::vector<std::pair<char const*, std::vector<std::string>>>;
Headings const& QuestionHeadings() {
  static Headings const all{
      {"code", {"题目编码", "编码", "code"}},
      {"family", {"岗位族", "岗位类别", "family", "jobfamily"}},
      {"competency", {"能力", "考察能力", "competency"}},
      {"difficulty", {"难度", "difficulty"}},
      {"suggested_seconds", {"建议时长（秒）", "建议时长(秒)", "建议时长", "suggestedseconds", "seconds"}},
      {"text_zh", {"题目（中文）", "题目(中文)", "题目", "question(chinese)", "text_zh"}},
      {"text_en", {"题目（英文）", "题目(英文)", "question(english)", "text_en"}},
      {"model_answer_zh", {"参考答案（中文）", "参考答案(中文)", "参考答案", "modelanswer(chinese)"}},
      {"model_answer_en", {"参考答案（英文）", "参考答案(英文)", "modelanswer(english)"}}};
  return all;
}
Headings const& PointHeadings() {
  static Headings const all{{"code", {"题目编码", "questioncode"}},
                            {"key", {"要点编码", "pointkey"}},
                            {"text_zh", {"要点（中文）", "要点(中文)", "keypoint(chinese)"}},
                            {"text_en", {"要点（英文）", "要点(英文)", "keypoint(english)"}},
                            {"synonyms", {"近义说法", "synonyms"}},
                            {"weight", {"权重", "weight"}}};
  return all;
}
Headings const& AnchorHeadings() {
  static Headings const all{{"code", {"题目编码", "questioncode"}},
                            {"score", {"分数", "score"}},
                            {"text_zh", {"评分标准（中文）", "评分标准(中文)", "anchor(chinese)"}},
                            {"text_en", {"评分标准（英文）", "评分标准(英文)", "anchor(english)"}}};
  return all;
}

std::string Folded(std::string_view text) {
  auto out = AsciiLower(Trim(text));
  std::erase_if(out, [](char c) { return c == ' ' || c == '*' || c == '\n'; });
  return out;
}

std::map<std::string, std::size_t> Match(Headings const& headings, std::vector<Cell> const& cells) {
  std::map<std::string, std::size_t> out;
  for (std::size_t i = 0; i < cells.size(); ++i)
    for (auto const& [member, names] : headings)
      if (std::find(names.begin(), names.end(), Folded(cells[i].text)) != names.end()) out.emplace(member, i);
  return out;
}

enum class SheetKind { unknown, questions, points, anchors };

class Reader {
 public:
  explicit Reader(std::vector<QuestionRowRead>& out) : out_(out) {}

  void Sheet(std::string name) { sheet_ = std::move(name), kind_ = SheetKind::unknown, header_ = true; }

  Result<> Row(std::size_t number, std::vector<Cell> const& cells) {
    if (std::exchange(header_, false)) return Header(cells), Result<>{};
    if (kind_ == SheetKind::unknown) return {};
    if (++rows_ > kMaxQuestionRows * 12)
      return Fail(ErrorCode::kInvalid, "import.too_many_rows", {{"limit", std::to_string(kMaxQuestionRows)}});
    cells_ = &cells, number_ = static_cast<std::int64_t>(number);
    auto const code = Text("code");
    auto& question = Of(code);
    question_ = &question;
    if (code.empty()) Bad("code", "required");
    if (code.size() > 40) Bad("code", "too_long", {{"max", "40"}});
    if (kind_ == SheetKind::questions) Question(question);
    if (kind_ == SheetKind::points) {
      if (question.number == 0) Bad("code", "not_found");
      RubricPoint point{Text("key"), Text("text_zh"), Text("text_en"), {}, Number("weight", 1, 0, 100)};
      for (auto const& word : Split(ReplaceAll(Text("synonyms"), "；", ";"), ';'))
        if (!Trim(word).empty()) point.synonyms.emplace_back(Trim(word));
      question.content.rubric.points.push_back(std::move(point));
    }
    if (kind_ == SheetKind::anchors) {
      if (question.number == 0) Bad("code", "not_found");
      question.content.rubric.anchors.push_back({Number("score", 5, 0, 10), Text("text_zh"), Text("text_en")});
    }
    return {};
  }

  [[nodiscard]] bool saw_questions() const { return saw_questions_; }
  void OnlyQuestions(bool only) { only_questions_ = only; }

 private:
  void Header(std::vector<Cell> const& cells) {
    for (auto const& [kind, headings, needed] : {std::tuple(SheetKind::points, &PointHeadings(), "key"),
                                                 std::tuple(SheetKind::anchors, &AnchorHeadings(), "score"),
                                                 std::tuple(SheetKind::questions, &QuestionHeadings(), "competency")}) {
      columns_ = Match(*headings, cells);
      if (!columns_.contains("code") || !columns_.contains(needed)) continue;
      bool const questions = kind == SheetKind::questions;
      saw_questions_ |= questions;
      if (questions == only_questions_) kind_ = kind;
      return;
    }
  }

  void Question(QuestionRowRead& question) {
    if (question.number != 0)
      Bad("code", "duplicate_in_file", {{"row", std::to_string(question.number)}});
    else
      question.number = number_;
    auto& content = question.content;
    content.competency = Text("competency");
    content.text_zh = Text("text_zh"), content.text_en = Text("text_en");
    content.rubric.model_answer_zh = Text("model_answer_zh"), content.rubric.model_answer_en = Text("model_answer_en");
    if (auto const family = AsciiLower(Text("family")); !family.empty())
      if (!boost::describe::enum_from_string(family.c_str(), content.family)) Bad("family", "not_allowed");
    content.difficulty = static_cast<int>(Number("difficulty", 3, 1, 5));
    content.suggested_seconds = static_cast<int>(Number("suggested_seconds", 120, 10, 900));
  }

  QuestionRowRead& Of(std::string const& code) {
    auto const found =
        std::find_if(out_.begin(), out_.end(), [&](auto const& q) { return q.code == code && !code.empty(); });
    if (found != out_.end()) return *found;
    out_.push_back({0, code, {}, {}});
    return out_.back();
  }

  std::string Text(std::string const& member) {
    auto const at = columns_.find(member);
    if (at == columns_.end() || at->second >= cells_->size()) return "";
    std::string text(Trim((*cells_)[at->second].text));
    if (HasControlCharacters(text)) Bad(member, "bad_characters");
    if (CountCodePoints(text) > 5000) Bad(member, "too_long", {{"max", "5000"}});
    return text;
  }
  double Number(std::string const& member, double fallback, double min, double max) {
    auto const text = Text(member);
    if (text.empty()) return fallback;
    double value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !(value >= min && value <= max)) {
      Bad(member, "out_of_range", {{"min", fmt::format("{:g}", min)}, {"max", fmt::format("{:g}", max)}});
      return fallback;
    }
    return value;
  }
  void Bad(std::string const& member, std::string code, std::map<std::string, std::string> params = {}) {
    auto const at = columns_.find(member);
    Problem problem{sheet_, "", std::move(code), "", number_, std::move(params)};
    if (at != columns_.end()) {
      problem.column = documents::ColumnName(at->second + 1);
      if (at->second < cells_->size()) problem.value = (*cells_)[at->second].text.substr(0, 100);
    }
    if (question_) question_->problems.push_back(std::move(problem));
  }

  std::vector<QuestionRowRead>& out_;
  std::string sheet_;
  SheetKind kind_ = SheetKind::unknown;
  bool header_ = true, saw_questions_ = false, only_questions_ = true;
  std::size_t rows_ = 0;
  std::map<std::string, std::size_t> columns_;
  std::vector<Cell> const* cells_ = nullptr;
  std::int64_t number_ = 0;
  QuestionRowRead* question_ = nullptr;
};

std::string Join(std::vector<std::string> const& words) {
  std::string out;
  for (auto const& word : words) out += (out.empty() ? "" : "; ") + word;
  return out;
}

}  // namespace

Result<std::vector<QuestionRowRead>> ReadQuestions(std::string_view workbook) {
  std::vector<QuestionRowRead> out;
  out.reserve(256);
  Reader reader(out);
  std::vector<std::string> sheets{""};
  bool first = true;
  // Questions first, whatever the order of the sheets; then what names them.
  for (bool const only_questions : {true, false}) {
    reader.OnlyQuestions(only_questions);
    for (std::size_t i = 0; i < sheets.size(); ++i) {
      reader.Sheet(sheets[i]);
      auto const read = documents::ReadXlsx(
          workbook, {}, [&](std::size_t number, std::vector<Cell>& cells) { return reader.Row(number, cells); },
          sheets[i]);
      if (!read) return tl::unexpected<Error>(read.error());
      if (std::exchange(first, false)) {
        auto rest = read->sheet_names;
        std::erase(rest, read->sheet_name);
        sheets = {read->sheet_name};
        sheets.insert(sheets.end(), rest.begin(), rest.end());
      }
    }
  }
  if (!reader.saw_questions()) return Fail(ErrorCode::kInvalid, "import.no_question_sheet");
  if (out.empty()) return Fail(ErrorCode::kInvalid, "import.empty");
  return out;
}

Result<std::string> WriteQuestions(std::vector<QuestionView> const& questions, i18n::Messages const& messages,
                                   i18n::Locale locale, Instant now) {
  auto const text = [&](std::string const& key) { return messages.Text(locale, "question." + key); };
  documents::XlsxWriter book(text("sheet.questions"), now);
  auto const sheet = [&](char const* name, std::string const& group, Headings const& headings) {
    documents::XlsxSheet out{.name = text(std::string("sheet.") + name), .columns = {}};
    for (auto const& [member, names] : headings) {
      bool const wide = std::string_view(member).find("text") != std::string_view::npos ||
                        std::string_view(member).find("answer") != std::string_view::npos;
      out.columns.push_back({.title = text(group + member),
                             .width = wide ? 60.0 : 18.0,
                             .required = std::string_view(member) == "code",
                             .wrap = wide});
    }
    return out;
  };
  book.AddSheet(sheet("questions", "column.", QuestionHeadings()));
  for (auto const& q : questions)
    book.AddRow({q.code, boost::describe::enum_to_string(q.family, ""), q.competency, static_cast<double>(q.difficulty),
                 static_cast<double>(q.suggested_seconds), q.text_zh, q.text_en, q.rubric.model_answer_zh,
                 q.rubric.model_answer_en});
  book.AddSheet(sheet("points", "point.", PointHeadings()));
  for (auto const& q : questions)
    for (auto const& p : q.rubric.points)
      book.AddRow({q.code, p.key, p.text_zh, p.text_en, Join(p.synonyms), p.weight});
  book.AddSheet(sheet("anchors", "anchor.", AnchorHeadings()));
  for (auto const& q : questions)
    for (auto const& a : q.rubric.anchors) book.AddRow({q.code, a.score, a.text_zh, a.text_en});
  return book.Finish();
}

}  // namespace bole::plans
