#include "modules/people/people_test.hpp"

// A closed unit: what is there stays readable, nothing new comes in.
namespace bole::people {
namespace {

using http::Method;

class ClosedTest : public PeopleTest {
 protected:
  void Close(org::OrgNodeView const& node) {
    org::NewChange change;
    change.kind = org::ChangeKind::close, change.node_id = node.id, change.target_id = north.id;
    ASSERT_TRUE(orgs->Change(Principal::System("test"), change));
  }
  Result<json::value> NewCandidate(org::OrgNodeView const& node, std::string const& phone) {
    return CallJson(Hr(root.path), Method::kPost, "/candidates",
                    R"({"org_id":")" + node.id + R"(","name":"张三","phone":")" + phone +
                        R"(","source":"other","locale":"zh-CN"})");
  }
};

TEST_P(ClosedTest, CandidatesStayReadableAndNoNewOnesComeIn) {
  ASSERT_TRUE(NewCandidate(outlet, "13812341234"));
  auto const preview = CallJson(User({"org.write"}, root.path), Method::kPost, "/org/changes/preview",
                                R"({"kind":"close","node_id":")" + outlet.id + R"("})");
  ASSERT_TRUE(preview);
  auto const& counted = preview->at("affected").as_array().back();
  EXPECT_EQ(counted.at("what").as_string(), "candidates");
  EXPECT_EQ(counted.at("count").as_int64(), 1);
  EXPECT_FALSE(preview->at("possible").as_bool()) << "somebody has to take over";
  Close(outlet);
  EXPECT_EQ(CallJson(Hr(north.path), Method::kGet, "/candidates")->at("items").as_array().size(), 1U);
  auto const refused = NewCandidate(outlet, "13812341235");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields.at(0).pointer, "/org_id");
  EXPECT_EQ(refused.error().fields.at(0).code, "closed_node");
}

TEST_P(ClosedTest, AnImportIntoAUnitThatClosesEnds) {
  documents::XlsxWriter book("t", FromMillis(0));
  book.AddSheet({.name = "t", .columns = {{.title = "姓名"}, {.title = "手机号"}}});
  book.AddRow({std::string("张三"), std::string("13812341234")});
  auto const workbook = book.Finish().value();
  importer = Hr(north.path);
  http::Pairs const query{{"target", "candidates"}, {"org_id", outlet.id}};
  auto const uploaded = CallJson(*importer, Method::kPost, "/imports", workbook, query);
  ASSERT_TRUE(uploaded);
  std::string const path = "/imports/" + std::string(uploaded->at("batch").at("id").as_string());
  ASSERT_TRUE(CallJson(*importer, Method::kPut, path + "/layout",
                       R"({"mapping":[{"column":"A","field":"name"}],"mode":"partial","duplicates":"skip"})"));
  Close(outlet);
  runner.RunDue();
  auto const ended = CallJson(*importer, Method::kGet, path).value().at("batch");
  EXPECT_EQ(ended.at("state").as_string(), "failed");
  EXPECT_NE(ended.at("failure").as_string().find("BJ-1"), json::string::npos) << "says which unit is closed";
  EXPECT_EQ(CallJson(*importer, Method::kPost, "/imports", workbook, query).error().key, "org.closed");
}

BOLE_STORE_SUITE(ClosedTest);

}  // namespace
}  // namespace bole::people
