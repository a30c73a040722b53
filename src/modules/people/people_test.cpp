#include "modules/people/people_test.hpp"

namespace bole::people {
namespace {

using http::Method;

TEST_P(PeopleTest, FieldsAreMaskedInViewsAndEncryptedAtRest) {
  auto const made = Make("张三", north.id, "13812341234", "zhang@example.com", "11010519491231002X");
  EXPECT_EQ(made.phone_masked, "138****1234");
  EXPECT_EQ(made.email_masked, "z***@example.com");
  EXPECT_EQ(made.id_number_masked, "110***********002X");
  EXPECT_EQ(made.gender, "female");
  auto const row = db->Read([&](db::Tx& tx) { return *store::PersonOf(tx, made.id); });
  auto const stored =
      ToText(json::array{row.phone, row.phone_index, row.email, row.email_index, row.id_number, row.id_number_index});
  for (auto const* clear : {"12341234", "zhang@", "19491231"})
    EXPECT_EQ(stored.find(clear), std::string::npos) << clear;
}

TEST_P(PeopleTest, RevealNeedsItsPermissionAndLeavesATrace) {
  auto const made = Make("张三", north.id, "13812341234");
  EXPECT_EQ(Call(User({"candidate.read"}, "/"), Method::kGet, "/candidates/" + made.id + "/reveal").error().code,
            ErrorCode::kForbidden);
  auto const shown =
      CallJson(User({"candidate.reveal"}, north.path), Method::kGet, "/candidates/" + made.id + "/reveal");
  ASSERT_TRUE(shown);
  EXPECT_EQ(shown->at("phone").as_string(), "+8613812341234");
  EXPECT_EQ(CountAudit("candidate.reveal"), 1);
  EXPECT_EQ(
      Call(User({"candidate.reveal"}, south.path), Method::kGet, "/candidates/" + made.id + "/reveal").error().code,
      ErrorCode::kNotFound);
  EXPECT_EQ(CountAudit("candidate.reveal"), 1) << "what was not shown is not recorded as shown";
}

TEST_P(PeopleTest, RevealAndExportNeedAPurposeThatIsKept) {
  auto const made = Make("张三", north.id, "13812341234");
  auto const hr = Hr(root.path);
  auto const reveal = "/candidates/" + made.id + "/reveal";
  with_headers.clear();
  EXPECT_EQ(Call(hr, Method::kGet, reveal).error().key, "purpose.required");
  EXPECT_EQ(Call(hr, Method::kGet, "/candidates/export").error().key, "purpose.required");
  with_headers = {{"x-bole-purpose", "curiosity"}};
  EXPECT_EQ(Call(hr, Method::kGet, reveal).error().key, "purpose.unknown");
  with_headers = {{"x-bole-purpose", "other"}};
  EXPECT_EQ(Call(hr, Method::kGet, reveal).error().key, "purpose.note_required");
  with_headers = {{"x-bole-purpose", "other;%ff"}};
  EXPECT_EQ(Call(hr, Method::kGet, reveal).error().key, "purpose.bad_note");
  EXPECT_EQ(CountAudit("candidate.reveal") + CountAudit("candidate.export"), 0);
  with_headers = {{"x-bole-purpose", "other;%E7%94%B3%E8%AF%89 7"}};
  ASSERT_TRUE(Call(hr, Method::kGet, reveal));
  auto const details = db->Read([](db::Tx& tx) {
    return *tx.Scalar<std::string>({"t", "SELECT details FROM audit_record WHERE action = 'candidate.reveal'"});
  });
  EXPECT_EQ(details, R"({"purpose":"other","purpose_note":"申诉 7"})");
}

TEST_P(PeopleTest, OpeningAFileIsRecordedOnceAMinute) {
  auto const made = Make("张三", north.id, "13812341234");
  auto const path = "/candidates/" + made.id + "/file";
  ASSERT_TRUE(Call(Hr(root.path), Method::kGet, path));
  clock.Advance(std::chrono::seconds(59));
  ASSERT_TRUE(Call(Hr(root.path), Method::kGet, path));
  EXPECT_EQ(CountAudit("candidate.read"), 1);
  auto other_session = Hr(root.path);
  other_session.session_id = "t";
  ASSERT_TRUE(Call(other_session, Method::kGet, path));
  EXPECT_EQ(CountAudit("candidate.read"), 2);
  clock.Advance(std::chrono::seconds(1));
  ASSERT_TRUE(Call(Hr(root.path), Method::kGet, path));
  EXPECT_EQ(CountAudit("candidate.read"), 3);
}

TEST_P(PeopleTest, AnotherBranchGets404ForEveryRoute) {
  auto const made = Make("张三", north.id, "13812341234");
  auto const stranger = Hr(south.path);
  for (auto const* tail : {"", "/file", "/reveal"})
    EXPECT_EQ(Call(stranger, Method::kGet, "/candidates/" + made.id + tail).error().code, ErrorCode::kNotFound) << tail;
  EXPECT_EQ(Call(stranger, Method::kPatch, "/candidates/" + made.id, R"({"version":1,"name":"x"})").error().code,
            ErrorCode::kNotFound);
  for (auto const& q : {"", "张三", "13812341234"})
    EXPECT_EQ(CallJson(stranger, Method::kGet, "/candidates", "", {{"q", q}})->at("items").as_array().size(), 0U) << q;
  EXPECT_EQ(
      CallJson(Hr(north.path), Method::kGet, "/candidates", "", {{"q", "13812341234"}})->at("items").as_array().size(),
      1U);
  auto const added =
      Call(stranger, Method::kPost, "/candidates",
           R"({"org_id":")" + north.id + R"(","name":"李四","source":"other","tags":[],"locale":"zh-CN","note":""})");
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().fields, (FieldErrors{{"/org_id", "not_found"}}));
}

TEST_P(PeopleTest, AStaleVersionIsAConflictAndLosesNothing) {
  auto const made = Make("张三", north.id, "13812341234");
  auto const path = "/candidates/" + made.id;
  ASSERT_TRUE(Call(Hr(root.path), Method::kPatch, path, R"({"version":1,"note":"first"})"));
  EXPECT_EQ(Call(Hr(root.path), Method::kPatch, path, R"({"version":1,"note":"second"})").error().key,
            "conflict.stale");
  EXPECT_EQ(CallJson(Hr(root.path), Method::kGet, path)->at("note").as_string(), "first");
  auto const after = CallJson(Hr(root.path), Method::kGet, path + "/reveal");
  EXPECT_EQ(after->at("phone").as_string(), "+8613812341234") << "a patch leaves what it does not name";
}

TEST_P(PeopleTest, OnePersonOnceInTheGroupAndOnceInABranch) {
  auto const made = Make("张三", north.id, "13812341234", "", "11010519491231002X");
  auto input = Input("张三", north.id, "13812341234");
  auto const again = api->Create(Hr(root.path), input);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().key, "candidate.duplicate");
  EXPECT_EQ(again.error().params.at("existing_id"), made.id);
  EXPECT_EQ(again.error().params.at("by"), "phone");
  auto const elsewhere = Make("张三", south.id, "13812341234");
  EXPECT_EQ(elsewhere.person_id, made.person_id);
  EXPECT_NE(elsewhere.id, made.id);
  EXPECT_EQ(elsewhere.id_number_masked, made.id_number_masked);
  // A shared family phone: another name is another person, in another branch; in the same branch it is a duplicate.
  EXPECT_NE(Make("李四", outlet.id, "13812341234").person_id, made.person_id);
  EXPECT_EQ(api->Create(Hr(root.path), Input("李四", south.id, "13812341234")).error().params.at("by"), "phone");
  auto const other = Make("王五", north.id, "13900000000");
  auto const taken = Call(Hr(root.path), Method::kPatch, "/candidates/" + other.id,
                          R"({"version":1,"id_number":"11010519491231002X"})");
  EXPECT_EQ(taken.error().key, "candidate.duplicate");
}

