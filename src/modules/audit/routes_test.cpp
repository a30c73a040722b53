#include <set>

#include "modules/audit/audit_test.hpp"

namespace bole::audit {
namespace {

using http::Method;

class AuditRoutesTest : public AuditTest {
 protected:
  void SetUp() override {
    AuditTest::SetUp();
    root = AddNode("", "HQ");
    north = AddNode(root.path, "BJ");
    south = AddNode(root.path, "SZ");
    for (auto const& node : {root, north, south}) Write("org.create", node.id);
    Write("candidate.reveal", north.id, 2);
    Write("report.export", south.id, 3);
    Write("settings.update");
    ASSERT_TRUE(log->Seal());
  }
  static Principal Auditor(std::string const& path) { return User({"audit.read"}, path); }
  json::object Get(Principal const& who, std::string const& path, http::Pairs query = {}) {
    auto const answer = CallJson(who, Method::kGet, path, "", std::move(query));
    if (!answer) throw std::runtime_error(path + " " + answer.error().key);
    return answer->as_object();
  }
  std::int64_t Total(Principal const& who, http::Pairs query) {
    return Get(who, "/audit/records", std::move(query)).at("total").as_int64();
  }
  std::string Download(Principal const& who, http::Pairs query = {}) {
    auto const answer = Call(who, Method::kGet, "/audit/export.jsonl", "", std::move(query));
    if (!answer) throw std::runtime_error(answer.error().key);
    std::string out;
    auto const& source = std::get<http::StreamBody>(answer->body).source;
    for (;;) {
      auto const piece = source->Read(out.size(), 1000).value();
      if (piece.empty()) return out;
      out += piece;
    }
  }
  Node root, north, south;
};

TEST_P(AuditRoutesTest, ABranchSeesItsOwnRecordsAndOnlyTheGroupSeesWhatBelongsToNoNode) {
  auto const everything = Total(Auditor(root.path), {});
  EXPECT_EQ(everything, 9);  // three nodes made, six written
  EXPECT_EQ(Total(Auditor(north.path), {}), 3);
  EXPECT_EQ(Total(Auditor(south.path), {}), 4);
  EXPECT_EQ(Total(Auditor("/nowhere/x/"), {}), 0);
  EXPECT_EQ(Total(Auditor(north.path), {{"action", "settings.update"}}), 0);
  EXPECT_EQ(Call(User({"org.read"}, root.path), Method::kGet, "/audit/records").error().code, ErrorCode::kForbidden);
  auto const hidden = Text("SELECT id FROM audit_record WHERE action = 'settings.update'");
  auto const foreign = Text("SELECT id FROM audit_record WHERE action = 'report.export'");
  for (auto const& id : {hidden, foreign, std::string("01NOTHING")})
    EXPECT_EQ(Call(Auditor(north.path), Method::kGet, "/audit/records/" + id).error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(Call(Auditor(root.path), Method::kGet, "/audit/records/" + hidden));
}

TEST_P(AuditRoutesTest, FiltersNarrowAndPagesFollowEachOther) {
  auto const who = Auditor(root.path);
  EXPECT_EQ(Total(who, {{"action", "report.export"}}), 3);
  EXPECT_EQ(Total(who, {{"actor", "tester"}}), 9);
  EXPECT_EQ(Total(who, {{"actor", "tester"}, {"actor_id", "01OTHER"}}), 0);
  EXPECT_EQ(Total(who, {{"subject_kind", "thing"}, {"subject_id", "T2"}}), 1);
  EXPECT_EQ(Total(who, {{"org_id", south.id}}), 4);
  EXPECT_EQ(Total(who, {{"succeeded", "false"}}), 0);
  EXPECT_EQ(Total(who, {{"from", FormatInstant(clock.Now())}}), 1);
  EXPECT_EQ(Total(who, {{"to", FormatInstant(clock.Now())}}), 8);
  EXPECT_EQ(Call(Auditor(north.path), Method::kGet, "/audit/records", "", {{"org_id", south.id}}).error().fields,
            (FieldErrors{{"/org_id", "not_found"}}));
  Write("a.do", "", 5);  // wait, and stand among the others
  std::set<std::string> seen;
  std::string cursor;
  do {
    auto const page = Get(who, "/audit/records", {{"limit", "4"}, {"cursor", cursor}});
    for (auto const& item : page.at("items").as_array())
      EXPECT_TRUE(seen.insert(std::string(item.at("id").as_string())).second);
    cursor = page.contains("next_cursor") ? std::string(page.at("next_cursor").as_string()) : "";
  } while (!cursor.empty());
  EXPECT_EQ(seen.size(), 14U);
  EXPECT_EQ(Total(who, {}), 14);
}

TEST_P(AuditRoutesTest, TheProofOfARecordLeadsToTheSignedRoot) {
  auto const id = Text("SELECT id FROM audit_record WHERE leaf_index = 4");
  auto const detail = Get(Auditor(root.path), "/audit/records/" + id);
  EXPECT_TRUE(detail.at("intact").as_bool());
  auto const& proof = detail.at("proof").as_object();
  EXPECT_TRUE(proof.at("head").at("valid").as_bool());
  TreeHasher hasher(crypto::DigestAlgorithm::kSha256);
  Hashes path;
  for (auto const& step : proof.at("path").as_array()) path.push_back(*HashFromHex(step.as_string()));
  auto const leaf = hasher.Leaf(std::string(detail.at("canonical").as_string()));
  EXPECT_EQ(ToHex(leaf), detail.at("leaf_hash").as_string());
  EXPECT_TRUE(VerifyInclusion(hasher, 4, static_cast<std::uint64_t>(proof.at("tree_size").as_int64()), leaf, path,
                              *HashFromHex(proof.at("head").at("root").as_string())));
  Write("a.do");
  auto const waiting = Text("SELECT id FROM audit_record WHERE leaf_index IS NULL");
  EXPECT_FALSE(Get(Auditor(root.path), "/audit/records/" + waiting).contains("proof"));
  Sql("UPDATE audit_record SET action = 'b' WHERE leaf_index = 4");
  EXPECT_FALSE(Get(Auditor(root.path), "/audit/records/" + id).at("intact").as_bool());
}

TEST_P(AuditRoutesTest, HeadsAreConsistentAndKeysPublic) {
  Write("a.do");
  ASSERT_TRUE(log->Seal());
  auto const who = Auditor(root.path);
  auto const heads = Get(who, "/audit/heads").at("items").as_array();
  ASSERT_EQ(heads.size(), 2U);
  auto const proof = Get(who, "/audit/consistency", {{"from", "9"}, {"to", "10"}});
  EXPECT_TRUE(proof.at("consistent").as_bool());
  EXPECT_EQ(Call(who, Method::kGet, "/audit/consistency", "", {{"from", "8"}, {"to", "10"}}).error().code,
            ErrorCode::kNotFound);
  EXPECT_EQ(Call(who, Method::kGet, "/audit/consistency", "", {{"from", "10"}, {"to", "9"}}).error().code,
            ErrorCode::kInvalid);
  auto const public_keys = Get(who, "/audit/keys").at("items").as_array();
  ASSERT_EQ(public_keys.size(), 1U);
  EXPECT_FALSE(public_keys[0].as_object().contains("private_key"));
  auto const status = Get(who, "/audit");
  EXPECT_EQ(status.at("size").as_int64(), 10);
  EXPECT_EQ(status.at("waiting").as_int64(), 0);
  Sql("UPDATE audit_head SET root = ? WHERE size = 9", std::string(64, 'a'));
  auto const broken = Get(who, "/audit/consistency", {{"from", "9"}, {"to", "10"}});
  EXPECT_FALSE(broken.at("consistent").as_bool());
  EXPECT_FALSE(broken.at("from").at("valid").as_bool());
}

TEST_P(AuditRoutesTest, AnExportKeepsToTheScopeNeedsAPurposeAndIsRecorded) {
  EXPECT_EQ(Call(Auditor(root.path), Method::kGet, "/audit/export.jsonl").error().key, "purpose.required");
  with_headers = {{"x-bole-purpose", "compliance_audit"}};
  auto const whole = CheckText(Download(Auditor(root.path)));
  EXPECT_EQ(whole.records, 9);
  EXPECT_EQ(whole.problems_total, 0);
  auto const branch = Download(Auditor(north.path));
  EXPECT_EQ(branch.find(south.id), std::string::npos);
  EXPECT_EQ(branch.find("settings.update"), std::string::npos);
  auto const part = CheckText(branch);
  EXPECT_EQ(part.records, 3);
  EXPECT_EQ(part.heads, 1);
  EXPECT_EQ(part.problems_total, 0);
  auto forged = branch;
  forged.replace(forged.find(R"("subject_id":"T4")"), 17, R"("subject_id":"T9")");
  EXPECT_EQ(CheckText(forged).problems.at(0).kind, ProblemKind::record_edited);
  EXPECT_EQ(CheckText(Download(Auditor(root.path), {{"action", "report.export"}})).records, 3);
  EXPECT_EQ(Number("SELECT COUNT(*) FROM audit_record WHERE action = 'audit.export' AND succeeded = 1"), 3);
  EXPECT_EQ(Text("SELECT details FROM audit_record WHERE action = 'audit.export' LIMIT 1"),
            R"({"purpose":"compliance_audit"})");
}

TEST_P(AuditRoutesTest, ADamagedTreeIsSaidAndNotGuessed) {
  auto const id = Text("SELECT id FROM audit_record WHERE leaf_index = 4");
  Sql("DELETE FROM audit_tile");
  EXPECT_EQ(Call(Auditor(root.path), Method::kGet, "/audit/records/" + id).error().key, "audit.tree_broken");
}

BOLE_STORE_SUITE(AuditRoutesTest);

}  // namespace
}  // namespace bole::audit
