#include "modules/audit/api.hpp"

namespace bole::audit {
namespace {

struct AuditRow {
  std::string id;
  Instant at{};
  PrincipalKind actor_kind = PrincipalKind::anonymous;
  std::string actor_id, actor_name, action, subject_kind, subject_id;
  std::optional<std::string> org_id;
  bool succeeded = false;
  db::Json<json::object> details;
};
BOOST_DESCRIBE_STRUCT(AuditRow, (),
                      (id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, org_id, succeeded,
                       details))

class Log final : public Api {
 public:
  explicit Log(Clock const& clock) : clock_(clock) {}

  std::string Begin(db::Tx& tx, Principal const& who, Entry const& entry) override {
    return Add(tx, who, entry, false);
  }

  void Succeeded(db::Tx& tx, std::string const& record_id) override {
    tx.Execute({"audit.succeeded", "UPDATE audit_record SET succeeded = 1 WHERE id = ?"}, record_id);
  }

  void Record(db::Tx& tx, Principal const& who, Entry const& entry) override { Add(tx, who, entry, true); }

 private:
  std::string Add(db::Tx& tx, Principal const& who, Entry const& entry, bool succeeded) {
    auto const now = clock_.Now();
    AuditRow row{NewUlid(now),     now,          who.kind,  who.id,         who.name, entry.action, entry.subject_kind,
                 entry.subject_id, std::nullopt, succeeded, {entry.details}};
    if (!who.actor_id.empty()) {  // somebody looks as another person: he acts, both names stand in the record
      row.actor_id = who.actor_id, row.actor_name = who.actor_name;
      row.details.value["viewing_as"] = json::object{{"id", who.id}, {"name", who.name}};
    }
    if (!entry.org_id.empty()) row.org_id = entry.org_id;
    tx.Insert("audit_record", row);
    return row.id;
  }

  Clock const& clock_;
};

}  // namespace

std::unique_ptr<Api> Register(AppContext& context) { return std::make_unique<Log>(context.clock); }

}  // namespace bole::audit
