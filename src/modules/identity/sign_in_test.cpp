#include "modules/identity/identity_test.hpp"

namespace bole::identity {
namespace {

using http::Method;

class SignInTest : public IdentityTest {
 protected:
  Result<SignInFlow::Outcome> Code(std::string const& pending, std::string const& code) {
    return service.sign_in.Code({code}, {{}, "", pending});
  }
};

TEST_P(SignInTest, TooManyWrongPasswordsLockAndUnlock) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(Begin("hr.bj", "wrong").error().key, "session.bad_credentials");
  EXPECT_EQ(Begin("hr.bj").error().key, "session.locked");
  EXPECT_TRUE(service.accounts.Get(Who("admin"), hr.id)->locked_until);
  clock.Advance(std::chrono::minutes(16));
  EXPECT_TRUE(Begin("hr.bj"));
  EXPECT_EQ(Begin("nobody", "wrong").error().key, "session.bad_credentials");
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(Begin("hr.bj", "wrong"));
  ASSERT_TRUE(service.accounts.Unlock(Who("admin"), hr.id));
  EXPECT_TRUE(Begin("hr.bj"));
  EXPECT_EQ(CountAudit("session.begin", false), 12) << "wrong ones, one while locked, one without an account";
}

TEST_P(SignInTest, TheLockFollowsThePolicy) {
  Policy([](auto& policy) { policy.lock_attempts = 3, policy.lock_minutes = 60; });
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Begin("hr.bj", "wrong").error().key, "session.bad_credentials");
  auto const locked = Begin("hr.bj");
  EXPECT_EQ(locked.error().key, "session.locked");
  EXPECT_EQ(locked.error().params.at("retry_after_s"), "3601");
}

TEST_P(SignInTest, ASecondFactorIsAskedForAndACodeWorksOnce) {
  auto const secret = Enrol("hr.bj");
  auto const begun = Begin("hr.bj").value();
  EXPECT_EQ(begun.view.step, Step::code);
  EXPECT_FALSE(begun.view.session);
  EXPECT_TRUE(begun.session.empty());
  EXPECT_FALSE(service.sessions.Recognise(begun.pending)) << "the pending token opens nothing";
  auto const code = crypto::TotpCode(secret, clock.Now());
  auto const in = Code(begun.pending, code);
  ASSERT_TRUE(in);
  EXPECT_EQ(in->view.step, Step::done);
  EXPECT_TRUE(service.sessions.Recognise(in->session));
  EXPECT_EQ(Code(begun.pending, code).error().key, "session.begin_again") << "the pending token is used up";
  auto const again = Begin("hr.bj").value();
  EXPECT_EQ(Code(again.pending, code).error().fields, (FieldErrors{{"/code", "wrong_code"}})) << "replay";
  EXPECT_EQ(
      Code(again.pending, crypto::TotpCode(secret, clock.Now() - std::chrono::seconds(30))).error().fields[0].code,
      "wrong_code")
      << "older than the last one";
  EXPECT_TRUE(Code(again.pending, crypto::TotpCode(secret, clock.Now() + std::chrono::seconds(30)))) << "drift";
  auto const far = Begin("hr.bj").value();
  EXPECT_FALSE(Code(far.pending, crypto::TotpCode(secret, clock.Now() + std::chrono::seconds(90))));
}

TEST_P(SignInTest, RecoveryCodesWorkOnceEach) {
  Enrol("hr.bj");
  ASSERT_EQ(recovery.size(), 10U);
  EXPECT_TRUE(Code(Begin("hr.bj")->pending, recovery[3]));
  EXPECT_FALSE(Code(Begin("hr.bj")->pending, recovery[3]));
  std::string typed = recovery[4];  // as people type them
  std::erase(typed, '-');
  std::transform(typed.begin(), typed.end(), typed.begin(), [](char c) { return static_cast<char>(std::toupper(c)); });
  EXPECT_TRUE(Code(Begin("hr.bj")->pending, typed));
  auto const who = In(Code(Begin("hr.bj")->pending, recovery[5])->session);
  EXPECT_EQ(service.second_factor.Protection(who)->recovery_codes_left, 7);
  auto const stored = db->Read([](db::Tx& tx) {
    return tx.Fetch({"test.codes", "SELECT code_hash FROM user_recovery_code"}, {}, {db::Kind::text});
  });
  for (auto const& cells : stored) EXPECT_EQ(std::get<std::string>(cells[0]).size(), 64U) << "a hash";
}

