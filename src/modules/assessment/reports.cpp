#include "modules/assessment/service.hpp"
#include "platform/http/response.hpp"

namespace bole::assessment {

Result<ReportView> Service::Load(Scope const& scope, std::string const& interview_id) {
  return database_.Read([&](db::Tx& tx) -> Result<ReportView> {
    ReportView out;
    BOLE_ASSIGN(out.interview, interviews_.View(tx, scope, interview_id));
    out.environment = interviews_.Environment(tx, interview_id);
    if (interviews_.Withdrawn(tx, interview_id, "analysis") || interviews_.Withdrawn(tx, interview_id, "recording")) {
      out.status = "withdrawn";
      return out;
    }
    auto stored = store_.FindReport(tx, interview_id);
    if (!stored) {
      if (interviews_.AnalysisErased(tx, interview_id))
        out.status = "erased";
      else if (out.interview.state == interviews::State::analysing || out.interview.state == interviews::State::ready)
        out.status = "analysing";
      return out;
    }
    auto environment = std::move(out.environment);
    out = MakeReportView(std::move(out.interview), *std::move(stored));
    out.environment = std::move(environment);
    if (auto const plan = plans_.PlanRevision(tx, out.interview.plan_id, out.interview.plan_revision))
      for (auto& answer : out.answers)
        if (auto const shown = plan->question_media.find(answer.stage_key); shown != plan->question_media.end())
          answer.question_kind = shown->second.media.kind == plans::StageMediaKind::picture ? "picture" : "video";
    return out;
  });
}

Result<http::Response> Service::QuestionMedia(Principal const& who, http::Request const& request,
                                              std::string const& interview_id, std::string const& stage_key) {
  BOLE_ASSIGN(auto const id, database_.Read([&](db::Tx& tx) -> Result<std::string> {
    BOLE_ASSIGN(auto const interview, interviews_.View(tx, Scope(who, "report.read"), interview_id));
    BOLE_ASSIGN(auto const plan, plans_.PlanRevision(tx, interview.plan_id, interview.plan_revision));
    auto const asset = plan.question_media.find(stage_key);
    if (asset == plan.question_media.end()) return NotFound("stage");
    return asset->second.id;
  }));
  return plans_.ServeAsset(request, id);
}

// Before anything is shown; reading again within a minute takes no turn as writer.
void Service::RecordRead(Principal const& who, audit::Entry const& read) {
  if (audit_.IsNewRead(who, read)) database_.Write([&](db::Tx& tx) { audit_.RecordRead(tx, who, read); });
}

Result<ReportView> Service::Report(Principal const& who, std::string const& interview_id,
                                   audit::Purpose const& purpose) {
  auto report = Load(Scope(who, "report.read"), interview_id);
  if (report && report->status == "ready")
    RecordRead(who, {"report.read", "interview", interview_id, report->interview.org_id, audit::WithPurpose(purpose)});
  return report;
}

Result<TakenOut> Service::Export(Principal const& who, std::string const& interview_id, char const* file,
                                 audit::Purpose const& purpose) {
  BOLE_ASSIGN(auto report, Load(Scope(who, "report.export"), interview_id));
  if (report.status != "ready") return Fail(ErrorCode::kConflict, "report.not_ready");
  BOLE_TRY(audit::RequirePurpose(purpose));
  auto const record = database_.Write([&](db::Tx& tx) {
    auto id = audit_.Begin(tx, who,
                           {"report.export", "interview", interview_id, report.interview.org_id,
                            audit::WithPurpose(purpose, {{"file", file}})});
    audit_.Succeeded(tx, id);
    return id;
  });
  return TakenOut{std::move(report), record, clock_.Now()};
}

ReportView MakeReportView(interviews::InterviewView interview, store::StoredReport stored) {
  ReportView out;
  auto& report = stored.report;
  out.interview = std::move(interview);
  out.status = "ready";
  out.created_at = stored.created_at;
  out.model = std::move(report.model);
  out.total = report.total;
  out.band = std::move(report.band);
  out.certainty = std::move(report.certainty);
  out.verdict_zh = std::move(report.verdict_zh), out.verdict_en = std::move(report.verdict_en);
  out.strengths = std::move(report.strengths), out.doubts = std::move(report.doubts);
  out.dimensions = std::move(report.dimensions);
  out.answers = std::move(report.answers);
  out.notices = std::move(report.notices);
  out.engines = std::move(report.engines);
  return out;
}

void Service::ImportTranscript(db::Tx& tx, std::string const& answer_id, std::string const& content) {
  store_.SaveTranscript(tx, answer_id, content, clock_.Now());
}

Result<> Service::SetTranscript(Principal const& who, std::string const& interview_id, std::string const& answer_id,
                                std::string const& content) {
  BOLE_TRY(database_.Write([&](db::Tx& tx) -> Result<> {
    BOLE_ASSIGN(auto const interview, interviews_.View(tx, Scope(who, "interview.invite"), interview_id));
    auto const answer = interviews_.Answer(tx, answer_id);
    if (!answer || answer->interview_id != interview.id) return NotFound("answer");
    if (content.find("-->") == std::string::npos) return Fail(ErrorCode::kInvalid, "transcript.not_subtitles");
    if (interviews_.Restricted(tx, interview_id)) return Fail(ErrorCode::kConflict, "invite.restricted");
    auto const record = audit_.Begin(tx, who, {"transcript.import", "interview", interview_id, interview.org_id, {}});
    store_.SaveTranscript(tx, answer_id, content, clock_.Now());
    audit_.Succeeded(tx, record);
    return {};
  }));
  return Reanalyse(who, interview_id);
}

Result<> Service::Reanalyse(Principal const& who, std::string const& interview_id) {
  return database_.Write([&](db::Tx& tx) -> Result<> {
    BOLE_ASSIGN(auto const interview, interviews_.View(tx, Scope(who, "interview.invite"), interview_id));
    if (interview.state != interviews::State::ready && interview.state != interviews::State::analysing)
      return Fail(ErrorCode::kConflict, "interview.not_open");
    if (interviews_.RecordingsErased(tx, interview_id)) return Fail(ErrorCode::kGone, "recording.erased");
    if (interviews_.Restricted(tx, interview_id)) return Fail(ErrorCode::kConflict, "invite.restricted");
    auto const record = audit_.Begin(tx, who, {"report.reanalyse", "interview", interview_id, interview.org_id, {}});
    store::DeleteAll(tx, interview_id);
    for (auto const& answer : interviews_.Answers(tx, interview_id))
      queue_.Enqueue(tx, {.type = kAnalyseJob, .payload = {{"answer_id", answer.id}}, .key = answer.id});
    audit_.Succeeded(tx, record);
    return {};
  });
}

}  // namespace bole::assessment
