#include "modules/imports/run_import.hpp"
#include "modules/plans/plans_test.hpp"

namespace bole::plans {
namespace {

using imports::testing::ProblemsOf;

class QuestionJobsTest : public PlansTest {
 protected:
  org::JobView Job(std::string const& org_id, std::string const& code, std::string const& name,
                   std::string const& family, std::string const& name_en = "") {
    return orgs->CreateJob(Principal::System("test"), {org_id, code, name, name_en, family, "", "", "", {}}).value();
  }
  Result<json::value> AskFor(std::string const& org_id, std::string const& code, std::string const& family,
                             std::vector<std::string> const& jobs) {
    clock.Advance(std::chrono::milliseconds(1));
    json::value const body{{"org_id", org_id},      {"code", code},     {"text_zh", "为什么？"},     {"text_en", ""},
                           {"competency", "logic"}, {"family", family}, {"job_ids", WriteJson(jobs)}};
    return CallJson(Hr(root.path), Method::kPost, "/questions", json::serialize(body));
  }
  // Codes, by how questions fit the job.
  std::vector<std::string> Fitting(Principal const& who, std::string const& job, std::string const& fit = "") {
    http::Pairs query{{"job_id", job}};
    if (!fit.empty()) query.push_back({"fit", fit});
    auto const list = CallJson(who, Method::kGet, "/questions", "", query).value();
    std::vector<std::string> out;
    for (auto const& item : list.at("items").as_array()) out.emplace_back(item.at("code").as_string());
    std::sort(out.begin(), out.end());
    return out;
  }
  using Codes = std::vector<std::string>;
};

TEST_P(QuestionJobsTest, AJobsQuestionsAreItsOwnThenItsFamilysThenGeneralOnes) {
  auto const teller = Job(root.id, "T1", "综合柜员", "teller"), chief = Job(root.id, "T2", "柜员主管", "teller");
  ASSERT_TRUE(AskFor(root.id, "A", "teller", {teller.id}));
  ASSERT_TRUE(AskFor(root.id, "B", "teller", {}));
  ASSERT_TRUE(AskFor(root.id, "C", "general", {}));
  ASSERT_TRUE(AskFor(root.id, "D", "sales", {}));
  ASSERT_TRUE(AskFor(root.id, "E", "teller", {chief.id}));
  auto const who = Hr(north.path);
  EXPECT_EQ(Fitting(who, teller.id), (Codes{"A", "B", "C"}));
  EXPECT_EQ(Fitting(who, teller.id, "named"), (Codes{"A"}));
  EXPECT_EQ(Fitting(who, teller.id, "family"), (Codes{"B"}));
  EXPECT_EQ(Fitting(who, teller.id, "general"), (Codes{"C"}));
  auto const local = Job(north.id, "N1", "方言柜员", "teller");
  EXPECT_EQ(Call(Hr(south.path), Method::kGet, "/questions", "", {{"job_id", local.id}}).error().code,
            ErrorCode::kNotFound);
}

TEST_P(QuestionJobsTest, AQuestionNamesJobsThatServeItsUnitAndItsRevisionsKeepThem) {
  auto const local = Job(north.id, "N1", "方言柜员", "teller"), teller = Job(root.id, "T1", "综合柜员", "teller");
  auto const refused = AskFor(root.id, "A", "teller", {teller.id, local.id, teller.id});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields, (FieldErrors{{"/job_ids/1", "not_found"}, {"/job_ids/2", "taken"}}))
      << "a group question would name a branch's job to the other branches";
  auto const made = AskFor(north.id, "A", "teller", {local.id, teller.id}).value();
  EXPECT_EQ(made.at("jobs").at(0).at("name").as_string(), "方言柜员");
  auto const path = "/questions/" + Id(made);
  auto const changed =
      CallJson(Hr(north.path), Method::kPatch, path, R"({"version":1,"job_ids":[")" + teller.id + R"("]})").value();
  EXPECT_EQ(changed.at("revision").as_int64(), 2);
  EXPECT_EQ(changed.at("jobs").as_array().size(), 1U);
  EXPECT_EQ(CallJson(Hr(north.path), Method::kGet, path, "", {{"revision", "1"}})->at("jobs").as_array().size(), 2U);
  EXPECT_EQ(Fitting(Hr(north.path), local.id, "named"), Codes{});
  auto const back = CallJson(Hr(north.path), Method::kPost, path + "/revisions/1/restore", R"({"version":2})");
  ASSERT_TRUE(back);
  EXPECT_EQ(Fitting(Hr(north.path), local.id, "named"), Codes{"A"});
}

TEST_P(QuestionJobsTest, TablesNameJobsByNameOrCode) {
  Job(root.id, "T1", "综合柜员", "teller"), Job(root.id, "T2", "柜员主管", "teller", "Head"),
      Job(north.id, "T3", "网点主管", "teller", "Head");
  auto const import = [&](std::string const& file) {
    clock.Advance(std::chrono::seconds(1));
    return imports::testing::RunImport(
        [&](Method method, std::string const& path, std::string const& body, http::Pairs const& query) {
          return CallJson(Hr(root.path), method, path, body, query);
        },
        [&] { runner.RunDue(); }, file, {.target = "questions", .org_id = north.id, .duplicates = "update"});
  };
  auto const view =
      import("编码,能力,题目,职位\nA,logic,为什么？,综合柜员；T3\nB,logic,为什么？,Head\nC,logic,为什么？,飞行员\n");
  EXPECT_EQ(ProblemsOf(view), (std::vector<std::string>{"3D ambiguous_job", "4D unknown_job_name"}));
  auto const made = CallJson(Hr(north.path), Method::kGet, "/questions", "", {{"q", "A"}})->at("items").at(0);
  ASSERT_EQ(made.at("jobs").as_array().size(), 2U);
  auto const file = Call(Hr(north.path), Method::kGet, "/questions/export", "", {{"format", "csv"}});
  ASSERT_TRUE(file);
  EXPECT_NE(std::get<std::string>(file->body).find("综合柜员; T3"), std::string::npos);
}

BOLE_STORE_SUITE(QuestionJobsTest);

}  // namespace
}  // namespace bole::plans
