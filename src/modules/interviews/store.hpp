#pragma once
#include "modules/interviews/api.hpp"
#include "platform/db/keyset.hpp"

// All SQL of the module.
namespace bole::interviews::store {

struct ConsentGiven {
  std::string key, version;
  bool granted = false;
  Instant at{};
  std::optional<Instant> withdrawn_at;
};
BOOST_DESCRIBE_STRUCT(ConsentGiven, (), (key, version, granted, at, withdrawn_at))

struct InterviewRow {
  std::string id, org_id, candidate_id, candidate_name, plan_id;
  std::int64_t plan_revision = 1;
  std::string plan_name_zh, plan_name_en, job_name, language;
  State state = State::invited;
  std::int64_t answered = 0, stages = 0;
  std::optional<std::string> current_stage;
  std::string token_hash, token_sealed;
  Instant expires_at{};
  std::optional<Instant> opened_at, started_at, finished_at, report_ready_at;
  std::optional<double> total;
  std::optional<std::string> band;
  std::string decline_reason;
  bool wants_person = false;
  db::Json<std::vector<ConsentGiven>> consents;
  std::optional<db::Json<EnvironmentReport>> environment;
  Instant created_at{};
  std::string created_by, created_by_name;
  std::int64_t version = 1;
  std::optional<Instant> recordings_erased_at, analysis_erased_at;
};
BOOST_DESCRIBE_STRUCT(InterviewRow, (),
                      (id, org_id, candidate_id, candidate_name, plan_id, plan_revision, plan_name_zh, plan_name_en,
                       job_name, language, state, answered, stages, current_stage, token_hash, token_sealed, expires_at,
                       opened_at, started_at, finished_at, report_ready_at, total, band, decline_reason, wants_person,
                       consents, environment, created_at, created_by, created_by_name, version, recordings_erased_at,
                       analysis_erased_at))

struct CodeRow {
  std::string interview_id, code_hash;
  Instant sent_at{};
  std::int64_t sent_count = 0;
  Instant expires_at{};
  std::int64_t attempts = 0;
  std::optional<Instant> locked_until;
};
BOOST_DESCRIBE_STRUCT(CodeRow, (), (interview_id, code_hash, sent_at, sent_count, expires_at, attempts, locked_until))

struct SessionRow {
  std::string token_hash, interview_id;
  Instant created_at{}, expires_at{};
};
BOOST_DESCRIBE_STRUCT(SessionRow, (), (token_hash, interview_id, created_at, expires_at))

struct AnswerRow {
  std::string id, interview_id, stage_key;
  std::int64_t attempt = 1;
  AnswerState state = AnswerState::recording;
  db::Json<std::vector<Part>> parts;
  Instant started_at{};
  std::optional<Instant> closed_at;
  std::int64_t duration_ms = 0;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(AnswerRow, (),
                      (id, interview_id, stage_key, attempt, state, parts, started_at, closed_at, duration_ms, reason))

struct Filter {
  std::string text, plan_id, candidate_id, org_path;
  std::optional<State> state;
  int limit = 50;
  std::string cursor;
  bool mine = false;  // only of candidates whose team one is in
};

struct StateCount {
  State state = State::invited;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(StateCount, (), (state, count))

Page<InterviewView> List(db::Tx& tx, Scope const& scope, Filter const& filter);
std::optional<InterviewView> View(db::Tx& tx, Scope const& scope, std::string const& id);
std::vector<StateCount> Counts(db::Tx& tx, Scope const& scope);
std::optional<InterviewRow> Find(db::Tx& tx, std::string const& id);
std::optional<InterviewRow> FindByToken(db::Tx& tx, std::string const& token_hash);
// Writes every changeable column and raises the version.
void Save(db::Tx& tx, InterviewRow& row);
std::vector<std::string> Overdue(db::Tx& tx, Instant now, int limit);

std::optional<CodeRow> Code(db::Tx& tx, std::string const& interview_id);
void SaveCode(db::Tx& tx, CodeRow const& row);
std::optional<SessionRow> Session(db::Tx& tx, std::string const& token_hash);

std::optional<AnswerRow> Answer(db::Tx& tx, std::string const& id);
std::vector<AnswerRow> Answers(db::Tx& tx, std::string const& interview_id);
void Save(db::Tx& tx, AnswerRow const& row);

std::vector<std::string> OfCandidates(db::Tx& tx, std::vector<std::string> const& candidate_ids);
std::vector<KeptInterview> Kept(db::Tx& tx, std::string const& after_id, int limit);
std::optional<Instant> LastActivity(db::Tx& tx, std::string const& candidate_id);
// The newest interview of the candidate that has a result.
std::optional<std::string> LastWithResult(db::Tx& tx, std::string const& candidate_id);
// Interview, answers, codes and sessions; how many interviews and answers went.
std::map<std::string, std::int64_t> EraseInterview(db::Tx& tx, std::string const& id);

}  // namespace bole::interviews::store
