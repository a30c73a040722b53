#include "modules/assessment/evaluate.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <istream>
#include <map>
#include <numeric>
#include <optional>
#include <ostream>

#include "base/text.hpp"
#include "platform/reflect/json.hpp"

namespace bole::assessment {
namespace {

std::string Text(json::object const& line, std::string_view key) {
  auto const* value = line.if_contains(key);
  return value && value->is_string() ? std::string(value->as_string()) : "";
}

std::optional<double> Number(json::object const& line, std::string_view key) {
  auto const* value = line.if_contains(key);
  if (!value) return std::nullopt;
  if (value->is_number()) return value->to_number<double>();
  if (!value->is_string()) return std::nullopt;
  std::string const text(value->as_string());
  char* end = nullptr;
  auto const number = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || !Trim(end).empty() || !std::isfinite(number)) return std::nullopt;
  return number;
}

// Other people's rubrics come in several shapes; what is not understood is left out.
Rubric ReadRubric(json::value const& in) {
  Rubric out;
  auto const* list = in.if_array();
  if (auto const* object = in.if_object())
    if (auto const* points = object->if_contains("points")) list = points->if_array();
  if (!list) return out;
  for (auto const& item : *list) {
    RubricPoint point;
    point.key = "p" + std::to_string(out.points.size() + 1);
    if (item.is_string()) {
      point.text_zh = point.text_en = std::string(item.as_string());
    } else if (auto const* object = item.if_object()) {
      point.text_zh = Text(*object, "text_zh"), point.text_en = Text(*object, "text_en");
      if (auto text = Text(*object, "text"); !text.empty()) point.text_zh = point.text_en = text;
      point.weight = Number(*object, "weight").value_or(1);
      if (auto const* synonyms = object->if_contains("synonyms"); synonyms && synonyms->is_array())
        for (auto const& synonym : synonyms->as_array())
          if (synonym.is_string()) point.synonyms.emplace_back(synonym.as_string());
    }
    if (!point.text_zh.empty() || !point.text_en.empty() || !point.synonyms.empty())
      out.points.push_back(std::move(point));
  }
  return out;
}

double Pearson(std::vector<double> const& a, std::vector<double> const& b) {
  auto const n = static_cast<double>(a.size());
  if (a.size() < 2) return 0;
  auto const ma = std::accumulate(a.begin(), a.end(), 0.0) / n, mb = std::accumulate(b.begin(), b.end(), 0.0) / n;
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    ab += (a[i] - ma) * (b[i] - mb), aa += (a[i] - ma) * (a[i] - ma), bb += (b[i] - mb) * (b[i] - mb);
  return aa > 1e-12 && bb > 1e-12 ? ab / std::sqrt(aa * bb) : 0;
}

// Ranks from 1; equal values share the mean rank.
std::vector<double> Ranks(std::vector<double> const& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return values[a] < values[b]; });
  std::vector<double> out(values.size());
  for (std::size_t i = 0; i < order.size();) {
    auto j = i;
    while (j < order.size() && values[order[j]] == values[order[i]]) ++j;
    for (auto k = i; k < j; ++k) out[order[k]] = static_cast<double>(i + j + 1) / 2;
    i = j;
  }
  return out;
}

// Cohen 1968, weights (i-j)²: 1 - Σ w·observed / Σ w·expected.
double Kappa(std::vector<double> const& a, std::vector<double> const& b) {
  std::map<int, double> ha, hb;
  double observed = 0;
  auto const n = static_cast<double>(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    auto const x = static_cast<int>(std::lround(a[i])), y = static_cast<int>(std::lround(b[i]));
    observed += (x - y) * (x - y) / n;
    ha[x] += 1 / n, hb[y] += 1 / n;
  }
  double expected = 0;
  for (auto const& [x, p] : ha)
    for (auto const& [y, q] : hb) expected += p * q * (x - y) * (x - y);
  return expected > 1e-12 ? 1 - observed / expected : 0;
}

json::object FeatureRow(RatedAnswer const& answer, ContentScore const& score) {
  return {{"question", answer.question},
          {"human", answer.human},
          {"score", score.score},
          {"coverage", score.coverage},
          {"sentence_recall", score.match.sentence_recall},
          {"window_cosine", score.match.window_cosine},
          {"word_recall", score.match.word_recall},
          {"bigram_recall", score.match.bigram_recall},
          {"length_share", score.match.length_share}};
}

}  // namespace

