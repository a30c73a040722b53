#include "modules/assessment/service.hpp"
#include "modules/interviews/interviews_test.hpp"
#include "modules/privacy/test_person.hpp"

namespace bole::privacy {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class EntranceTest : public PrivacyTest {
 protected:
  // The token of the last link that was sent by e-mail.
  std::string LastToken() {
    auto const& text = mail.sent.back().text;
    auto const at = text.find("/my#") + 4;
    return text.substr(at, text.find('\n', at) - at);
  }
  std::string Sent(std::string const& address) {
    EXPECT_EQ(privacy.entrance.Ask(i18n::Locale::kZhCn, {address}).value().minutes, 30);
    runner.RunDue();
    return LastToken();
  }
};

TEST_P(EntranceTest, ALinkToTheKnownAddressOpensOnesOwnDataOnce) {
  auto const id = Finished();
  mail.sent.clear();
  auto const token = Sent(" ZHANG@example.com ");
  ASSERT_EQ(mail.sent.size(), 1U);
  EXPECT_EQ(mail.sent[0].to, "zhang@example.com");
  EXPECT_TRUE(Traces({token}).empty()) << "only its hash is stored";

  auto const opened = privacy.entrance.Open({token}).value();
  EXPECT_EQ(privacy.entrance.Open({token}).error().key, "privacy.link_over");
  EXPECT_EQ(privacy.entrance.Recognise(opened.session_token)->id, candidate.person_id);
  EXPECT_FALSE(privacy.entrance.Recognise(token));
  auto const mine = privacy.Mine(opened.who).value();
  ASSERT_EQ(mine.consents.size(), 3U);
  EXPECT_EQ(mine.consents[0].interview_id, id);
  EXPECT_EQ(mine.access.front().who_en, "You");

  EXPECT_EQ(privacy.consents.WithdrawMine(opened.who, {"analysis"}).error().fields.at(0).pointer, "/interview_id");
  ASSERT_TRUE(privacy.consents.WithdrawMine(opened.who, {"analysis", id}));
  EXPECT_TRUE(privacy.requests.CreateMine(opened.who, {RequestKind::deletion, "请删除"}));
  EXPECT_EQ(service.Session(opened.who).error().key, "session.ended") << "no way into the interview";

  ASSERT_TRUE(privacy.entrance.Leave(opened.who));
  EXPECT_FALSE(privacy.entrance.Recognise(opened.session_token));
}

TEST_P(EntranceTest, NothingTellsWhetherAnAddressIsKnown) {
  mail.sent.clear();
  EXPECT_EQ(privacy.entrance.Ask(i18n::Locale::kZhCn, {"nobody@example.com"}).value().minutes, 30);
  EXPECT_EQ(privacy.entrance.Ask(i18n::Locale::kZhCn, {"zhang"}).error().fields.at(0).code, "bad_address");
  EXPECT_TRUE(Traces({"nobody@example.com"}).empty()) << "what was asked is sealed";
  runner.RunDue();
  EXPECT_TRUE(mail.sent.empty());
  EXPECT_EQ(privacy.entrance.Open({"0123456789012345678901234567890123456789"}).error().key, "privacy.link_over");
}

TEST_P(EntranceTest, WhoSharesAnAddressGetsALinkForEach) {
  people::CreateCandidate other;
  other.org_id = south.id, other.name = "张大山", other.phone = "", other.email = "zhang@example.com";
  ASSERT_TRUE(people->Create(system, other));
  auto const persons = db->Read([&](db::Tx& tx) { return people->PersonsReachedBy(tx, "zhang@example.com"); });
  ASSERT_EQ(persons.size(), 2U);
  mail.sent.clear();
  (void)Sent("zhang@example.com");
  EXPECT_EQ(mail.sent.size(), 2U);
}

TEST_P(EntranceTest, LinksEndAndAreCounted) {
  mail.sent.clear();
  auto const token = Sent("zhang@example.com");
  (void)Sent("zhang@example.com");
  EXPECT_EQ(mail.sent.size(), 1U) << "not twice a minute";
  clock.Advance(minutes(30));
  EXPECT_EQ(privacy.entrance.Open({token}).error().key, "privacy.link_over");
  for (int i = 0; i < 8; ++i) {
    clock.Advance(seconds(61));
    (void)Sent("zhang@example.com");
  }
  EXPECT_EQ(mail.sent.size(), 5U) << "in a day";
  auto const refused = privacy.entrance.SendTo(Officer(north.path), {candidate.id});
  EXPECT_EQ(refused.error().key, "privacy.link_too_soon");

  clock.Advance(std::chrono::hours(24));
  auto const sent = privacy.entrance.SendTo(Officer(north.path), {candidate.id}).value();
  EXPECT_EQ(sent.to_masked, "z***@example.com");
  EXPECT_EQ(privacy.entrance.SendTo(Officer(south.path), {candidate.id}).error().code, ErrorCode::kNotFound);
  runner.RunDue();
  auto const opened = privacy.entrance.Open({LastToken()}).value();
  clock.Advance(std::chrono::hours(1));
  EXPECT_FALSE(privacy.entrance.Recognise(opened.session_token));
}

TEST_P(EntranceTest, AnErasedPersonHasNoWayIn) {
  auto const opened = privacy.entrance.Open({Sent("zhang@example.com")}).value();
  auto const proposed = privacy.erasures.Propose(Officer(north.path), {candidate.id, "request", {}}).value();
  ASSERT_TRUE(privacy.erasures.Approve(Second(north.path), proposed.id, {proposed.version}));
  runner.RunDue();
  EXPECT_FALSE(privacy.entrance.Recognise(opened.session_token));
  EXPECT_EQ(privacy.Mine(opened.who).error().key, "session.ended");
  EXPECT_EQ(Rows("privacy_link"), 0);
}

BOLE_STORE_SUITE(EntranceTest);

}  // namespace
}  // namespace bole::privacy
