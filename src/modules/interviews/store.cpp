#include "modules/interviews/store.hpp"

#include "base/text.hpp"
#include "modules/people/api.hpp"

namespace bole::interviews {

std::string BlobOf(std::string const& answer_id, std::int64_t part) { return answer_id + "-" + std::to_string(part); }

namespace store {
namespace {

struct ListRow {
  std::string id, candidate_id, candidate_name, plan_id;
  std::int64_t plan_revision = 1;
  std::string plan_name_zh, plan_name_en, job_name, org_id, org_name;
  State state = State::invited;
  std::int64_t answered = 0, stages = 0;
  std::optional<std::string> current_stage;
  Instant expires_at{};
  std::optional<Instant> opened_at, started_at, finished_at, report_ready_at;
  std::optional<double> total;
  std::optional<std::string> band;
  Instant created_at{};
  std::string created_by_name;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(ListRow, (),
                      (id, candidate_id, candidate_name, plan_id, plan_revision, plan_name_zh, plan_name_en, job_name,
                       org_id, org_name, state, answered, stages, current_stage, expires_at, opened_at, started_at,
                       finished_at, report_ready_at, total, band, created_at, created_by_name, version))

struct IdRow {
  std::string id;
};
BOOST_DESCRIBE_STRUCT(IdRow, (), (id))

constexpr char const* kColumns =
    "i.id, i.candidate_id, i.candidate_name, i.plan_id, i.plan_revision, i.plan_name_zh, i.plan_name_en, i.job_name, "
    "i.org_id, n.name AS org_name, i.state, i.answered, i.stages, i.current_stage, i.expires_at, i.opened_at, "
    "i.started_at, i.finished_at, i.report_ready_at, i.total, i.band, i.created_at, i.created_by_name, i.version";
constexpr char const* kFrom = "interview i JOIN org_node n ON n.id = i.org_id";

InterviewView ToView(ListRow const& r) {
  return {r.id,
          r.candidate_id,
          r.candidate_name,
          r.plan_id,
          r.plan_revision,
          r.plan_name_zh,
          r.plan_name_en,
          r.job_name,
          r.org_id,
          r.org_name,
          r.state,
          {r.answered, r.stages},
          r.current_stage,
          {},
          r.expires_at,
          r.opened_at,
          r.started_at,
          r.finished_at,
          r.report_ready_at,
          r.total,
          r.band,
          r.created_at,
          r.created_by_name,
          r.version};
}

template <class Row>
std::optional<Row> OneWhere(db::Tx& tx, std::string_view name, std::string_view table, std::string_view column,
                            std::string const& value) {
  return tx.One<Row>(
      {name, "SELECT " + db::Columns<Row>() + " FROM " + std::string(table) + " WHERE " + std::string(column) + " = ?"},
      value);
}

}  // namespace

Page<InterviewView> List(db::Tx& tx, Scope const& scope, Filter const& filter) {
  db::KeysetQuery query{.name = "interviews.list",
                        .columns = kColumns,
                        .from = kFrom,
                        .id_column = "i.id",
                        .limit = filter.limit,
                        .cursor = filter.cursor};
  query.Add(db::ScopeCondition(scope, "i.org_id", people::TeamOfCandidate("i.candidate_id")));
  if (!filter.org_path.empty()) query.Add(db::SubtreeCondition(filter.org_path, "i.org_id"));
  if (filter.state) query.And("i.state = ?", {db::ToValue(*filter.state)});
  if (!filter.plan_id.empty()) query.And("i.plan_id = ?", {filter.plan_id});
  if (!filter.candidate_id.empty()) query.And("i.candidate_id = ?", {filter.candidate_id});
  if (!filter.text.empty()) {
    auto const like = db::Contains(AsciiLower(filter.text));
    query.And("(LOWER(i.candidate_name) LIKE ? ESCAPE '\\' OR LOWER(i.job_name) LIKE ? ESCAPE '\\')", {like, like});
  }
  return db::MapPage<InterviewView>(db::SelectPage<ListRow>(tx, query), ToView);
}

std::optional<InterviewView> View(db::Tx& tx, Scope const& scope, std::string const& id) {
  auto const condition = db::ScopeCondition(scope, "i.org_id", people::TeamOfCandidate("i.candidate_id"));
  db::Cells values{id};
  values.insert(values.end(), condition.parameters.begin(), condition.parameters.end());
  auto const rows = tx.SelectWith<ListRow>(
      {"interviews.view", std::string("SELECT ") + kColumns + " FROM " + kFrom + " WHERE i.id = ?" + condition.sql},
      values);
  if (rows.empty()) return std::nullopt;
  return ToView(rows[0]);
}

std::vector<StateCount> Counts(db::Tx& tx, Scope const& scope) {
  auto const condition = db::ScopeCondition(scope, "org_id", people::TeamOfCandidate("candidate_id"));
  return tx.SelectWith<StateCount>({"interviews.counts", "SELECT state, COUNT(*) AS count FROM interview WHERE 1 = 1" +
                                                             condition.sql + " GROUP BY state"},
                                   condition.parameters);
}

std::optional<InterviewRow> Find(db::Tx& tx, std::string const& id) {
  return OneWhere<InterviewRow>(tx, "interviews.find", "interview", "id", id);
}

std::optional<InterviewRow> FindByToken(db::Tx& tx, std::string const& token_hash) {
  return OneWhere<InterviewRow>(tx, "interviews.by_token", "interview", "token_hash", token_hash);
}

void Save(db::Tx& tx, InterviewRow& row) {
  ++row.version;
  tx.Execute({"interviews.save",
              "UPDATE interview SET state = ?, answered = ?, current_stage = ?, expires_at = ?, opened_at = ?, "
              "started_at = ?, finished_at = ?, report_ready_at = ?, total = ?, band = ?, decline_reason = ?, "
              "wants_person = ?, consents = ?, environment = ?, version = ?, recordings_erased_at = ?, "
              "analysis_erased_at = ? WHERE id = ?"},
             row.state, row.answered, row.current_stage, row.expires_at, row.opened_at, row.started_at, row.finished_at,
             row.report_ready_at, row.total, row.band, row.decline_reason, row.wants_person, row.consents,
             row.environment, row.version, row.recordings_erased_at, row.analysis_erased_at, row.id);
}

std::vector<std::string> Overdue(db::Tx& tx, Instant now, int limit) {
  std::vector<std::string> out;
  for (auto const& row :
       tx.Select<IdRow>({"interviews.overdue",
                         "SELECT id FROM interview WHERE state IN ('invited', 'opened', 'identified', "
                         "'consented') AND expires_at < ? LIMIT ?"},
                        now, limit))
    out.push_back(row.id);
  return out;
}

std::optional<CodeRow> Code(db::Tx& tx, std::string const& interview_id) {
  return OneWhere<CodeRow>(tx, "interviews.code", "interview_code", "interview_id", interview_id);
}

void SaveCode(db::Tx& tx, CodeRow const& row) {
  tx.Execute({"interviews.code_delete", "DELETE FROM interview_code WHERE interview_id = ?"}, row.interview_id);
  tx.Insert("interview_code", row);
}

std::optional<SessionRow> Session(db::Tx& tx, std::string const& token_hash) {
  return OneWhere<SessionRow>(tx, "interviews.session", "interview_session", "token_hash", token_hash);
}

std::optional<AnswerRow> Answer(db::Tx& tx, std::string const& id) {
  return OneWhere<AnswerRow>(tx, "interviews.answer", "interview_answer", "id", id);
}

std::vector<AnswerRow> Answers(db::Tx& tx, std::string const& interview_id) {
  return tx.Select<AnswerRow>({"interviews.answers", "SELECT " + db::Columns<AnswerRow>() +
                                                         " FROM interview_answer WHERE interview_id = ? ORDER BY id"},
                              interview_id);
}

void Save(db::Tx& tx, AnswerRow const& row) {
  tx.Execute({"interviews.answer_save",
              "UPDATE interview_answer SET state = ?, parts = ?, closed_at = ?, "
              "duration_ms = ?, reason = ? WHERE id = ?"},
             row.state, row.parts, row.closed_at, row.duration_ms, row.reason, row.id);
}

std::vector<std::string> OfCandidates(db::Tx& tx, std::vector<std::string> const& candidate_ids) {
  std::vector<std::string> out;
  for (auto const& candidate : candidate_ids)
    for (auto& row : tx.Select<IdRow>(
             {"interviews.of_candidate", "SELECT id FROM interview WHERE candidate_id = ? ORDER BY id"}, candidate))
      out.push_back(std::move(row.id));
  return out;
}

std::vector<KeptInterview> Kept(db::Tx& tx, std::string const& after_id, int limit) {
  return tx.Select<KeptInterview>(
      {"interviews.kept",
       "SELECT i.id, i.candidate_id, i.org_id, n.path AS org_path, i.plan_id, i.plan_revision, "
       "COALESCE(i.finished_at, i.started_at, i.created_at) AS ended_at, i.recordings_erased_at, i.analysis_erased_at "
       "FROM interview i JOIN org_node n ON n.id = i.org_id WHERE i.id > ? AND i.started_at IS NOT NULL AND "
       "(i.recordings_erased_at IS NULL OR i.analysis_erased_at IS NULL) ORDER BY i.id LIMIT ?"},
      after_id, limit);
}

std::optional<Instant> LastActivity(db::Tx& tx, std::string const& candidate_id) {
  return tx.Scalar<Instant>({"interviews.last_activity",
                             "SELECT MAX(CASE WHEN state IN ('invited', 'opened', 'identified', 'consented') THEN "
                             "expires_at ELSE COALESCE(finished_at, started_at, created_at) END) FROM interview WHERE "
                             "candidate_id = ?"},
                            candidate_id);
}

std::optional<std::string> LastWithResult(db::Tx& tx, std::string const& candidate_id) {
  return tx.Scalar<std::string>(
      {"interviews.last_result",
       "SELECT id FROM interview WHERE candidate_id = ? AND total IS NOT NULL ORDER BY id DESC LIMIT 1"},
      candidate_id);
}

std::map<std::string, std::int64_t> EraseInterview(db::Tx& tx, std::string const& id) {
  std::map<std::string, std::int64_t> out;
  tx.Execute({"interviews.erase_code", "DELETE FROM interview_code WHERE interview_id = ?"}, id);
  tx.Execute({"interviews.erase_session", "DELETE FROM interview_session WHERE interview_id = ?"}, id);
  out["interview_answer"] =
      tx.Execute({"interviews.erase_answers", "DELETE FROM interview_answer WHERE interview_id = ?"}, id);
  out["interview"] = tx.Execute({"interviews.erase", "DELETE FROM interview WHERE id = ?"}, id);
  return out;
}

}  // namespace store
}  // namespace bole::interviews
