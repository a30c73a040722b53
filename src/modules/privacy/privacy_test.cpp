#include "modules/assessment/service.hpp"
#include "modules/interviews/interviews_test.hpp"
#include "modules/privacy/test_person.hpp"

#include "platform/documents/archive.hpp"

namespace bole::privacy {
namespace {

using interviews::State;
using std::chrono::days;
using std::chrono::hours;

TEST_P(PrivacyTest, TheRegisterHoldsWhatWasGivenOnce) {
  auto const id = Finished();
  ASSERT_TRUE(privacy.consents.Mirror(id));
  auto const list = privacy.consents.List(Officer(north.path), {}).value();
  ASSERT_EQ(list.items.size(), 3U);
  EXPECT_EQ(list.items[0].person_name, "张小雨");
  EXPECT_EQ(list.items[0].act, ConsentAct::given);
  EXPECT_TRUE(privacy.consents.List(Officer(south.path), {}).value().items.empty());
}

TEST_P(PrivacyTest, WithdrawingTheRecordingStopsAndErasesIt) {
  auto const who = Ready();
  auto const answer = AnswerStage(who, "intro");
  Analysed(who.id, answer);
  EXPECT_EQ(BlobCount(), 2U);
  auto const mine =
      CallJson(Behind(who.id), http::Method::kPost, "/candidate/privacy/withdraw", R"({"consent":"recording"})");
  ASSERT_TRUE(mine) << mine.error().key;
  EXPECT_EQ(StateOf(who.id), State::declined);
  EXPECT_EQ(service.Start(who, {"q1", kWebm}).error().key, "interview.not_open");
  EXPECT_FALSE(db->Read([&](db::Tx& tx) { return api->Consented(tx, who.id, "recording"); }));
  runner.RunDue();
  EXPECT_EQ(BlobCount(), 0U);
  EXPECT_EQ(Rows("answer_analysis") + Rows("answer_transcript"), 0);
  auto const list =
      privacy.consents.List(Officer(north.path), {.person_id = candidate.person_id, .state = "withdrawn"}).value();
  ASSERT_EQ(list.items.size(), 1U);
  EXPECT_EQ(list.items[0].outcome, Outcome::erased);
  EXPECT_EQ(list.items[0].channel, Channel::candidate);
  auto const proof = LastCertificate();
  EXPECT_TRUE(proof.intact && proof.chained);
  EXPECT_EQ(proof.document.at("erased").at("recording").as_int64(), 1);
  EXPECT_EQ(privacy.consents.WithdrawMine(As(who.id), {"recording"}).error().key, "consent.withdrawn");
  EXPECT_EQ(privacy.consents.WithdrawMine(As(who.id), {"biometric"}).error().key, "consent.not_given");
}

TEST_P(PrivacyTest, WithdrawingTheAnalysisKeepsTheRecording) {
  auto const id = Finished();
  auto const before = BlobCount();
  ASSERT_TRUE(privacy.consents.Withdraw(Officer(north.path), {id, "analysis"}));
  runner.RunDue();
  EXPECT_EQ(BlobCount(), before);
  EXPECT_EQ(Rows("interview_report") + Rows("answer_analysis") + Rows("answer_transcript"), 0);
  auto const pool = db->Read([&](db::Tx& tx) { return people->Find(tx, Scope::Everything(), candidate.id); }).value();
  EXPECT_FALSE(pool.last_score) << "no result outlives its analysis";
  EXPECT_FALSE(service.Get(Hr(north.path), id).value().total);
}

TEST_P(PrivacyTest, WithdrawingFaceInformationErasesItAndTheReportSaysSo) {
  auto const id = Finished();
  auto const before = BlobCount();
  ASSERT_TRUE(privacy.consents.Withdraw(Officer(north.path), {id, "biometric"}));
  runner.RunDue();
  EXPECT_EQ(BlobCount(), before);
  EXPECT_EQ(StateOf(id), State::ready) << "it does not change the result";
  db->Read([&](db::Tx& tx) {
    for (auto const& answer : api->Answers(tx, id)) {
      auto const analysis = results.FindAnalysis(tx, answer.id).value();
      EXPECT_EQ(analysis.signals.face.sampled_frames, 0);
      EXPECT_EQ(analysis.assessment.report.face.sampled_frames, 0);
    }
    auto const report = results.FindReport(tx, id).value().report;
    EXPECT_EQ(report.answers.at(0).face.sampled_frames, 0);
    ASSERT_EQ(report.notices.size(), 1U);
    EXPECT_EQ(report.notices[0].code, "biometric.withdrawn");
  });
}

TEST_P(PrivacyTest, AHoldRefusesErasureAndLocksWhatWasWithdrawn) {
  auto const id = Finished();
  auto const officer = Officer(north.path);
  auto const hold = privacy.erasures.Place(officer, {candidate.id, std::nullopt, "劳动仲裁", std::nullopt}).value();
  auto const refused = privacy.erasures.Propose(officer, {candidate.id, "request", std::nullopt});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().key, "privacy.on_hold");
  EXPECT_EQ(refused.error().params.at("hold"), hold.id);
  EXPECT_EQ(refused.error().params.at("reason"), "劳动仲裁");
  auto const before = BlobCount();
  ASSERT_TRUE(privacy.consents.Withdraw(officer, {id, "recording"}));
  runner.RunDue();
  EXPECT_EQ(BlobCount(), before);
  EXPECT_TRUE(db->Read([&](db::Tx& tx) { return api->RecordingsErased(tx, id); })) << "kept, but shown to nobody";
  EXPECT_EQ(privacy.consents.List(officer, {.state = "withdrawn"}).value().items.at(0).outcome, Outcome::locked);
  clock.Advance(days(4000));
  ASSERT_TRUE(privacy.retention.Run(Day(2036, 12, 1), [] { return false; }));
  EXPECT_EQ(BlobCount(), before) << "retention never touches a hold";
  EXPECT_EQ(privacy.retention.Runs().value().items.at(0).held, 3);
  ASSERT_TRUE(privacy.erasures.Release(officer, hold.id));
  EXPECT_EQ(privacy.erasures.Release(officer, hold.id).error().key, "privacy.hold_released");
  runner.RunDue();
  EXPECT_EQ(BlobCount(), 0U);
}

TEST_P(PrivacyTest, AHoldFromAboveIsNotEndedBelow) {
  auto const head = Officer(root.path), branch = Officer(north.path);
  auto const hold = privacy.erasures.Place(head, {candidate.id, std::nullopt, "集团诉讼", std::nullopt}).value();
  auto const refused = privacy.erasures.Release(branch, hold.id);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kForbidden);
  EXPECT_EQ(refused.error().key, "privacy.hold_from_above");
  EXPECT_EQ(refused.error().params.at("unit"), "HQ");
  auto const found = privacy.erasures.Holds(branch, {}).value().items.at(0);
  EXPECT_FALSE(found.may_release);
  EXPECT_EQ(found.set_at_name, "HQ");
  EXPECT_TRUE(found.active);
  clock.Advance(std::chrono::milliseconds(1));
  auto const own = privacy.erasures.Place(branch, {candidate.id, std::nullopt, "劳动仲裁", std::nullopt}).value();
  EXPECT_TRUE(own.may_release);
  EXPECT_TRUE(privacy.erasures.Release(branch, own.id)) << "its own it may end";
  EXPECT_TRUE(privacy.erasures.Release(head, hold.id));
}