Result<std::vector<RatedAnswer>> ReadRatedAnswers(std::istream& in) {
  std::vector<RatedAnswer> out;
  std::string text;
  for (int number = 1; std::getline(in, text); ++number) {
    if (Trim(text).empty()) continue;
    auto const bad = [&](char const* reason) {
      return Fail(ErrorCode::kInvalid, "evaluate.bad_line", {{"line", std::to_string(number)}, {"reason", reason}});
    };
    auto const value = ParseJson(text);
    if (!value || !value->is_object()) return bad("not a JSON object");
    auto const& line = value->as_object();
    RatedAnswer row;
    row.question = Text(line, "question");
    row.answer = Text(line, "answer");
    if (!line.contains("answer")) return bad("no answer");
    if (auto const* references = line.if_contains("references"); references && references->is_array())
      for (auto const& reference : references->as_array())
        if (reference.is_string()) row.references.emplace_back(reference.as_string());
    for (auto const* key : {"reference", "reference1", "reference2", "reference3"})
      if (auto reference = Text(line, key); !Trim(reference).empty()) row.references.push_back(std::move(reference));
    if (auto const* rubric = line.if_contains("rubric")) row.rubric = ReadRubric(*rubric);
    if (row.references.empty() && row.rubric.points.empty()) return bad("neither references nor rubric");
    auto human = Number(line, "human");
    if (!human) human = Number(line, "score");
    if (!human) return bad("no human score");
    auto const most = Number(line, "max_score").value_or(10);
    if (!(most > 0)) return bad("max_score must be above 0");
    row.human = *human * 10 / most;
    out.push_back(std::move(row));
  }
  if (out.empty()) return Fail(ErrorCode::kInvalid, "evaluate.empty");
  return out;
}

Agreement Compare(std::vector<double> const& machine, std::vector<double> const& human) {
  Agreement out;
  out.n = static_cast<int>(machine.size());
  if (machine.empty()) return out;
  out.pearson = Pearson(machine, human);
  out.spearman = Pearson(Ranks(machine), Ranks(human));
  out.quadratic_weighted_kappa = Kappa(machine, human);
  double squares = 0;
  for (std::size_t i = 0; i < machine.size(); ++i) squares += (machine[i] - human[i]) * (machine[i] - human[i]);
  out.rmse = std::sqrt(squares / static_cast<double>(machine.size()));
  return out;
}

Evaluation Evaluate(std::vector<RatedAnswer> const& answers, ContentScorer const& scorer, std::ostream* rows) {
  std::vector<double> machine, human;
  std::map<std::string, std::pair<std::vector<double>, std::vector<double>>> by_question;
  std::map<std::string, ContentTarget> prepared;
  for (auto const& row : answers) {
    auto const answer = scorer.Read(row.answer);
    json::value const marks = {WriteJson(row.rubric), json::value_from(row.references), answer.language};
    auto const key = row.question + ToText(marks);
    auto found = prepared.find(key);
    if (found == prepared.end())
      found = prepared.emplace(key, scorer.Prepare(row.question, row.rubric, row.references, answer.language)).first;
    auto const score = scorer.Score(found->second, answer);
    machine.push_back(score.score), human.push_back(row.human);
    auto& [m, h] = by_question[row.question];
    m.push_back(score.score), h.push_back(row.human);
    if (rows) *rows << ToText(FeatureRow(row, score)) << '\n';
  }
  Evaluation out;
  out.content_model = scorer.model().name + " v" + std::to_string(scorer.model().version);
  out.embedder = scorer.EmbedderName();
  out.overall = Compare(machine, human);
  int large = 0;
  for (auto const& [question, pair] : by_question) {
    out.questions.push_back({question, Compare(pair.first, pair.second)});
    if (pair.first.size() >= 10) out.mean_pearson_within_question += out.questions.back().figures.pearson, ++large;
  }
  if (large > 0) out.mean_pearson_within_question /= large;
  return out;
}

int RunEvaluate(std::string const& path, ContentScorer const& scorer, bool features, std::ostream& out,
                std::ostream& err) {
  std::ifstream file(path);
  if (!file) {
    err << "bole evaluate: cannot read " << path << '\n';
    return 2;
  }
  auto const answers = ReadRatedAnswers(file);
  if (!answers) {
    auto const& params = answers.error().params;
    auto const line = params.find("line"), reason = params.find("reason");
    err << "bole evaluate: " << path;
    if (line != params.end())
      err << " line " << line->second << ": " << reason->second << '\n';
    else
      err << ": no rated answers\n";
    return 2;
  }
  auto const evaluation = Evaluate(*answers, scorer, features ? &out : nullptr);
  if (!features) out << ToJsonText(evaluation, true) << '\n';
  return 0;
}

}  // namespace bole::assessment
