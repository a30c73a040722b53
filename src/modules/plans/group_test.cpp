#include "modules/plans/group_fixture.hpp"
#include "modules/plans/plans_test.hpp"

namespace bole::plans {
namespace {

using std::chrono::days;
using testing::DimensionOf;
using testing::StageIn;
using testing::StageOf;
using testing::Standard;

class GroupPlansTest : public PlansTest {
 protected:
  static Principal As(std::string const& id, std::string const& path, std::vector<std::string> const& more = {}) {
    auto who = Hr(path);
    who.id = who.name = id;
    for (auto const& permission : more) who.grants.push_back({permission, path});
    return who;
  }
  PlanView Get(std::string const& id) {
    return db->Read([&](db::Tx& tx) { return store::Plan(tx, Scope::Everything(), id); }).value();
  }
  Result<PlanView> Save(PlanView const& plan, PlanDocument const& document) {
    return api->PutPlan(hq, plan.id, {plan.version, plan.name_zh, plan.name_en, plan.job_id, document});
  }
  PlanView Publish(PlanView const& plan) { return api->PublishPlan(hq, plan.id, {plan.version}).value(); }
  PlanView Published(org::OrgNodeView const& node, PlanDocument const& document) {
    return Publish(api->CreatePlan(hq, {node.id, std::nullopt, "标准", "Standard", document}).value());
  }
  PlanView Derive(std::string const& standard) {
    clock.Advance(std::chrono::milliseconds(1));
    return api->DerivePlan(hq, standard, {north.id, "北京", "Beijing", std::nullopt}).value();
  }
  // Publishes the next version of the standard with one edit.
  PlanView NextVersion(std::string const& id, std::function<void(PlanDocument&)> const& edit) {
    auto const plan = Get(id);
    auto document = plan.document;
    edit(document);
    return Publish(Save(plan, document).value());
  }
  static std::string Body(PlanView const& plan, PlanDocument const& document) {
    return ToJsonText(plans::PutPlan{plan.version, plan.name_zh, plan.name_en, std::nullopt, document});
  }
  static std::vector<std::string> Codes(Error const& error) {
    std::vector<std::string> out;
    for (auto const& field : error.fields) out.push_back(field.pointer + " " + field.code);
    return out;
  }
  std::string InviteRefusal(std::string const& plan_id) {
    auto const plan = db->Read([&](db::Tx& tx) { return api->PublishedPlan(tx, Scope::Everything(), plan_id); });
    return plan ? "" : plan.error().key;
  }

