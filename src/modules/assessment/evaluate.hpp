#pragma once
#include <boost/describe.hpp>
#include <iosfwd>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "modules/assessment/content_scorer.hpp"

// Checks the content scorer against people's scores: `bole evaluate FILE.jsonl`.
namespace bole::assessment {

// One rated answer; `human` on 0..10 (a line's `max_score` says another scale).
struct RatedAnswer {
  std::string question;
  std::vector<std::string> references;
  Rubric rubric;
  std::string answer;
  double human = 0;
};

struct Agreement {
  int n = 0;
  double pearson = 0, spearman = 0;
  double quadratic_weighted_kappa = 0;  // scores rounded to whole points
  double rmse = 0;
};
BOOST_DESCRIBE_STRUCT(Agreement, (), (n, pearson, spearman, quadratic_weighted_kappa, rmse))

struct QuestionAgreement {
  std::string question;
  Agreement figures;
};
BOOST_DESCRIBE_STRUCT(QuestionAgreement, (), (question, figures))

struct Evaluation {
  std::string content_model, embedder;
  Agreement overall;
  double mean_pearson_within_question = 0;  // over questions with at least ten answers
  std::vector<QuestionAgreement> questions;
};
BOOST_DESCRIBE_STRUCT(Evaluation, (), (content_model, embedder, overall, mean_pearson_within_question, questions))

// Reads JSON lines {question, references[], rubric?, answer, human, max_score?} or {question, reference1..3, answer,
// score}. `rubric` is a rubric object, a list of points or a list of texts. A broken line: kInvalid with its number.
[[nodiscard]] Result<std::vector<RatedAnswer>> ReadRatedAnswers(std::istream& in);
// Pearson and Spearman are 0 where one side does not vary. Sizes must be equal.
[[nodiscard]] Agreement Compare(std::vector<double> const& machine, std::vector<double> const& human);
// `rows`, when given, receives one JSON line a rated answer with its features, for tools/fit_content_model.py.
[[nodiscard]] Evaluation Evaluate(std::vector<RatedAnswer> const& answers, ContentScorer const& scorer,
                                  std::ostream* rows = nullptr);

// Prints the evaluation as JSON (or, with `features`, the rows instead). Returns the exit code: 0, or 2 for an
// unreadable file with the reason on `err`.
[[nodiscard]] int RunEvaluate(std::string const& path, ContentScorer const& scorer, bool features, std::ostream& out,
                              std::ostream& err);

}  // namespace bole::assessment
