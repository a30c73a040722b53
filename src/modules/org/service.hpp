#pragma once
#include "modules/org/store.hpp"

namespace bole::http {
class Routes;
}

namespace bole::org {

// Use cases. Thread-safe; each call is one transaction.
class Service final : public Api {
 public:
  Service(db::Database& database, Clock const& clock, audit::Api& audit)
      : database_(database), clock_(clock), audit_(audit) {}

  Result<OrgNodeView> Node(db::Tx& tx, Scope const& scope, std::string const& id) override;
  std::optional<OrgNodeView> Root(db::Tx& tx) override { return store::Root(tx); }
  Result<JobView> Job(db::Tx& tx, Scope const& scope, std::string const& id) override;

  Items<OrgNodeView> Tree(Principal const& who);
  Result<OrgNodeView> GetNode(Principal const& who, std::string const& id);
  Result<OrgNodeView> CreateNode(Principal const& who, CreateOrgNode const& input) override;
  Result<OrgNodeView> PatchNode(Principal const& who, std::string const& id, PatchOrgNode const& input);
  Result<> DeleteNode(Principal const& who, std::string const& id);

  Result<Page<JobView>> ListJobs(Principal const& who, store::JobFilter filter, std::string const& org_id);
  Result<JobView> GetJob(Principal const& who, std::string const& id);
  Result<JobView> CreateJob(Principal const& who, org::CreateJob const& input) override;
  Result<JobView> PatchJob(Principal const& who, std::string const& id, org::PatchJob const& input);

 private:
  db::Database& database_;
  Clock const& clock_;
  audit::Api& audit_;
};

void RegisterRoutes(http::Routes& routes, Service& service);

}  // namespace bole::org