TEST_P(PrivacyTest, AHoldOnOneInterviewKeepsOnlyThat) {
  auto const first = Finished(), second = Finished();
  auto const officer = Officer(north.path);
  ASSERT_TRUE(privacy.erasures.Place(officer, {candidate.id, first, "audit", std::nullopt}));
  ASSERT_TRUE(privacy.consents.Withdraw(officer, {first, "biometric"}));
  ASSERT_TRUE(privacy.consents.Withdraw(officer, {second, "biometric"}));
  runner.RunDue();
  auto const list = privacy.consents.List(officer, {.state = "withdrawn"}).value();
  EXPECT_EQ(list.items.at(1).outcome, Outcome::locked);
  EXPECT_EQ(list.items.at(0).outcome, Outcome::erased);
  EXPECT_EQ(privacy.erasures.Place(officer, {candidate.id, "01ARZ3NDEKTSV4RRFFQ69G5FAV", "xxx", std::nullopt})
                .error()
                .fields.at(0)
                .pointer,
            "/interview_id");
}

TEST_P(PrivacyTest, ErasureNeedsASecondPersonAndLeavesNoTrace) {
  auto const id = Finished();
  auto const officer = Officer(root.path);
  auto const request =
      privacy.requests.Create(officer, {candidate.id, RequestKind::deletion, std::nullopt, "张小雨要求删除"}).value();
  ASSERT_TRUE(privacy.exports.Create(officer, {candidate.id, "handover", true}));
  runner.RunDue();
  EXPECT_FALSE(Traces({"张小雨", "zhang@example.com"}).empty()) << "the search finds what is there";
  auto const proposed = privacy.erasures.Propose(officer, {candidate.id, "request", request.id}).value();
  EXPECT_EQ(privacy.erasures.Propose(officer, {candidate.id, "request", std::nullopt}).error().key,
            "privacy.erasure_open");
  EXPECT_EQ(privacy.erasures.Approve(officer, proposed.id, {proposed.version}).error().key, "privacy.same_person");
  ASSERT_TRUE(privacy.erasures.Approve(Second(root.path), proposed.id, {proposed.version}));
  runner.RunDue();

  auto const traces = Traces({"张小雨", "13812341234", "138****1234", "zhang@example", "z***@example", kIdNumber});
  EXPECT_EQ(traces, std::vector<std::string>{});
  EXPECT_EQ(BlobCount(), 0U);
  for (auto const* table :
       {"person", "candidate", "candidate_event", "interview", "interview_answer", "interview_session",
        "answer_analysis", "answer_transcript", "interview_report", "message", "consent_record"})
    EXPECT_EQ(Rows(table), 0) << table;
  auto const done = privacy.erasures.List(officer, {}).value().items.at(0);
  EXPECT_EQ(done.state, ErasureState::done);
  EXPECT_EQ(privacy.requests.Get(officer, request.id).value().state, RequestState::done);
  auto const proof = privacy.certificates.Get(officer, done.certificate_id).value();
  EXPECT_TRUE(proof.intact && proof.chained);
  EXPECT_EQ(proof.document.at("erased").at("interview_answer").as_int64(), 2);
  EXPECT_EQ(proof.document.at("erased").at("person").as_int64(), 1);
  EXPECT_EQ(privacy.certificates.Pdf(officer, done.certificate_id, i18n::Locale::kZhCn).value().substr(0, 4), "%PDF");
  ASSERT_TRUE(privacy.erasures.CarryOut(proposed.id)) << "a repeated job does nothing";
  EXPECT_EQ(Rows("erasure_certificate"), 1);
}

