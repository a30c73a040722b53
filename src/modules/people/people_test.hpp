#pragma once
#include "modules/imports/api.hpp"
#include "modules/people/import_target.hpp"
#include "modules/people/service.hpp"
#include "platform/app/testing.hpp"
#include "platform/documents/xlsx_reader.hpp"
#include "platform/documents/xlsx_writer.hpp"

namespace bole::people {

// A group with two branches and an outlet of the first.
class PeopleTest : public bole::testing::ModuleTest {
 protected:
  void SetUp() override {
    db.MigrateModules({"jobs", "audit", "org", "identity", "imports", "people"});
    engine->Offer(*target);
    root = AddNode(std::nullopt, "HQ", org::OrgKind::group);
    north = AddNode(root.id, "BJ", org::OrgKind::branch);
    south = AddNode(root.id, "SZ", org::OrgKind::branch);
    outlet = AddNode(north.id, "BJ-1", org::OrgKind::outlet);
    with_headers = {{"x-bole-purpose", "recruiting"}};
  }
  org::OrgNodeView AddNode(std::optional<std::string> parent, std::string const& code, org::OrgKind kind) {
    return orgs->CreateNode(Principal::System("test"), {parent, code, code, code, kind, "", "Asia/Shanghai", "zh-CN"})
        .value();
  }
  static Principal Hr(std::string const& path) {
    return User(
        {"org.read", "candidate.read", "candidate.write", "candidate.reveal", "candidate.import", "candidate.export"},
        path);
  }
  static CreateCandidate Input(std::string name, std::string org_id, std::string phone = "", std::string email = "",
                               std::string id_number = "") {
    CreateCandidate out;
    out.name = std::move(name), out.org_id = std::move(org_id);
    out.phone = std::move(phone), out.email = std::move(email), out.id_number = std::move(id_number);
    return out;
  }
  CandidateView Make(std::string name, std::string org_id, std::string phone = "", std::string email = "",
                     std::string id_number = "") {
    clock.Advance(std::chrono::milliseconds(1));
    auto made = api->Create(Principal::System("test"), Input(name, org_id, phone, email, id_number));
    if (!made)
      throw std::runtime_error(made.error().key + (made.error().fields.empty() ? "" : made.error().fields[0].code));
    return *made;
  }
  std::int64_t CountAudit(std::string const& action) {
    return *db->Read([&](db::Tx& tx) {
      return tx.Scalar<std::int64_t>(
          {"test.audit", "SELECT COUNT(*) FROM audit_record WHERE action = ? AND succeeded = 1"}, action);
    });
  }

  std::unique_ptr<audit::Api> audits = audit::Register(context);
  std::unique_ptr<org::Api> orgs = org::Register(context, *audits);
  std::unique_ptr<Api> api = Register(context, *audits, *orgs);
  std::unique_ptr<imports::Target> target =
      MakeImportTarget(context, *orgs, *api, [this](db::Tx&, std::string const&) { return person_kept; });
  std::optional<Principal> importer;  // the rights of whoever imports
  bool person_kept = false;           // something holds every person
  std::unique_ptr<imports::Api> engine =
      bole::imports::Register(context, *audits, [this](db::Tx&, std::string const&) { return importer; });
  org::OrgNodeView root, north, south, outlet;
};

}  // namespace bole::people
