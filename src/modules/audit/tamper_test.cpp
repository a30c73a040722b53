#include "base/text.hpp"
#include "modules/audit/audit_test.hpp"
#include "platform/crypto/cipher.hpp"

// Somebody edits the database file, or an export.
namespace bole::audit {
namespace {

using enum ProblemKind;

class TamperTest : public AuditTest {
 protected:
  void SetUp() override {
    AuditTest::SetUp();
    ThreeHeads();
    untouched = Export();
    auto const before = Check();
    ASSERT_EQ(before.records, 320);
    ASSERT_EQ(before.heads, 3);
    ASSERT_EQ(before.problems_total, 0);
  }
  // What both ways of checking find after the database was changed.
  void Expect(ProblemKind kind, std::int64_t index) {
    auto const live = Check();
    EXPECT_TRUE(Has(live, kind, index)) << ToJsonText(live);
    auto const offline = CheckText(Export());
    EXPECT_GT(offline.problems_total, 0) << "the export shows it as well";
  }
  static std::string Swapped(std::string text, std::string const& from, std::string const& to) {
    auto const at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("not in the export: " + from);
    return text.replace(at, from.size(), to);
  }
  std::string untouched;
};

TEST_P(TamperTest, AnEditedFieldIsFoundAndNamed) {
  auto const id = Text("SELECT id FROM audit_record WHERE leaf_index = 17");
  for (auto const* change : {"actor_name = 'somebody'", "succeeded = 0", "at = at + 1", "org_id = ''", "action = 'b'",
                             "subject_id = 'T0'", "details = '{\"n\":99}'"}) {
    auto const row = db->Read([&](db::Tx& tx) { return *store::Record(tx, Scope::Everything(), id); });
    ASSERT_EQ(Sql(std::string("UPDATE audit_record SET ") + change + " WHERE leaf_index = 17"), 1);
    auto const found = Check();
    ASSERT_FALSE(found.problems.empty()) << change;
    EXPECT_EQ(found.problems[0].kind, record_edited) << change;
    EXPECT_EQ(found.problems[0].index, 17) << change;
    EXPECT_EQ(found.problems[0].record_id, id) << change;
    EXPECT_TRUE(Has(CheckText(Export()), record_edited, 17)) << change;
    Sql("DELETE FROM audit_record WHERE id = ?", id);
    db->Write([&](db::Tx& tx) { tx.Insert("audit_record", row); });
    ASSERT_EQ(Check().problems_total, 0) << change;
  }
}

TEST_P(TamperTest, WhomAnActConcernedIsEvidence) {
  db->Write([&](db::Tx& tx) {
    auto const id = BeginOnMany(*log, tx, User({}, "/"), {"things.exported", "thing", "", "", {{"file", "f"}}},
                                {"thing", {"T9", "T8", "T9"}});
    log->Succeeded(tx, id);
  });
  ASSERT_TRUE(log->Seal());
  EXPECT_EQ(Check().problems_total, 0);
  auto const acts = [&](char const* id) {
    return db->Read([&](db::Tx& tx) { return ActsOn(tx, {{"thing", id}}, 10); });
  };
  EXPECT_EQ(acts("T8").front().action, "things.exported");
  EXPECT_EQ(acts("T9").size(), 2U);
  EXPECT_EQ(acts("T7").size(), 1U);

  ASSERT_EQ(Sql("DELETE FROM audit_concerned WHERE subject_id = 'T9'"), 1);
  EXPECT_TRUE(Has(Check(), concerned_changed, 320));
  Sql("INSERT INTO audit_concerned SELECT 'T9', kind, record_id FROM audit_concerned");
  EXPECT_EQ(Check().problems_total, 0);
  Sql("INSERT INTO audit_concerned SELECT 'T7', kind, record_id FROM audit_concerned WHERE subject_id = 'T8'");
  EXPECT_TRUE(Has(Check(), concerned_changed, 320));
}

TEST_P(TamperTest, ADeletedRowIsFound) {
  Sql("DELETE FROM audit_record WHERE leaf_index = 250");
  Expect(record_missing, 250);
  EXPECT_EQ(Check().problems_total, 1) << "the others are still proved";
}

TEST_P(TamperTest, TwoSwappedRowsAreFound) {
  Sql("UPDATE audit_record SET leaf_index = 9999 WHERE leaf_index = 5");
  Sql("UPDATE audit_record SET leaf_index = 5 WHERE leaf_index = 6");
  Sql("UPDATE audit_record SET leaf_index = 6 WHERE leaf_index = 9999");
  Expect(record_moved, 5);
  EXPECT_TRUE(Has(Check(), record_moved, 6));
  EXPECT_EQ(Check().problems_total, 2);
}

TEST_P(TamperTest, AnInsertedRowIsFound) {
  auto const insert = [&](std::int64_t leaf) {
    Sql("INSERT INTO audit_record (id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, "
        "succeeded, details, leaf_index) SELECT '01FORGED' || CAST(leaf_index AS TEXT), at, actor_kind, actor_id, "
        "actor_name, action, subject_kind, subject_id, succeeded, details, " +
        std::to_string(leaf) + " FROM audit_record WHERE leaf_index = 3");
  };
  insert(320);  // behind the last one, where no signed head covers it: an export leaves it out
  EXPECT_TRUE(Has(Check(), record_added, 320));
  EXPECT_EQ(Export().find("01FORGED"), std::string::npos);
  Sql("DELETE FROM audit_record WHERE leaf_index = 320");
  // In the middle: what follows moves on by one.
  Sql("UPDATE audit_record SET leaf_index = -1 - leaf_index WHERE leaf_index >= 100");
  Sql("UPDATE audit_record SET leaf_index = -leaf_index WHERE leaf_index < 0");
  insert(100);
  auto const found = Check();
  EXPECT_EQ(found.problems.at(0).kind, record_edited);
  EXPECT_EQ(found.problems.at(0).index, 100);
  EXPECT_EQ(found.problems.at(0).record_id, "01FORGED3");
  EXPECT_TRUE(Has(found, record_added, 320));
}

TEST_P(TamperTest, ARecordBroughtInLaterWithAnOldDateIsFound) {
  clock.Advance(std::chrono::hours(3));
  Write("a.do");
  ASSERT_TRUE(log->Seal());
  Sql("INSERT INTO audit_record (id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, "
      "succeeded, details) SELECT '01FORGED', at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, "
      "succeeded, details FROM audit_record WHERE leaf_index = 3");
  ASSERT_TRUE(log->Seal());
  Expect(record_backdated, 321);
}

TEST_P(TamperTest, ATailCutOffAfterAHeadIsFound) {
  Sql("DELETE FROM audit_record WHERE leaf_index >= 310");
  Expect(record_missing, 310);
  Sql("UPDATE audit_log SET size = 310");  // more thorough
  auto const found = Check();
  EXPECT_TRUE(Has(found, head_beyond, 320)) << ToJsonText(found);
  EXPECT_TRUE(Has(found, record_missing, 310));
}

TEST_P(TamperTest, ACutLogWithItsHeadsIsFoundByTheAnchors) {
  auto const file = std::filesystem::temp_directory_path() / ("bole_anchor_" + NewUlid(clock.Now()));
  config.audit.anchor_file = file;
  Open();
  ASSERT_TRUE(log->Seal());
  Sql("DELETE FROM audit_head WHERE size > 300");
  Sql("DELETE FROM audit_record WHERE leaf_index >= 300");
  Sql("UPDATE audit_log SET size = 300");
  db->Write([](db::Tx& tx) {
    Frontier::Tile tile{0, 1, store::Tiles(tx)(0, 1)};
    tile.hashes.resize(300 - kTileWidth);
    store::SaveTile(tx, tile);
  });
  EXPECT_EQ(Check().problems_total, 0) << "nothing inside tells";
  EXPECT_TRUE(Has(Check({.anchors = file}), anchor_differs, 320));
  std::filesystem::remove(file);
}

TEST_P(TamperTest, AForgedRowWithAForgedTileStillMissesTheSignedRoot) {
  Sql("UPDATE audit_record SET action = 'b' WHERE leaf_index = 17");
  db->Write([&](db::Tx& tx) {
    TreeHasher hasher(crypto::DigestAlgorithm::kSha256);
    Frontier::Tile tile{0, 0, store::Tiles(tx)(0, 0)};
    tile.hashes[17] = hasher.Leaf(Canonical(store::Leaves(tx, Scope::Everything(), {.limit = 1}, 17, 18)[0]));
    store::SaveTile(tx, tile);
  });
  auto const found = Check();
  EXPECT_TRUE(Has(found, head_root, 300)) << "first of the heads that cover it";
  EXPECT_TRUE(Has(found, head_root, 320));
  EXPECT_TRUE(std::any_of(found.problems.begin(), found.problems.end(),
                          [](auto const& p) { return p.kind == tile_wrong && p.what == "1/0"; }));
}

TEST_P(TamperTest, AHeadWithAnotherRootOrSignatureIsFound) {
  Sql("UPDATE audit_head SET root = ? WHERE size = 301", std::string(64, 'a'));
  Expect(head_root, 301);
  EXPECT_TRUE(Has(Check(), head_signature, 301));
  Sql("UPDATE audit_head SET signature = (SELECT signature FROM audit_head WHERE size = 320) WHERE size = 300");
  EXPECT_TRUE(Has(Check(), head_signature, 300));
}

TEST_P(TamperTest, AHeadSignedAnewWithAnotherKeyIsFound) {
  // The forger makes a key pair, signs everything again and puts both into the database.
  Sql("UPDATE audit_record SET action = 'b' WHERE leaf_index = 17");
  auto const genuine = Text("SELECT id FROM audit_key");
  auto const other = crypto::SigningKey::Generate(crypto::SignatureAlgorithm::kEd25519);
  db->Write([&](db::Tx& tx) {
    auto key = store::Keys(tx).at(0);
    key.public_key = crypto::Base64Encode(other.Public());
    key.id = KeyIdOf(key.public_key);
    tx.Insert("audit_key", key);
    auto const log_row = *store::FindLog(tx);
    TreeHasher hasher(crypto::DigestAlgorithm::kSha256);
    Frontier frontier(hasher);
    for (auto const& row : store::Leaves(tx, Scope::Everything(), {.limit = 1000}, 0, 1000)) {
      frontier.Append(hasher.Leaf(Canonical(row)));
      auto head = store::HeadOf(tx, static_cast<std::int64_t>(frontier.size()));
      if (!head) continue;
      head->root = ToHex(frontier.Root()), head->key_id = key.id;
      head->signature = crypto::Base64Encode(other.Sign(crypto::AsBytes(HeadText(log_row.id, log_row.suite, *head))));
      tx.Execute({"t", "UPDATE audit_head SET root = ?, key_id = ?, signature = ? WHERE size = ?"}, head->root,
                 head->key_id, head->signature, head->size);
    }
    for (auto const& tile : frontier.TakeChanged()) store::SaveTile(tx, tile);
  });
  auto const live = Check();
  ASSERT_EQ(live.problems_total, 1) << ToJsonText(live);
  EXPECT_EQ(live.problems[0].kind, head_key) << "its private half is not under our key ring";
  EXPECT_EQ(CheckText(Export()).problems_total, 0) << "an export alone cannot know";
  EXPECT_TRUE(Has(CheckText(Export(), {.trusted = {genuine}}), head_key, 320)) << "unless one knows the real key";
}

TEST_P(TamperTest, AnEditedExportIsFound) {
  auto const line = [&](int index) {
    auto const at = untouched.find("{\"type\":\"record\",\"index\":" + std::to_string(index) + ",");
    return untouched.substr(at, untouched.find('\n', at) + 1 - at);
  };
  EXPECT_EQ(CheckText(untouched).problems_total, 0);
  EXPECT_TRUE(Has(CheckText(Swapped(untouched, R"("subject_id":"T18")", R"("subject_id":"T99")")), record_edited, 17));
  EXPECT_TRUE(Has(CheckText(Swapped(untouched, line(200), "")), record_missing, 200));
  EXPECT_TRUE(Has(CheckText(Swapped(untouched, line(7) + line(8), line(8) + line(7))), record_added, 7));
  EXPECT_TRUE(Has(CheckText(Swapped(untouched, line(7), line(7) + line(7))), record_added, 7));
  auto const cut = CheckText(untouched.substr(0, untouched.find(line(310))));
  EXPECT_TRUE(Has(cut, record_missing, 310));
  EXPECT_TRUE(
      std::any_of(cut.problems.begin(), cut.problems.end(), [](auto const& p) { return p.kind == file_broken; }));
  // A consistent forgery: record and leaf hash fit, the signed root does not.
  auto const row = FromJsonText<json::object>(line(17)).value();
  auto forged = db->Read([](db::Tx& tx) { return store::Leaves(tx, Scope::Everything(), {.limit = 1}, 17, 18)[0]; });
  forged.subject_id = "T99";
  auto const hash = ToHex(TreeHasher(crypto::DigestAlgorithm::kSha256).Leaf(Canonical(forged)));
  auto text = Swapped(untouched, R"("subject_id":"T18")", R"("subject_id":"T99")");
  text = Swapped(text, std::string(row.at("leaf_hash").as_string()), hash);
  EXPECT_TRUE(Has(CheckText(text), head_root, 300));
}

TEST_P(TamperTest, NoExportIsNoExport) {
  std::istringstream empty(""), other("{\"type\":\"record\"}\n");
  EXPECT_EQ(CheckFile(empty, {}).error().key, "audit.not_an_export");
  EXPECT_EQ(CheckFile(other, {}).error().key, "audit.not_an_export");
}

BOLE_STORE_SUITE(TamperTest);

}  // namespace
}  // namespace bole::audit