TEST_P(PrivacyTest, WhomAModuleMustKeepNobodyErases) {
  auto const officer = Officer(root.path);
  keeper.on = true;
  EXPECT_EQ(privacy.erasures.Propose(officer, {candidate.id, "request", std::nullopt}).error().key, "keeper.on");
  keeper.on = false;
  auto const proposed = privacy.erasures.Propose(officer, {candidate.id, "request", std::nullopt}).value();
  keeper.on = true;
  EXPECT_EQ(privacy.erasures.Approve(Second(root.path), proposed.id, {proposed.version}).error().key, "keeper.on");
  EXPECT_EQ(Rows("candidate"), 1);
  keeper.on = false;
  ASSERT_TRUE(privacy.erasures.Approve(Second(root.path), proposed.id, {proposed.version}));
  keeper.on = true;
  runner.RunDue();
  EXPECT_EQ(Rows("candidate"), 1) << "employed between approval and erasure";
}

TEST_P(PrivacyTest, AChangedCertificateIsFound) {
  auto const id = Finished();
  ASSERT_TRUE(privacy.consents.Withdraw(Officer(north.path), {id, "biometric"}));
  ASSERT_TRUE(privacy.consents.Withdraw(Officer(north.path), {id, "analysis"}));
  runner.RunDue();
  auto const officer = Officer(root.path);
  EXPECT_TRUE(LastCertificate().intact && LastCertificate().chained);
  db->Write([](db::Tx& tx) {
    tx.Execute(
        {"test.tamper",
         "UPDATE erasure_certificate SET document = REPLACE(document, 'withdrawal', 'retention') WHERE number = 1"});
  });
  auto const list = privacy.certificates.List(officer, {}).value();
  EXPECT_FALSE(list.items.at(1).intact);
  db->Write([](db::Tx& tx) { tx.Execute({"test.remove", "DELETE FROM erasure_certificate WHERE number = 1"}); });
  EXPECT_FALSE(LastCertificate().chained);
}

