#include "modules/assessment/service.hpp"

#include <thread>

#include "modules/assessment/jobs.hpp"
#include "modules/assessment/test_fixture.hpp"
#include "modules/interviews/interviews_test.hpp"

namespace bole::assessment {
namespace {

using interviews::State;
constexpr char const* kSpoken = "我会先道歉，再核对账目，当天给客户答复。";

// The real scorer behind a fake pair of eyes and ears: what it "hears" are the bytes of the recording.
class ServiceTest : public interviews::InterviewsTest {
 protected:
  void SetUp() override {
    InterviewsTest::SetUp();
    RegisterJobs(runner, bus, reports, true);
  }
  AnalysisEngines Fake() {
    AnalysisEngines out;
    out.analyse = [this](NextPart const& parts, AnalysisRequest const& request, CaptionSink const& caption,
                         std::stop_token stop) -> Result<media::AnswerSignals> {
      ++analysed;
      std::string bytes;
      while (auto* part = parts()) {
        std::string chunk(64, '\0');
        for (;;) {
          BOLE_ASSIGN(auto const count,
                      part->ReadAt(bytes.size() - part_start, std::as_writable_bytes(std::span(chunk)), stop));
          if (count == 0) break;
          bytes.append(chunk, 0, count);
        }
        part_start = bytes.size();
      }
      part_start = 0;
      if (broken > 0 && broken-- > 0) return Fail(ErrorCode::kUnavailable, "storage.io");
      heard = bytes;
      last_request = request;
      caption("heard", 0, 1);
      return testing::Speak(request.transcript.value_or(kSpoken), "zh");
    };
    out.make_playable = [this](std::vector<media::ByteSource*> const& parts) -> Result<std::vector<std::byte>> {
      ++made_playable;
      return std::vector<std::byte>(parts.size(), std::byte{7});
    };
    out.assessor = [this]() -> Result<Assessor const*> { return &assessor; };
    return out;
  }
  std::int64_t Count(std::string const& table) {
    return *db->Read([&](db::Tx& tx) {
      return tx.Scalar<std::int64_t>({"test.count", "SELECT COUNT(*) FROM " + table});
    });
  }
  std::int64_t Audited(std::string const& action) {
    return *db->Read([&](db::Tx& tx) {
      return tx.Scalar<std::int64_t>(
          {"test.audit", "SELECT COUNT(*) FROM audit_record WHERE action = ? AND succeeded = 1"}, action);
    });
  }
  // Both answers given and everything that follows from it done.
  Principal Finished() {
    auto const who = Ready();
    answer = AnswerStage(who, "intro");
    AnswerStage(who, "q1");
    runner.RunDue();
    return who;
  }

