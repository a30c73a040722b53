#include "modules/interviews/interviews_test.hpp"
#include "platform/blob/blob_store.hpp"

namespace bole::interviews {
namespace {

class AnswersTest : public InterviewsTest {
 protected:
  Result<PieceView> Put(Principal const& who, std::string const& answer, std::int64_t part, std::int64_t piece,
                        std::string_view bytes = "bytes") {
    return service.Piece(who, answer, part, piece, bytes);
  }
  Result<plans::CandidateSession> Finish(Principal const& who, std::string const& answer, std::int64_t pieces) {
    return service.Finish(who, answer, {{{0, pieces}}, 1000, "candidate"});
  }
  std::string Content(std::string const& answer, std::int64_t part) {
    return blob::ReadAll(*blobs, BlobOf(answer, part), 1'000'000).value();
  }
};

TEST_P(AnswersTest, NothingIsRecordedWithoutTheRequiredConsents) {
  auto const invited = Invite();
  auto const who = As(invited.id);
  EXPECT_EQ(service.GiveConsent(who, Consents()).error().key, "interview.not_open") << "identity comes first";
  Identify(invited.id);
  EXPECT_EQ(service.Start(who, {"intro", kWebm}).error().key, "interview.not_open");
  auto const refused = service.GiveConsent(who, Consents(false)).error();
  EXPECT_EQ(refused.fields, (FieldErrors{{"/given/analysis", "required", {}}}));
  auto stale = Consents();
  stale.given[0].version = "0";
  EXPECT_EQ(service.GiveConsent(who, stale).error().fields, (FieldErrors{{"/given", "stale_version", {}}}));
  EXPECT_EQ(StateOf(invited.id), State::identified);
  auto const session = service.GiveConsent(who, Consents()).value();
  EXPECT_EQ(session.state, "consented");
  EXPECT_EQ(session.consents.at(2).granted, false) << "biometric features are optional";
  EXPECT_TRUE(db->Read([&](db::Tx& tx) { return service.Consented(tx, invited.id, "analysis"); }));
  EXPECT_FALSE(db->Read([&](db::Tx& tx) { return service.Consented(tx, invited.id, "biometric"); }));
}

TEST_P(AnswersTest, StagesAreAnsweredInTheirOrder) {
  auto const who = Ready();
  EXPECT_EQ(service.Start(who, {"q1", kWebm}).error().key, "stage.not_current");
  EXPECT_EQ(service.Start(who, {"nope", kWebm}).error().fields.at(0).pointer, "/stage_key");
  EXPECT_EQ(service.Start(who, {"intro", "application/pdf"}).error().fields.at(0).pointer, "/mime_type");
  AnswerStage(who, "intro");
  EXPECT_EQ(service.Start(who, {"intro", kWebm}).error().key, "stage.not_current");
  auto const session = service.Session(who).value();
  EXPECT_EQ(session.current_stage, 1);
  EXPECT_EQ(session.stages.at(0).state, plans::CandidateStageState::answered);
  EXPECT_EQ(session.stages.at(0).prompt_zh, "张小雨，请回答。");
  EXPECT_EQ(StateOf(who.id), State::in_progress);
  AnswerStage(who, "q1");
  EXPECT_EQ(StateOf(who.id), State::analysing);
  EXPECT_EQ(service.Get(Hr(root.path), who.id).value().progress.answered, 2);
  EXPECT_EQ(service.Start(who, {"q1", kWebm}).error().key, "interview.not_open");
}

TEST_P(AnswersTest, AGapIsRefusedAndARepeatIsHarmless) {
  auto const who = Ready();
  auto const answer = StartAnswerOf(who, "intro");
  ASSERT_EQ(Put(who, answer, 0, 0, "aa")->next_piece, 1);
  auto const gap = Put(who, answer, 0, 2).error();
  EXPECT_EQ(gap.code, ErrorCode::kConflict);
  EXPECT_EQ(gap.key, "piece.out_of_order");
  EXPECT_EQ(gap.params.at("next_piece"), "1");
  ASSERT_EQ(Put(who, answer, 0, 1, "bb")->next_piece, 2);
  EXPECT_EQ(Put(who, answer, 0, 0, "XX")->next_piece, 2) << "again, after a lost acknowledgement";
  EXPECT_EQ(Content(answer, 0), "aabb");
  auto const view = service.Session(who).value().answer.value();
  EXPECT_EQ(view.next_piece, 2);
  EXPECT_EQ(view.bytes, 4);
}

TEST_P(AnswersTest, PiecesOfOthersWrongPartsAndEndlessRecordingsAreRefused) {
  auto const who = Ready();
  auto const answer = StartAnswerOf(who, "intro");
  EXPECT_EQ(Put(As("01ARZ3NDEKTSV4RRFFQ69G5FAV"), answer, 0, 0).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Put(who, "01ARZ3NDEKTSV4RRFFQ69G5FAV", 0, 0).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Put(who, answer, 1, 0).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Put(who, answer, 0, 0, "").error().key, "piece.empty");
  EXPECT_EQ(Put(who, answer, 0, -1).error().key, "answer.time_over");
  EXPECT_EQ(Put(who, answer, 0, 2 * 35 + 30).error().key, "answer.time_over") << "30 s and 5 s of grace, twice, and 30";
  EXPECT_EQ(Put(who, answer, 0, 2 * 35 + 29).error().key, "piece.out_of_order");
  EXPECT_EQ(Finish(As("01ARZ3NDEKTSV4RRFFQ69G5FAV"), answer, 0).error().code, ErrorCode::kNotFound);
}

TEST_P(AnswersTest, AnAnswerWithMissingPiecesIsNotGiven) {
  auto const who = Ready();
  auto const answer = StartAnswerOf(who, "intro");
  EXPECT_EQ(Finish(who, answer, 0).error().key, "answer.empty");
  ASSERT_TRUE(Put(who, answer, 0, 0));
  auto const missing = Finish(who, answer, 3).error();
  EXPECT_EQ(missing.key, "answer.pieces_missing");
  EXPECT_EQ(missing.params, (std::map<std::string, std::string>{{"part", "0"}, {"next_piece", "1"}}));
  ASSERT_TRUE(Put(who, answer, 0, 1)) << "the recording is still open";
  ASSERT_TRUE(Put(who, answer, 0, 2));
  EXPECT_TRUE(Finish(who, answer, 3));
  EXPECT_EQ(Put(who, answer, 0, 3).error().key, "answer.closed");
}

TEST_P(AnswersTest, FinishingTwiceIsFinishingOnce) {
  auto const who = Ready();
  AnswerStage(who, "intro");
  auto const answer = AnswerStage(who, "q1");
  auto const before = service.Get(Hr(root.path), who.id).value();
  auto const again = Finish(who, answer, 2);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->state, "analysing");
  auto const after = service.Get(Hr(root.path), who.id).value();
  EXPECT_EQ(after.version, before.version);
  EXPECT_EQ(after.progress.answered, 2);
  EXPECT_EQ(db->Read([&](db::Tx& tx) { return service.Answers(tx, who.id); }).size(), 2U);
}

TEST_P(AnswersTest, ARecorderThatBeganAnewGoesOnAsANewPartOfTheSameAnswer) {
  auto const who = Ready();
  auto const answer = StartAnswerOf(who, "intro");
  for (int piece = 0; piece < 10; ++piece) ASSERT_TRUE(Put(who, answer, 0, piece, "a"));
  auto const resumed = service.Start(who, {"intro", "video/mp4"}).value();
  EXPECT_EQ(resumed.id, answer);
  EXPECT_EQ(resumed.part, 1);
  EXPECT_EQ(resumed.next_piece, 0);
  EXPECT_EQ(resumed.attempt, 1);
  EXPECT_EQ(resumed.deadline_ms, 35'000 - 10'000) << "what was spoken counts";
  ASSERT_TRUE(Put(who, answer, 1, 0, "b"));
  ASSERT_TRUE(Put(who, answer, 0, 10, "a")) << "pieces that the browser kept still come";
  EXPECT_EQ(service.Finish(who, answer, {{{0, 11}, {1, 2}}, 12'000, "resumed"}).error().params.at("part"), "1");
  ASSERT_TRUE(service.Finish(who, answer, {{{0, 11}, {1, 1}}, 12'000, "resumed"}));
  auto const record = db->Read([&](db::Tx& tx) { return service.Answer(tx, answer); }).value();
  ASSERT_EQ(record.parts.size(), 2U);
  EXPECT_EQ(record.parts[1].mime_type, "video/mp4");
  EXPECT_EQ(Content(answer, 0), std::string(11, 'a'));
  EXPECT_EQ(Content(answer, 1), "b");
}

TEST_P(AnswersTest, PiecesAreTakenAfterARestart) {
  auto const who = Ready();
  auto const answer = StartAnswerOf(who, "intro");
  ASSERT_TRUE(Put(who, answer, 0, 0));
  Service restarted(context, *audits, *orgs, *people, *plans, *notes, {});  // knows nothing of open answers
  EXPECT_EQ(restarted.Piece(who, answer, 0, 1, "more")->next_piece, 2);
  EXPECT_EQ(restarted.Piece(who, answer, 1, 0, "more").error().code, ErrorCode::kNotFound);
}

TEST_P(AnswersTest, AnAnswerIsRepeatedAsOftenAsThePlanAllows) {
  auto const who = Ready();
  EXPECT_EQ(service.Session(who)->stages.at(0).retakes_left, 1);
  auto const first = AnswerStage(who, "intro");
  auto const session = service.Retake(who, first).value();
  EXPECT_EQ(session.current_stage, 0);
  EXPECT_EQ(session.stages.at(0).state, plans::CandidateStageState::current);
  EXPECT_EQ(service.Retake(who, first).error().key, "answer.closed");
  EXPECT_EQ(Put(who, first, 0, 2).error().key, "answer.closed");
  EXPECT_EQ(Finish(who, first, 2).error().key, "answer.closed");
  auto const second = AnswerStage(who, "intro");
  EXPECT_NE(second, first);
  EXPECT_EQ(service.Session(who)->stages.at(0).retakes_left, 0);
  EXPECT_EQ(service.Retake(who, second).error().key, "answer.no_retake_left");
  auto const third = StartAnswerOf(who, "q1");
  EXPECT_EQ(service.Retake(who, third).error().key, "answer.no_retake_left") << "q1 has none";
  auto const counted = db->Read([&](db::Tx& tx) { return service.Answers(tx, who.id); });
  ASSERT_EQ(counted.size(), 1U) << "the first attempt does not count";
  EXPECT_EQ(counted[0].attempt, 2);
}

TEST_P(AnswersTest, RetakeOfAnEarlierStageIsRefused) {
  auto const who = Ready();
  auto const intro = AnswerStage(who, "intro");
  StartAnswerOf(who, "q1");
  EXPECT_EQ(service.Retake(who, intro).error().key, "stage.not_current");
  AnswerStage(who, "q1");
  EXPECT_EQ(service.Retake(who, intro).error().key, "interview.not_open");
}

TEST_P(AnswersTest, WhoDeclinesAnswersNothingAndIsHeard) {
  auto const invited = Invite();
  auto const declined = service.Decline(invited.token, {}, {"I want to talk to people", true}).value();
  EXPECT_EQ(declined.state, "declined");
  EXPECT_EQ(declined.candidate_name, "") << "the link alone shows nobody's name";
  EXPECT_TRUE(service.Decline(invited.token, {}, {"again", false})) << "a repeat changes nothing";
  auto const row = *db->Read([&](db::Tx& tx) { return store::Find(tx, invited.id); });
  EXPECT_EQ(row.decline_reason, "I want to talk to people");
  EXPECT_TRUE(row.wants_person);
  EXPECT_EQ(service.Start(As(invited.id), {"intro", kWebm}).error().key, "interview.not_open");
}

TEST_P(AnswersTest, ThePictureCheckGivesAdvice) {
  EXPECT_TRUE(service.CheckFrame("jpeg")->advice.empty());
  seen = {0, 0, false, 20, 50};
  EXPECT_EQ(service.CheckFrame("jpeg")->advice, (std::vector<std::string>{"too_dark", "no_face"}));
  seen = {1, 0.05, false, 230, 50};
  EXPECT_EQ(service.CheckFrame("jpeg")->advice, (std::vector<std::string>{"too_bright", "not_centred", "too_far"}));
  seen = {2, 0.3, true, 120, 50};
  EXPECT_EQ(service.CheckFrame("jpeg")->advice, (std::vector<std::string>{"several_faces"}));
}

BOLE_STORE_SUITE(AnswersTest);

}  // namespace
}  // namespace bole::interviews
