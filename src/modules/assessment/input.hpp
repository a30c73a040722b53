#pragma once
#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "media/signals/signals.hpp"
#include "modules/assessment/model.hpp"
#include "modules/assessment/scoring_model.hpp"

// What the scorer is given: questions, rubrics and what the engines observed. Nothing about who the person is.
namespace bole::assessment {

struct RubricPoint {
  std::string key, text_zh, text_en;
  std::vector<std::string> synonyms;  // other ways to say it, in either language
  double weight = 1;
};
BOOST_DESCRIBE_STRUCT(RubricPoint, (), (key, text_zh, text_en, synonyms, weight))

struct RubricAnchor {
  double score = 0;
  std::string text_zh, text_en;
};
BOOST_DESCRIBE_STRUCT(RubricAnchor, (), (score, text_zh, text_en))

struct Rubric {
  std::vector<RubricPoint> points;
  std::vector<RubricAnchor> anchors;
  std::string model_answer_zh, model_answer_en;
};
BOOST_DESCRIBE_STRUCT(Rubric, (), (points, anchors, model_answer_zh, model_answer_en))

struct AnswerInput {
  std::string answer_id, stage_key;
  std::string kind = "question";  // introduction | question
  std::string title_zh, title_en, question_zh, question_en;
  Rubric rubric;                        // empty for an introduction
  std::vector<std::string> dimensions;  // keys this answer speaks for; empty: all
  double weight = 1;                    // within the interview, any positive scale
  std::string language;                 // zh | en; "" takes the transcript's
  double time_limit_seconds = 0;        // 0: unknown
  media::AnswerSignals signals;
  std::string media_type;
};
BOOST_DESCRIBE_STRUCT(AnswerInput, (),
                      (answer_id, stage_key, kind, title_zh, title_en, question_zh, question_en, rubric, dimensions,
                       weight, language, time_limit_seconds, signals, media_type))

struct DimensionInput {
  std::string key, name_zh, name_en;
  double weight = 0;  // percent; other sums are normalised and said so
};
BOOST_DESCRIBE_STRUCT(DimensionInput, (), (key, name_zh, name_en, weight))

// Lower limits of the bands on the 0..10 scale.
struct Bands {
  double recommend = 7.0, reinterview = 5.0;
};
BOOST_DESCRIBE_STRUCT(Bands, (), (recommend, reinterview))

// What facial expression may do. Off: not even shown. Reference: shown, never scored. Scored: may enter a dimension.
enum class ExpressionPolicy { off, reference, scored };
BOOST_DESCRIBE_ENUM(ExpressionPolicy, off, reference, scored)

// Everything about the interview that is not an answer.
struct AssessmentFrame {
  ModelName model_name;  // id and version of the row the document was read from
  ScoringModel model;
  ExpressionPolicy expression = ExpressionPolicy::off;
  std::vector<DimensionInput> dimensions;
  Bands bands;
};
BOOST_DESCRIBE_STRUCT(AssessmentFrame, (), (model_name, model, expression, dimensions, bands))

// One thing measured in one answer, before any scoring model weighs it.
struct AnswerFeature {
  std::string key;
  std::string state = "available";  // available | insufficient | not_applicable
  double value = 0;
  std::vector<Evidence> evidence;
};
BOOST_DESCRIBE_STRUCT(AnswerFeature, (), (key, state, value, evidence))

// The costly part of scoring, made once when an answer ends and kept; composing a report from these takes milliseconds.
struct AnswerAssessment {
  AnswerReport report;   // without score, comment and highlights until the report is composed
  std::string language;  // zh | en
  double weight = 1;
  double confidence = 0;  // of the transcript; 1 for imported text, 0 without
  std::vector<std::string> dimensions;
  std::vector<AnswerFeature> features;
  std::vector<media::EngineUse> engines;
};
BOOST_DESCRIBE_STRUCT(AnswerAssessment, (), (report, language, weight, confidence, dimensions, features, engines))

}  // namespace bole::assessment
