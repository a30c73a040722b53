#include "modules/assessment/service.hpp"
#include "modules/interviews/interviews_test.hpp"
#include "modules/privacy/test_person.hpp"
#include "platform/crypto/hash.hpp"

namespace bole::privacy {
namespace {

using interviews::State;
using std::chrono::days;
using std::chrono::hours;

class RightsTest : public PrivacyTest {};

TEST_P(RightsTest, RetentionGoesOnAfterAKillAndCountsEverythingOnce) {
  (void)Finished(), (void)Finished(), (void)Finished();
  clock.Advance(days(181));
  auto const day = Day(2026, 6, 1);
  auto const preview =
      privacy.retention.Preview(Officer(root.path), Date{std::chrono::floor<days>(clock.Now())}).value();
  ASSERT_EQ(preview.counts.size(), 1U);
  EXPECT_EQ(preview.counts[0].kind, PolicyKind::recordings);
  EXPECT_EQ(preview.counts[0].due, 3);
  EXPECT_EQ(BlobCount(), 12U) << "a preview changes nothing";

  int asked = 0;
  EXPECT_THROW((void)privacy.retention.Run(day,
                                           [&]() -> bool {
                                             if (++asked == 2) throw std::runtime_error("killed");
                                             return false;
                                           }),
               std::runtime_error);
  EXPECT_EQ(BlobCount(), 8U) << "one of three is gone";
  EXPECT_EQ(Rows("erasure_certificate"), 0);
  ASSERT_TRUE(privacy.retention.Run(day, [] { return false; }));
  EXPECT_EQ(BlobCount(), 0U);
  auto const proof = LastCertificate();
  EXPECT_EQ(proof.document.at("erased").at("recording").as_int64(), 6) << "also what went before the kill";
  EXPECT_EQ(privacy.retention.Runs().value().items.at(0).erased, 3);
  ASSERT_TRUE(privacy.retention.Run(day, [] { return false; }));
  ASSERT_TRUE(privacy.retention.Run(Day(2026, 6, 2), [] { return false; }));
  EXPECT_EQ(Rows("erasure_certificate"), 2) << "the person's and the run's; nothing was left to erase";
  EXPECT_EQ(Rows("interview_report"), 3) << "reports stay longer";
  EXPECT_EQ(Rows("retention_item"), 0);
}

TEST_P(RightsTest, TheNearestPolicyCountsAndNeverLengthensThePlan) {
  (void)Finished();
  auto const officer = Officer(root.path);
  auto const set = [&](std::string const& org, std::int64_t kept, std::int64_t version) {
    return privacy.retention.Set(officer, {org, PolicyKind::recordings, kept, version});
  };
  ASSERT_TRUE(set(root.id, 3000, 0));
  EXPECT_EQ(set(root.id, 10, 0).error().key, "conflict.stale");
  EXPECT_EQ(privacy.retention.Set(Officer(south.path), {north.id, PolicyKind::recordings, 1, 1}).error().code,
            ErrorCode::kInvalid);
  auto const due = [&](int after) {
    auto const on = Date{std::chrono::floor<days>(clock.Now()) + days(after)};
    std::int64_t out = 0;
    auto const preview = privacy.retention.Preview(officer, on).value();
    for (auto const& count : preview.counts)
      if (count.kind == PolicyKind::recordings) out += count.due;
    return out;
  };
  EXPECT_EQ(due(179), 0);
  EXPECT_EQ(due(181), 1) << "the plan promised 180 days";
  ASSERT_TRUE(set(north.id, 60, 0));
  EXPECT_EQ(due(30), 0);
  EXPECT_EQ(due(61), 1);
}

TEST_P(RightsTest, ABranchShortensPeriodsWithinWhatTheGroupSays) {
  auto const set = [&](Principal const& who, std::string const& org, std::int64_t kept, std::int64_t version,
                       std::optional<std::int64_t> least = {}) -> std::string {
    auto const done = privacy.retention.Set(who, {org, PolicyKind::reports, kept, version, least});
    return done ? "ok" : done.error().fields.empty() ? done.error().key : done.error().fields[0].code;
  };
  auto const at = [&](org::OrgNodeView const& node) {
    return db->Read([&](db::Tx& tx) { return privacy.subjects.Days(tx, node.path, PolicyKind::reports); });
  };
  auto const head = Officer(root.path), branch = Officer(north.path);
  EXPECT_EQ(set(head, root.id, 300, 0, 301), "out_of_range");
  EXPECT_EQ(set(head, root.id, 300, 0, 90), "ok");
  EXPECT_EQ(set(branch, north.id, 301, 0), "longer_than_above");
  EXPECT_EQ(set(branch, north.id, 89, 0), "shorter_than_above");
  EXPECT_EQ(set(head, north.id, 301, 0), "longer_than_above") << "whoever asks: the group changes its own period";
  EXPECT_EQ(set(branch, north.id, 120, 0), "ok");
  EXPECT_EQ(at(north), 120);
  EXPECT_EQ(at(south), 300);
  EXPECT_EQ(set(head, root.id, 100, 1, 90), "ok");
  EXPECT_EQ(at(north), 100) << "what was set before is bound as well";
  EXPECT_EQ(set(head, root.id, 300, 2, 200), "ok");
  EXPECT_EQ(at(north), 200);
  auto const found = privacy.retention.Policies(branch).value().items.back();
  EXPECT_EQ(found.days, 120);
  EXPECT_EQ(found.effective_days, 200);
}

TEST_P(RightsTest, APersonGoesAfterTheLastActivityOfAllPlaces) {
  (void)Finished();
  clock.Advance(days(1000));
  people::CreateCandidate again;
  again.org_id = south.id, again.name = "张小雨", again.phone = "13812341234", again.email = "zhang@example.com";
  again.id_number = kIdNumber;
  (void)people->Create(system, again).value();
  clock.Advance(days(200));
  ASSERT_TRUE(privacy.retention.Run(Day(2029, 3, 1), [] { return false; }));
  EXPECT_EQ(Rows("person"), 1) << "known in the south for 200 days only";
  clock.Advance(days(1000));
  ASSERT_TRUE(privacy.retention.Run(Day(2031, 12, 1), [] { return false; }));
  EXPECT_EQ(Rows("person") + Rows("candidate") + Rows("interview"), 0);
  EXPECT_EQ(Rows("erasure_certificate"), 4) << "two runs, each with one person";
}

TEST_P(RightsTest, RetentionCertifiesEachPersonByHashAndPolicy) {
  (void)Finished(), (void)Finished();
  auto const person = *db->Read([&](db::Tx& tx) { return people->PersonOf(tx, candidate.id); });
  ASSERT_TRUE(privacy.retention.Set(Officer(root.path), {north.id, PolicyKind::recordings, 90, 0}));
  clock.Advance(days(91));
  int asked = 0;
  EXPECT_FALSE(privacy.retention.Run(Day(2026, 6, 1), [&] { return ++asked > 1; }))
      << "stopped after the first of two interviews";
  ASSERT_TRUE(privacy.retention.Run(Day(2026, 6, 1), [] { return false; }));
  auto const all = privacy.certificates.List(Officer(root.path), {}).value().items;
  ASSERT_EQ(all.size(), 2U);
  auto const& of_person = all[1];
  EXPECT_EQ(all[0].document.at("why").as_string(), "retention");
  EXPECT_EQ(all[0].document.at("subject").as_string(), "");
  EXPECT_EQ(of_person.document.at("why").as_string(), "retention_person");
  EXPECT_EQ(of_person.document.at("subject").as_string(), crypto::Sha256Hex(person));
  EXPECT_EQ(of_person.document.at("policies").at("recordings").as_int64(), 90);
  EXPECT_EQ(of_person.document.at("erased").at("recording").as_int64(), 4) << "also what went before the stop";
  EXPECT_EQ(of_person.document.at("erased"), all[0].document.at("erased"));
  for (auto const& each : all) EXPECT_TRUE(each.intact && each.chained) << each.number;
  EXPECT_EQ(privacy.certificates.List(Officer(north.path), {}).value().items.size(), 1U) << "the branch reads its own";
  EXPECT_TRUE(privacy.certificates.List(Officer(south.path), {}).value().items.empty());
  for (auto const locale : {i18n::Locale::kZhCn, i18n::Locale::kEnUs})
    EXPECT_TRUE(privacy.certificates.Pdf(Officer(north.path), of_person.id, locale).value().starts_with("%PDF"));
  db->Write([&](db::Tx& tx) {
    tx.Execute({"test.tamper", "UPDATE erasure_certificate SET document = REPLACE(document, '90', '99')"});
  });
  EXPECT_FALSE(privacy.certificates.Get(Officer(north.path), of_person.id).value().intact);
}

TEST_P(RightsTest, RequestsKeepTheirDeadlineAndStates) {
  auto const officer = Officer(north.path);
  auto const pipl = privacy.requests.Create(officer, {candidate.id, RequestKind::access, Law::pipl, "copy"}).value();
  EXPECT_EQ(pipl.due_at - pipl.received_at, days(15));
  auto const gdpr = privacy.requests.Create(officer, {candidate.id, RequestKind::access, Law::gdpr, ""}).value();
  EXPECT_EQ(gdpr.due_at - gdpr.received_at, days(28));
  ASSERT_TRUE(privacy.retention.Set(Officer(root.path), {root.id, PolicyKind::request_pipl, 20, 0}));
  auto const later = privacy.requests.Create(officer, {candidate.id, RequestKind::explanation, Law::pipl, ""}).value();
  EXPECT_EQ(later.due_at - later.received_at, days(20));

  auto const refused = privacy.requests.Move(officer, pipl.id, {1, RequestState::refused, " "});
  EXPECT_EQ(refused.error().fields.at(0).pointer, "/note");
  auto const taken = privacy.requests.Move(officer, pipl.id, {1, RequestState::in_progress, "on it"}).value();
  EXPECT_EQ(privacy.requests.Move(officer, pipl.id, {1, RequestState::done, ""}).error().key, "conflict.stale");
  clock.Advance(days(16));
  EXPECT_TRUE(privacy.requests.Get(officer, pipl.id).value().overdue);
  auto const done = privacy.requests.Move(officer, pipl.id, {taken.version, RequestState::done, "sent"}).value();
  ASSERT_EQ(done.steps.size(), 3U);
  EXPECT_EQ(done.steps[1].note, "on it");
  EXPECT_EQ(done.steps[2].by_name, "officer");
  EXPECT_EQ(privacy.requests.Move(officer, pipl.id, {done.version, RequestState::refused, "no"}).error().key,
            "privacy.request_state");
  EXPECT_EQ(privacy.requests.List(officer, {.open = true}).value().items.size(), 2U);
}

TEST_P(RightsTest, ACandidateUsesHisRightsBehindTheLink) {
  auto const id = Finished();
  auto const made = CallJson(Behind(id), http::Method::kPost, "/candidate/privacy/requests",
                             R"({"kind":"correction","content":"我的名字写错了"})");
  ASSERT_TRUE(made) << made.error().key;
  auto const request = privacy.requests.List(Officer(north.path), {}).value().items.at(0);
  EXPECT_EQ(request.channel, Channel::candidate);
  EXPECT_EQ(request.content, "我的名字写错了");
  auto const mine = CallJson(Behind(id), http::Method::kGet, "/candidate/privacy").value();
  EXPECT_EQ(mine.at("requests").as_array().size(), 1U);
  EXPECT_EQ(mine.at("consents").as_array().size(), 3U);
  EXPECT_EQ(privacy.Mine(As("01ARZ3NDEKTSV4RRFFQ69G5FAV")).error().code, ErrorCode::kUnauthenticated);
  for (int i = 0; i < 9; ++i) ASSERT_TRUE(privacy.requests.CreateMine(As(id), {RequestKind::explanation, ""}));
  EXPECT_EQ(privacy.requests.CreateMine(As(id), {RequestKind::explanation, ""}).error().code, ErrorCode::kTooMany);
}

TEST_P(RightsTest, ARestrictedPersonIsNotInvited) {
  auto const officer = Officer(north.path);
  auto const request = privacy.requests.Create(officer, {candidate.id, RequestKind::restriction, {}, ""}).value();
  ASSERT_TRUE(privacy.requests.Move(officer, request.id, {1, RequestState::done, ""}));
  auto const invite = [&] {
    return service.Invite(Hr(root.path), i18n::Locale::kEnUs, {{candidate.id}, plan_id, {"link"}, std::nullopt})
        .value();
  };
  EXPECT_EQ(invite().failed.at(0).code, "invite.restricted");
  ASSERT_TRUE(privacy.EndRestriction(officer, {candidate.id}));
  EXPECT_EQ(invite().items.size(), 1U);
}

TEST_P(RightsTest, NothingNewIsDoneWithARestrictedPerson) {
  auto const invited = Invite({"email"});
  auto const shown = [&](Principal const& who) {
    return CallJson(who, http::Method::kGet, "/privacy/candidates/" + candidate.id + "/restriction").value();
  };
  auto const officer = Officer(north.path);
  EXPECT_FALSE(shown(officer).at("restricted").as_bool());
  db->Write([&](db::Tx& tx) { people->SetRestricted(tx, candidate.person_id, true); });
  EXPECT_EQ(service.Remind(Hr(north.path), invited.id).error().key, "invite.restricted");
  EXPECT_EQ(service.Extend(Hr(north.path), invited.id, {3}).error().key, "invite.restricted");
  EXPECT_TRUE(db->Read([&](db::Tx& tx) { return api->Restricted(tx, invited.id); }));
  EXPECT_TRUE(shown(officer).at("restricted").as_bool() && shown(officer).at("may_end").as_bool());
  auto reader = officer;
  std::erase_if(reader.grants, [](auto const& grant) { return grant.permission == "privacy.manage"; });
  EXPECT_FALSE(shown(reader).at("may_end").as_bool());
  EXPECT_EQ(Call(Officer(south.path), http::Method::kGet, "/privacy/candidates/" + candidate.id + "/restriction")
                .error()
                .code,
            ErrorCode::kNotFound);
  ASSERT_TRUE(Call(officer, http::Method::kPost, "/privacy/candidates/" + candidate.id + "/end-restriction"));
  EXPECT_FALSE(shown(officer).at("restricted").as_bool());
  EXPECT_TRUE(service.Extend(Hr(north.path), invited.id, {3}));
}

TEST_P(RightsTest, ADeadlineIsPutOffOnceWithAReasonThatThePersonReads) {
  auto const id = Finished();
  auto const officer = Officer(north.path);
  ASSERT_TRUE(privacy.requests.CreateMine(As(id), {RequestKind::objection, "请人工复核"}));
  auto const request = privacy.requests.List(officer, {.kind = "objection"}).value().items.at(0);
  auto const extend = [&](std::string const& which, std::int64_t version, std::int64_t more, std::string reason) {
    auto const done = privacy.requests.Extend(officer, which, {version, more, std::move(reason)});
    return done ? std::string("ok") : done.error().fields.empty() ? done.error().key : done.error().fields[0].pointer;
  };
  EXPECT_EQ(request.may_extend_days, 15);
  EXPECT_EQ(extend(request.id, 1, 16, "复核人出差"), "/days");
  EXPECT_EQ(extend(request.id, 1, 10, "   "), "/reason");
  EXPECT_EQ(extend(request.id, 2, 10, "复核人出差"), "conflict.stale");
  EXPECT_EQ(extend(request.id, 1, 10, "复核人出差"), "ok");
  EXPECT_EQ(extend(request.id, 2, 1, "再晚一点"), "privacy.request_extended");
  auto const mine = privacy.Mine(As(id)).value().requests.at(0);
  EXPECT_EQ(mine.kind, RequestKind::objection);
  EXPECT_EQ(mine.extension, "复核人出差");
  EXPECT_EQ(mine.first_due_at, request.due_at);
  EXPECT_EQ(mine.due_at, request.due_at + days(10));
  auto const found = privacy.requests.Get(officer, request.id).value();
  EXPECT_EQ(found.may_extend_days, 0);
  EXPECT_EQ(found.steps.back().note, "复核人出差");
  EXPECT_TRUE(Traces({"复核人出差"}).empty()) << "encrypted";

  auto const late = privacy.requests.Create(officer, {candidate.id, RequestKind::portability, Law::gdpr, ""}).value();
  EXPECT_EQ(late.may_extend_days, 59);
  clock.Advance(days(29));
  EXPECT_EQ(extend(late.id, 1, 30, "too late"), "privacy.request_overdue");
  ASSERT_TRUE(privacy.requests.Move(officer, late.id, {1, RequestState::done, ""}));
  EXPECT_EQ(extend(late.id, 2, 30, "answered"), "privacy.request_state");
  EXPECT_EQ(privacy.requests.Extend(Officer(south.path), request.id, {2, 1, "other"}).error().code,
            ErrorCode::kNotFound);
}

TEST_P(RightsTest, TheAccessLogNamesRolesOnly) {
  auto const id = Finished();
  identity::CreateUser user{"li.hr", "李经理", "li@example.com", north.id, "zh-CN", "correct horse battery", {}};
  user.grants = {{"branch_hr", north.id, {}}};
  (void)users->CreateUser(system, user).value();
  auto const reader = users->PrincipalOf("li.hr").value();
  ASSERT_TRUE(Call(reader, http::Method::kGet, "/candidates/" + candidate.id + "/file"));
  auto const mine = CallJson(Behind(id), http::Method::kGet, "/candidate/privacy").value();
  auto const& newest = mine.at("access").as_array().at(0);
  EXPECT_EQ(newest.at("action").as_string(), "candidate.read");
  EXPECT_EQ(newest.at("who_en").as_string(), "Branch HR");
  EXPECT_EQ(ToText(mine).find("李经理"), std::string::npos);
  EXPECT_TRUE(privacy.Access(Officer(north.path), {candidate.id}, {"dispute", ""}));
  EXPECT_EQ(*db->Read([&](db::Tx& tx) {
    return tx.Scalar<std::string>(
        {"test.purpose", "SELECT details FROM audit_record WHERE action = 'privacy.access_read'"});
  }),
            R"({"purpose":"dispute"})");
}

TEST_P(RightsTest, ABranchCannotTouchAnotherBranchsPerson) {
  auto const id = Finished();
  auto const stranger = Officer(south.path);
  auto const hold = privacy.erasures.Place(Officer(north.path), {candidate.id, {}, "case", {}}).value();
  auto const request =
      privacy.requests.Create(Officer(north.path), {candidate.id, RequestKind::access, {}, ""}).value();
  auto const copy = privacy.exports.Create(Officer(north.path), {candidate.id, "copy", false}).value();
  auto const missing = [](auto const& result) { return !result && result.error().code == ErrorCode::kNotFound; };
  EXPECT_TRUE(missing(privacy.erasures.Place(stranger, {candidate.id, {}, "case", {}})));
  EXPECT_TRUE(missing(privacy.erasures.Release(stranger, hold.id)));
  EXPECT_TRUE(missing(privacy.erasures.Propose(stranger, {candidate.id, "request", {}})));
  EXPECT_TRUE(missing(privacy.requests.Create(stranger, {candidate.id, RequestKind::access, {}, ""})));
  EXPECT_TRUE(missing(privacy.requests.Get(stranger, request.id)));
  EXPECT_TRUE(missing(privacy.requests.Move(stranger, request.id, {1, RequestState::done, ""})));
  EXPECT_TRUE(missing(privacy.exports.Create(stranger, {candidate.id, "copy", false})));
  EXPECT_TRUE(missing(privacy.exports.Download(stranger, copy.id)));
  EXPECT_TRUE(missing(privacy.consents.Withdraw(stranger, {id, "recording"})));
  EXPECT_TRUE(missing(privacy.Access(stranger, {candidate.id})));
  EXPECT_TRUE(privacy.erasures.Holds(stranger, {}).value().items.empty());
  EXPECT_TRUE(privacy.requests.List(stranger, {.person_id = candidate.person_id}).value().items.empty());

  // Known in both branches: neither may act on the whole person, who stands above both may.
  people::CreateCandidate again;
  again.org_id = south.id, again.name = "张小雨", again.id_number = kIdNumber;
  auto const other = people->Create(system, again).value();
  EXPECT_EQ(privacy.exports.Create(stranger, {other.id, "copy", false}).error().key, "privacy.wider_scope");
  EXPECT_EQ(privacy.erasures.Propose(Officer(north.path), {candidate.id, "request", {}}).error().key,
            "privacy.wider_scope");
  EXPECT_TRUE(privacy.exports.Create(Officer(root.path), {other.id, "copy", false}));
}

BOLE_STORE_SUITE(RightsTest);

}  // namespace
}  // namespace bole::privacy