TEST_P(PrivacyTest, TheCopyHoldsEverythingThePersonGaveAndExpires) {
  auto const id = Finished();
  auto const officer = Officer(north.path);
  auto const made = privacy.exports.Create(officer, {candidate.id, "access request", true}).value();
  EXPECT_EQ(privacy.exports.Download(officer, made.id).error().key, "privacy.export_not_ready");
  runner.RunDue();
  auto const ready = privacy.exports.List(officer, {.person_id = candidate.person_id}).value().items.at(0);
  ASSERT_EQ(ready.state, ExportState::ready);
  auto const bytes = blob::ReadAll(*blobs, privacy.exports.Download(officer, made.id).value().blob_id, 1 << 24).value();
  auto const zip = documents::ZipReader::Open(bytes).value();
  auto const read = [&](std::string const& name) {
    std::string out;
    (void)zip.Stream(name, {1 << 24, 1000},
                     [&](std::string_view piece) -> Result<void> { return out += piece, Result<>{}; });
    return out;
  };
  auto const data = ParseJson(read("data.json")).value().as_object();
  EXPECT_EQ(data.at("person").at("phone").as_string(), "+8613812341234");
  EXPECT_EQ(data.at("person").at("email").as_string(), "zhang@example.com");
  EXPECT_EQ(data.at("person").at("id_number").as_string(), kIdNumber);
  EXPECT_EQ(data.at("interviews").at("interviews").as_array().size(), 1U);
  EXPECT_EQ(data.at("messages").at("messages").as_array().size(), 2U);
  EXPECT_EQ(data.at("assessment").at("reports").as_array().size(), 1U);
  EXPECT_FALSE(data.at("access").as_array().empty());
  EXPECT_EQ(read("recordings/" + id + "/intro-1-0.webm"), "first second");
  EXPECT_EQ(read("transcripts/" + id + "/q1.srt"), kSpoken);
  EXPECT_EQ(read("reports/" + id + "/report.pdf").substr(0, 4), "%PDF");

  EXPECT_TRUE(privacy.exports.DownloadMine(As(id), made.id));
  EXPECT_EQ(privacy.exports.DownloadMine(As("01ARZ3NDEKTSV4RRFFQ69G5FAV"), made.id).error().code,
            ErrorCode::kUnauthenticated);
  clock.Advance(days(7));
  EXPECT_EQ(privacy.exports.Download(officer, made.id).error().key, "privacy.export_expired");
  runner.RunDue();
  EXPECT_FALSE(blobs->Stat(ExportBlob(made.id)));
}

BOLE_STORE_SUITE(PrivacyTest);

}  // namespace
}  // namespace bole::privacy
