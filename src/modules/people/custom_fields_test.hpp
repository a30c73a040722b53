#pragma once
#include "modules/audit/api.hpp"
#include "modules/fields/api.hpp"
#include "modules/org/api.hpp"
#include "modules/people/api.hpp"
#include "platform/app/testing.hpp"

namespace bole::fields {

// A group with two branches; people and jobs offer their entities.
class FieldsTest : public bole::testing::ModuleTest {
 protected:
  void SetUp() override {
    db.MigrateModules({"jobs", "audit", "org", "imports", "fields", "people"});
    root = AddNode(std::nullopt, "HQ", org::OrgKind::group);
    north = AddNode(root.id, "BJ", org::OrgKind::branch);
    south = AddNode(root.id, "SZ", org::OrgKind::branch);
    with_headers = {{"x-bole-purpose", "recruiting"}};
  }
  org::OrgNodeView AddNode(std::optional<std::string> parent, std::string const& code, org::OrgKind kind) {
    return orgs->CreateNode(Principal::System("test"), {parent, code, code, code, kind, "", "Asia/Shanghai", "zh-CN"})
        .value();
  }
  static Principal Hr(std::string const& path) {
    return User({"org.read", "job.read", "job.write", "candidate.read", "candidate.write", "candidate.reveal",
                 "candidate.export", "field.manage"},
                path);
  }
  json::object Definition(std::string const& key, std::string const& type, json::object more = {}) const {
    json::object out{{"entity", "candidate"}, {"org_id", root.id},        {"key", key},
                     {"type", type},          {"title_zh", "字段" + key}, {"title_en", "Field " + key}};
    for (auto const& member : more) out[member.key()] = member.value();
    return out;
  }
  Result<json::value> Define(Principal const& who, json::object const& definition) {
    clock.Advance(std::chrono::milliseconds(1));
    return CallJson(who, http::Method::kPost, "/fields", ToText(definition));
  }
  json::value MustDefine(json::object const& definition) {
    auto made = Define(Hr(root.path), definition);
    if (!made) throw std::runtime_error(made.error().key + ToText(json::value(Codes(made.error()))));
    return *made;
  }
  Result<json::value> AddCandidate(Principal const& who, std::string const& org_id, std::string const& name,
                                   json::object custom) {
    clock.Advance(std::chrono::milliseconds(1));
    return CallJson(who, http::Method::kPost, "/candidates",
                    ToText(json::object{{"org_id", org_id}, {"name", name}, {"custom", std::move(custom)}}));
  }
  // "/custom/years at_least" of each field, in order.
  static std::string Codes(Error const& error) {
    std::string out;
    for (auto const& field : error.fields) out += (out.empty() ? "" : ", ") + field.pointer + " " + field.code;
    return out.empty() ? error.key : out;
  }
  template <class T>
  static std::string Codes(Result<T> const& result) {
    return result ? "fine" : Codes(result.error());
  }
  std::string LastAudit(std::string const& action) {
    return db
        ->Read([&](db::Tx& tx) {
          return tx.Scalar<std::string>(
              {"test.audit",
               "SELECT details FROM audit_record WHERE action = ? AND succeeded = 1 ORDER BY id DESC LIMIT 1"},
              action);
        })
        .value_or("none");
  }

  std::unique_ptr<audit::Api> audits = audit::Register(context);
  std::unique_ptr<Api> api = Register(context, *audits);
  std::unique_ptr<org::Api> orgs = org::Register(context, *audits, *api);
  std::unique_ptr<people::Api> people = people::Register(context, *audits, *orgs, *api);
  org::OrgNodeView root, north, south;
};

}  // namespace bole::fields