// The password alone must not give a fresh run of guesses at the code.
TEST_P(SignInTest, GuessingCodesLocksTheAccount) {
  Enrol("hr.bj");
  for (int i = 0; i < 2; ++i) {
    auto const begun = Begin("hr.bj").value();
    EXPECT_FALSE(Code(begun.pending, "000000"));
    EXPECT_FALSE(Code(begun.pending, "000001"));
  }
  auto const last = Begin("hr.bj").value();
  EXPECT_EQ(Code(last.pending, "000002").error().fields[0].code, "wrong_code");
  EXPECT_EQ(Code(last.pending, "000003").error().key, "session.begin_again");
  EXPECT_EQ(Begin("hr.bj").error().key, "session.locked");
}

TEST_P(SignInTest, ThePendingTokenBelongsToOneBrowserAndStepAndEnds) {
  auto const secret = Enrol("hr.bj");
  auto const begun = Begin("hr.bj").value();
  auto const code = crypto::TotpCode(secret, clock.Now());
  EXPECT_EQ(Code("", code).error().key, "session.begin_again");
  EXPECT_EQ(service.sign_in.SetPassword({"another long one"}, {{}, "", begun.pending}).error().key,
            "session.begin_again");
  EXPECT_EQ(service.sign_in.Enrol({{}, "", begun.pending}).error().key, "session.begin_again");
  clock.Advance(std::chrono::minutes(10));
  EXPECT_EQ(Code(begun.pending, crypto::TotpCode(secret, clock.Now())).error().key, "session.begin_again");
}

TEST_P(SignInTest, APolicyForcesEnrolmentAtSignIn) {
  Policy([](auto& policy) { policy.mfa_roles = {"branch_hr"}; });
  EXPECT_EQ(Begin("admin")->view.step, Step::done) << "another role";
  auto const begun = Begin("hr.bj").value();
  ASSERT_EQ(begun.view.step, Step::enrol);
  auto const enrolment = service.sign_in.Enrol({{}, "", begun.pending}).value();
  EXPECT_TRUE(enrolment.uri.starts_with("otpauth://totp/Bole:hr.bj?secret=" + enrolment.secret));
  EXPECT_NE(enrolment.qr_svg.find("<svg"), std::string::npos);
  auto const secret = *crypto::Base32Decode(enrolment.secret);
  EXPECT_EQ(service.sign_in.ConfirmEnrolment({"000000"}, {{}, "", begun.pending}).error().fields[0].code, "wrong_code");
  auto const done =
      service.sign_in.ConfirmEnrolment({crypto::TotpCode(secret, clock.Now())}, {{}, "", begun.pending}).value();
  EXPECT_EQ(done.view.step, Step::done);
  EXPECT_EQ(done.view.recovery_codes.size(), 10U);
  EXPECT_EQ(service.second_factor.RemoveMine(In(done.session), {kPassword}).error().key, "second_factor.required");
  EXPECT_EQ(Begin("hr.bj")->view.step, Step::code);
  ASSERT_TRUE(service.second_factor.RemoveOf(Who("admin"), hr.id)) << "a lost phone";
  EXPECT_EQ(Begin("hr.bj")->view.step, Step::enrol);
}

TEST_P(SignInTest, APasswordSetByAnotherMustBeChanged) {
  auto const token = SessionOf("hr.bj");
  ASSERT_TRUE(service.accounts.Patch(Who("admin"), hr.id, {.version = 1, .password = "given by admin 1"}));
  EXPECT_FALSE(service.sessions.Recognise(token));
  auto const begun = Begin("hr.bj", "given by admin 1").value();
  ASSERT_EQ(begun.view.step, Step::password);
  SignInFlow::Browser const browser{{}, "", begun.pending};
  EXPECT_EQ(service.sign_in.SetPassword({"given by admin 1"}, browser).error().fields[0].code, "password_used");
  auto const done = service.sign_in.SetPassword({"chosen by myself"}, browser);
  ASSERT_TRUE(done);
  EXPECT_TRUE(service.sessions.Recognise(done->session));
  EXPECT_EQ(Begin("hr.bj", "chosen by myself")->view.step, Step::done);
}

