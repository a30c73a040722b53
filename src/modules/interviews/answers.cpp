#include <algorithm>

#include "modules/interviews/service.hpp"
#include "platform/blob/blob_store.hpp"
#include "platform/events/events.hpp"

namespace bole::interviews {
namespace {

constexpr std::int64_t kPieceMs = 1000;  // what CandidateSession::piece_ms asks recorders to send
constexpr std::int64_t kMinimumLeftMs = 5000;
constexpr std::int64_t kMaxParts = 50;

bool IsRecording(std::string const& mime) { return mime.starts_with("video/webm") || mime.starts_with("video/mp4"); }

plans::PlanStage const* StageOf(plans::ResolvedPlan const& plan, std::string const& key) {
  auto const& stages = plan.document.stages;
  auto const found = std::find_if(stages.begin(), stages.end(), [&](auto const& stage) { return stage.key == key; });
  return found == stages.end() ? nullptr : &*found;
}

std::int64_t AllowedMs(plans::PlanStage const& stage) {
  return 1000LL * (stage.time_limit_seconds + stage.grace_seconds);
}

// Recorders cut pieces a little shorter or longer than asked; beyond twice the allowed time nothing honest is left.
std::uint32_t MaxPieces(plans::PlanStage const& stage) {
  return static_cast<std::uint32_t>(2 * AllowedMs(stage) / kPieceMs + 30);
}

bool MayAnswer(State state) { return state == State::consented || state == State::in_progress; }

}  // namespace

Result<StartedAnswer> Service::Start(Principal const& who, StartAnswer const& input) {
  if (!IsRecording(input.mime_type)) return FailField("/mime_type", "not_allowed");
  auto const plan_of = [&](db::Tx& tx, Row const& row) {
    return plans_.PlanRevision(tx, row.plan_id, row.plan_revision);
  };
  LiveAnswer live;
  auto started = database_.Write([&](db::Tx& tx) -> Result<StartedAnswer> {
    BOLE_ASSIGN(auto row, Mine(tx, who));
    if (!MayAnswer(row.state)) return Fail(ErrorCode::kConflict, "interview.not_open");
    BOLE_ASSIGN(auto const plan, plan_of(tx, row));
    auto const* stage = StageOf(plan, input.stage_key);
    if (!stage) return FailField("/stage_key", "not_found");
    if (row.current_stage != input.stage_key) return Fail(ErrorCode::kConflict, "stage.not_current");

    auto const now = clock_.Now();
    auto answers = store::Answers(tx, row.id);
    auto const same = [&](auto const& answer) { return answer.stage_key == input.stage_key; };
    auto open = std::find_if(answers.begin(), answers.end(),
                             [&](auto const& a) { return same(a) && a.state == AnswerState::recording; });
    StartedAnswer out;
    std::int64_t recorded_ms = 0;
    if (open == answers.end()) {
      store::AnswerRow answer;
      answer.id = NewUlid(now);
      answer.interview_id = row.id;
      answer.stage_key = input.stage_key;
      answer.attempt = 1 + std::count_if(answers.begin(), answers.end(), same);
      answer.parts.value = {{0, input.mime_type}};
      answer.started_at = now;
      tx.Insert("interview_answer", answer);
      out = {answer.id, 0, 0, answer.attempt, AllowedMs(*stage)};
      live.parts = {0};
      if (row.state == State::consented) {
        row.state = State::in_progress;
        row.started_at = now;
      }
      Save(tx, row);
      bus_.Publish(tx, kAnswerOpened, answer.id, {{"interview_id", row.id}, {"answer_id", answer.id}});
    } else {
      // A recorder that was cut off (reload, crash, lost tab) goes on as another part of the same answer.
      if (std::ssize(open->parts.value) >= kMaxParts) return Fail(ErrorCode::kConflict, "answer.too_many_parts");
      for (auto const& part : open->parts.value) {
        live.parts.insert(part.part);
        if (auto const state = blobs_.Stat(BlobOf(open->id, part.part))) recorded_ms += state->next_piece * kPieceMs;
      }
      auto const next = open->parts.value.back().part + 1;
      live.parts.insert(next);
      open->parts.value.push_back({next, input.mime_type});
      store::Save(tx, *open);
      out = {open->id, next, 0, open->attempt, std::max(kMinimumLeftMs, AllowedMs(*stage) - recorded_ms)};
    }
    live.interview_id = row.id;
    live.max_pieces = MaxPieces(*stage);
    BOLE_TRY(blobs_.Create(BlobOf(out.id, out.part)));
    return out;
  });
  if (started) live_.Put(started->id, live);
  return started;
}

Result<LiveAnswer> Service::Recording(Principal const& who, std::string const& answer_id) {
  auto live = live_.Find(answer_id);
  if (!live) {
    BOLE_ASSIGN(auto const loaded, database_.Read([&](db::Tx& tx) -> Result<LiveAnswer> {
      auto const answer = store::Answer(tx, answer_id);
      if (!answer || answer->interview_id != who.id) return NotFound("answer");
      if (answer->state != AnswerState::recording) return Fail(ErrorCode::kConflict, "answer.closed");
      BOLE_ASSIGN(auto const row, Mine(tx, who));
      BOLE_ASSIGN(auto const plan, plans_.PlanRevision(tx, row.plan_id, row.plan_revision));
      auto const* stage = StageOf(plan, answer->stage_key);
      if (!stage) return NotFound("stage");
      LiveAnswer out{answer->interview_id, {}, MaxPieces(*stage)};
      for (auto const& part : answer->parts.value) out.parts.insert(part.part);
      return out;
    }));
    live_.Put(answer_id, loaded);
    live = loaded;
  }
  if (live->interview_id != who.id) return NotFound("answer");
  return *live;
}

Result<PieceView> Service::Piece(Principal const& who, std::string const& answer_id, std::int64_t part,
                                 std::int64_t piece, std::string_view bytes) {
  BOLE_ASSIGN(auto const live, Recording(who, answer_id));
  if (!live.parts.contains(part)) return NotFound("part");
  if (piece < 0 || piece >= live.max_pieces) return Fail(ErrorCode::kConflict, "answer.time_over");
  if (bytes.empty()) return Fail(ErrorCode::kInvalid, "piece.empty");
  auto const* data = reinterpret_cast<std::uint8_t const*>(bytes.data());
  BOLE_ASSIGN(auto const state, blobs_.Append(BlobOf(answer_id, part), static_cast<std::uint32_t>(piece),
                                              blob::ByteView(data, bytes.size())));
  return PieceView{state.next_piece, static_cast<std::int64_t>(state.size)};
}

Result<CandidateSession> Service::Finish(Principal const& who, std::string const& answer_id,
                                         FinishAnswer const& input) {
  auto const answer = database_.Read([&](db::Tx& tx) { return store::Answer(tx, answer_id); });
  if (!answer || answer->interview_id != who.id) return NotFound("answer");
  if (answer->state == AnswerState::closed) return Session(who);  // a repeat
  if (answer->state == AnswerState::superseded) return Fail(ErrorCode::kConflict, "answer.closed");

  // Everything the candidate's device recorded must be here before the answer counts as given.
  std::uint64_t bytes = 0;
  for (auto const& part : input.parts) {
    auto const state = blobs_.Stat(BlobOf(answer_id, part.part));
    auto const have = state ? static_cast<std::int64_t>(state->next_piece) : 0;
    if (have < part.pieces)
      return Fail(ErrorCode::kConflict, "answer.pieces_missing",
                  {{"part", std::to_string(part.part)}, {"next_piece", std::to_string(have)}});
    if (state) bytes += state->size;
  }
  if (bytes == 0) return Fail(ErrorCode::kConflict, "answer.empty");
  for (auto const& part : answer->parts.value) BOLE_TRY(blobs_.Seal(BlobOf(answer_id, part.part)));

  auto out = database_.Write([&](db::Tx& tx) -> Result<CandidateSession> {
    auto current = store::Answer(tx, answer_id);
    BOLE_ASSIGN(auto row, Mine(tx, who));
    if (current->state == AnswerState::closed) return SessionOf(tx, row);
    if (!MayAnswer(row.state)) return Fail(ErrorCode::kConflict, "interview.not_open");
    auto const now = clock_.Now();
    current->state = AnswerState::closed;
    current->closed_at = now;
    current->duration_ms = input.duration_ms;
    current->reason = input.reason;
    store::Save(tx, *current);

    BOLE_ASSIGN(auto const plan, plans_.PlanRevision(tx, row.plan_id, row.plan_revision));
    auto const& stages = plan.document.stages;
    auto const at =
        std::find_if(stages.begin(), stages.end(), [&](auto const& s) { return s.key == current->stage_key; });
    row.answered = std::distance(stages.begin(), at) + 1;
    bool const last = at == stages.end() || std::next(at) == stages.end();
    row.current_stage = last ? std::nullopt : std::optional(std::next(at)->key);
    json::object const news{{"interview_id", row.id}, {"answer_id", answer_id}};
    bus_.Publish(tx, kAnswerClosed, answer_id, news);
    if (last) {
      row.state = State::analysing;
      row.finished_at = now;
      audit_.Record(tx, who, {"interview.finish", "interview", row.id, row.org_id, {}});
      people_.AddEvent(tx, row.candidate_id,
                       {now, "interview.finished", "file.interview_finished", {{"plan", row.plan_name_zh}}, row.id});
      bus_.Publish(tx, kInterviewFinished, row.id, {{"interview_id", row.id}});
    }
    Save(tx, row);
    return SessionOf(tx, row);
  });
  live_.Forget(answer_id);
  return out;
}

Result<CandidateSession> Service::Retake(Principal const& who, std::string const& answer_id) {
  auto out = database_.Write([&](db::Tx& tx) -> Result<CandidateSession> {
    auto answer = store::Answer(tx, answer_id);
    if (!answer || answer->interview_id != who.id) return NotFound("answer");
    BOLE_ASSIGN(auto row, Mine(tx, who));
    if (row.state != State::in_progress) return Fail(ErrorCode::kConflict, "interview.not_open");
    BOLE_ASSIGN(auto const plan, plans_.PlanRevision(tx, row.plan_id, row.plan_revision));
    auto const* stage = StageOf(plan, answer->stage_key);
    if (!stage || answer->state == AnswerState::superseded) return Fail(ErrorCode::kConflict, "answer.closed");
    // Only the newest answer: repeating an earlier one would undo those behind it.
    if (store::Answers(tx, row.id).back().id != answer_id) return Fail(ErrorCode::kConflict, "stage.not_current");
    if (answer->attempt > stage->retakes) return Fail(ErrorCode::kConflict, "answer.no_retake_left");
    answer->state = AnswerState::superseded;
    store::Save(tx, *answer);
    auto const& stages = plan.document.stages;
    row.answered = stage - stages.data();
    row.current_stage = stage->key;
    audit_.Record(tx, who, {"answer.retake", "interview", row.id, row.org_id, {{"stage", stage->key}}});
    Save(tx, row);
    return SessionOf(tx, row);
  });
  if (out) live_.Forget(answer_id);
  return out;
}

}  // namespace bole::interviews