  int analysed = 0, made_playable = 0, broken = 0;
  std::size_t part_start = 0;
  std::string heard, answer;
  AnalysisRequest last_request;
  Assessor assessor = testing::MakeAssessor();
  Service reports{context, *audits, *api, *plans, Fake(), std::chrono::milliseconds(1)};
};

TEST_P(ServiceTest, AFinishedInterviewGetsItsReportOnce) {
  auto const who = Finished();
  EXPECT_EQ(analysed, 2) << "every answer is analysed once, whichever of its jobs came first";
  EXPECT_EQ(heard, "first second");
  EXPECT_EQ(last_request.language, "zh");
  EXPECT_EQ(Audited("report.compose"), 1);
  auto const report = reports.Report(Hr(north.path), who.id).value();
  EXPECT_EQ(report.status, "ready");
  EXPECT_EQ(report.interview.state, State::ready);
  ASSERT_EQ(report.answers.size(), 2U);
  EXPECT_EQ(report.answers[0].stage_key, "intro");
  EXPECT_EQ(report.answers[1].question_zh, "遇到投诉怎么办？");
  EXPECT_FALSE(report.answers[1].transcript.sentences.empty());
  EXPECT_EQ(report.dimensions.size(), 2U);
  EXPECT_EQ(report.interview.total, report.total);
  EXPECT_EQ(Audited("report.read"), 1);
  ASSERT_TRUE(reports.Compose(who.id));
  ASSERT_TRUE(reports.Analyse(answer, 1, {}));
  EXPECT_EQ(Audited("report.compose"), 1);
  EXPECT_EQ(reports.Report(Hr(north.path), who.id)->created_at, report.created_at);
  EXPECT_EQ(made_playable, 2);
}

TEST_P(ServiceTest, WhatWasAnalysedWhileSpokenIsNotAnalysedAgain) {
  auto const who = Ready();
  answer = StartAnswerOf(who, "intro");
  auto const captions = service.Captions(who);
  Result<> followed;
  {
    std::jthread const follower([&] { followed = reports.Follow(answer, {}); });
    for (int piece = 0; piece < 3; ++piece) (void)service.Piece(who, answer, 0, piece, "bytes ").value();
    (void)service.Finish(who, answer, {{{0, 3}}, 3000, "candidate"}).value();
  }
  ASSERT_TRUE(followed);
  // A slow machine may have taken the test's haste for an absent candidate; then the close of the answer asks again.
  auto const kept = Count("answer_analysis");
  int const before = analysed;
  ASSERT_TRUE(reports.Analyse(answer, 1, {}));
  EXPECT_EQ(analysed, before + (kept == 1 ? 0 : 1));
  EXPECT_EQ(heard, "bytes bytes bytes ");
  EXPECT_EQ(Count("answer_analysis"), 1);
  EXPECT_TRUE(captions->Next());
}

TEST_P(ServiceTest, AnAbandonedRecordingWaitsForItsEnd) {
  auto const who = Ready();
  answer = StartAnswerOf(who, "intro");
  (void)service.Piece(who, answer, 0, 0, "only ").value();
  ASSERT_TRUE(reports.Follow(answer, {}));
  EXPECT_EQ(Count("answer_analysis"), 0) << "half an answer is not scored";
  (void)service.Piece(who, answer, 0, 1, "later").value();
  (void)service.Finish(who, answer, {{{0, 2}}, 2000, "candidate"}).value();
  ASSERT_TRUE(reports.Analyse(answer, 1, {}));
  EXPECT_EQ(heard, "only later");
  EXPECT_EQ(Count("answer_analysis"), 1);
}

TEST_P(ServiceTest, PartsAreReadInTheirOrder) {
  auto const who = Ready();
  answer = StartAnswerOf(who, "intro");
  (void)service.Piece(who, answer, 0, 0, "before ").value();
  ASSERT_EQ(service.Start(who, {"intro", kWebm})->part, 1);
  (void)service.Piece(who, answer, 1, 0, "after").value();
  (void)service.Finish(who, answer, {{{0, 1}, {1, 1}}, 2000, "resumed"}).value();
  ASSERT_TRUE(reports.Analyse(answer, 1, {}));
  EXPECT_EQ(heard, "before after");
  EXPECT_EQ(db->Read([&](db::Tx& tx) { return store::AnalysedParts(tx, answer); }), 2);
}

TEST_P(ServiceTest, ARepeatedAnswerReplacesTheFirst) {
  auto const who = Ready();
  auto const first = AnswerStage(who, "intro");
  (void)service.Retake(who, first).value();
  AnswerStage(who, "intro");
  AnswerStage(who, "q1");
  runner.RunDue();
  auto const report = reports.Report(Hr(root.path), who.id).value();
  ASSERT_EQ(report.answers.size(), 2U);
  EXPECT_NE(report.answers[0].answer_id, first);
}

TEST_P(ServiceTest, ABrokenRecordingIsGivenUpAndTheReportSaysSo) {
  auto const who = Ready();
  answer = AnswerStage(who, "intro");
  broken = 100;
  EXPECT_FALSE(reports.Analyse(answer, 1, {})) << "worth another try";
  EXPECT_EQ(Count("answer_analysis"), 0);
  EXPECT_TRUE(reports.Analyse(answer, 5, {}));
  broken = 0;
  AnswerStage(who, "q1");
  runner.RunDue();
  auto const report = reports.Report(Hr(root.path), who.id).value();
  ASSERT_EQ(report.status, "ready") << "one broken recording does not keep the others from being read";
  auto const& notices = report.answers.at(0).notices;
  EXPECT_TRUE(std::any_of(notices.begin(), notices.end(), [](auto const& n) { return n.code == "analysis.failed"; }));
  EXPECT_FALSE(report.answers[0].score) << "not judged is not zero";
}

TEST_P(ServiceTest, AnalysingAgainReplacesReportAndTranscript) {
  auto const who = Finished();
  clock.Advance(std::chrono::minutes(1));
  EXPECT_EQ(reports.SetTranscript(Hr(root.path), who.id, answer, "no subtitles").error().key,
            "transcript.not_subtitles");
  ASSERT_TRUE(
      reports.SetTranscript(Hr(root.path), who.id, answer, "1\n00:00:00,000 --> 00:00:02,000\n我负责柜面服务。\n"));
  EXPECT_EQ(reports.Report(Hr(root.path), who.id)->status, "analysing");
  runner.RunDue();
  EXPECT_EQ(analysed, 4);
  EXPECT_EQ(Audited("report.compose"), 2);
  auto const report = reports.Report(Hr(root.path), who.id).value();
  EXPECT_EQ(report.status, "ready");
  EXPECT_EQ(report.created_at, clock.Now());
  EXPECT_EQ(reports.Reanalyse(Hr(root.path), Ready().id).error().key, "interview.not_open");
}

TEST_P(ServiceTest, ReadingIsRecordedOnceAMinuteAndEveryExportWithItsPurpose) {
  auto const who = Finished();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(reports.Report(Hr(root.path), who.id, {"interview", ""}));
  EXPECT_EQ(Audited("report.read"), 1);
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(reports.Export(Hr(root.path), who.id, "report.pdf", {"dispute", "case 7"}));
  EXPECT_EQ(Audited("report.export"), 2);
  auto const details = db->Read([](db::Tx& tx) {
    return *tx.Scalar<std::string>({"t", "SELECT details FROM audit_record WHERE action = 'report.export' LIMIT 1"});
  });
  EXPECT_EQ(details, R"({"file":"report.pdf","purpose":"dispute","purpose_note":"case 7"})");
  auto const taken = reports.Export(Hr(root.path), who.id, "transcript.txt", {"dispute", ""}).value();
  auto const action = db->Read([&](db::Tx& tx) {
    return tx.Scalar<std::string>({"t", "SELECT action FROM audit_record WHERE id = ?"}, taken.record);
  });
  EXPECT_EQ(action, "report.export") << "the watermark names the record";
}

TEST_P(ServiceTest, OtherBranchesReadNoReports) {
  auto const who = Finished();
  auto const stranger = Hr(south.path);
  EXPECT_EQ(reports.Export(stranger, who.id, "report.pdf", {"dispute", ""}).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(reports.Report(stranger, who.id).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(reports.Media(stranger, who.id, answer).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(reports.Reanalyse(stranger, who.id).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(reports.SetTranscript(stranger, who.id, answer, "-->").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(reports.Report(User({"interview.read"}, root.path), who.id).error().code, ErrorCode::kNotFound)
      << "seeing the interview is not reading its report";
  EXPECT_EQ(reports.Media(Hr(north.path), Ready().id, answer).error().code, ErrorCode::kNotFound)
      << "an answer is read through its own interview only";
  EXPECT_EQ(Audited("report.read"), 0);
}

TEST_P(ServiceTest, ReportsWaitForTheInterview) {
  auto const who = Ready();
  EXPECT_EQ(reports.Report(Hr(root.path), who.id)->status, "none");
  AnswerStage(who, "intro");
  runner.RunDue();
  EXPECT_EQ(reports.Report(Hr(root.path), who.id)->status, "none");
  AnswerStage(who, "q1");
  EXPECT_EQ(reports.Report(Hr(root.path), who.id)->status, "analysing");
}

TEST_P(ServiceTest, TheSeekableFileTakesThePlaceOfTheRawPart) {
  auto const who = Ready();
  answer = AnswerStage(who, "intro");
  EXPECT_EQ(reports.Media(Hr(root.path), who.id, answer)->blob_id, answer + "-0");
  EXPECT_EQ(Audited("media.read"), 1);
  runner.RunDue();
  auto const recording = reports.Media(Hr(root.path), who.id, answer).value();
  EXPECT_EQ(recording.blob_id, answer + "-play");
  EXPECT_EQ(recording.media_type, "video/webm");
  ASSERT_TRUE(reports.MakePlayable(answer)) << "a repeated job starts over";
}

TEST_P(ServiceTest, WhatWasSaidIsNotInTheDatabaseInPlain) {
  auto const who = Finished();
  db->Write([&](db::Tx& tx) { reports.ImportTranscript(tx, answer, std::string("1 --> 2 ") + kSpoken); });
  ASSERT_NE(ToJsonText(reports.Report(Hr(root.path), who.id).value()).find("核对账目"), std::string::npos);
  struct Text {
    char const* table;
    char const* column;
  };
  for (auto const& [table, column] : {Text{"answer_analysis", "signals"}, Text{"answer_analysis", "assessment"},
                                      Text{"answer_transcript", "content"}, Text{"interview_report", "report"}}) {
    auto const stored = *db->Read([&](db::Tx& tx) {
      return tx.Scalar<std::string>({"test.raw", std::string("SELECT ") + column + " FROM " + table + " LIMIT 1"});
    });
    EXPECT_FALSE(stored.empty());
    EXPECT_EQ(stored.find("核对账目"), std::string::npos) << table << "." << column;
    EXPECT_EQ(stored.find("sentences"), std::string::npos) << table << "." << column;
  }
}

BOLE_STORE_SUITE(ServiceTest);

}  // namespace
}  // namespace bole::assessment