TEST_P(PeopleTest, SameNameAndBirthDateIsOnlyAHint) {
  auto input = Input("张三", north.id);
  input.birth_date = ParseDate("1990-01-02");
  auto const first = *api->Create(Hr(root.path), input);
  auto const second = *api->Create(Hr(root.path), input);
  EXPECT_NE(second.person_id, first.person_id);
  auto const file = CallJson(Hr(root.path), Method::kGet, "/candidates/" + second.id + "/file");
  ASSERT_TRUE(file);
  bool hinted = false;
  for (auto const& event : file->at("events").as_array())
    hinted |= event.at("kind").as_string() == "similar" && event.at("params").at("existing_id").as_string() == first.id;
  EXPECT_TRUE(hinted);
}

TEST_P(PeopleTest, ScriptAndFormulaInNamesStayData) {
  std::string const name = "<script>alert(1)</script>=HYPERLINK(\"x\")'; DROP TABLE person;--";
  auto const made = Make(name, north.id);
  EXPECT_EQ(made.name, name);
  auto const book = Call(Hr(root.path), Method::kGet, "/candidates/export");
  ASSERT_TRUE(book);
  bool found = false;
  auto const read =
      documents::ReadXlsx(std::get<std::string>(book->body), {}, [&](std::size_t, auto& cells) -> Result<> {
        for (auto const& cell : cells) found |= cell.kind == documents::CellKind::kText && cell.text == name;
        return {};
      });
  ASSERT_TRUE(read);
  EXPECT_TRUE(found) << "text, not a formula";
  EXPECT_EQ(CountAudit("candidate.export"), 1);
}

