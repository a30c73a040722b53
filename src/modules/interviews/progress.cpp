#include <algorithm>

#include "modules/interviews/service.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole::interviews {

Result<InterviewView> Service::View(db::Tx& tx, Scope const& scope, std::string const& id) {
  auto view = store::View(tx, scope, id);
  if (!view) return NotFound("interview");
  std::vector<InterviewView> one{*std::move(view)};
  AddDeliveries(tx, scope, one);
  return std::move(one[0]);
}

void Service::AddDeliveries(db::Tx& tx, Scope const& scope, std::vector<InterviewView>& views) {
  std::vector<std::string> ids;
  for (auto const& view : views) ids.push_back(view.id);
  if (ids.empty()) return;
  for (auto const& delivery : notify_.DeliveriesOf(tx, ids)) {
    auto const view =
        std::find_if(views.begin(), views.end(), [&](auto const& v) { return v.id == delivery.related_id; });
    if (view == views.end()) continue;
    auto const node = org_.Node(tx, Scope::Everything(), view->org_id);
    bool const hidden = !node || scope.Level(FieldClass::contact, node->path) == FieldLevel::hidden;
    view->deliveries.push_back({boost::describe::enum_to_string(delivery.channel, ""),
                                hidden ? std::string() : delivery.to_masked,
                                boost::describe::enum_to_string(delivery.state, ""),
                                delivery.error.empty() ? std::nullopt : std::optional(delivery.error), delivery.at});
  }
}

void Service::Save(db::Tx& tx, Row& row) {
  store::Save(tx, row);
  auto const view = store::View(tx, Scope::Everything(), row.id);
  auto const node = org_.Node(tx, Scope::Everything(), row.org_id);
  if (!view || !node) return;
  json::object const state{{"state", boost::describe::enum_to_string(row.state, "")}};
  tx.OnCommit([this, id = row.id, data = ToJsonText(*view), scope = node->path, state = ToText(state),
               team = people_.TeamOf(tx, row.candidate_id)] {
    hub_.Publish({kInterviewTopic, "interview", data, scope, team});
    hub_.Publish("candidate:" + id, "state", state);
  });
}

std::optional<AnswerRecord> Service::Answer(db::Tx& tx, std::string const& answer_id) {
  auto row = store::Answer(tx, answer_id);
  if (!row) return std::nullopt;
  return AnswerRecord{row->id,    row->interview_id, row->stage_key,  row->attempt,
                      row->state, row->parts.value,  row->duration_ms};
}

std::vector<AnswerRecord> Service::AllAnswers(db::Tx& tx, std::string const& interview_id) {
  std::vector<AnswerRecord> out;
  for (auto const& row : store::Answers(tx, interview_id))
    out.push_back({row.id, row.interview_id, row.stage_key, row.attempt, row.state, row.parts.value, row.duration_ms});
  return out;
}

std::vector<AnswerRecord> Service::Answers(db::Tx& tx, std::string const& interview_id) {
  std::vector<AnswerRecord> out;
  for (auto const& row : store::Answers(tx, interview_id))
    if (row.state == AnswerState::closed)
      out.push_back(
          {row.id, row.interview_id, row.stage_key, row.attempt, row.state, row.parts.value, row.duration_ms});
  return out;  // stages are answered in order, ids ascend
}

std::optional<EnvironmentReport> Service::Environment(db::Tx& tx, std::string const& interview_id) {
  auto const row = store::Find(tx, interview_id);
  if (!row || !row->environment) return std::nullopt;
  return row->environment->value;
}

std::string Service::Language(db::Tx& tx, std::string const& interview_id) {
  auto const row = store::Find(tx, interview_id);
  return row && row->language == "en-US" ? "en" : "zh";
}

Result<> Service::MarkIdentified(db::Tx& tx, std::string const& interview_id) {
  auto row = store::Find(tx, interview_id);
  if (!row) return NotFound("interview");
  if (row->state != State::invited && row->state != State::opened)
    return Fail(ErrorCode::kConflict, "interview.not_open");
  row->state = State::identified;
  Save(tx, *row);
  return {};
}

void Service::ReportReady(db::Tx& tx, std::string const& interview_id, std::optional<double> total,
                          std::string const& band) {
  auto row = store::Find(tx, interview_id);
  if (!row) return;
  row->state = State::ready;
  row->report_ready_at = clock_.Now();
  row->total = total;
  row->band = band;
  if (total) people_.RecordResult(tx, row->candidate_id, *total, band);
  people_.AddEvent(
      tx, row->candidate_id,
      {*row->report_ready_at, "report.ready", "file.report_ready", {{"plan", row->plan_name_zh}}, row->id});
  Save(tx, *row);
}

void Service::Caption(std::string const& interview_id, std::string const& answer_id, std::string const& text,
                      double start, double end) {
  json::object const caption{{"answer_id", answer_id}, {"text", text}, {"start", start}, {"end", end}, {"final", true}};
  hub_.Publish("candidate:" + interview_id, "caption", ToText(caption));
}

std::vector<json::object> Service::Interviews(db::Tx& tx, Principal const& who, std::string const& candidate_id) {
  std::vector<json::object> out;
  for (auto const& view :
       store::List(tx, Scope(who, "interview.read"), {.candidate_id = candidate_id, .limit = 200}).items)
    out.push_back(WriteJson(view).as_object());
  return out;
}

std::vector<people::FileEvent> Service::Events(db::Tx&, Principal const&, std::string const&) {
  return {};  // written into the file as they happen (people::Api::AddEvent)
}

void Service::ExpireLater(db::Tx& tx, Row const& row) {
  queue_.Enqueue(tx, {.type = kExpireJob, .payload = {}, .run_at = row.expires_at + std::chrono::milliseconds(1)});
}

int Service::ExpireOverdue() {
  auto const ids = database_.Read([&](db::Tx& tx) { return store::Overdue(tx, clock_.Now(), 500); });
  for (auto const& id : ids)
    database_.Write([&](db::Tx& tx) {
      auto row = store::Find(tx, id);
      if (!row || row->expires_at >= clock_.Now()) return;
      row->state = State::expired;
      Save(tx, *row);
    });
  return static_cast<int>(ids.size());
}

}  // namespace bole::interviews