  Principal const hq = Principal::System("hq");
  Principal north_hr() { return As("01NORTH", north.path); }
};
using Lines = std::vector<std::string>;

TEST_P(GroupPlansTest, ABranchDerivesAndAdaptsInsideTheLimits) {
  auto const standard = Published(root, Standard());
  auto const made = CallJson(north_hr(), Method::kPost, "/plans/" + standard.id + "/derive",
                             R"({"org_id":")" + north.id + R"(","name_zh":"北京柜员","name_en":""})")
                        .value();
  EXPECT_EQ(made.at("base").at("plan_id").as_string(), standard.id);
  EXPECT_EQ(made.at("base").at("revision").as_int64(), 1);
  EXPECT_EQ(made.at("base").at("governance").at("local_stages").as_int64(), 2);
  EXPECT_EQ(made.at("standard").as_bool(), false);
  auto const plan = Get(Id(made));
  auto document = plan.document;
  DimensionOf(document, "integrity").weight = 35, DimensionOf(document, "communication").weight = 20;
  document.stages.push_back(StageOf("mine", {"logic"}, 0.5, false));
  document.bands.recommend = 7.5;
  auto const saved = CallJson(north_hr(), Method::kPut, "/plans/" + plan.id, Body(plan, document)).value();
  auto const published = PlansTest::Publish(saved, north_hr()).value();
  EXPECT_EQ(published.at("base").at("published_revision").as_int64(), 1);
  EXPECT_EQ(InviteRefusal(plan.id), "");
}

TEST_P(GroupPlansTest, WhatTheStandardLocksIsRefusedAtEveryDoor) {
  auto const standard = Published(root, Standard());
  auto const plan = Derive(standard.id);
  auto const refused = [&](std::function<void(PlanDocument&)> const& edit) {
    auto document = plan.document;
    edit(document);
    auto const put = Call(north_hr(), Method::kPut, "/plans/" + plan.id, Body(plan, document));
    return put ? Lines{} : Codes(put.error());
  };
  EXPECT_EQ(refused([](auto& d) { d.stages.erase(d.stages.begin() + 1); }), Lines{"/document/stages stage_removed"});
  EXPECT_EQ(refused([](auto& d) { StageIn(d, "q1").time_limit_seconds = 20; }),
            Lines{"/document/stages/1/time_limit_seconds locked_times"});
  EXPECT_EQ(refused([](auto& d) { d.stages.push_back(StageOf("x", {"logic"}, 50, false)); }),
            Lines{"/document/stages locked_outweighed"});
  EXPECT_EQ(refused([](auto& d) { DimensionOf(d, "integrity").weight = 5; }),
            Lines{"/document/dimensions/0/weight weight_out_of_range"});
  EXPECT_EQ(refused([](auto& d) { d.bands.recommend = 3; }), Lines{"/document/bands/recommend threshold_lowered"});
  EXPECT_EQ(refused([](auto& d) { d.governance = PlanGovernance{}; }),
            Lines{"/document/governance only_standard_governs"});

  // Mass assignment: neither the base nor its revision can be written.
  for (auto const* member : {"base_plan_id", "base_revision", "base", "standard"}) {
    auto body = ParseJson(Body(plan, plan.document)).value();
    body.as_object()[member] = nullptr;
    auto const put = Call(north_hr(), Method::kPut, "/plans/" + plan.id, json::serialize(body));
    ASSERT_FALSE(put) << member;
    EXPECT_EQ(Codes(put.error()), Lines{std::string("/") + member + " unknown"});
  }
  EXPECT_EQ(Get(plan.id).base->plan_id, standard.id);

  // A draft that got past the door (an older server, a restored backup) is stopped at the next one.
  auto forged = plan.document;
  forged.stages.erase(forged.stages.begin() + 1);
  db->Write([&](db::Tx& tx) {
    store::Save(tx, {.plan_id = plan.id, .revision = 1, .document = {forged}, .created_at = clock.Now()});
  });
  auto const publish = api->PublishPlan(hq, plan.id, {plan.version});
  ASSERT_FALSE(publish);
  EXPECT_EQ(Codes(publish.error()), (Lines{"/document/dimensions/0 not_fed", "/document/stages stage_removed"}));
  auto const copy = Call(north_hr(), Method::kPost, "/plans/" + plan.id + "/copy",
                         R"({"org_id":")" + north.id + R"(","name_zh":"副本","name_en":""})");
  ASSERT_FALSE(copy);
  EXPECT_EQ(Codes(copy.error()), Lines{"/document/stages stage_removed"});
}

TEST_P(GroupPlansTest, ACopyDoesNotLeadAroundTheStandard) {
  auto const standard = Published(root, Standard());
  auto const copy = [&](std::string const& id, org::OrgNodeView const& node, Principal const& who) {
    clock.Advance(std::chrono::milliseconds(1));
    return CallJson(who, Method::kPost, "/plans/" + id + "/copy",
                    R"({"org_id":")" + node.id + R"(","name_zh":"副本","name_en":""})");
  };
  auto const branch = copy(standard.id, north, north_hr()).value();
  EXPECT_EQ(branch.at("base").at("plan_id").as_string(), standard.id) << "below the standard a copy follows it";
  EXPECT_FALSE(branch.at("document").as_object().contains("governance"));
  auto const again = copy(Id(branch), north, north_hr()).value();
  EXPECT_EQ(again.at("base").at("plan_id").as_string(), standard.id);
  auto const outside = copy(Id(branch), root, As("01HQ", root.path)).value();
  EXPECT_EQ(outside.at("base").at("plan_id").as_string(), standard.id);
  auto const own = copy(standard.id, root, As("01HQ", root.path)).value();
  EXPECT_FALSE(own.as_object().contains("base")) << "the owner may start another standard";
  EXPECT_TRUE(own.at("standard").as_bool());
}

TEST_P(GroupPlansTest, OnlyPublishedStandardsAboveServe) {
  auto const derive = [&](std::string const& id, org::OrgNodeView const& node) {
    auto const made = Call(As("01HQ", root.path), Method::kPost, "/plans/" + id + "/derive",
                           R"({"org_id":")" + node.id + R"(","name_zh":"派生","name_en":""})");
    if (made) return std::string("ok");
    return made.error().fields.empty() ? made.error().key : made.error().fields[0].code;
  };
  auto const draft = api->CreatePlan(hq, {root.id, std::nullopt, "草稿", "", Standard()}).value();
  EXPECT_EQ(derive(draft.id, north), "plan.not_published");
  clock.Advance(std::chrono::milliseconds(1));
  EXPECT_EQ(derive(Published(root, DerivedFrom(Standard())).id, north), "plan.not_standard");
  clock.Advance(std::chrono::milliseconds(1));
  auto const branch = Published(north, Standard());
  EXPECT_EQ(derive(branch.id, south), "not_below_standard");
  EXPECT_EQ(derive(branch.id, root), "not_below_standard");
  clock.Advance(std::chrono::milliseconds(1));
  EXPECT_EQ(derive(branch.id, north), "ok");
  EXPECT_EQ(derive(Derive(Published(root, Standard()).id).id, north), "plan.base_is_derived");
  EXPECT_EQ(Call(As("01SOUTH", south.path), Method::kPost, "/plans/" + branch.id + "/derive",
                 R"({"org_id":")" + south.id + R"(","name_zh":"派生","name_en":""})")
                .error()
                .code,
            ErrorCode::kNotFound);
}

TEST_P(GroupPlansTest, ANewVersionIsTakenOverInOneClickWhereNothingConflicts) {
  auto const standard = Published(root, Standard());
  auto const plan = Publish(Derive(standard.id));
  EXPECT_EQ(CallJson(north_hr(), Method::kGet, "/plans/rebase-tasks")->at("items").as_array().size(), 0U);
  NextVersion(standard.id, [](auto& d) { StageIn(d, "q1").question_zh = "新题？"; });
  auto const tasks = CallJson(north_hr(), Method::kGet, "/plans/rebase-tasks").value();
  ASSERT_EQ(tasks.at("items").as_array().size(), 1U);
  auto const& task = tasks.at("items").at(0);
  EXPECT_EQ(task.at("from_revision").as_int64(), 1);
  EXPECT_EQ(task.at("to_revision").as_int64(), 2);
  EXPECT_EQ(task.at("conflicts").as_int64(), 0);
  EXPECT_EQ(task.at("adopt_by").as_string(), FormatInstant(clock.Now() + days(30)));
  EXPECT_FALSE(task.at("overdue").as_bool());
  EXPECT_EQ(CallJson(As("01SOUTH", south.path), Method::kGet, "/plans/rebase-tasks")->at("items").as_array().size(),
            0U);
  EXPECT_EQ(CallJson(north_hr(), Method::kGet, "/plans", "", {{"behind", "true"}})->at("items").as_array().size(), 1U);

  auto const difference = CallJson(north_hr(), Method::kGet, "/plans/" + plan.id + "/rebase").value();
  ASSERT_EQ(difference.at("changes").as_array().size(), 1U);
  EXPECT_EQ(difference.at("changes").at(0).at("path").as_string(), "/stages/q1/question_zh");
  EXPECT_EQ(difference.at("changes").at(0).at("after").as_string(), "新题？");
  EXPECT_EQ(difference.at("problems").as_array().size(), 0U);
  auto const body = R"({"version":)" + std::to_string(plan.version) + R"(,"publish":true})";
  EXPECT_EQ(Call(As("01SOUTH", south.path), Method::kPost, "/plans/" + plan.id + "/rebase", body).error().code,
            ErrorCode::kNotFound);
  auto const rebased = CallJson(north_hr(), Method::kPost, "/plans/" + plan.id + "/rebase", body).value();
  EXPECT_EQ(rebased.at("status").as_string(), "published");
  EXPECT_EQ(rebased.at("published_revision").as_int64(), 2);
  EXPECT_EQ(rebased.at("base").at("behind").as_bool(), false);
  EXPECT_EQ(rebased.at("document").at("stages").at(1).at("question_zh").as_string(), "新题？");
  EXPECT_EQ(CallJson(north_hr(), Method::kGet, "/plans/rebase-tasks")->at("items").as_array().size(), 0U);
  auto const again = R"({"version":)" + std::to_string(rebased.at("version").as_int64()) + "}";
  EXPECT_EQ(Call(north_hr(), Method::kPost, "/plans/" + plan.id + "/rebase", again).error().key, "plan.up_to_date");
  EXPECT_EQ(Resolved(plan.id, 1).document.stages[1].question_zh, "为什么q1？") << "who was invited keeps the old one";
}

TEST_P(GroupPlansTest, ConflictsAreDecidedOneByOne) {
  auto const standard = Published(root, Standard());
  auto const derived = Derive(standard.id);
  auto document = derived.document;
  // A question of its own in the core dimension service, as light as the standard leaves it.
  StageIn(document, "q2").question_zh = "分行的题？", StageIn(document, "q2").weight = 0.8;
  StageIn(document, "intro").prompt_zh = "你好";
  auto const plan = Publish(Save(derived, document).value());
  NextVersion(standard.id, [](auto& d) {
    StageIn(d, "q2").question_zh = "总部的题？";
    StageIn(d, "intro").locked = true;
  });
  EXPECT_EQ(CallJson(north_hr(), Method::kGet, "/plans/rebase-tasks")->at("items").at(0).at("conflicts").as_int64(), 2);
  auto const rebase = [&](std::string const& choices, char const* publish = "false") {
    return CallJson(north_hr(), Method::kPost, "/plans/" + plan.id + "/rebase",
                    R"({"version":)" + std::to_string(plan.version) + R"(,"choices":[)" + choices + R"(],"publish":)" +
                        publish + "}");
  };
  std::string const q2 = R"({"path":"/stages/q2/question_zh","take":"mine"})";
  EXPECT_EQ(Codes(rebase("").error()), (Lines{"/stages/intro/prompt_zh choose", "/stages/q2/question_zh choose"}));
  EXPECT_EQ(Codes(rebase(q2 + R"(,{"path":"/stages/intro/prompt_zh","take":"mine"})").error()),
            Lines{"/stages/intro/prompt_zh locked"});
  auto const done = rebase(q2 + R"(,{"path":"/stages/intro/prompt_zh","take":"standard"})").value();
  EXPECT_TRUE(done.at("has_draft").as_bool());
  EXPECT_EQ(done.at("document").at("stages").at(2).at("question_zh").as_string(), "分行的题？");
  EXPECT_EQ(done.at("document").at("stages").at(0).at("prompt_zh").as_string(), "请作答。");
  auto const tasks = CallJson(north_hr(), Method::kGet, "/plans/rebase-tasks").value();
  EXPECT_TRUE(tasks.at("items").at(0).at("draft_ready").as_bool()) << "until it is published the old one is in use";
  ASSERT_TRUE(PlansTest::Publish(done, north_hr()));
  EXPECT_EQ(CallJson(north_hr(), Method::kGet, "/plans/rebase-tasks")->at("items").as_array().size(), 0U);
}

TEST_P(GroupPlansTest, AfterTheDeadlineTheOldVersionInvitesNobody) {
  auto const standard = Published(root, Standard());
  auto const plan = Publish(Derive(standard.id));
  NextVersion(standard.id, [](auto& d) { d.governance->adopt_days = 10, d.bands.recommend = 7.2; });
  clock.Advance(days(10) - std::chrono::milliseconds(1));
  EXPECT_EQ(InviteRefusal(plan.id), "");
  NextVersion(standard.id, [](auto& d) { d.bands.recommend = 7.4; });
  clock.Advance(std::chrono::milliseconds(1));
  EXPECT_EQ(InviteRefusal(plan.id), "plan.base_outdated") << "a third version does not put the deadline off";
  EXPECT_TRUE(CallJson(north_hr(), Method::kGet, "/plans/rebase-tasks")->at("items").at(0).at("overdue").as_bool());
  EXPECT_TRUE(db->Read([&](db::Tx& tx) { return api->PlanRevision(tx, plan.id, 1); })) << "interviews go on";
  EXPECT_EQ(InviteRefusal(standard.id), "");
  ASSERT_TRUE(Call(north_hr(), Method::kPost, "/plans/" + plan.id + "/rebase",
                   R"({"version":)" + std::to_string(plan.version) + R"(,"publish":true})"));
  EXPECT_EQ(InviteRefusal(plan.id), "");
  EXPECT_EQ(Get(plan.id).document.bands.recommend, 7.4);
}

TEST_P(GroupPlansTest, ArchivingAStandardStopsWhatFollowsItUntilItIsTakenIntoUseAgain) {
  auto const standard = Published(root, Standard());
  auto const plan = Publish(Derive(standard.id));
  auto const before = Resolved(plan.id, 1).document;
  EXPECT_EQ(Call(north_hr(), Method::kPost, "/plans/" + standard.id + "/restore").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(api->RestorePlan(hq, standard.id).error().key, "plan.not_archived");
  ASSERT_TRUE(api->ArchivePlan(hq, standard.id));
  EXPECT_EQ(InviteRefusal(plan.id), "plan.base_archived");
  EXPECT_TRUE(Get(plan.id).base->archived);
  EXPECT_EQ(ToJsonText(Resolved(plan.id, 1).document), ToJsonText(before)) << "who was invited goes on";
  auto const tasks = CallJson(north_hr(), Method::kGet, "/plans/rebase-tasks")->at("items").as_array();
  ASSERT_EQ(tasks.size(), 1U);
  EXPECT_TRUE(tasks[0].at("archived").as_bool() && tasks[0].at("overdue").as_bool());
  EXPECT_EQ(Call(north_hr(), Method::kPost, "/plans/" + plan.id + "/rebase",
                 R"({"version":)" + std::to_string(plan.version) + "}")
                .error()
                .key,
            "plan.base_archived");
  auto author = As("01HQ", root.path);
  std::erase_if(author.grants, [](auto const& grant) { return grant.permission == "plan.publish"; });
  EXPECT_EQ(Call(author, Method::kPost, "/plans/" + standard.id + "/restore").error().code, ErrorCode::kForbidden);
  auto const again = CallJson(As("01HQ", root.path), Method::kPost, "/plans/" + standard.id + "/restore").value();
  EXPECT_EQ(again.at("status").as_string(), "published");
  EXPECT_EQ(InviteRefusal(plan.id), "");
  EXPECT_EQ(CallJson(north_hr(), Method::kGet, "/plans/rebase-tasks")->at("items").as_array().size(), 0U);
}

TEST_P(GroupPlansTest, ArchivingDoesNotLiftADeadline) {
  auto const standard = Published(root, Standard());
  auto const plan = Publish(Derive(standard.id));
  NextVersion(standard.id, [](auto& d) { d.governance->adopt_days = 10, d.bands.recommend = 7.2; });
  clock.Advance(days(11));
  ASSERT_TRUE(api->ArchivePlan(hq, standard.id));
  EXPECT_EQ(InviteRefusal(plan.id), "plan.base_archived");
  ASSERT_TRUE(api->RestorePlan(hq, standard.id));
  EXPECT_EQ(InviteRefusal(plan.id), "plan.base_outdated");
}

TEST_P(GroupPlansTest, WhatCannotBePublishedAnyMoreIsNotTakenIntoUseAgain) {
  auto const officer = As("01HQ", root.path, {"plan.approve"});
  auto const own = Published(north, DerivedFrom(Standard()));
  clock.Advance(std::chrono::milliseconds(1));
  auto const draft = api->CreatePlan(hq, {north.id, std::nullopt, "草稿", "", DerivedFrom(Standard())}).value();
  ASSERT_TRUE(api->ArchivePlan(hq, own.id));
  ASSERT_TRUE(api->ArchivePlan(hq, draft.id));
  ASSERT_TRUE(Call(officer, Method::kPut, "/plan-policies/" + root.id, R"({"version":0,"derived_only":true})"));
  EXPECT_EQ(api->RestorePlan(hq, own.id).error().key, "plan.must_derive");
  EXPECT_EQ(api->RestorePlan(hq, draft.id).value().status, PlanStatus::draft);
}

TEST_P(GroupPlansTest, TheDeadlineOfAVersionCanBeSetWhenItIsPublished) {
  auto const standard = Published(root, Standard());
  auto const plan = Publish(Derive(standard.id));
  auto const draft = Save(Get(standard.id), Get(standard.id).document).value();
  EXPECT_EQ(Codes(api->PublishPlan(hq, draft.id, {draft.version, clock.Now()}).error()), Lines{"/adopt_by in_past"});
  ASSERT_TRUE(api->PublishPlan(hq, draft.id, {draft.version, clock.Now() + days(2)}));
  EXPECT_EQ(Get(plan.id).base->adopt_by, clock.Now() + days(2));
}

TEST_P(GroupPlansTest, PublicationWaitsForSomebodyElseWhereANodeDemandsIt) {
  auto const author = As("01AUTHOR", north.path);
  auto const head = As("01HEAD", north.path, {"plan.approve"});
  EXPECT_EQ(
      Call(author, Method::kPut, "/plan-policies/" + north.id, R"({"version":0,"needs_approval":true})").error().code,
      ErrorCode::kForbidden);
  ASSERT_TRUE(Call(head, Method::kPut, "/plan-policies/" + north.id, R"({"version":0,"needs_approval":true})"));
  EXPECT_EQ(Call(head, Method::kPut, "/plan-policies/" + north.id, R"({"version":0})").error().key, "conflict.stale");
  EXPECT_EQ(Call(head, Method::kPut, "/plan-policies/" + south.id, R"({"version":0})").error().code,
            ErrorCode::kNotFound);
  auto const id =
      Id(CallJson(author, Method::kPost, "/plans",
                  ToJsonText(plans::CreatePlan{north.id, std::nullopt, "初面", "", DerivedFrom(Standard())}))
             .value());
  auto const send = [&](Principal const& who, char const* act, std::string const& more = "") {
    auto const done =
        Call(who, Method::kPost, "/plans/" + id + act, R"({"version":)" + std::to_string(Get(id).version) + more + "}");
    if (done) return std::string("ok");
    return done.error().fields.empty() ? done.error().key : done.error().fields[0].pointer;
  };
  EXPECT_EQ(Get(id).approval, PlanApprovalNeed::needed);
  EXPECT_EQ(send(author, "/publish"), "plan.needs_approval");
  EXPECT_EQ(send(head, "/approve"), "plan.not_submitted");
  EXPECT_EQ(send(author, "/submit", R"(,"comment":"请审")"), "ok");
  EXPECT_EQ(Get(id).approval, PlanApprovalNeed::submitted);
  EXPECT_EQ(CallJson(head, Method::kGet, "/plans", "", {{"submitted", "true"}})->at("items").as_array().size(), 1U);
  EXPECT_EQ(Call(author, Method::kPut, "/plans/" + id, Body(Get(id), Get(id).document)).error().key, "plan.submitted");
  EXPECT_EQ(send(author, "/submit"), "plan.submitted");
  EXPECT_EQ(send(author, "/archive"), "plan.submitted");

  auto self = author;
  self.grants.push_back({"plan.approve", north.path});
  EXPECT_EQ(send(self, "/approve"), "plan.own_approval");
  EXPECT_EQ(send(self, "/reject", R"(,"comment":"x")"), "plan.own_approval");
  EXPECT_EQ(send(head, "/reject"), "/comment");
  EXPECT_EQ(send(head, "/reject", R"(,"comment":"题目太少")"), "ok");
  EXPECT_EQ(Get(id).status, PlanStatus::draft);
  EXPECT_EQ(send(author, "/submit"), "ok");
  EXPECT_EQ(send(author, "/withdraw"), "ok");
  clock.Advance(std::chrono::milliseconds(1));
  EXPECT_EQ(send(As("01OTHER", north.path), "/submit"), "ok");
  EXPECT_EQ(send(self, "/approve"), "plan.own_approval") << "who wrote it does not approve it for a colleague";
  EXPECT_EQ(send(head, "/approve", R"(,"comment":"同意")"), "ok");
  EXPECT_EQ(Get(id).status, PlanStatus::published);
  auto const history = CallJson(head, Method::kGet, "/plans/" + id + "/approvals")->at("items").as_array();
  ASSERT_EQ(history.size(), 3U);
  EXPECT_EQ(history[0].at("state").as_string(), "approved");
  EXPECT_EQ(history[0].at("decided_by_name").as_string(), "01HEAD");
  EXPECT_EQ(history[2].at("decision_comment").as_string(), "题目太少");
  EXPECT_EQ(Call(As("01SOUTH", south.path), Method::kGet, "/plans/" + id + "/approvals").error().code,
            ErrorCode::kNotFound);
}

TEST_P(GroupPlansTest, ANodeMayDemandDerivedPlansBelow) {
  auto const officer = As("01HQ", root.path, {"plan.approve"});
  ASSERT_TRUE(Call(officer, Method::kPut, "/plan-policies/" + root.id, R"({"version":0,"derived_only":true})"));
  auto const standard = Published(root, Standard());
  clock.Advance(std::chrono::milliseconds(1));
  auto const own = api->CreatePlan(hq, {north.id, std::nullopt, "自建", "", DerivedFrom(Standard())}).value();
  EXPECT_EQ(api->PublishPlan(hq, own.id, {own.version}).error().key, "plan.must_derive");
  EXPECT_EQ(Publish(Derive(standard.id)).status, PlanStatus::published);
  auto const seen = CallJson(north_hr(), Method::kGet, "/plan-policies")->at("items").as_array();
  ASSERT_EQ(seen.size(), 1U) << "a branch sees what the group demands";
  EXPECT_TRUE(seen[0].at("derived_only").as_bool());
}

TEST_P(GroupPlansTest, ABranchDoesNotDropWhatTheGroupDemandsOfIt) {
  auto const officer = As("01HQ", root.path, {"plan.approve"});
  auto const head = As("01HEAD", north.path, {"plan.approve"});
  std::int64_t version = 0;
  auto const put = [&](Principal const& who, bool approval, bool derived) {
    auto const done = CallJson(
        who, Method::kPut, "/plan-policies/" + north.id,
        json::serialize(json::value{{"version", version}, {"needs_approval", approval}, {"derived_only", derived}}));
    if (!done) return done.error().key;
    version = done->at("version").as_int64();
    return std::string("ok");
  };
  auto const seen = [&](Principal const& who) {
    return CallJson(who, Method::kGet, "/plan-policies")->at("items").as_array().at(0);
  };
  EXPECT_EQ(put(officer, true, false), "ok");
  EXPECT_EQ(put(head, false, false), "plan.policy_from_above");
  EXPECT_EQ(put(head, true, true), "ok") << "it may demand more";
  EXPECT_EQ(put(head, false, true), "plan.policy_from_above") << "saying it again does not make it one's own";
  EXPECT_FALSE(seen(head).at("may_drop_approval").as_bool());
  EXPECT_TRUE(seen(head).at("may_drop_derived").as_bool());
  EXPECT_EQ(seen(head).at("approval_set_at_name").as_string(), "HQ");
  EXPECT_TRUE(seen(officer).at("may_drop_approval").as_bool());
  EXPECT_EQ(put(head, true, false), "ok") << "its own it may drop";
  EXPECT_EQ(put(head, true, true), "ok");
  EXPECT_EQ(put(officer, true, true), "ok") << "the group says it too";
  EXPECT_EQ(put(head, true, false), "plan.policy_from_above");
  EXPECT_EQ(put(officer, false, false), "ok");
  EXPECT_EQ(put(head, true, false), "ok");
  EXPECT_EQ(put(head, false, false), "ok");
}

TEST_P(GroupPlansTest, TheLibraryListsStandardsByFamily) {
  auto const standard = Published(root, Standard());
  clock.Advance(std::chrono::milliseconds(1));
  Published(root, DerivedFrom(Standard()));
  auto const found = [&](http::Pairs query) {
    return CallJson(north_hr(), Method::kGet, "/plans", "", std::move(query))->at("items").as_array().size();
  };
  EXPECT_EQ(found({{"standard", "true"}}), 1U);
  EXPECT_EQ(found({{"standard", "true"}, {"family", "teller"}}), 1U);
  EXPECT_EQ(found({{"standard", "true"}, {"family", "sales"}}), 0U);
  EXPECT_EQ(found({}), 2U);
  Derive(standard.id);
  EXPECT_EQ(found({{"base_plan_id", standard.id}}), 1U);
}

TEST_P(GroupPlansTest, EveryTemplateBecomesAPublishableStandard) {
  ASSERT_TRUE(api->LoadShippedContent());
  auto const templates = CallJson(north_hr(), Method::kGet, "/plan-templates")->at("items").as_array();
  EXPECT_EQ(templates.size(), 12U);
  EXPECT_EQ(CallJson(As("01HQ", root.path), Method::kGet, "/plans")->at("items").as_array().size(), 0U)
      << "templates are no rows";
  std::set<std::string> families;
  for (auto const& item : templates) {
    families.emplace(item.at("family").as_string());
    clock.Advance(std::chrono::milliseconds(1));
    plans::CreatePlan input{root.id, std::nullopt, "标准", "", std::nullopt};
    input.template_key = item.at("key").as_string();
    auto const made = CallJson(As("01HQ", root.path), Method::kPost, "/plans", ToJsonText(input)).value();
    auto const published = PlansTest::Publish(made, As("01HQ", root.path));
    ASSERT_TRUE(published) << input.template_key << " " << Codes(published.error())[0];
    EXPECT_TRUE(published->at("standard").as_bool());
    EXPECT_GE(published->at("document").at("stages").as_array().size(), 5U);
    auto const derived = Derive(Id(*published));
    EXPECT_EQ(Publish(derived).status, PlanStatus::published) << input.template_key;
  }
  EXPECT_EQ(families.size(), 12U);
  EXPECT_EQ(Codes(Call(As("01HQ", root.path), Method::kPost, "/plans",
                       R"({"org_id":")" + root.id + R"(","name_zh":"x","name_en":"","template_key":"none"})")
                      .error()),
            Lines{"/template_key not_found"});
}

BOLE_STORE_SUITE(GroupPlansTest);

}  // namespace
}  // namespace bole::plans
