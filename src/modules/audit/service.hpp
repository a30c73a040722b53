#pragma once
#include "modules/audit/api.hpp"
#include "modules/audit/export.hpp"
#include "modules/audit/heads.hpp"
#include "modules/audit/views.hpp"

namespace bole::http {
class Routes;
}

namespace bole::audit {

// Reading the log: permission audit.read in the subtree of a record; what belongs to no node only with the whole group.
// Thread-safe.
class Service {
 public:
  Service(AppContext& context, Api& log) : context_(context), log_(log) {}

  Result<AuditStatus> Status();
  Result<Page<AuditRecordView>> Records(Principal const& who, RecordQuery const& query);
  Result<AuditRecordDetail> Record(Principal const& who, std::string const& id);
  Result<Page<AuditHeadView>> Heads(HeadQuery const& query);
  Result<AuditConsistencyView> Consistency(ConsistencyQuery const& query);
  Result<Items<AuditKeyView>> Keys();
  // Recorded before the first byte leaves.
  Result<std::shared_ptr<ExportStream>> Export(Principal const& who, RecordQuery const& query, Purpose const& purpose);

 private:
  Result<store::RecordFilter> Filter(db::Tx& tx, Scope const& scope, RecordQuery const& query);
  std::optional<AuditInclusionView> Proof(db::Tx& tx, store::LogRow const& log, std::int64_t leaf_index);

  AppContext& context_;
  Api& log_;
};

void RegisterRoutes(http::Routes& routes, Service& service);

}  // namespace bole::audit
