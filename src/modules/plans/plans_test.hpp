#pragma once
#include "modules/imports/api.hpp"
#include "modules/plans/import_target.hpp"
#include "modules/plans/service.hpp"
#include "platform/app/testing.hpp"

// For the route tests: a group (root) with two branches, and its HR.
namespace bole::plans {

using http::Method;

class PlansTest : public bole::testing::ModuleTest {
 protected:
  void SetUp() override {
    db.MigrateModules({"jobs", "audit", "org", "imports", "plans"});
    engine->Offer(*target);
    engine->Offer(*plan_target);
    root = Node(std::nullopt, "HQ");
    north = Node(root.id, "BJ");
    south = Node(root.id, "SZ");
  }
  org::OrgNodeView Node(std::optional<std::string> parent, std::string const& code) {
    return orgs
        ->CreateNode(Principal::System("test"),
                     {parent, code, code, code, org::OrgKind::branch, "", "Asia/Shanghai", "zh-CN"})
        .value();
  }
  static Principal Hr(std::string const& path) {
    return User({"org.read", "question.read", "question.write", "plan.read", "plan.write", "plan.publish"}, path);
  }
  json::value Ask(std::string const& org_id, std::string const& code) {
    clock.Advance(std::chrono::milliseconds(1));
    return CallJson(
               Hr(root.path), Method::kPost, "/questions",
               R"({"org_id":")" + org_id + R"(","code":")" + code +
                   R"(","text_zh":"为什么？","text_en":"Why?","competency":"logic","rubric":{"points":[{"key":"a","text_zh":"因为","text_en":"","synonyms":["since"],"weight":1}],"anchors":[{"score":9,"text_zh":"好","text_en":""}],"model_answer_zh":"因为。","model_answer_en":""}})")
        .value();
  }
  // A plan with one stage that asks `question`; returns its view.
  json::value NewPlan(std::string const& org_id, std::string const& question = "") {
    auto made = CallJson(Hr(root.path), Method::kPost, "/plans",
                         R"({"org_id":")" + org_id + R"(","name_zh":"初面","name_en":"First"})")
                    .value();
    if (question.empty()) return made;
    auto document = made.at("document").as_object();
    document["stages"].as_array().push_back(
        {{"key", "q1"}, {"question_id", question}, {"dimensions", {"expertise"}}, {"weight", 2}});
    return Put(made, document).value();
  }
  Result<json::value> Put(json::value const& plan, json::value const& document) {
    json::value const body{
        {"version", plan.at("version")}, {"name_zh", "初面"}, {"name_en", ""}, {"document", document}};
    return CallJson(Hr(root.path), Method::kPut, "/plans/" + Id(plan), json::serialize(body));
  }
  Result<json::value> Publish(json::value const& plan, Principal const& who) {
    return CallJson(who, Method::kPost, "/plans/" + Id(plan) + "/publish",
                    json::serialize(json::value{{"version", plan.at("version")}}));
  }
  static std::string Id(json::value const& view) { return std::string(view.at("id").as_string()); }
  ResolvedPlan Resolved(std::string const& id, std::int64_t revision) {
    return db->Read([&](db::Tx& tx) { return api->PlanRevision(tx, id, revision); }).value();
  }

  std::unique_ptr<audit::Api> audits = audit::Register(context);
  std::unique_ptr<org::Api> orgs = org::Register(context, *audits);
  std::unique_ptr<Api> api = Register(context, *audits, *orgs);
  std::unique_ptr<imports::Target> target = MakeImportTarget(context, *orgs, *api);
  std::unique_ptr<imports::Target> plan_target = MakePlanTarget(context, *orgs, *api);
  std::unique_ptr<imports::Api> engine =
      imports::Register(context, *audits, [this](db::Tx&, std::string const&) { return std::optional(Hr(root.path)); });
  org::OrgNodeView root, north, south;
};

}  // namespace bole::plans
