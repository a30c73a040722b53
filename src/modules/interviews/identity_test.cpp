#include <regex>

#include "modules/interviews/interviews_test.hpp"

namespace bole::interviews {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class IdentityTest : public InterviewsTest {
 protected:
  // The code of the newest message.
  std::string Code(std::string const& method = "code_email") {
    runner.RunDue();
    auto const text =
        method == "code_email" ? mail.sent.at(mail.sent.size() - 1).text : sms.sent.at(sms.sent.size() - 1).text;
    std::smatch found;
    if (!std::regex_search(text, found, std::regex("[0-9]{6}"))) throw std::runtime_error("no code in: " + text);
    return found.str();
  }
  Error Refused(std::string const& token, std::string const& code) {
    return service.Verify(token, {"code_email", code, std::nullopt}).error();
  }
  static std::string Wrong(std::string const& code) { return code == "000000" ? "000001" : "000000"; }
  Result<CodeSent> Send(std::string const& token, char const* method = "code_email") {
    return service.SendCode(token, i18n::Locale::kEnUs, {method});
  }
  std::string Page(std::string const& token) {
    auto const page = service.Invitation(token, {});
    return page ? "open" : page.error().key;
  }
};

TEST_P(IdentityTest, AnUnknownLinkSaysSo) {
  Invite();
  EXPECT_EQ(Page("short"), "invitation.unknown");
  EXPECT_EQ(Page(std::string(43, 'x')), "invitation.unknown");
  EXPECT_EQ(service.Invitation(std::string(43, 'x'), {}).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Send(std::string(43, 'x')).error().key, "invitation.unknown");
  EXPECT_EQ(service.Verify(std::string(43, 'x'), {"code", "123456", std::nullopt}).error().key, "invitation.unknown");
}

TEST_P(IdentityTest, ThePageShowsNobodysFullNameAndOpensTheInvitation) {
  auto const invited = Invite();
  auto const page = service.Invitation(invited.token, {}).value();
  EXPECT_EQ(page.candidate_name, "张**");
  EXPECT_EQ(page.stages, 2);
  EXPECT_EQ(page.identity_methods, (std::vector<std::string>{"code_email", "code_sms", "id_number"}));
  EXPECT_FALSE(page.signed_in);
  EXPECT_FALSE(page.recorded_zh.empty());
  EXPECT_EQ(StateOf(invited.id), State::opened);
  EXPECT_TRUE(service.Get(Hr(root.path), invited.id).value().opened_at);
}

// The candidate chooses the language of the page: names in one language only stayed Chinese on an English page.
TEST_P(IdentityTest, JobAndUnitAreNamedInBothLanguages) {
  auto const unit = orgs->CreateNode(system, {root.id, "SH", "上海分行", "Shanghai Branch", org::OrgKind::branch, "",
                                              "Asia/Shanghai", "zh-CN"})
                        .value();
  people::CreateCandidate person;
  person.org_id = unit.id, person.name = "李明", person.email = "li@example.com";
  candidate = people->Create(system, person).value();
  auto const job = [&](char const* code, char const* name, char const* name_en) {
    return orgs->CreateJob(system, {root.id, code, name, name_en, "teller", "", "", "", {}}).value().id;
  };
  plan_id = PublishPlan(job("T", "柜员", "Teller"));
  auto const invited = Invite();
  auto const page = service.Invitation(invited.token, {}).value();
  EXPECT_EQ(page.job_name, "柜员");
  EXPECT_EQ(page.job_name_en, "Teller");
  EXPECT_EQ(page.org_name, "上海分行");
  EXPECT_EQ(page.org_name_en, "Shanghai Branch");
  Identify(invited.id);
  auto const session = service.Session(As(invited.id)).value();
  EXPECT_EQ(session.job_name, "柜员");
  EXPECT_EQ(session.job_name_en, "Teller");

  plan_id = PublishPlan(job("T2", "大堂经理", ""));
  EXPECT_EQ(service.Invitation(Invite().token, {}).value().job_name_en, "大堂经理") << "the only name there is";
}

TEST_P(IdentityTest, AnExpiredLinkStaysClosedUntilItIsExtended) {
  auto const invited = Invite();
  clock.Advance(hours(24 * 7) - seconds(1));
  EXPECT_EQ(Page(invited.token), "open");
  clock.Advance(seconds(2));
  EXPECT_EQ(service.Invitation(invited.token, {}).error().code, ErrorCode::kGone);
  EXPECT_EQ(Page(invited.token), "invitation.expired");
  EXPECT_EQ(Send(invited.token).error().key, "invitation.expired");
  runner.RunDue();
  EXPECT_EQ(StateOf(invited.id), State::expired) << "lists show it without anybody opening the link";
  ASSERT_TRUE(service.Extend(Hr(root.path), invited.id, {2}));
  EXPECT_EQ(Page(invited.token), "open");
  clock.Advance(hours(49));
  runner.RunDue();
  EXPECT_EQ(StateOf(invited.id), State::expired) << "the new end counts as well";
}

TEST_P(IdentityTest, ACancelledLinkSaysSo) {
  auto const invited = Invite();
  ASSERT_TRUE(service.Cancel(Hr(root.path), invited.id));
  EXPECT_EQ(Page(invited.token), "invitation.cancelled");
  EXPECT_EQ(Send(invited.token).error().key, "invitation.cancelled");
  EXPECT_EQ(service.Verify(invited.token, {"id_number", std::nullopt, kIdNumber}).error().key, "invitation.cancelled");
  EXPECT_EQ(service.Session(As(invited.id)).error().key, "invitation.cancelled");
  EXPECT_EQ(service.Cancel(Hr(root.path), invited.id).error().key, "interview.not_open");
}

TEST_P(IdentityTest, ACodeWorksOnceAndForItsInterviewOnly) {
  auto const invited = Invite(), other = Invite();
  auto const sent = Send(invited.token).value();
  EXPECT_EQ(sent.to_masked, "z***@example.com");
  auto const code = Code();
  EXPECT_EQ(Refused(other.token, code).key, "identity.code_expired") << "no code was sent for that one";
  auto const verified = service.Verify(invited.token, {"code_email", code, std::nullopt}).value();
  EXPECT_EQ(verified.session.interview_id, invited.id);
  EXPECT_EQ(verified.session.state, "identified");
  ASSERT_TRUE(service.Recognise(verified.token));
  EXPECT_EQ(service.Recognise(verified.token)->id, invited.id);
  EXPECT_EQ(Refused(invited.token, code).key, "identity.code_expired");
  clock.Advance(hours(24) + seconds(1));
  EXPECT_FALSE(service.Recognise(verified.token)) << "a session ends after a day";
}

TEST_P(IdentityTest, ACodeGoesByShortMessageToo) {
  auto const invited = Invite();
  EXPECT_EQ(Send(invited.token, "code_sms").value().to_masked, "138****1234");
  EXPECT_TRUE(service.Verify(invited.token, {"code_sms", Code("code_sms"), std::nullopt}));
}

TEST_P(IdentityTest, ACodeDiesAfterTenMinutes) {
  auto const invited = Invite();
  ASSERT_TRUE(Send(invited.token));
  auto const code = Code();
  clock.Advance(minutes(10));
  EXPECT_EQ(Refused(invited.token, code).key, "identity.code_expired");
}

TEST_P(IdentityTest, CodesAreSentAtMostEveryMinuteAndSixTimesADay) {
  auto const invited = Invite();
  ASSERT_TRUE(Send(invited.token));
  auto const soon = Send(invited.token).error();
  EXPECT_EQ(soon.code, ErrorCode::kTooMany);
  EXPECT_EQ(soon.key, "identity.code_too_soon");
  EXPECT_EQ(soon.params.at("retry_after_s"), "61");
  for (int i = 0; i < 5; ++i) {
    clock.Advance(seconds(60));
    ASSERT_TRUE(Send(invited.token)) << i;
  }
  clock.Advance(seconds(60));
  EXPECT_EQ(Send(invited.token).error().key, "identity.too_many");
  clock.Advance(hours(24));
  EXPECT_TRUE(Send(invited.token)) << "the next day begins anew";
}

TEST_P(IdentityTest, FiveWrongCodesLockForHalfAnHour) {
  auto const invited = Invite();
  ASSERT_TRUE(Send(invited.token));
  auto const code = Code();
  for (int left = 4; left >= 1; --left) {
    auto const error = Refused(invited.token, Wrong(code));
    EXPECT_EQ(error.key, "identity.wrong_code");
    EXPECT_EQ(error.params.at("attempts_left"), std::to_string(left));
  }
  EXPECT_EQ(Refused(invited.token, Wrong(code)).key, "identity.too_many_attempts");
  EXPECT_EQ(Refused(invited.token, code).key, "identity.too_many_attempts") << "the right one comes too late";
  EXPECT_EQ(Send(invited.token).error().key, "identity.too_many_attempts");
  EXPECT_EQ(service.Verify(invited.token, {"id_number", std::nullopt, kIdNumber}).error().code, ErrorCode::kTooMany);
  clock.Advance(minutes(30) + seconds(1));
  ASSERT_TRUE(Send(invited.token));
  EXPECT_TRUE(service.Verify(invited.token, {"code_email", Code(), std::nullopt}));
}

TEST_P(IdentityTest, TheIdNumberMustBeTheCandidatesOwn) {
  auto const invited = Invite();
  auto const by_number = [&](char const* number) {
    return service.Verify(invited.token, {"id_number", std::nullopt, number});
  };
  EXPECT_EQ(by_number("110105194912310021").error().key, "identity.bad_id_number") << "checksum";
  auto const mismatch = by_number("110105199003071239").error();
  EXPECT_EQ(mismatch.key, "identity.id_mismatch");
  EXPECT_EQ(mismatch.params.at("attempts_left"), "4");
  EXPECT_EQ(StateOf(invited.id), State::invited);
  EXPECT_TRUE(by_number("11010519491231002x"));
  EXPECT_EQ(StateOf(invited.id), State::identified);
}

TEST_P(IdentityTest, UnknownMethodsAreRefused) {
  auto const invited = Invite();
  EXPECT_EQ(Send(invited.token, "pigeon").error().fields.at(0).pointer, "/method");
  EXPECT_EQ(service.Verify(invited.token, {"face", "123456", std::nullopt}).error().fields.at(0).pointer, "/method");
}

TEST_P(IdentityTest, NeitherLinkNorCodeNorSessionIsStoredInPlain) {
  auto const invited = Invite();
  ASSERT_TRUE(Send(invited.token));
  auto const code = Code();
  auto const verified = service.Verify(invited.token, {"code_email", code, std::nullopt}).value();
  auto const row = *db->Read([&](db::Tx& tx) { return store::Find(tx, invited.id); });
  EXPECT_EQ(row.token_sealed.find(invited.token), std::string::npos);
  EXPECT_EQ(row.token_hash.find(invited.token), std::string::npos);
  EXPECT_FALSE(db->Read([&](db::Tx& tx) { return store::Session(tx, verified.token); })) << "only its hash";
}

BOLE_STORE_SUITE(IdentityTest);

}  // namespace
}  // namespace bole::interviews
