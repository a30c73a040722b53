#include "modules/identity/api.hpp"
#include "modules/interviews/interviews_test.hpp"

namespace bole::interviews {
namespace {

class StaffTest : public InterviewsTest {};

TEST_P(StaffTest, AnInvitationGoesOutOnEveryChannelAndIsCounted) {
  auto const invited = Invite({"link", "email", "sms"});
  runner.RunDue();
  ASSERT_EQ(mail.sent.size(), 1U);
  EXPECT_NE(mail.sent[0].text.find("/i/" + invited.token), std::string::npos);
  ASSERT_EQ(sms.sent.size(), 1U);
  auto const view = service.Get(Hr(north.path), invited.id).value();
  ASSERT_EQ(view.deliveries.size(), 2U);
  EXPECT_EQ(view.deliveries[0].state, "sent");
  EXPECT_EQ(view.candidate_name, "张小雨");
  EXPECT_EQ(view.progress.total, 2);
  auto const pool = db->Read([&](db::Tx& tx) { return people->Find(tx, Scope::Everything(), candidate.id); }).value();
  EXPECT_EQ(pool.interviews, 1);
  EXPECT_EQ(service.Home(Hr(north.path)).counts.invited, 1);
  EXPECT_EQ(service.Home(Hr(south.path)).counts.invited, 0);
}

TEST_P(StaffTest, OneWithoutAnAddressDoesNotStopTheOthers) {
  people::CreateCandidate plain;
  plain.org_id = north.id, plain.name = "无名氏";
  auto const other = people->Create(system, plain).value();
  auto const made =
      service
          .Invite(Hr(root.path), i18n::Locale::kEnUs,
                  {{other.id, candidate.id, "01ARZ3NDEKTSV4RRFFQ69G5FAV"}, plan_id, {"email"}, std::nullopt})
          .value();
  ASSERT_EQ(made.items.size(), 1U);
  EXPECT_EQ(made.items[0].interview.candidate_id, candidate.id);
  ASSERT_EQ(made.failed.size(), 2U);
  EXPECT_EQ(made.failed[0].code, "invite.no_email");
  EXPECT_FALSE(made.failed[0].message.empty());
  EXPECT_EQ(made.failed[1].code, "not_found");
  EXPECT_EQ(service.List(Hr(root.path), {}, "").value().items.size(), 1U) << "nothing half made stays";
}

TEST_P(StaffTest, ANewStandardKeepsTheInvitedAndStopsInvitationsAfterItsDeadline) {
  auto document = db->Read([&](db::Tx& tx) { return plans->PlanRevision(tx, plan_id, 1); }).value().document;
  document.governance = plans::PlanGovernance{.adopt_days = 10};
  document.stages[1].locked = true;
  auto const draft = plans->CreatePlan(system, {root.id, std::nullopt, "标准", "Standard", document}).value();
  auto const standard = plans->PublishPlan(system, draft.id, {draft.version}).value();
  clock.Advance(std::chrono::milliseconds(1));
  auto const derived = plans->DerivePlan(system, standard.id, {north.id, "北京", "", std::nullopt}).value();
  plan_id = plans->PublishPlan(system, derived.id, {derived.version}).value().id;
  auto const before = Invite();
  document.stages[1].question_zh = "新题？";
  auto const next = plans->PutPlan(system, standard.id, {standard.version, "标准", "", std::nullopt, document}).value();
  ASSERT_TRUE(plans->PublishPlan(system, next.id, {next.version}));
  auto const meanwhile = Invite();
  clock.Advance(std::chrono::days(10));
  auto const late =
      service.Invite(Hr(root.path), i18n::Locale::kEnUs, {{candidate.id}, plan_id, {"link"}, std::nullopt}).value();
  ASSERT_EQ(late.failed.size(), 1U);
  EXPECT_EQ(late.failed[0].code, "plan.base_outdated");
  for (auto const& invited : {before, meanwhile}) {
    auto const view = service.Get(Hr(north.path), invited.id).value();
    EXPECT_EQ(view.plan_id, plan_id);
    EXPECT_EQ(view.plan_revision, 1);
    EXPECT_EQ(db->Read([&](db::Tx& tx) { return plans->PlanRevision(tx, view.plan_id, view.plan_revision); })
                  .value()
                  .document.stages[1]
                  .question_zh,
              "遇到投诉怎么办？");
  }
}

TEST_P(StaffTest, OtherBranchesSeeNothing) {
  auto const invited = Invite();
  auto const stranger = Hr(south.path), own = Hr(north.path);
  EXPECT_EQ(service.List(own, {}, "").value().items.size(), 1U);
  EXPECT_TRUE(service.List(stranger, {}, "").value().items.empty());
  EXPECT_EQ(service.List(stranger, {}, north.id).error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(service.Get(own, invited.id));
  EXPECT_EQ(service.Get(stranger, invited.id).error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(service.Link(own, invited.id));
  EXPECT_EQ(service.Link(stranger, invited.id).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(service.Cancel(stranger, invited.id).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(service.Remind(stranger, invited.id).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(service.Extend(stranger, invited.id, {3}).error().code, ErrorCode::kNotFound);
  auto const foreign =
      service.Invite(stranger, i18n::Locale::kEnUs, {{candidate.id}, plan_id, {"link"}, std::nullopt}).value();
  EXPECT_TRUE(foreign.items.empty());
  EXPECT_EQ(foreign.failed.at(0).code, "not_found");
}

TEST_P(StaffTest, RoutesAskForTheirPermission) {
  auto const invited = Invite();
  auto const reader = User({"interview.read"}, root.path);
  EXPECT_TRUE(Call(reader, http::Method::kGet, "/interviews/" + invited.id));
  EXPECT_EQ(Call(reader, http::Method::kGet, "/interviews/" + invited.id + "/link").error().code,
            ErrorCode::kForbidden);
  EXPECT_EQ(Call(reader, http::Method::kPost, "/interviews/" + invited.id + "/cancel").error().code,
            ErrorCode::kForbidden);
  EXPECT_EQ(Call(User({}, root.path), http::Method::kGet, "/interviews").error().code, ErrorCode::kForbidden);
}

TEST_P(StaffTest, TheLinkIsTheOneThatWasSent) {
  auto const invited = Invite();
  auto const link = service.Link(Hr(north.path), invited.id).value();
  EXPECT_TRUE(link.url.ends_with("/i/" + invited.token));
  EXPECT_NE(link.qr_svg.find("<svg"), std::string::npos);
}

TEST_P(StaffTest, ListsFilterAndPage) {
  std::vector<std::string> ids;
  for (int i = 0; i < 5; ++i) ids.push_back(Invite().id);
  ASSERT_TRUE(service.Cancel(Hr(root.path), ids[2]));
  EXPECT_EQ(service.List(Hr(root.path), {.state = State::cancelled}, "").value().items.at(0).id, ids[2]);
  EXPECT_EQ(service.List(Hr(root.path), {.text = "小雨"}, "").value().items.size(), 5U);
  EXPECT_TRUE(service.List(Hr(root.path), {.text = "%"}, "").value().items.empty()) << "no wildcards from outside";
  EXPECT_TRUE(service.List(Hr(root.path), {.plan_id = "other"}, "").value().items.empty());
  std::vector<std::string> seen_ids;
  std::string cursor;
  do {
    auto const page = service.List(Hr(root.path), {.limit = 2, .cursor = cursor}, "").value();
    for (auto const& item : page.items) seen_ids.push_back(item.id);
    cursor = page.next_cursor.value_or("");
  } while (!cursor.empty());
  std::reverse(seen_ids.begin(), seen_ids.end());
  EXPECT_EQ(seen_ids, ids);
}

TEST_P(StaffTest, ARemindedCandidateGetsTheSameLink) {
  auto const invited = Invite();
  ASSERT_TRUE(service.Remind(Hr(north.path), invited.id));
  runner.RunDue();
  ASSERT_EQ(mail.sent.size(), 1U);
  EXPECT_NE(mail.sent[0].text.find(invited.token), std::string::npos);
  clock.Advance(std::chrono::hours(24 * 8));
  EXPECT_EQ(service.Remind(Hr(north.path), invited.id).error().key, "interview.not_open");
}

TEST_P(StaffTest, OpenPagesHearOfChangesInTheirScopeOnly) {
  auto const own = service.Live(Hr(north.path)), stranger = service.Live(Hr(south.path));
  auto const invited = Invite();
  auto const event = own->Next();
  ASSERT_TRUE(event);
  EXPECT_EQ(ParseJson(event->data)->at("id").as_string(), invited.id);
  EXPECT_FALSE(stranger->Next());
}

TEST_P(StaffTest, WhoReachesLessSeesInterviewsOfHisCandidatesOnly) {
  auto const accounts = identity::Register(context, *orgs, *audits);
  people::RegisterTeams(context, *people, *accounts);
  auto const account = [&](std::string const& name, std::optional<std::string> manager) {
    return accounts
        ->CreateUser(system, {name,
                              name,
                              "",
                              root.id,
                              "zh-CN",
                              "correct horse battery",
                              {{"interviewer", root.id, std::nullopt, std::nullopt}},
                              std::move(manager)})
        .value()
        .id;
  };
  auto const as = [&](std::string const& id, Reach reach) {
    Principal out{PrincipalKind::user, id, "s", "x", {}};
    for (auto const* permission : {"interview.read", "interview.invite", "candidate.read"})
      out.grants.push_back({permission, north.path, reach});
    return out;
  };
  auto const boss = account("boss", {}), worker = account("worker", boss), stranger = account("stranger", {});
  auto const invited = Invite();
  auto const live = service.Live(as(worker, Reach::assigned)), other = service.Live(as(stranger, Reach::assigned));
  EXPECT_EQ(service.Get(as(worker, Reach::assigned), invited.id).error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(service.List(as(worker, Reach::assigned), {}, "").value().items.empty());

  // The invitation itself puts interviewers on the candidate.
  auto const second =
      service.Invite(Hr(root.path), i18n::Locale::kEnUs, {{candidate.id}, plan_id, {"link"}, std::nullopt, {worker}});
  ASSERT_EQ(second->items.size(), 1U) << second->failed.at(0).code;
  EXPECT_EQ(service.Invite(Hr(root.path), i18n::Locale::kEnUs, {{candidate.id}, plan_id, {"link"}, {}, {"forged"}})
                ->failed.at(0)
                .code,
            "team.no_right");
  for (auto const& [id, reach, sees] :
       {std::tuple(worker, Reach::assigned, true), std::tuple(worker, Reach::own, false),
        std::tuple(boss, Reach::reports, true), std::tuple(boss, Reach::assigned, false),
        std::tuple(stranger, Reach::reports, false)}) {
    auto const who = as(id, reach);
    EXPECT_EQ(service.Get(who, invited.id).has_value(), sees);
    EXPECT_EQ(service.List(who, {}, "").value().items.size(), sees ? 2U : 0U);
    EXPECT_EQ(service.Home(who).counts.invited, sees ? 2 : 0);
    EXPECT_EQ(service.Home(who).counts.candidates, sees ? 1 : 0);
    EXPECT_EQ(service.Link(who, invited.id).has_value(), sees);
    EXPECT_EQ(service.Invite(who, i18n::Locale::kEnUs, {{candidate.id}, plan_id, {"link"}, {}}).value().items.size(),
              0U)
        << "no plan without plan.read";
  }
  // Whoever answers for a candidate goes on doing so when an invitation names him.
  ASSERT_TRUE(Call(User({"candidate.write"}, root.path), http::Method::kPut,
                   "/candidates/" + candidate.id + "/team/" + worker, R"({"owner":true})"));
  (void)service.Invite(Hr(root.path), i18n::Locale::kEnUs, {{candidate.id}, plan_id, {"link"}, {}, {worker}}).value();
  EXPECT_TRUE(service.Get(as(worker, Reach::own), invited.id));
  EXPECT_EQ(service.List(as(worker, Reach::assigned), {.mine = true}, north.id).value().items.size(), 3U);
  EXPECT_TRUE(service.List(Hr(root.path), {.mine = true}, "").value().items.empty());
  ASSERT_TRUE(live->Next());
  EXPECT_FALSE(other->Next());
}

BOLE_STORE_SUITE(StaffTest);

}  // namespace
}  // namespace bole::interviews
