#pragma once
#include "modules/imports/api.hpp"
#include "modules/personnel/import_target.hpp"
#include "modules/personnel/service.hpp"
#include "platform/app/testing.hpp"

namespace bole::personnel {

// A group with two branches and an outlet of the first; candidates, employees and custom fields.
class PersonnelTest : public bole::testing::ModuleTest {
 protected:
  void SetUp() override {
    db.MigrateModules({"jobs", "audit", "org", "fields", "imports", "people", "personnel"});
    engine->Offer(*target);
    root = AddNode(std::nullopt, "HQ", org::OrgKind::group);
    north = AddNode(root.id, "BJ", org::OrgKind::branch);
    south = AddNode(root.id, "SZ", org::OrgKind::branch);
    outlet = AddNode(north.id, "BJ-1", org::OrgKind::outlet);
    with_headers = {{"x-bole-purpose", "employment"}};
  }
  org::OrgNodeView AddNode(std::optional<std::string> parent, std::string const& code, org::OrgKind kind) {
    return orgs->CreateNode(Principal::System("test"), {parent, code, code, code, kind, "", "Asia/Shanghai", "zh-CN"})
        .value();
  }
  static Principal Hr(std::string const& path) {
    return User({"org.read", "candidate.read", "candidate.write", "employee.read", "employee.write", "employee.reveal",
                 "employee.import", "employee.export", "field.manage"},
                path);
  }
  static json::object Body(std::string const& number, std::string const& name, std::string const& org_id,
                           json::object more = {}) {
    json::object out{{"number", number}, {"name", name}, {"org_id", org_id}, {"hired_on", "2025-01-06"}};
    for (auto const& member : more) out[member.key()] = member.value();
    return out;
  }
  Result<json::value> Post(Principal const& who, std::string const& path, json::object const& body) {
    clock.Advance(std::chrono::milliseconds(1));
    return CallJson(who, http::Method::kPost, path, ToText(body));
  }
  json::value Hire(std::string const& number, std::string const& name, std::string const& org_id,
                   json::object more = {}) {
    auto made = Post(Hr(root.path), "/employees", Body(number, name, org_id, std::move(more)));
    if (!made) throw std::runtime_error(Codes(made));
    return *made;
  }
  Result<json::value> Patch(Principal const& who, json::value const& employee, json::object patch) {
    if (!patch.contains("version")) patch["version"] = employee.at("version");
    return CallJson(who, http::Method::kPatch, PathOf(employee), ToText(patch));
  }
  static std::string PathOf(json::value const& employee) { return "/employees/" + Text(employee, "id"); }
  static std::string Text(json::value const& value, char const* member) {
    return std::string(value.at(member).as_string());
  }
  std::string Numbers(Principal const& who, http::Pairs query = {}) {
    auto const list = CallJson(who, http::Method::kGet, "/employees", "", std::move(query));
    if (!list) return Codes(list);
    std::string out;
    for (auto const& item : list->at("items").as_array()) out += Text(item, "number") + " ";
    return out;
  }
  // "/number taken" of each field, in order; the key of an error without fields.
  template <class T>
  static std::string Codes(Result<T> const& result) {
    if (result) return "fine";
    std::string out;
    for (auto const& field : result.error().fields) out += (out.empty() ? "" : ", ") + field.pointer + " " + field.code;
    return out.empty() ? result.error().key : out;
  }
  std::int64_t Rows(std::string const& table) {
    return *db->Read([&](db::Tx& tx) {
      return tx.Scalar<std::int64_t>({"test.rows", "SELECT COUNT(*) FROM " + table});
    });
  }
  std::int64_t CountAudit(std::string const& action) {
    return *db->Read([&](db::Tx& tx) {
      return tx.Scalar<std::int64_t>(
          {"test.audit", "SELECT COUNT(*) FROM audit_record WHERE action = ? AND succeeded = 1"}, action);
    });
  }

  std::unique_ptr<audit::Api> audits = audit::Register(context);
  std::unique_ptr<fields::Api> custom = fields::Register(context, *audits);
  std::unique_ptr<org::Api> orgs = org::Register(context, *audits, *custom);
  std::unique_ptr<people::Api> people = people::Register(context, *audits, *orgs, *custom);
  std::unique_ptr<Api> api = Register(context, *audits, *orgs, *people, *custom);
  std::unique_ptr<imports::Target> target =
      MakeImportTarget(context, *orgs, *api, [](db::Tx&, std::string const&) { return false; });
  std::optional<Principal> importer;  // the rights of whoever imports
  std::unique_ptr<imports::Api> engine =
      bole::imports::Register(context, *audits, [this](db::Tx&, std::string const&) { return importer; });
  org::OrgNodeView root, north, south, outlet;
};

}  // namespace bole::personnel
