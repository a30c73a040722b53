#include "modules/assessment/assessor.hpp"

#include <cmath>

#include "base/text.hpp"
#include "modules/assessment/features.hpp"
#include "modules/assessment/notices.hpp"

namespace bole::assessment {
namespace {

std::vector<std::string> References(Rubric const& rubric, std::string_view language) {
  auto const& own = language == "en" ? rubric.model_answer_en : rubric.model_answer_zh;
  auto const& other = language == "en" ? rubric.model_answer_zh : rubric.model_answer_en;
  auto const& text = own.empty() ? other : own;
  return text.empty() ? std::vector<std::string>{} : std::vector<std::string>{text};
}

std::string Question(AnswerInput const& answer, std::string_view language) {
  auto const& own = language == "en" ? answer.question_en : answer.question_zh;
  return own.empty() ? answer.question_zh + answer.question_en : own;
}

FaceView ShowFace(media::FaceSignals const& face, ExpressionPolicy expression) {
  FaceView out;
  out.sampled_frames = face.sampled_frames;
  out.face_ratio = face.face_ratio, out.several_ratio = face.several_ratio, out.centred_ratio = face.centred_ratio;
  out.brightness_mean = face.brightness_mean;
  out.yaw_sd = face.yaw_sd, out.pitch_sd = face.pitch_sd;
  out.blink_per_minute = face.blink_per_minute;
  if (expression != ExpressionPolicy::off) out.smile_ratio = face.smile_ratio;
  for (auto const& s : face.timeline)
    out.timeline.push_back({s.t, s.faces, s.x, s.y, s.w, s.h, s.yaw, s.pitch, s.roll, s.brightness});
  return out;
}

AnswerReport Describe(AnswerInput const& answer, ExpressionPolicy expression) {
  AnswerReport out;
  out.answer_id = answer.answer_id, out.stage_key = answer.stage_key, out.kind = answer.kind;
  out.title_zh = answer.title_zh, out.title_en = answer.title_en;
  out.question_zh = answer.question_zh, out.question_en = answer.question_en;
  auto const& signals = answer.signals;
  out.duration = signals.media.duration;
  out.media_type = answer.media_type;
  out.transcript = {signals.transcript.source, signals.transcript.engine, signals.transcript.language,
                    signals.transcript.sentences, signals.transcript.pauses};
  auto const& v = signals.voice;
  out.voice = {v.speech_seconds,     v.words_per_minute, v.pause_ratio,  v.filler_count, v.pitch_mean_hz,
               v.pitch_sd_semitones, v.energy_mean_db,   v.energy_sd_db, v.snr_db};
  out.face = ShowFace(signals.face, expression);
  return out;
}

}  // namespace

Assessor::Assessor(media::WordSegmenter const& words, media::Embedder* embedder, ContentModel content,
                   i18n::Messages const& texts)
    : words_(words), embedder_(embedder), content_(words, embedder, std::move(content)), texts_(texts) {}

void Assessor::Warm(AnswerInput const& question) const {
  auto const language = question.language.empty() ? "zh" : question.language;
  (void)content_.Prepare("", question.rubric, References(question.rubric, language), language);
}

AnswerAssessment Assessor::AssessAnswer(AnswerInput const& answer, AssessmentFrame const& frame) const {
  Texts const texts(texts_);
  AnswerAssessment out;
  auto const usable = Judge(answer.signals, frame.model.certainty);
  auto said = ReadTranscript(answer.signals.transcript, words_, usable.words ? embedder_ : nullptr);
  if (!answer.language.empty() && answer.signals.transcript.language.empty() && said.items.empty())
    said.language = answer.language;
  auto const target = content_.Prepare(Question(answer, said.language), answer.rubric,
                                       References(answer.rubric, said.language), said.language);
  auto const score = content_.Score(target, usable.words ? said : Utterances{{}, 0, said.language});

  out.report = Describe(answer, frame.expression);
  out.report.notices = AnswerNotices(texts, answer.signals, usable, said.set_aside);
  for (std::size_t i = 0; i < target.points.size(); ++i) {
    auto const& point = target.points[i].point;
    PointCoverage coverage{point.key, point.text_zh, point.text_en, 0, "", 0, 0};
    if (auto const& match = score.points[i]; match.utterance >= 0) {
      auto const& said_there = said.items[static_cast<std::size_t>(match.utterance)];
      coverage.covered = std::round(match.covered * 1000) / 1000;
      coverage.quote = said_there.text, coverage.start = said_there.start, coverage.end = said_there.end;
    }
    out.report.points.push_back(std::move(coverage));
  }
  out.language = said.language;
  out.weight = answer.weight;
  out.confidence = usable.confidence;
  out.dimensions = answer.dimensions;
  out.features = MeasureFeatures(answer, said, target, score, usable);
  if (frame.expression == ExpressionPolicy::off)
    for (auto& feature : out.features)
      if (feature.key == "smile") feature = {feature.key, "not_applicable", 0, {}};
  out.engines = answer.signals.engines;
  if (embedder_ && usable.words) out.engines.push_back({"embedding", embedder_->Name(), ""});
  out.engines.push_back({"content_model", content_.model().name, std::to_string(content_.model().version)});
  return out;
}

}  // namespace bole::assessment
