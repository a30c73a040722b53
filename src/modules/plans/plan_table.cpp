#include "modules/plans/plan_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "platform/i18n/messages.hpp"

namespace bole::plans {
namespace {

using imports::Choice;
using imports::Column;
using imports::ColumnType;

constexpr char kMadeByImport = 'n';
constexpr char const* kTitles = "plan.table.";
constexpr char const* kHelps = "plan.table_help.";

std::vector<Column> WithTexts(std::vector<Column> columns, i18n::Messages const& messages) {
  imports::AddTexts(columns, messages, kTitles, kHelps);
  return columns;
}

std::vector<Column> FactColumns() {
  auto const id = ColumnType::identifier;
  auto const whole = ColumnType::integer;
  return {{.key = "unit", .type = id, .max_length = 40, .aliases = {"机构"}, .example = "BJ-01"},
          {.key = "name_zh", .max_length = 120, .aliases = {"方案", "方案名称"}, .example = "柜员初面"},
          {.key = "name_en", .max_length = 120, .aliases = {"plan", "plan name"}, .example = "Teller, first round"},
          {.key = "job", .type = id, .max_length = 40, .aliases = {"职位"}, .example = "TELLER"},
          {.key = "language", .type = ColumnType::choice, .choices = PlanLanguageWords(), .example = "中文"},
          {.key = "valid_days", .type = whole, .min = 1, .max = 365, .example = "7"},
          {.key = "retention_days", .type = whole, .min = 1, .max = 3650, .example = "180"},
          {.key = "weights", .max_length = 4'000, .example = "沟通表达:40; service:60"},
          {.key = "recommend", .type = ColumnType::number, .min = 0, .max = 10, .example = "7"},
          {.key = "reinterview", .type = ColumnType::number, .min = 0, .max = 10, .example = "5"}};
}

std::vector<Column> StageColumns() {
  auto const id = ColumnType::identifier;
  auto const whole = ColumnType::integer;
  return {{.key = "stage_number",
           .type = whole,
           .required = true,
           .min = 1,
           .max = 40,
           .aliases = {"序号"},
           .example = "1"},
          {.key = "stage_key", .type = id, .max_length = 40},
          {.key = "kind", .type = ColumnType::choice, .choices = StageKindWords(), .example = "问答"},
          {.key = "title_zh", .aliases = {"标题"}, .example = "客户投诉"},
          {.key = "title_en", .aliases = {"title"}, .example = "A complaint"},
          {.key = "question", .type = id, .max_length = 81, .aliases = {"题目编码"}, .example = "TELLER-01"},
          {.key = "question_zh", .max_length = 2000, .aliases = {"题目"}},
          {.key = "question_en", .max_length = 2000},
          {.key = "prompt_zh", .max_length = 2000, .aliases = {"引导语"}},
          {.key = "prompt_en", .max_length = 2000, .aliases = {"prompt"}},
          {.key = "preparation_seconds", .type = whole, .min = 0, .max = 600, .example = "30"},
          {.key = "time_limit_seconds", .type = whole, .min = 10, .max = 900, .example = "120"},
          {.key = "grace_seconds", .type = whole, .min = 0, .max = 30, .example = "5"},
          {.key = "retakes", .type = whole, .min = 0, .max = 3, .example = "0"},
          {.key = "dimensions", .type = ColumnType::list, .max_length = 80, .example = "沟通表达; service"},
          {.key = "stage_weight", .type = ColumnType::number, .min = 0, .max = 1000, .example = "1"}};
}

std::vector<Column> Joined(std::vector<std::vector<Column>> parts) {
  std::vector<Column> out;
  for (auto& part : parts) std::move(part.begin(), part.end(), std::back_inserter(out));
  return out;
}

bool FitsList(std::string const& word) {
  for (auto const* end : {",", "，", "、", ";", "；", ":", "：", "\n", "\r"})
    if (word.find(end) != std::string::npos) return false;
  return !Trim(word).empty();
}

std::optional<double> Percent(std::string_view text) {
  text = Trim(text);
  if (text.ends_with('%')) text.remove_suffix(1);
  double out = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc{} || end != text.data() + text.size() || !(out >= 0 && out <= 100)) return std::nullopt;
  return out;
}

// The number an import made the key for.
std::optional<int> NumberOfKey(std::string_view key) {
  if (key.size() < 2 || key.front() != kMadeByImport) return std::nullopt;
  int out = 0;
  auto const [end, error] = std::from_chars(key.data() + 1, key.data() + key.size(), out);
  return error == std::errc{} && end == key.data() + key.size() ? std::optional(out) : std::nullopt;
}

}  // namespace

std::vector<Column> PlanColumns(i18n::Messages const& messages) {
  return WithTexts(Joined({FactColumns(), StageColumns()}), messages);
}

std::vector<Column> PlanExportColumns(i18n::Messages const& messages) {
  return WithTexts(Joined({FactColumns(), {{.key = "status"}, {.key = "revision"}}, StageColumns()}), messages);
}

std::vector<std::string> const& PlanFactColumns() {
  static std::vector<std::string> const all = [] {
    std::vector<std::string> out;
    for (auto const& column : FactColumns())
      if (column.key != "unit" && !column.key.starts_with("name_")) out.push_back(column.key);
    return out;
  }();
  return all;
}

std::vector<Choice> const& PlanLanguageWords() {
  static std::vector<Choice> const all{{"zh-CN", {"中文", "Chinese", "简体中文"}},
                                       {"en-US", {"英文", "English", "英语"}},
                                       {"candidate", {"候选人自选", "Candidate's choice", "自选"}}};
  return all;
}

std::vector<Choice> const& PlanStatusWords() {
  static std::vector<Choice> const all{
      {"draft", {"草稿", "Draft"}}, {"published", {"已发布", "Published"}}, {"archived", {"已归档", "Archived"}}};
  return all;
}

std::vector<Choice> const& StageKindWords() {
  static std::vector<Choice> const all{{"introduction", {"自我介绍", "Introduction", "开场"}},
                                       {"question", {"问答", "Question", "提问", "问题", "题目"}}};
  return all;
}

DimensionNames::DimensionNames(std::vector<PlanDimension> const& plan, std::vector<DimensionView> const& unit,
                               std::vector<org::CompetencyWeight> const& job) {
  for (auto const& dimension : plan) Add(dimension, false);
  for (auto const& d : unit)
    Add({.key = d.key, .name_zh = d.name_zh, .name_en = d.name_en}, d.status != ContentStatus::active);
  for (auto const& d : job) Add({.key = d.key, .name_zh = d.name_zh, .name_en = d.name_en}, false);
  meanings_ = imports::Meanings(choices_);
}

void DimensionNames::Add(PlanDimension dimension, bool retired) {
  if (std::any_of(dimensions_.begin(), dimensions_.end(), [&](auto const& d) { return d.key == dimension.key; }))
    return;
  auto const& zh = dimension.name_zh.empty() ? dimension.name_en : dimension.name_zh;
  auto const& en = dimension.name_en.empty() ? dimension.name_zh : dimension.name_en;
  choices_.push_back({dimension.key, {zh, en}, retired});
  dimensions_.push_back(std::move(dimension));
}

std::optional<PlanDimension> DimensionNames::Find(std::string_view word) const {
  auto const meant = meanings_.find(imports::Folded(word));
  if (meant == meanings_.end()) return std::nullopt;
  return *std::find_if(dimensions_.begin(), dimensions_.end(), [&](auto const& d) { return d.key == meant->second; });
}

std::string DimensionNames::WordOf(std::string const& key, bool chinese) const {
  auto const word = imports::WordOf(choices_, key, chinese);
  if (!FitsList(word)) return key;
  auto const meant = Find(word);
  return meant && meant->key == key ? word : key;
}

std::string WriteWeights(std::vector<PlanDimension> const& dimensions, DimensionNames const& names, bool chinese) {
  std::string out;
  for (auto const& dimension : dimensions)
    out += (out.empty() ? "" : "; ") + fmt::format("{}:{}", names.WordOf(dimension.key, chinese), dimension.weight);
  return out;
}

std::vector<PlanDimension> ReadWeights(std::string const& text, DimensionNames const& names,
                                       std::vector<imports::Problem>& problems) {
  std::vector<PlanDimension> out;
  auto line = text;
  for (auto const* end : {"；", "\r", "\n"}) line = ReplaceAll(std::move(line), end, ";");
  for (auto const& part : Split(ReplaceAll(std::move(line), "：", ":"), ';')) {
    if (Trim(part).empty()) continue;
    auto const colon = part.rfind(':');
    auto const weight = colon == std::string::npos ? std::nullopt : Percent(std::string_view(part).substr(colon + 1));
    std::string const word(Trim(std::string_view(part).substr(0, colon)));
    auto dimension = names.Find(word);
    if (!weight)
      problems.push_back({"weights", "bad_weight", {{"part", std::string(Trim(part))}}});
    else if (!dimension)
      problems.push_back({"weights", "unknown_dimension_name", {{"dimension", word}}});
    else if (std::any_of(out.begin(), out.end(), [&](auto const& d) { return d.key == dimension->key; }))
      problems.push_back({"weights", "twice_in_cell", {{"dimension", word}}});
    else
      dimension->weight = *weight, out.push_back(*std::move(dimension));
  }
  return out;
}

std::string WriteStageDimensions(PlanStage const& stage, DimensionNames const& names, bool chinese) {
  std::string out;
  for (auto const& key : stage.dimensions) out += (out.empty() ? "" : "; ") + names.WordOf(key, chinese);
  return out;
}

std::string KeyOfNumber(int number) { return kMadeByImport + std::to_string(number); }

std::optional<std::size_t> FindStage(PlanDocument const& document, std::string const& key, int number) {
  auto const& stages = document.stages;
  auto const of_key = [&](std::string const& wanted) -> std::optional<std::size_t> {
    auto const at = std::find_if(stages.begin(), stages.end(), [&](auto const& stage) { return stage.key == wanted; });
    return at == stages.end() ? std::nullopt : std::optional(static_cast<std::size_t>(at - stages.begin()));
  };
  if (!key.empty()) return of_key(key);
  if (auto const made = of_key(KeyOfNumber(number))) return made;
  auto const place = static_cast<std::size_t>(number) - 1;
  return place < stages.size() && !NumberOfKey(stages[place].key) ? std::optional(place) : std::nullopt;
}

std::size_t PlaceFor(std::vector<PlanStage> const& stages, int number, std::map<std::string, int> const& numbers) {
  for (std::size_t i = 0; i < stages.size(); ++i) {
    auto const said = numbers.find(stages[i].key);
    auto const known = said == numbers.end() ? NumberOfKey(stages[i].key) : std::optional(said->second);
    if (known && *known > number) return i;
  }
  return std::min(static_cast<std::size_t>(number) - 1, stages.size());
}

}  // namespace bole::plans