TEST_P(PeopleTest, ExportHoldsTheScope) {
  auto const inside = Make("张三", north.id), outside = Make("李四", south.id);
  auto const book = Call(Hr(north.path), Method::kGet, "/candidates/export");
  ASSERT_TRUE(book);
  std::size_t rows = 0;
  ASSERT_TRUE(documents::ReadXlsx(std::get<std::string>(book->body), {},
                                  [&](std::size_t, auto&) { return ++rows, Result<>{}; }));
  EXPECT_EQ(rows, 2U) << "the header and one candidate";
  auto const acts = [&](std::string const& id) {
    return db->Read([&](db::Tx& tx) { return audit::ActsOn(tx, {{"candidate", id}}, 10); });
  };
  EXPECT_EQ(acts(inside.id).front().action, "candidate.exported") << "whom a list names finds it in his access log";
  EXPECT_EQ(acts(outside.id).front().action, "candidate.create");
  EXPECT_EQ(Call(User({"candidate.read"}, root.path), Method::kGet, "/candidates/export").error().code,
            ErrorCode::kForbidden);
}

TEST_P(PeopleTest, BrokenFieldsAreNamed) {
  auto const bad =
      Call(Hr(root.path), Method::kPost, "/candidates",
           R"({"org_id":")" + north.id +
               R"(","name":" ","phone":"12","email":"x","id_number":"110105194912310020","source":"moon","tags":[]})");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().fields, (FieldErrors{{"/name", "required"}, {"/source", "not_allowed"}}));
  auto input = Input("x", north.id, "12", "x", "110105194912310020");
  input.job_id = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
  auto const rules = api->Create(Hr(root.path), input);
  std::vector<std::string> codes;
  for (auto const& field : rules.error().fields) codes.push_back(field.code);
  EXPECT_EQ(codes, (std::vector<std::string>{"bad_phone", "bad_email", "bad_id_number", "not_found"}));
}

TEST_P(PeopleTest, IdentityComparesTheIndexOnly) {
  auto const made = Make("张三", north.id, "", "", "11010519491231002X");
  auto const verify = [&](std::string const& text) {
    return db->Read([&](db::Tx& tx) { return api->VerifyIdNumber(tx, made.id, text); });
  };
  EXPECT_TRUE(verify("11010519491231002x").value());
  EXPECT_FALSE(verify("110101199003071233").value()) << "valid, but another one's";
  EXPECT_EQ(verify("110105194912310021").error().key, "identity.bad_id_number");
}

BOLE_STORE_SUITE(PeopleTest);

}  // namespace
}  // namespace bole::people
