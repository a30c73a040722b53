#include "modules/plans/question_workbook.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.hpp"

namespace bole::plans {
namespace {

using documents::Cell;

// member → accepted headings of the folded sheets, lower case without spaces.
using Headings = std::vector<std::pair<char const*, std::vector<std::string>>>;
Headings const& QuestionHeadings() {
  static Headings const all{{"code", {"题目编码", "编码", "code"}}, {"competency", {"能力", "考察能力", "competency"}}};
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

std::string OneLine(std::string text) {
  for (auto const* end : {"\r\n", "\n", "\r"}) text = ReplaceAll(std::move(text), end, " ");
  return std::string(Trim(ReplaceAll(std::move(text), "|", "｜")));
}

std::optional<double> Number(std::string_view text, double min, double max) {
  double value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !(value >= min && value <= max)) return std::nullopt;
  return value;
}

std::vector<std::string> Parts(std::string_view line) {
  std::vector<std::string> out;
  for (auto const& part : Split(line, '|')) out.emplace_back(Trim(part));
  return out;
}

struct Sheet {
  std::vector<std::pair<std::size_t, std::vector<Cell>>> rows;
  [[nodiscard]] std::map<std::string, std::size_t> Columns(Headings const& headings, char const* needed) const {
    auto out = rows.empty() ? std::map<std::string, std::size_t>{} : Match(headings, rows[0].second);
    if (!out.contains("code") || !out.contains(needed)) out.clear();
    return out;
  }
};

// The lines of points or anchors by code of their question.
using Lines = std::map<std::string, std::string>;
Lines LinesOf(Sheet const& sheet, std::map<std::string, std::size_t> const& columns,
              std::vector<char const*> const& members) {
  Lines out;
  for (std::size_t i = 1; i < sheet.rows.size(); ++i) {
    auto const& cells = sheet.rows[i].second;
    auto const text = [&](char const* member) {
      auto const at = columns.find(member);
      return at == columns.end() || at->second >= cells.size() ? std::string() : OneLine(cells[at->second].text);
    };
    auto& lines = out[text("code")];
    if (!lines.empty()) lines += "\n";
    for (bool first = true; auto const* member : members)
      lines += (std::exchange(first, false) ? "" : " | ") + text(member);
  }
  return out;
}

void Put(std::vector<Cell>& cells, std::size_t at, std::string text) {
  if (text.empty()) return;
  if (cells.size() <= at) cells.resize(at + 1);
  cells[at] = Cell{documents::CellKind::kText, std::move(text)};
}

}  // namespace

namespace {

// As a list in one cell; where reading would split a name or find two jobs of it, the code stands for it.
std::string JobWords(std::vector<QuestionJob> const& jobs, std::set<std::string> const& shared, bool chinese) {
  std::string out;
  for (auto const& job : jobs) {
    auto const& name = chinese || job.name_en.empty() ? job.name : job.name_en;
    bool coded = shared.contains(name);
    for (auto const* end : {",", "，", "、", ";", "；"}) coded |= name.find(end) != std::string::npos;
    out += (out.empty() ? "" : "; ") + (coded ? job.code : name);
  }
  return out;
}

}  // namespace

std::string PointLine(RubricPoint const& point) {
  std::string synonyms;
  for (auto const& word : point.synonyms) synonyms += (synonyms.empty() ? "" : "; ") + OneLine(word);
  return fmt::format("{} | {} | {} | {} | {:g}", OneLine(point.key), OneLine(point.text_zh), OneLine(point.text_en),
                     synonyms, point.weight);
}

std::optional<RubricPoint> ReadPointLine(std::string_view line) {
  auto parts = Parts(line);
  if (parts.size() < 2 || parts.size() > 5) return std::nullopt;
  parts.resize(5);
  RubricPoint out{parts[0], parts[1], parts[2], {}, 1};
  for (auto const& word : Split(ReplaceAll(parts[3], "；", ";"), ';'))
    if (!Trim(word).empty()) out.synonyms.emplace_back(Trim(word));
  if (parts[4].empty()) return out;
  auto const weight = Number(parts[4], 0, 100);
  if (!weight) return std::nullopt;
  out.weight = *weight;
  return out;
}

std::string AnchorLine(RubricAnchor const& anchor) {
  return fmt::format("{:g} | {} | {}", anchor.score, OneLine(anchor.text_zh), OneLine(anchor.text_en));
}

std::optional<RubricAnchor> ReadAnchorLine(std::string_view line) {
  auto parts = Parts(line);
  if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
  parts.resize(3);
  auto const score = Number(parts[0], 0, 10);
  if (!score) return std::nullopt;
  return RubricAnchor{*score, parts[1], parts[2]};
}

Result<bool> FoldQuestions(std::string_view workbook, documents::RowFunction const& on_row) {
  std::map<std::string, Sheet> sheets;
  auto const read = [&](std::string const& name) {
    Sheet sheet;
    auto summary = documents::ReadXlsx(
        workbook, {},
        [&](std::size_t number, std::vector<Cell>& cells) -> Result<> {
          sheet.rows.emplace_back(number, std::move(cells));
          return {};
        },
        name);
    if (summary) sheets[summary->sheet_name] = std::move(sheet);
    return summary;
  };
  BOLE_ASSIGN(auto const first, read(""));
  for (auto const& name : first.sheet_names)
    if (name != first.sheet_name) BOLE_TRY(read(name));
  Lines points, anchors;
  Sheet* questions = nullptr;
  std::size_t code = 0;
  for (auto& [name, sheet] : sheets) {
    if (auto const found = sheet.Columns(PointHeadings(), "key"); !found.empty()) {
      points = LinesOf(sheet, found, {"key", "text_zh", "text_en", "synonyms", "weight"});
    } else if (auto const scores = sheet.Columns(AnchorHeadings(), "score"); !scores.empty()) {
      anchors = LinesOf(sheet, scores, {"score", "text_zh", "text_en"});
    } else if (auto const main = sheet.Columns(QuestionHeadings(), "competency"); !main.empty()) {
      questions = &sheet, code = main.at("code");
    }
  }
  if (!questions || (points.empty() && anchors.empty())) return false;
  auto const width = questions->rows[0].second.size();
  for (bool header = true; auto& [number, cells] : questions->rows) {
    if (std::exchange(header, false)) {
      Put(cells, width, "得分要点"), Put(cells, width + 1, "评分标准");
    } else {
      auto const key = code < cells.size() ? std::string(Trim(cells[code].text)) : std::string();
      if (auto const lines = points.extract(key)) Put(cells, width, lines.mapped());
      if (auto const lines = anchors.extract(key)) Put(cells, width + 1, lines.mapped());
    }
    BOLE_TRY(on_row(number, cells));
  }
  auto number = questions->rows.back().first;
  for (auto const& [lines, column] : {std::pair(&points, width), std::pair(&anchors, width + 1)})
    for (auto const& [key, text] : *lines) {
      std::vector<Cell> cells;
      Put(cells, code, key), Put(cells, column, text);
      BOLE_TRY(on_row(++number, cells));
    }
  return true;
}

std::vector<imports::Choice> DimensionWords(std::vector<DimensionView> const& dimensions) {
  std::vector<imports::Choice> out;
  for (auto const& d : dimensions)
    out.push_back({d.key,
                   {d.name_zh.empty() ? d.name_en : d.name_zh, d.name_en.empty() ? d.name_zh : d.name_en},
                   d.status == ContentStatus::archived});
  return out;
}

Result<std::string> WriteQuestions(std::vector<QuestionView> const& questions, QuestionFile const& file,
                                   i18n::Messages const& messages) {
  auto const text = [&](std::string const& key) { return messages.Text(file.locale, "question." + key); };
  documents::TableWriter book(file.format, text("sheet.questions"), file.at);
  book.Watermark(file.watermark);
  bool const chinese = file.locale == i18n::Locale::kZhCn;
  bool const one_table = file.format == documents::TableFormat::csv;
  auto const sheet = [&](char const* name, std::string const& group, std::vector<std::string> const& members) {
    documents::XlsxSheet out{.name = text(std::string("sheet.") + name), .columns = {}};
    for (auto const& member : members) {
      bool const wide = member.find("text") != std::string::npos || member.find("answer") != std::string::npos;
      out.columns.push_back(
          {.title = text(group + member), .width = wide ? 60.0 : 18.0, .required = member == "code", .wrap = wide});
    }
    return out;
  };
  std::vector<std::string> members{
      "code",    "family",          "jobs",           "competency", "difficulty", "suggested_seconds", "text_zh",
      "text_en", "model_answer_zh", "model_answer_en"};
  if (one_table) members.insert(members.end(), {"points", "anchors"});
  book.AddSheet(sheet("questions", "column.", members));
  for (auto const& q : questions) {
    std::vector<documents::XlsxValue> row{q.code,
                                          imports::WordOf(file.families, q.family, chinese),
                                          JobWords(q.jobs, file.shared_job_names, chinese),
                                          imports::WordOf(file.dimensions, q.competency, chinese),
                                          static_cast<double>(q.difficulty),
                                          static_cast<double>(q.suggested_seconds),
                                          q.text_zh,
                                          q.text_en,
                                          q.rubric.model_answer_zh,
                                          q.rubric.model_answer_en};
    if (one_table) {
      std::string points, anchors;
      for (auto const& p : q.rubric.points) points += (points.empty() ? "" : "\n") + PointLine(p);
      for (auto const& a : q.rubric.anchors) anchors += (anchors.empty() ? "" : "\n") + AnchorLine(a);
      row.emplace_back(std::move(points)), row.emplace_back(std::move(anchors));
    }
    book.AddRow(row);
  }
  book.AddSheet(sheet("points", "point.", {"code", "key", "text_zh", "text_en", "synonyms", "weight"}));
  for (auto const& q : questions)
    for (auto const& p : q.rubric.points) {
      std::string synonyms;
      for (auto const& word : p.synonyms) synonyms += (synonyms.empty() ? "" : "; ") + word;
      book.AddRow({q.code, p.key, p.text_zh, p.text_en, synonyms, p.weight});
    }
  book.AddSheet(sheet("anchors", "anchor.", {"code", "score", "text_zh", "text_en"}));
  for (auto const& q : questions)
    for (auto const& a : q.rubric.anchors) book.AddRow({q.code, a.score, a.text_zh, a.text_en});
  return book.Finish();
}

}  // namespace bole::plans