TEST_P(SignInTest, PasswordsFollowThePolicy) {
  auto const who = In(SessionOf("hr.bj"));
  auto const codes = [&](std::string const& password) {
    auto const changed = service.sign_in.ChangeMine(who, {kPassword, password});
    std::vector<std::string> out;
    if (!changed)
      for (auto const& field : changed.error().fields) out.push_back(field.code);
    return out;
  };
  using Codes = std::vector<std::string>;
  EXPECT_EQ(codes("Ab1!"), Codes{"password_short"});
  EXPECT_EQ(codes("abcdefghijk"), Codes{"password_simple"});
  EXPECT_EQ(codes("Password2026!"), Codes{"password_common"});
  EXPECT_EQ(codes("Woaini1314"), Codes{"password_common"});
  EXPECT_EQ(codes("my hr.bj is 16 long"), Codes{"contains_user_name"});
  EXPECT_EQ(codes(kPassword), Codes{"password_used"});
  Policy([](auto& policy) { policy.password_min_length = 20; });
  EXPECT_EQ(codes("sixteen is short!"), Codes{"password_short"});
  EXPECT_EQ(codes("长密码也可以用中文来写只要够长就行了不是吗"), Codes{});
}

TEST_P(SignInTest, TheLastFivePasswordsStayUsed) {
  std::string current = kPassword;
  for (int i = 1; i <= 5; ++i) {
    auto const next = "password number " + std::to_string(i);
    clock.Advance(std::chrono::milliseconds(1));
    ASSERT_TRUE(service.sign_in.ChangeMine(In(Begin("hr.bj", current)->session), {current, next})) << i;
    current = next;
  }
  auto const who = In(Begin("hr.bj", current)->session);
  EXPECT_EQ(service.sign_in.ChangeMine(who, {current, "password number 1"}).error().fields[0].code, "password_used");
  EXPECT_TRUE(service.sign_in.ChangeMine(who, {current, kPassword})) << "six changes ago";
}

TEST_P(SignInTest, OldPasswordsAreDue) {
  Policy([](auto& policy) { policy.password_max_age_days = 90; });
  clock.Advance(std::chrono::hours(24 * 90 - 1));
  EXPECT_EQ(Begin("hr.bj")->view.step, Step::done);
  clock.Advance(std::chrono::hours(1));
  EXPECT_EQ(Begin("hr.bj")->view.step, Step::password);
}

TEST_P(SignInTest, ThroughTheServerTheStepsTravelInCookies) {
  auto const secret = Enrol("hr.bj");
  http::Pairs const console{{"x-bole-client", "console"}};
  auto const begun =
      Send(Method::kPost, "/session", R"({"user_name":"hr.bj","password":"correct horse battery"})", console);
  EXPECT_EQ(begun.status, 200);
  EXPECT_EQ(begun.body.at("step").as_string(), "code");
  ASSERT_EQ(begun.cookies.size(), 1U);
  EXPECT_EQ(begun.cookies[0].name, "bole_pending");
  EXPECT_EQ(Send(Method::kGet, "/session", "", {{"cookie", "bole_session=" + begun.cookies[0].value}}).status, 401);
  auto const in = Send(Method::kPost, "/session/code", R"({"code":")" + crypto::TotpCode(secret, clock.Now()) + "\"}",
                       {{"x-bole-client", "console"}, {"cookie", "bole_pending=" + begun.cookies[0].value}});
  EXPECT_EQ(in.status, 200);
  ASSERT_EQ(in.cookies.size(), 2U);
  EXPECT_EQ(in.cookies[0].name, "bole_session");
  EXPECT_EQ(in.cookies[1].value, "") << "the pending cookie is cleared";
  EXPECT_EQ(
      Send(Method::kGet, "/session", "", Browser(in.cookies[0].value)).body.at("user").at("user_name").as_string(),
      "hr.bj");
}

BOLE_STORE_SUITE(SignInTest);

}  // namespace
}  // namespace bole::identity
