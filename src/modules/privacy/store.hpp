#pragma once
#include "modules/privacy/rows.hpp"
#include "platform/db/keyset.hpp"

// All SQL of the module. Lists take a Scope; functions by id act on what a service has found in one.
namespace bole::privacy::store {

// What lists narrow by; empty: everything in scope.
struct Filter {
  std::string person_id, org_path, consent, state, kind;
  bool open = false;  // requests not yet answered, holds in force
  int limit = 50;
  std::string cursor;
};
Page<ConsentRow> Consents(db::Tx& tx, Scope const& scope, Filter const& filter);
Page<RequestRow> Requests(db::Tx& tx, Scope const& scope, Filter const& filter);
Page<ExportRow> Exports(db::Tx& tx, Scope const& scope, Filter const& filter);
Page<HoldRow> Holds(db::Tx& tx, Scope const& scope, Filter const& filter, Instant now);
Page<ErasureRow> Erasures(db::Tx& tx, Scope const& scope, Filter const& filter);
Page<CertificateRow> Certificates(db::Tx& tx, Scope const& scope, Filter const& filter);

bool HasConsent(db::Tx& tx, ConsentRow const& row);
std::optional<ConsentRow> Consent(db::Tx& tx, std::string const& id);
// Of everybody when `person_id` is empty.
std::vector<ConsentRow> LockedConsents(db::Tx& tx, std::string const& person_id);
void SetOutcome(db::Tx& tx, std::string const& id, Outcome outcome);

std::vector<TextRow> Texts(db::Tx& tx, std::string const& consent);  // of all units, by the time since when they hold

std::optional<RequestRow> Request(db::Tx& tx, Scope const& scope, std::string const& id);
bool Update(db::Tx& tx, RequestRow const& row, std::int64_t expected);
std::vector<StepRow> Steps(db::Tx& tx, std::string const& request_id);

std::optional<ExportRow> Export(db::Tx& tx, Scope const& scope, std::string const& id);
std::vector<ExportRow> ExpiredExports(db::Tx& tx, Instant now);
void Update(db::Tx& tx, ExportRow const& row);

std::optional<HoldRow> Hold(db::Tx& tx, Scope const& scope, std::string const& id);
bool Update(db::Tx& tx, HoldRow const& row, std::int64_t expected);
// In force on the person, or on one of the interviews.
std::vector<HoldRow> HoldsOn(db::Tx& tx, std::string const& person_id, Instant now);

std::optional<ErasureRow> Erasure(db::Tx& tx, Scope const& scope, std::string const& id);
std::optional<std::string> OpenErasure(db::Tx& tx, std::string const& person_id);
bool Update(db::Tx& tx, ErasureRow const& row, std::int64_t expected);

std::optional<CertificateRow> Certificate(db::Tx& tx, Scope const& scope, std::string const& id);
std::optional<CertificateRow> CertificateNumber(db::Tx& tx, std::int64_t number);
std::int64_t LastCertificate(db::Tx& tx);  // 0: none

std::vector<PolicyRow> Policies(db::Tx& tx, Scope const& scope);
std::optional<PolicyRow> Policy(db::Tx& tx, std::string const& org_id, PolicyKind kind);
bool Update(db::Tx& tx, PolicyRow const& row, std::int64_t expected);

std::optional<RunRow> Run(db::Tx& tx, Date const& day);
std::vector<RunRow> Runs(db::Tx& tx, int limit);
void Update(db::Tx& tx, RunRow const& row);
std::vector<ItemRow> Items(db::Tx& tx, std::string const& run_id);
void DeleteItems(db::Tx& tx, std::string const& run_id);

std::optional<LinkRow> Link(db::Tx& tx, std::string const& token_hash);
LinkCount Links(db::Tx& tx, std::string const& person_id, Instant since);
void UseLink(db::Tx& tx, std::string const& token_hash, Instant now);
std::optional<SessionRow> Session(db::Tx& tx, std::string const& token_hash);
void EndSession(db::Tx& tx, std::string const& token_hash);
// Links made before, and sessions that ended before.
void ForgetEntrances(db::Tx& tx, Instant before);
void ForgetEntrances(db::Tx& tx, std::string const& person_id);

// The module's own share of an erasure: consents go, texts of requests are emptied.
std::int64_t EraseConsents(db::Tx& tx, std::string const& person_id);
std::int64_t EmptyRequests(db::Tx& tx, std::string const& person_id);

bool KnowsPerson(db::Tx& tx, std::string const& person_id);  // in any table

}  // namespace bole::privacy::store
