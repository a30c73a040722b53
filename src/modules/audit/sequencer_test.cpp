#include "modules/audit/sequencer.hpp"

#include <fstream>

#include "modules/audit/audit_test.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/mail/fake_servers.hpp"

namespace bole::audit {
namespace {

class SequencerTest : public AuditTest {};

TEST_P(SequencerTest, RecordsGetTheirPlaceInOrderAndAHeadOnlyWhenSomethingIsNew) {
  EXPECT_EQ(Check().waiting, 0);
  ASSERT_TRUE(log->Seal());
  EXPECT_EQ(Number("SELECT COUNT(*) FROM audit_head"), 0);
  Write("a.do", "", 3);
  EXPECT_EQ(Check().waiting, 3);
  ASSERT_TRUE(log->Seal());
  ASSERT_TRUE(log->Seal());
  EXPECT_EQ(Check().waiting, 0);
  EXPECT_EQ(Number("SELECT COUNT(*) FROM audit_head"), 1);
  EXPECT_EQ(Number("SELECT MAX(size) FROM audit_head"), 3);
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(Text("SELECT subject_id FROM audit_record WHERE leaf_index = " + std::to_string(i)),
              "T" + std::to_string(i + 1));
  EXPECT_EQ(Check().problems_total, 0);
}

TEST_P(SequencerTest, ARecordThatCommitsLateWithAnEarlierIdIsNotLost) {
  Write("a.do", "", 5);
  // Drawn before, committed after the round.
  auto early = db->Read([](db::Tx& tx) { return store::Waiting(tx, 1)[0]; });
  early.id[1] = '0', early.subject_id = "late";
  ASSERT_TRUE(log->Seal());
  db->Write([&](db::Tx& tx) { tx.Insert("audit_record", early); });
  ASSERT_TRUE(log->Seal());
  EXPECT_EQ(Number("SELECT leaf_index FROM audit_record WHERE subject_id = 'late'"), 5);
  EXPECT_EQ(Number("SELECT COUNT(*) FROM audit_record WHERE leaf_index IS NULL"), 0);
  EXPECT_EQ(Check().problems_total, 0);
}

TEST_P(SequencerTest, AnActThatRolledBackLeavesNothingAndAFailedOneStaysFailed) {
  auto const done = db->Write([&](db::Tx& tx) -> Result<> {
    log->Record(tx, User({}, "/"), {"a.do", "thing", "gone"});
    return Fail(ErrorCode::kInvalid, "no");
  });
  EXPECT_FALSE(done);
  db->Write([&](db::Tx& tx) { log->Begin(tx, User({}, "/"), {"a.do", "thing", "failed"}); });
  auto const succeeded = db->Write([&](db::Tx& tx) {
    auto id = log->Begin(tx, User({}, "/"), {"a.do", "thing", "good"});
    log->Succeeded(tx, id);
    return id;
  });
  ASSERT_TRUE(log->Seal());
  EXPECT_EQ(Number("SELECT COUNT(*) FROM audit_record"), 2);
  EXPECT_EQ(Number("SELECT succeeded FROM audit_record WHERE subject_id = 'failed'"), 0);
  EXPECT_EQ(Number("SELECT succeeded FROM audit_record WHERE subject_id = 'good'"), 1);
  Sql("UPDATE audit_record SET succeeded = 0 WHERE subject_id = 'good'");
  db->Write([&](db::Tx& tx) { log->Succeeded(tx, succeeded); });
  EXPECT_EQ(Number("SELECT succeeded FROM audit_record WHERE subject_id = 'good'"), 0)
      << "a sequenced record never changes";
}

TEST_P(SequencerTest, SeveralBatchesAndSequencersGiveOneLog) {
  Write("a.do", "", 9000);
  {
    Sequencer one(context), another(context);  // as in two processes
    std::jthread const first([&] { EXPECT_TRUE(one.Seal()); });
    std::jthread const second([&] { EXPECT_TRUE(another.Seal()); });
  }
  ASSERT_TRUE(log->Seal());
  auto const found = Check();
  EXPECT_EQ(found.records, 9000);
  EXPECT_EQ(found.problems_total, 0);
  EXPECT_EQ(Number("SELECT COUNT(*) FROM audit_tile WHERE level = 0"), 36);
  EXPECT_EQ(Number("SELECT COUNT(*) FROM audit_tile"), 37);
}

TEST_P(SequencerTest, ChineseAlgorithmsByConfigurationAndALogKeepsItsOwn) {
  config.audit.suite = "sm2-sm3";
  Open();
  Write("a.do", "", 300);
  ASSERT_TRUE(log->Seal());
  EXPECT_EQ(Text("SELECT suite FROM audit_log"), "sm2-sm3");
  EXPECT_EQ(Check().problems_total, 0);
  EXPECT_EQ(CheckText(Export()).problems_total, 0);
  config.audit.suite = "ed25519-sha256";
  Open();
  Write("a.do");
  ASSERT_TRUE(log->Seal());
  EXPECT_EQ(Text("SELECT suite FROM audit_log"), "sm2-sm3");
  EXPECT_EQ(Check().problems_total, 0);
  Sql("UPDATE audit_record SET action = 'b' WHERE leaf_index = 9");
  EXPECT_TRUE(Has(Check(), ProblemKind::record_edited, 9));
}

TEST_P(SequencerTest, ANewKeySignsAndTheOldHeadsStayVerifiable) {
  Write("a.do");
  ASSERT_TRUE(log->Seal());
  auto const first = Text("SELECT key_id FROM audit_head WHERE size = 1");
  auto const second = log->RotateKey(Principal::System("test"));
  ASSERT_TRUE(second);
  ASSERT_TRUE(log->Seal());  // the rotation is a record
  EXPECT_NE(*second, first);
  EXPECT_EQ(Text("SELECT key_id FROM audit_head WHERE size = 2"), *second);
  EXPECT_EQ(Check().problems_total, 0);
  EXPECT_TRUE(Has(Check({.trusted = {*second}}), ProblemKind::head_key, 1));
}

TEST_P(SequencerTest, ThePrivateKeyIsSealedAndSignsUnderALaterMasterKeyToo) {
  Write("a.do");
  ASSERT_TRUE(log->Seal());
  auto const sealed = Text("SELECT private_key FROM audit_key");
  EXPECT_EQ(sealed.substr(0, 6), "b1:k1:");
  auto const ring = crypto::KeyRing::Load({{},
                                           "index=" + crypto::Base64UrlEncode(crypto::Bytes(32, 1)) +
                                               ",k2=" + crypto::Base64UrlEncode(crypto::Bytes(32, 3)) +
                                               ",k1=" + crypto::Base64UrlEncode(crypto::Bytes(32, 2)),
                                           crypto::Algorithm::kAes256Gcm},
                                          clock)
                        .value();
  fields = crypto::FieldCipher(ring);
  Write("a.do");
  ASSERT_TRUE(log->Seal());
  EXPECT_EQ(Text("SELECT private_key FROM audit_key"), sealed);  // sealing it anew is the rotation's work
  EXPECT_EQ(Number("SELECT COUNT(*) FROM audit_key"), 1);
  EXPECT_EQ(Check().problems_total, 0);
}

TEST_P(SequencerTest, EveryHeadIsAppendedToTheAnchorFileAlsoAfterACrash) {
  auto const file = std::filesystem::temp_directory_path() / ("bole_anchor_" + NewUlid(clock.Now()));
  config.audit.anchor_file = file;
  Open();
  ThreeHeads();
  auto const lines = [&] {
    std::ifstream in(file);
    std::vector<std::string> out;
    for (std::string line; std::getline(in, line);) out.push_back(line);
    return out;
  };
  ASSERT_EQ(lines().size(), 3U);
  EXPECT_EQ(FromJsonText<json::object>(lines()[2])->at("size").as_int64(), 320);
  Sql("UPDATE audit_log SET anchored_size = 301");  // killed before it was noted
  ASSERT_TRUE(log->Seal());
  ASSERT_EQ(lines().size(), 4U);
  EXPECT_EQ(lines()[3], lines()[2]);
  std::ofstream(file, std::ios::app) << "{\"type\":\"he";  // killed while writing
  EXPECT_EQ(Check({.anchors = file}).problems_total, 0);
  EXPECT_EQ(CheckText(Export(), {.anchors = file}).problems_total, 0);
  Sql("UPDATE audit_head SET root = ? WHERE size = 301", std::string(64, 'a'));
  EXPECT_TRUE(Has(Check({.anchors = file}), ProblemKind::head_root, 301));
  std::filesystem::remove(file);
}

TEST_P(SequencerTest, AnAnchorFileThatCannotBeWrittenKeepsTheHeadsForLater) {
  config.audit.anchor_file = "/nonexistent/anchors";
  Open();
  Write("a.do");
  EXPECT_EQ(log->Seal().error().key, "storage.io");
  EXPECT_EQ(Number("SELECT COUNT(*) FROM audit_head"), 1);
  EXPECT_EQ(Number("SELECT anchored_size FROM audit_log"), 0);
}

TEST_P(SequencerTest, HeadsArePostedWithASignatureAndTriedAgain) {
  std::string url;
  {
    mail::FakeHttp refusing("HTTP/1.1 500 no\r\nContent-Length: 0\r\n\r\n");
    url = "http://" + refusing.Address() + "/heads";
    config.audit.anchor_url = url, config.audit.anchor_secret = "s3cret";
    Open();
    Write("a.do");
    ASSERT_TRUE(log->Seal());
    EXPECT_EQ(runner.RunDue(), 1);
    EXPECT_EQ(Text("SELECT state FROM job WHERE type = 'audit.anchor'"), "queued");
    EXPECT_EQ(Text("SELECT error FROM job WHERE type = 'audit.anchor'"), "audit.anchor_refused");
  }
  mail::FakeHttp taking("HTTP/1.1 204 ok\r\nContent-Length: 0\r\n\r\n");
  config.audit.anchor_url = "http://" + taking.Address() + "/heads";
  clock.Advance(std::chrono::seconds(2));
  EXPECT_EQ(runner.RunDue(), 1);
  EXPECT_EQ(Text("SELECT state FROM job WHERE type = 'audit.anchor'"), "done");
  auto const body = FromJsonText<json::object>(taking.Body()).value();
  EXPECT_EQ(body.at("size").as_int64(), 1);
  EXPECT_EQ(body.at("root").as_string(), Text("SELECT root FROM audit_head"));
  EXPECT_EQ(taking.Header("X-Bole-Signature"),
            "sha256=" + crypto::HmacSha256Hex("s3cret", taking.Header("X-Bole-Timestamp") + "." +
                                                            taking.Header("X-Bole-Nonce") + "." + taking.Body()));
}

TEST_P(SequencerTest, TheThreadSealsWhatIsLeftWhenItStops) {
  log->Start();
  Write("a.do", "", 7);
  log->Stop();
  EXPECT_EQ(Number("SELECT MAX(size) FROM audit_head"), 7);
}

BOLE_STORE_SUITE(SequencerTest);

}  // namespace
}  // namespace bole::audit
