#pragma once
#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "media/signals/signals.hpp"

// The parts of a report as people read them. Plain values; times in seconds of the answer's media, scores 0..10 with
// one decimal, `certainty` is high | medium | low | insufficient. An absent score means "cannot be judged", never zero.
namespace bole::assessment {

struct Notice {
  std::string code;               // message key notice.<code>
  std::string severity = "info";  // info | warning
  std::string text_zh, text_en;
};
BOOST_DESCRIBE_STRUCT(Notice, (), (code, severity, text_zh, text_en))

struct Evidence {
  std::string answer_id;
  std::string kind = "quote";  // quote | clip | feature
  std::string quote;
  double start = 0, end = 0;
  std::optional<std::string> feature;
  std::optional<double> value;
  std::string note_zh, note_en;
};
BOOST_DESCRIBE_STRUCT(Evidence, (), (answer_id, kind, quote, start, end, feature, value, note_zh, note_en))

struct Finding {
  std::string text_zh, text_en;
  std::vector<Evidence> evidence;
};
BOOST_DESCRIBE_STRUCT(Finding, (), (text_zh, text_en, evidence))

// `contribution` is in points of the score; the contributions of a scored dimension sum to its score. A feature that
// could not be observed has weight 0 and contribution 0.
struct FeatureScore {
  std::string key, name_zh, name_en;
  double value = 0;
  std::string unit;
  double normalised = 0, weight = 0, contribution = 0;
};
BOOST_DESCRIBE_STRUCT(FeatureScore, (), (key, name_zh, name_en, value, unit, normalised, weight, contribution))

struct DimensionScore {
  std::string key, name_zh, name_en;
  double weight = 0;
  std::optional<double> score;
  std::string certainty = "insufficient";
  std::vector<FeatureScore> features;
  std::vector<Evidence> evidence;
  std::string comment_zh, comment_en;
};
BOOST_DESCRIBE_STRUCT(DimensionScore, (),
                      (key, name_zh, name_en, weight, score, certainty, features, evidence, comment_zh, comment_en))

struct TranscriptView {
  std::string source = "none", engine, language;
  std::vector<media::Sentence> sentences;
  std::vector<media::Interval> pauses;
};
BOOST_DESCRIBE_STRUCT(TranscriptView, (), (source, engine, language, sentences, pauses))

struct PointCoverage {
  std::string key, text_zh, text_en;
  double covered = 0;  // 0..1; from 0.5 on the point counts as made
  std::string quote;
  double start = 0, end = 0;
};
BOOST_DESCRIBE_STRUCT(PointCoverage, (), (key, text_zh, text_en, covered, quote, start, end))

struct VoiceView {
  double speech_seconds = 0, words_per_minute = 0, pause_ratio = 0;
  int filler_count = 0;
  double pitch_mean_hz = 0, pitch_sd_semitones = 0, energy_mean_db = 0, energy_sd_db = 0, snr_db = 0;
};
BOOST_DESCRIBE_STRUCT(VoiceView, (),
                      (speech_seconds, words_per_minute, pause_ratio, filler_count, pitch_mean_hz, pitch_sd_semitones,
                       energy_mean_db, energy_sd_db, snr_db))

struct FacePoint {
  double t = 0;
  int faces = 0;
  double x = 0, y = 0, w = 0, h = 0, yaw = 0, pitch = 0, roll = 0, brightness = 0;
};
BOOST_DESCRIBE_STRUCT(FacePoint, (), (t, faces, x, y, w, h, yaw, pitch, roll, brightness))

struct FaceView {
  int sampled_frames = 0;
  double face_ratio = 0, several_ratio = 0, centred_ratio = 0, brightness_mean = 0;
  std::optional<double> smile_ratio;  // absent while the expression policy is off
  double yaw_sd = 0, pitch_sd = 0;
  std::optional<double> blink_per_minute;
  std::vector<FacePoint> timeline;
};
BOOST_DESCRIBE_STRUCT(FaceView, (),
                      (sampled_frames, face_ratio, several_ratio, centred_ratio, brightness_mean, smile_ratio, yaw_sd,
                       pitch_sd, blink_per_minute, timeline))

struct Highlight {
  double start = 0, end = 0;
  std::string title_zh, title_en;
};
BOOST_DESCRIBE_STRUCT(Highlight, (), (start, end, title_zh, title_en))

struct AnswerReport {
  std::string answer_id, stage_key, kind, title_zh, title_en, question_zh, question_en;
  std::string question_kind = "text";  // text | picture | video; read from the plan with each report, not stored
  double duration = 0;
  std::string media_type;
  std::optional<double> score;
  std::string certainty = "insufficient";
  std::string comment_zh, comment_en;
  TranscriptView transcript;
  std::vector<PointCoverage> points;
  VoiceView voice;
  FaceView face;
  std::vector<Highlight> highlights;
  std::vector<Notice> notices;
};
BOOST_DESCRIBE_STRUCT(AnswerReport, (),
                      (answer_id, stage_key, kind, title_zh, title_en, question_zh, question_en, question_kind,
                       duration, media_type, score, certainty, comment_zh, comment_en, transcript, points, voice, face,
                       highlights, notices))

struct ModelName {
  std::string id, name;
  int version_no = 0;
};
BOOST_DESCRIBE_STRUCT(ModelName, (), (id, name, version_no))

// What the scorer decides. ReportView adds the interview, status, time and environment around it.
struct Report {
  ModelName model;
  std::optional<double> total;
  std::string band = "insufficient";  // recommend | reinterview | reject | insufficient
  std::string certainty = "insufficient";
  std::string verdict_zh, verdict_en;
  std::vector<Finding> strengths, doubts;
  std::vector<DimensionScore> dimensions;
  std::vector<AnswerReport> answers;
  std::vector<Notice> notices;
  std::vector<media::EngineUse> engines;
};
BOOST_DESCRIBE_STRUCT(Report, (),
                      (model, total, band, certainty, verdict_zh, verdict_en, strengths, doubts, dimensions, answers,
                       notices, engines))

}  // namespace bole::assessment
