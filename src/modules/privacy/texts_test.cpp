#include <map>

#include "modules/assessment/service.hpp"
#include "modules/interviews/interviews_test.hpp"
#include "modules/privacy/test_person.hpp"

namespace bole::privacy {
namespace {

using std::chrono::hours;

class TextsTest : public PrivacyTest {
 protected:
  static PublishConsentText Text(std::string const& org, std::string const& consent, std::string const& words) {
    return {.org_id = org,
            .consent = consent,
            .since = {},
            .text_zh = words,
            .text_en = words + " en",
            .purpose_zh = "目的",
            .purpose_en = "purpose",
            .effect_zh = "后果",
            .effect_en = "effect"};
  }
  ConsentTextsView Of(std::string const& org, std::string const& consent) {
    auto const all = privacy.texts.List(Officer(root.path), org).value();
    for (auto const& each : all.items)
      if (each.key == consent) return each;
    return {};
  }
  std::string InForce(std::string const& org) { return Of(org, "recording").in_force.text_zh; }
  std::string Publish(Principal const& who, PublishConsentText const& text) {
    auto const done = privacy.texts.Publish(who, text);
    return done ? "ok" : done.error().fields.empty() ? done.error().key : done.error().fields[0].code;
  }
  plans::Consent Asked(std::string const& interview_id) {
    return service.Session(As(interview_id)).value().consents.at(0);
  }
};

TEST_P(TextsTest, InterviewsAskForTheShippedTextsUntilSomebodyPublishesOthers) {
  auto const invited = Invite();
  Identify(invited.id);
  auto const asked = service.Session(As(invited.id)).value().consents;
  auto const& kinds = privacy.texts.catalogue().kinds();
  ASSERT_EQ(asked.size(), kinds.size());
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    EXPECT_EQ(boost::describe::enum_to_string(asked[i].key, ""), kinds[i].key);
    EXPECT_EQ(asked[i].version, kinds[i].texts.back().version);
    EXPECT_EQ(asked[i].text_zh, kinds[i].texts.back().text_zh);
    EXPECT_EQ(asked[i].text_en, kinds[i].texts.back().text_en);
    EXPECT_EQ(asked[i].required, kinds[i].required);
    EXPECT_FALSE(asked[i].title_zh.empty() || asked[i].title_en.empty());
  }
}

TEST_P(TextsTest, TheNearestTextAboveHoldsFromItsDay) {
  auto const shipped = InForce(north.id);
  auto of_group = Text(root.id, "recording", "集团");
  of_group.since = clock.Now() + hours(24);
  EXPECT_EQ(Publish(Officer(root.path), of_group), "ok");
  EXPECT_EQ(InForce(north.id), shipped) << "not yet";
  EXPECT_EQ(Of(north.id, "recording").history.front().text_zh, "集团") << "but announced";
  clock.Advance(hours(24));
  EXPECT_EQ(InForce(north.id), "集团");
  EXPECT_EQ(Publish(Officer(north.path), Text(north.id, "recording", "北方")), "ok");
  EXPECT_EQ(InForce(north.id), "北方");
  EXPECT_EQ(InForce(south.id), "集团");
  EXPECT_EQ(Of(north.id, "analysis").in_force.version, "1") << "each kind by itself";
  clock.Advance(hours(1));
  EXPECT_EQ(Publish(Officer(north.path), {.org_id = north.id, .consent = "recording", .since = {}, .inherits = true}),
            "ok");
  EXPECT_EQ(InForce(north.id), "集团") << "the branch gave its own text up";
  EXPECT_EQ(Of(south.id, "recording").history.size(), 2U) << "texts of other branches are none of its business";
}

TEST_P(TextsTest, AUnitAboveMayFixItsText) {
  auto const head = Officer(root.path), branch = Officer(north.path);
  EXPECT_EQ(Publish(branch, Text(north.id, "recording", "北方")), "ok");
  auto fixed = Text(root.id, "recording", "集团");
  fixed.locked = true;
  EXPECT_EQ(Publish(head, fixed), "ok");
  EXPECT_EQ(InForce(north.id), "集团") << "also what was there before";
  EXPECT_EQ(Publish(branch, Text(north.id, "recording", "又一版")), "privacy.text_locked");
  EXPECT_EQ(Of(north.id, "recording").locked_by_name, root.name);
  EXPECT_FALSE(Of(north.id, "recording").may_publish);
  EXPECT_TRUE(Of(root.id, "recording").may_publish);
  clock.Advance(hours(1));
  EXPECT_EQ(Publish(head, Text(root.id, "recording", "集团二")), "ok");
  EXPECT_EQ(InForce(north.id), "北方") << "no longer fixed";
}

TEST_P(TextsTest, PublishingNeedsTheRightEveryTextAndTime) {
  auto const branch = Officer(north.path);
  EXPECT_EQ(Publish(branch, Text(root.id, "recording", "集团")), "not_found");
  EXPECT_EQ(Publish(branch, Text(south.id, "recording", "南方")), "not_found");
  EXPECT_EQ(Publish(branch, Text(north.id, "marketing", "广告")), "not_allowed");
  auto late = Text(north.id, "recording", "北方");
  late.since = clock.Now() - hours(1);
  EXPECT_EQ(Publish(branch, late), "in_the_past");
  auto half = Text(north.id, "recording", "北方");
  half.effect_en = " ";
  auto const refused = privacy.texts.Publish(branch, half);
  EXPECT_EQ(refused.error().fields, (FieldErrors{{"/effect_en", "required", {}}}));
  EXPECT_EQ(Rows("consent_text"), 0);
  EXPECT_EQ(privacy.texts.List(Officer(south.path), north.id).error().fields.at(0).code, "not_found");
  auto const reader = User({"privacy.read"}, north.path);
  EXPECT_FALSE(privacy.texts.List(reader, north.id).value().items.at(0).may_publish);
  EXPECT_EQ(CallJson(reader, http::Method::kPost, "/privacy/consent-texts", "{}").error().code, ErrorCode::kForbidden);
}

TEST_P(TextsTest, WhoAgreedToAnOlderTextReadsThatTextAndNeedNotAgreeAgain) {
  auto const before = Ready();
  auto const words = Asked(before.id).text_zh;
  auto const open = Invite();
  Identify(open.id);
  EXPECT_EQ(Publish(Officer(root.path), Text(root.id, "recording", "新文本")), "ok");

  EXPECT_EQ(service.GiveConsent(As(open.id), Consents()).error().fields, (FieldErrors{{"/given", "stale_version", {}}}))
      << "agreed to a text that no longer holds";
  EXPECT_EQ(Asked(open.id).text_zh, "新文本");
  EXPECT_EQ(Asked(open.id).version, "u1");
  auto given = Consents();
  given.given[0].version = "u1";
  ASSERT_TRUE(service.GiveConsent(As(open.id), given));

  EXPECT_EQ(Asked(before.id).text_zh, words);
  EXPECT_EQ(Asked(before.id).granted, true);
  (void)AnswerStage(before, "intro");
  runner.RunDue();
  auto const mine = privacy.Mine(Behind(before.id)).value();
  EXPECT_EQ(mine.consents.at(0).text_zh, words);
  std::map<std::string, ConsentView> register_of;
  auto const listed = privacy.consents.List(Officer(north.path), {.consent = "recording"}).value();
  for (auto const& row : listed.items) register_of[row.interview_id] = row;
  EXPECT_EQ(register_of.at(before.id).text_zh, words);
  EXPECT_FALSE(register_of.at(before.id).current);
  EXPECT_EQ(register_of.at(open.id).text_zh, "新文本");
  EXPECT_TRUE(register_of.at(open.id).current);
}

BOLE_STORE_SUITE(TextsTest);

}  // namespace
}  // namespace bole::privacy
