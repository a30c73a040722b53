#include "modules/privacy/store.hpp"

namespace bole::privacy::store {
namespace {

template <class Row>
std::optional<Row> ById(db::Tx& tx, Scope const& scope, std::string_view table, std::string const& id) {
  auto const condition = db::ScopeCondition(scope, "org_id");
  db::Cells values{id};
  values.insert(values.end(), condition.parameters.begin(), condition.parameters.end());
  auto rows = tx.SelectWith<Row>(
      {table, "SELECT " + db::Columns<Row>() + " FROM " + std::string(table) + " WHERE id = ?" + condition.sql},
      values);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

template <class Row>
db::KeysetQuery ListOf(std::string_view table, Scope const& scope, Filter const& filter) {
  db::KeysetQuery query{.name = table,
                        .columns = db::Columns<Row>(),
                        .from = std::string(table),
                        .limit = filter.limit,
                        .cursor = filter.cursor};
  query.Add(db::ScopeCondition(scope, "org_id"));
  if (!filter.org_path.empty()) query.Add(db::SubtreeCondition(filter.org_path, "org_id"));
  return query;
}

// Lists of rows about persons.
template <class Row>
db::KeysetQuery AboutPersons(std::string_view table, Scope const& scope, Filter const& filter) {
  auto query = ListOf<Row>(table, scope, filter);
  if (!filter.person_id.empty()) query.And("person_id = ?", {filter.person_id});
  return query;
}

}  // namespace

Page<ConsentRow> Consents(db::Tx& tx, Scope const& scope, Filter const& filter) {
  auto query = AboutPersons<ConsentRow>("consent_record", scope, filter);
  if (!filter.consent.empty()) query.And("consent = ?", {filter.consent});
  if (!filter.state.empty()) query.And("act = ?", {filter.state});
  return db::SelectPage<ConsentRow>(tx, query);
}

Page<RequestRow> Requests(db::Tx& tx, Scope const& scope, Filter const& filter) {
  auto query = AboutPersons<RequestRow>("subject_request", scope, filter);
  if (!filter.kind.empty()) query.And("kind = ?", {filter.kind});
  if (!filter.state.empty()) query.And("state = ?", {filter.state});
  if (filter.open) query.And("state IN ('received', 'in_progress')");
  return db::SelectPage<RequestRow>(tx, query);
}

Page<ExportRow> Exports(db::Tx& tx, Scope const& scope, Filter const& filter) {
  return db::SelectPage<ExportRow>(tx, AboutPersons<ExportRow>("person_export", scope, filter));
}

Page<HoldRow> Holds(db::Tx& tx, Scope const& scope, Filter const& filter, Instant now) {
  auto query = AboutPersons<HoldRow>("legal_hold", scope, filter);
  if (filter.open) query.And("released_at IS NULL AND (until_at IS NULL OR until_at > ?)", {db::ToValue(now)});
  return db::SelectPage<HoldRow>(tx, query);
}

Page<ErasureRow> Erasures(db::Tx& tx, Scope const& scope, Filter const& filter) {
  auto query = AboutPersons<ErasureRow>("erasure", scope, filter);
  if (!filter.state.empty()) query.And("state = ?", {filter.state});
  return db::SelectPage<ErasureRow>(tx, query);
}

Page<CertificateRow> Certificates(db::Tx& tx, Scope const& scope, Filter const& filter) {
  return db::SelectPage<CertificateRow>(tx, ListOf<CertificateRow>("erasure_certificate", scope, filter));
}

bool HasConsent(db::Tx& tx, ConsentRow const& row) {
  return tx
      .Scalar<std::string>({"privacy.has_consent",
                            "SELECT id FROM consent_record WHERE interview_id = ? AND consent = ? AND act = ? "
                            "AND at = ?"},
                           row.interview_id, row.consent, row.act, row.at)
      .has_value();
}

std::optional<ConsentRow> Consent(db::Tx& tx, std::string const& id) {
  return ById<ConsentRow>(tx, Scope::Everything(), "consent_record", id);
}

std::vector<ConsentRow> LockedConsents(db::Tx& tx, std::string const& person_id) {
  return tx.Select<ConsentRow>(
      {"privacy.locked", "SELECT " + db::Columns<ConsentRow>() +
                             " FROM consent_record WHERE (person_id = ? OR ? = '') AND outcome = 'locked' ORDER BY id"},
      person_id, person_id);
}

void SetOutcome(db::Tx& tx, std::string const& id, Outcome outcome) {
  tx.Execute({"privacy.outcome", "UPDATE consent_record SET outcome = ? WHERE id = ?"}, outcome, id);
}

std::vector<TextRow> Texts(db::Tx& tx, std::string const& consent) {
  return tx.Select<TextRow>(
      {"privacy.texts", "SELECT " + db::Columns<TextRow>() + " FROM consent_text WHERE consent = ? ORDER BY since, id"},
      consent);
}

std::optional<RequestRow> Request(db::Tx& tx, Scope const& scope, std::string const& id) {
  return ById<RequestRow>(tx, scope, "subject_request", id);
}

bool Update(db::Tx& tx, RequestRow const& row, std::int64_t expected) {
  return tx.Execute({"privacy.request_update",
                     "UPDATE subject_request SET state = ?, reason = ?, closed_at = ?, version = ?, due_at = ?, "
                     "first_due_at = ?, extension = ? WHERE id = ? AND version = ?"},
                    row.state, row.reason, row.closed_at, row.version, row.due_at, row.first_due_at, row.extension,
                    row.id, expected) == 1;
}

std::vector<StepRow> Steps(db::Tx& tx, std::string const& request_id) {
  return tx.Select<StepRow>({"privacy.steps", "SELECT " + db::Columns<StepRow>() +
                                                  " FROM subject_request_step WHERE request_id = ? ORDER BY id"},
                            request_id);
}

std::optional<ExportRow> Export(db::Tx& tx, Scope const& scope, std::string const& id) {
  return ById<ExportRow>(tx, scope, "person_export", id);
}

void Update(db::Tx& tx, ExportRow const& row) {
  tx.Execute({"privacy.export_update",
              "UPDATE person_export SET state = ?, progress = ?, size = ?, files = ?, failure = ?, expires_at = ?, "
              "version = version + 1 WHERE id = ?"},
             row.state, row.progress, row.size, row.files, row.failure, row.expires_at, row.id);
}

std::vector<ExportRow> ExpiredExports(db::Tx& tx, Instant now) {
  return tx.Select<ExportRow>({"privacy.expired_exports", "SELECT " + db::Columns<ExportRow>() +
                                                              " FROM person_export WHERE state = 'ready' AND "
                                                              "expires_at <= ? ORDER BY id LIMIT 500"},
                              now);
}

std::optional<HoldRow> Hold(db::Tx& tx, Scope const& scope, std::string const& id) {
  return ById<HoldRow>(tx, scope, "legal_hold", id);
}

bool Update(db::Tx& tx, HoldRow const& row, std::int64_t expected) {
  return tx.Execute({"privacy.hold_update",
                     "UPDATE legal_hold SET released_at = ?, released_by_name = ?, version = ? WHERE id = ? AND "
                     "version = ?"},
                    row.released_at, row.released_by_name, row.version, row.id, expected) == 1;
}

std::vector<HoldRow> HoldsOn(db::Tx& tx, std::string const& person_id, Instant now) {
  return tx.Select<HoldRow>({"privacy.holds_on", "SELECT " + db::Columns<HoldRow>() +
                                                     " FROM legal_hold WHERE person_id = ? AND released_at IS NULL "
                                                     "AND (until_at IS NULL OR until_at > ?) ORDER BY id"},
                            person_id, now);
}

std::optional<ErasureRow> Erasure(db::Tx& tx, Scope const& scope, std::string const& id) {
  return ById<ErasureRow>(tx, scope, "erasure", id);
}

std::optional<std::string> OpenErasure(db::Tx& tx, std::string const& person_id) {
  return tx.Scalar<std::string>(
      {"privacy.open_erasure", "SELECT id FROM erasure WHERE person_id = ? AND state IN ('proposed', 'approved')"},
      person_id);
}

bool Update(db::Tx& tx, ErasureRow const& row, std::int64_t expected) {
  return tx.Execute({"privacy.erasure_update",
                     "UPDATE erasure SET state = ?, decided_by = ?, decided_by_name = ?, decided_at = ?, failure = ?, "
                     "certificate_id = ?, version = ? WHERE id = ? AND version = ?"},
                    row.state, row.decided_by, row.decided_by_name, row.decided_at, row.failure, row.certificate_id,
                    row.version, row.id, expected) == 1;
}

std::optional<CertificateRow> Certificate(db::Tx& tx, Scope const& scope, std::string const& id) {
  return ById<CertificateRow>(tx, scope, "erasure_certificate", id);
}

std::optional<CertificateRow> CertificateNumber(db::Tx& tx, std::int64_t number) {
  return tx.One<CertificateRow>({"privacy.certificate_number", "SELECT " + db::Columns<CertificateRow>() +
                                                                   " FROM erasure_certificate WHERE number = ?"},
                                number);
}

std::int64_t LastCertificate(db::Tx& tx) {
  return tx.Scalar<std::int64_t>({"privacy.last_certificate", "SELECT MAX(number) FROM erasure_certificate"})
      .value_or(0);
}

std::vector<PolicyRow> Policies(db::Tx& tx, Scope const& scope) {
  auto const condition = db::ScopeCondition(scope, "org_id");
  return tx.SelectWith<PolicyRow>(
      {"privacy.policies",
       "SELECT " + db::Columns<PolicyRow>() + " FROM privacy_policy WHERE 1 = 1" + condition.sql + " ORDER BY id"},
      condition.parameters);
}

std::optional<PolicyRow> Policy(db::Tx& tx, std::string const& org_id, PolicyKind kind) {
  return tx.One<PolicyRow>(
      {"privacy.policy", "SELECT " + db::Columns<PolicyRow>() + " FROM privacy_policy WHERE org_id = ? AND kind = ?"},
      org_id, kind);
}

bool Update(db::Tx& tx, PolicyRow const& row, std::int64_t expected) {
  return tx.Execute(
             {"privacy.policy_update",
              "UPDATE privacy_policy SET days = ?, min_days = ?, updated_by_name = ?, updated_at = ?, version = ? "
              "WHERE id = ? AND version = ?"},
             row.days, row.min_days, row.updated_by_name, row.updated_at, row.version, row.id, expected) == 1;
}

std::optional<RunRow> Run(db::Tx& tx, Date const& day) {
  return tx.One<RunRow>({"privacy.run", "SELECT " + db::Columns<RunRow>() + " FROM retention_run WHERE day = ?"}, day);
}

std::vector<RunRow> Runs(db::Tx& tx, int limit) {
  return tx.Select<RunRow>(
      {"privacy.runs", "SELECT " + db::Columns<RunRow>() + " FROM retention_run ORDER BY day DESC LIMIT ?"}, limit);
}

void Update(db::Tx& tx, RunRow const& row) {
  tx.Execute({"privacy.run_update",
              "UPDATE retention_run SET state = ?, finished_at = ?, erased = ?, held = ?, certificate_id = ? WHERE id "
              "= ?"},
             row.state, row.finished_at, row.erased, row.held, row.certificate_id, row.id);
}

std::vector<ItemRow> Items(db::Tx& tx, std::string const& run_id) {
  return tx.Select<ItemRow>(
      {"privacy.items", "SELECT " + db::Columns<ItemRow>() + " FROM retention_item WHERE run_id = ? ORDER BY id"},
      run_id);
}

void DeleteItems(db::Tx& tx, std::string const& run_id) {
  tx.Execute({"privacy.items_delete", "DELETE FROM retention_item WHERE run_id = ?"}, run_id);
}

std::int64_t EraseConsents(db::Tx& tx, std::string const& person_id) {
  return tx.Execute({"privacy.erase_consents", "DELETE FROM consent_record WHERE person_id = ?"}, person_id);
}

std::int64_t EmptyRequests(db::Tx& tx, std::string const& person_id) {
  tx.Execute({"privacy.empty_steps",
              "UPDATE subject_request_step SET note = '' WHERE request_id IN (SELECT id FROM subject_request WHERE "
              "person_id = ?)"},
             person_id);
  tx.Execute({"privacy.empty_holds", "UPDATE legal_hold SET reason = '' WHERE person_id = ?"}, person_id);
  tx.Execute({"privacy.empty_exports", "UPDATE person_export SET purpose = '' WHERE person_id = ?"}, person_id);
  return tx.Execute({"privacy.empty_requests",
                     "UPDATE subject_request SET content = '', reason = '', extension = '' WHERE person_id = ? AND "
                     "(content <> '' OR reason <> '' OR extension <> '')"},
                    person_id);
}

std::optional<LinkRow> Link(db::Tx& tx, std::string const& token_hash) {
  return tx.One<LinkRow>(
      {"privacy.link", "SELECT " + db::Columns<LinkRow>() + " FROM privacy_link WHERE token_hash = ?"}, token_hash);
}

LinkCount Links(db::Tx& tx, std::string const& person_id, Instant since) {
  return *tx.One<LinkCount>({"privacy.links",
                             "SELECT COUNT(*), MIN(created_at), MAX(created_at) FROM privacy_link WHERE person_id = ? "
                             "AND created_at > ?"},
                            person_id, since);
}

void UseLink(db::Tx& tx, std::string const& token_hash, Instant now) {
  tx.Execute({"privacy.use_link", "UPDATE privacy_link SET used_at = ? WHERE token_hash = ?"}, now, token_hash);
}

std::optional<SessionRow> Session(db::Tx& tx, std::string const& token_hash) {
  return tx.One<SessionRow>(
      {"privacy.session", "SELECT " + db::Columns<SessionRow>() + " FROM privacy_session WHERE token_hash = ?"},
      token_hash);
}

void EndSession(db::Tx& tx, std::string const& token_hash) {
  tx.Execute({"privacy.end_session", "DELETE FROM privacy_session WHERE token_hash = ?"}, token_hash);
}

void ForgetEntrances(db::Tx& tx, Instant before) {
  tx.Execute({"privacy.forget_links", "DELETE FROM privacy_link WHERE created_at < ?"}, before);
  tx.Execute({"privacy.forget_sessions", "DELETE FROM privacy_session WHERE expires_at < ?"}, before);
}

void ForgetEntrances(db::Tx& tx, std::string const& person_id) {
  tx.Execute({"privacy.erase_links", "DELETE FROM privacy_link WHERE person_id = ?"}, person_id);
  tx.Execute({"privacy.erase_sessions", "DELETE FROM privacy_session WHERE person_id = ?"}, person_id);
}

bool KnowsPerson(db::Tx& tx, std::string const& person_id) {
  for (auto const* table : {"consent_record", "subject_request", "person_export", "legal_hold", "erasure"})
    if (tx.Scalar<std::int64_t>(
            {"privacy.knows", std::string("SELECT 1 FROM ") + table + " WHERE person_id = ? LIMIT 1"}, person_id))
      return true;
  return false;
}

}  // namespace bole::privacy::store
