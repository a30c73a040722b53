#include <algorithm>

#include "modules/assessment/part_source.hpp"
#include "modules/assessment/service.hpp"
#include "platform/config/config.hpp"
#include "platform/log/log.hpp"

// Recording → signals → assessment of the answer. The same code follows a growing recording and reads a finished one.
namespace bole::assessment {
namespace {

constexpr int kIdleRounds = 14;  // of `ask_after` without a piece: nobody records any more
constexpr int kGiveUpAfter = 5;  // attempts; then the report says that the recording could not be analysed

ExpressionPolicy PolicyOf(config::Policy const& policy) {
  switch (policy.expression) {
    case config::Expression::kReference:
      return ExpressionPolicy::reference;
    case config::Expression::kScored:
      return ExpressionPolicy::scored;
    default:
      return ExpressionPolicy::off;
  }
}

Rubric ToRubric(plans::Rubric const& from) {
  Rubric out;
  for (auto const& point : from.points)
    out.points.push_back({point.key, point.text_zh, point.text_en, point.synonyms, point.weight});
  for (auto const& anchor : from.anchors) out.anchors.push_back({anchor.score, anchor.text_zh, anchor.text_en});
  out.model_answer_zh = from.model_answer_zh;
  out.model_answer_en = from.model_answer_en;
  return out;
}

}  // namespace

std::string PlayableBlob(std::string const& answer_id) { return answer_id + "-play"; }

// A withdrawn consent stops what is under way, too: asked before every step that reads or keeps something.
bool Service::MayAnalyse(db::Tx& tx, std::string const& interview_id) {
  return !interviews_.Withdrawn(tx, interview_id, "analysis") && !interviews_.RecordingsErased(tx, interview_id);
}

Service::Service(AppContext const& context, audit::Api& audit, interviews::Api& interviews, plans::Api& plans,
                 AnalysisEngines engines, std::chrono::milliseconds ask_after)
    : database_(context.database),
      clock_(context.clock),
      blobs_(context.blobs),
      queue_(context.queue),
      store_(context.fields),
      expression_(PolicyOf(context.config.policy)),
      audit_(audit),
      interviews_(interviews),
      plans_(plans),
      engines_(std::move(engines)),
      ask_after_(ask_after) {}

std::shared_ptr<std::mutex> Service::Turn(std::string const& answer_id) {
  std::lock_guard const lock(mutex_);
  std::erase_if(turns_, [](auto const& entry) { return entry.second.expired(); });
  auto turn = turns_[answer_id].lock();
  if (!turn) turns_[answer_id] = turn = std::make_shared<std::mutex>();
  return turn;
}

Result<> Service::Follow(std::string const& answer_id, std::stop_token stop) {
  auto const whole = Run(answer_id, true, stop);
  if (!whole) return tl::unexpected<Error>(whole.error());
  return {};
}

Result<> Service::Analyse(std::string const& answer_id, int attempt, std::stop_token stop) {
  auto const whole = Run(answer_id, false, stop);
  if (whole) return {};
  if (attempt < kGiveUpAfter || stop.stop_requested()) return tl::unexpected<Error>(whole.error());
  log::Error("analysis.given_up", {{"answer", answer_id}, {"error", whole.error().key}});
  auto const answer = database_.Read([&](db::Tx& tx) { return interviews_.Answer(tx, answer_id); });
  if (!answer) return NotFound("answer");
  media::AnswerSignals nothing;
  nothing.notices.push_back({"analysis.failed", whole.error().key});
  return Keep(*answer, std::move(nothing));
}

// Nothing came for a while: is the recorder still there?
bool Service::GoesOn(std::string const& answer_id, std::int64_t part, int idle_rounds) {
  auto const answer = database_.Read([&](db::Tx& tx) { return interviews_.Answer(tx, answer_id); });
  if (!answer || answer->state != interviews::AnswerState::recording) return false;
  if (answer->parts.back().part > part) return false;  // the recorder began anew
  return idle_rounds < kIdleRounds;
}

Result<bool> Service::Run(std::string const& answer_id, bool follow, std::stop_token stop) {
  auto const turn = Turn(answer_id);
  std::lock_guard const mine(*turn);
  auto const load = [&] { return database_.Read([&](db::Tx& tx) { return interviews_.Answer(tx, answer_id); }); };
  auto const answer = load();
  if (!answer) return NotFound("answer");
  if (answer->state == interviews::AnswerState::superseded) return false;
  if (!database_.Read([&](db::Tx& tx) { return MayAnalyse(tx, answer->interview_id); })) return false;
  auto const known = database_.Read([&](db::Tx& tx) { return store::AnalysedParts(tx, answer_id); });
  if (known == std::ssize(answer->parts)) {
    // Analysed while it was spoken; the close of the answer only asks for the report.
    BOLE_TRY(Compose(answer->interview_id));
    return true;
  }
  auto const request = database_.Read([&](db::Tx& tx) {
    return AnalysisRequest{interviews_.Language(tx, answer->interview_id), expression_,
                           store_.Transcript(tx, answer_id)};
  });

  if (follow) {
    // While the candidate still thinks: scorer and question are ready when the answer ends.
    auto const question = database_.Read([&](db::Tx& tx) { return InputFor(tx, *answer); });
    auto const assessor = engines_.assessor();
    if (question && assessor) (*assessor)->Warm(*question);
  }

  // Parts are asked for one after the other: while the candidate records, later ones may still come.
  std::vector<std::unique_ptr<PartSource>> sources;
  std::optional<Error> broken;
  int idle_rounds = 0;
  auto const next = [&]() -> media::ByteSource* {
    auto const now = load();
    if (!now || sources.size() >= now->parts.size()) return nullptr;
    auto const part = now->parts[sources.size()].part;
    auto reader = blobs_.Open(interviews::BlobOf(answer_id, part));
    if (!reader) return broken = reader.error(), nullptr;
    sources.push_back(std::make_unique<PartSource>(
        *std::move(reader),
        [this, answer_id, part, &idle_rounds](int silent) { return GoesOn(answer_id, part, idle_rounds = silent); },
        ask_after_));
    return sources.back().get();
  };
  auto const caption = [&](std::string const& text, double start, double end) {
    if (follow) interviews_.Caption(answer->interview_id, answer_id, text, start, end);
  };
  BOLE_ASSIGN(auto signals, engines_.analyse(next, request, caption, stop));
  if (broken) return tl::unexpected<Error>(*broken);
  if (stop.stop_requested()) return Fail(ErrorCode::kUnavailable, "job.stopped");
  auto const after = load();
  if (!after || after->state == interviews::AnswerState::superseded) return false;
  bool const abandoned = after->state == interviews::AnswerState::recording && idle_rounds >= kIdleRounds;
  if (abandoned || after->parts.size() != sources.size()) {
    if (follow) return false;
    return Fail(ErrorCode::kUnavailable, "analysis.incomplete");
  }
  BOLE_TRY(Keep(*after, std::move(signals)));
  return true;
}

Result<AnswerInput> Service::InputFor(db::Tx& tx, interviews::AnswerRecord const& answer) {
  BOLE_ASSIGN(auto const interview, interviews_.View(tx, Scope::Everything(), answer.interview_id));
  BOLE_ASSIGN(auto const plan, plans_.PlanRevision(tx, interview.plan_id, interview.plan_revision));
  auto const& stages = plan.document.stages;
  auto const stage =
      std::find_if(stages.begin(), stages.end(), [&](auto const& s) { return s.key == answer.stage_key; });
  if (stage == stages.end()) return NotFound("stage");
  AnswerInput out;
  out.answer_id = answer.id;
  out.stage_key = answer.stage_key;
  out.kind = boost::describe::enum_to_string(stage->kind, "");
  out.title_zh = stage->title_zh, out.title_en = stage->title_en;
  out.question_zh = stage->question_zh, out.question_en = stage->question_en;
  if (auto const question = plan.questions.find(stage->key); question != plan.questions.end())
    out.rubric = ToRubric(question->second.rubric);
  out.dimensions = stage->dimensions;
  out.weight = stage->weight;
  out.language = interviews_.Language(tx, answer.interview_id);
  out.time_limit_seconds = stage->time_limit_seconds;
  out.media_type = answer.parts.at(0).mime_type;
  return out;
}

Result<AssessmentFrame> Service::FrameFor(db::Tx& tx, std::string const& interview_id) {
  BOLE_ASSIGN(auto const interview, interviews_.View(tx, Scope::Everything(), interview_id));
  BOLE_ASSIGN(auto const plan, plans_.PlanRevision(tx, interview.plan_id, interview.plan_revision));
  BOLE_ASSIGN(auto const model, plans_.ScoringModel(tx, plan.document.scoring_model_id.value_or("")));
  AssessmentFrame out;
  out.model_name = {model.id, model.name, static_cast<int>(model.version_no)};
  BOLE_ASSIGN(out.model, ReadScoringModel(ToText(model.document)));
  out.expression = expression_;
  for (auto const& dimension : plan.document.dimensions)
    out.dimensions.push_back({dimension.key, dimension.name_zh, dimension.name_en, dimension.weight});
  out.bands = {plan.document.bands.recommend, plan.document.bands.reinterview};
  return out;
}

Result<> Service::Keep(interviews::AnswerRecord const& answer, media::AnswerSignals signals) {
  BOLE_ASSIGN(auto input, database_.Read([&](db::Tx& tx) { return InputFor(tx, answer); }));
  BOLE_ASSIGN(auto const frame, database_.Read([&](db::Tx& tx) { return FrameFor(tx, answer.interview_id); }));
  // What was measured of the face is kept only of those who agreed to it.
  if (!database_.Read([&](db::Tx& tx) { return interviews_.Consented(tx, answer.interview_id, "biometric"); }))
    signals.face = {};
  input.signals = signals;
  BOLE_ASSIGN(auto const* assessor, engines_.assessor());
  auto assessment = assessor->AssessAnswer(input, frame);
  bool const kept = database_.Write([&](db::Tx& tx) {
    if (!interviews_.Answer(tx, answer.id) || !MayAnalyse(tx, answer.interview_id)) return false;
    store_.Save(tx, store::Analysis{answer.id, answer.interview_id, std::ssize(answer.parts), std::move(signals),
                                    std::move(assessment), clock_.Now()});
    queue_.Enqueue(tx, {.type = kPlayableJob, .payload = {{"answer_id", answer.id}}, .key = answer.id});
    return true;
  });
  return kept ? Compose(answer.interview_id) : Result<>{};
}

Result<> Service::Compose(std::string const& interview_id) {
  std::vector<AnswerAssessment> assessments;
  auto const frame = database_.Read([&](db::Tx& tx) -> Result<std::optional<AssessmentFrame>> {
    BOLE_ASSIGN(auto const interview, interviews_.View(tx, Scope::Everything(), interview_id));
    bool const finished =
        interview.state == interviews::State::analysing || interview.state == interviews::State::ready;
    if (!finished || store_.FindReport(tx, interview_id)) return std::nullopt;
    for (auto const& answer : interviews_.Answers(tx, interview_id)) {
      auto analysis = store_.FindAnalysis(tx, answer.id);
      if (!analysis || analysis->parts != std::ssize(answer.parts)) return std::nullopt;  // its own job asks again
      assessments.push_back(std::move(analysis->assessment));
    }
    BOLE_ASSIGN(auto made, FrameFor(tx, interview_id));
    return made;
  });
  if (!frame) return tl::unexpected<Error>(frame.error());
  if (!*frame) return {};
  BOLE_ASSIGN(auto const* assessor, engines_.assessor());
  auto const report = assessor->Compose(**frame, std::move(assessments));
  database_.Write([&](db::Tx& tx) {
    if (store_.FindReport(tx, interview_id)) return;  // another worker was quicker
    if (!MayAnalyse(tx, interview_id)) return;
    store_.Save(tx, store::StoredReport{interview_id, report, clock_.Now()});
    interviews_.ReportReady(tx, interview_id, report.total, report.band);
    audit_.Record(tx, Principal::System("assessment"),
                  {"report.compose", "interview", interview_id, {}, {{"model", report.model.id}}});
  });
  return {};
}

Result<> Service::MakePlayable(std::string const& answer_id) {
  auto const answer = database_.Read([&](db::Tx& tx) { return interviews_.Answer(tx, answer_id); });
  if (!answer) return {};
  auto const erased = [&](db::Tx& tx) { return interviews_.RecordingsErased(tx, answer->interview_id); };
  if (database_.Read(erased)) return {};
  std::vector<std::unique_ptr<PartSource>> sources;
  std::vector<media::ByteSource*> parts;
  for (auto const& part : answer->parts) {
    BOLE_ASSIGN(auto reader, blobs_.Open(interviews::BlobOf(answer_id, part.part)));
    sources.push_back(std::make_unique<PartSource>(
        std::move(reader), [](int) { return false; }, ask_after_));
    parts.push_back(sources.back().get());
  }
  auto const playable = engines_.make_playable(parts);
  if (!playable) {
    // A recording that no decoder understands stays as it came; the report already says so.
    log::Warn("playable.impossible", {{"answer", answer_id}, {"error", playable.error().key}});
    return {};
  }
  auto const* bytes = reinterpret_cast<std::uint8_t const*>(playable->data());
  BOLE_TRY(blobs_.Delete(PlayableBlob(answer_id)));  // a repeated job starts over
  auto const put = blobs_.Put(PlayableBlob(answer_id), blob::ByteView(bytes, playable->size()));
  if (!put) return tl::unexpected<Error>(put.error());
  if (database_.Read(erased)) return blobs_.Delete(PlayableBlob(answer_id));  // erased meanwhile
  return {};
}

Result<Service::Recording> Service::Media(Principal const& who, std::string const& interview_id,
                                          std::string const& answer_id, audit::Purpose const& purpose) {
  std::string org_id;
  auto recording = database_.Read([&](db::Tx& tx) -> Result<Recording> {
    BOLE_ASSIGN(auto const interview, interviews_.View(tx, Scope(who, "report.read"), interview_id));
    org_id = interview.org_id;
    auto const answer = interviews_.Answer(tx, answer_id);
    if (!answer || answer->interview_id != interview.id) return NotFound("answer");
    if (interviews_.RecordingsErased(tx, interview_id)) return Fail(ErrorCode::kGone, "recording.erased");
    auto const& mime = answer->parts.at(0).mime_type;
    Recording out{PlayableBlob(answer_id), mime.substr(0, mime.find(';'))};
    auto state = blobs_.Stat(out.blob_id);
    if (!state) {
      out.blob_id = interviews::BlobOf(answer_id, answer->parts.at(0).part);
      state = blobs_.Stat(out.blob_id);
    }
    if (!state) return tl::unexpected<Error>(state.error());
    out.size = state->size;
    return out;
  });
  if (recording)
    RecordRead(who,
               {"media.read", "interview", interview_id, org_id, audit::WithPurpose(purpose, {{"answer", answer_id}})});
  return recording;
}

}  // namespace bole::assessment
