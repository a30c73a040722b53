#include "modules/imports/run_import.hpp"
#include "modules/plans/group_fixture.hpp"
#include "modules/plans/plans_test.hpp"

namespace bole::plans {
namespace {

using imports::testing::ProblemsOf;
using imports::testing::RowsOf;
using Strings = std::vector<std::string>;

class PlanImportTest : public PlansTest {
 protected:
  json::value Import(std::string const& file, std::string const& org_id, std::string const& duplicates = "update",
                     bool start = true) {
    clock.Advance(std::chrono::seconds(1));
    return imports::testing::RunImport(
        [&](Method method, std::string const& path, std::string const& body, http::Pairs const& query) {
          return CallJson(Hr(root.path), method, path, body, query);
        },
        [&] { runner.RunDue(); }, file,
        {.target = "plans", .org_id = org_id, .duplicates = duplicates, .start = start});
  }
  json::value Checked(std::string const& file, std::string const& org_id) {
    return Import(file, org_id, "update", false);
  }
  json::value Undo(json::value const& detail) {
    std::string const path = "/imports/" + std::string(detail.at("batch").at("id").as_string());
    EXPECT_TRUE(Call(Hr(root.path), Method::kPost, path + "/undo"));
    runner.RunDue();
    return CallJson(Hr(root.path), Method::kGet, path).value();
  }
  std::string Export(Principal const& who, i18n::Locale locale, char const* format, http::Pairs query = {}) {
    query.emplace_back("format", format);
    auto const file = Call(who, Method::kGet, "/plans/export", "", query, locale);
    if (!file) throw std::runtime_error(file.error().key);
    return std::get<std::string>(file->body);
  }
  json::array PlansOf(std::string const& org_id) {
    return CallJson(Hr(root.path), Method::kGet, "/plans", "", {{"org_id", org_id}})->at("items").as_array();
  }
  json::value OnlyPlan(std::string const& org_id) {
    auto const plans = PlansOf(org_id);
    EXPECT_EQ(plans.size(), 1U);
    return plans.at(0);
  }
  json::value Get(json::value const& plan) {
    return CallJson(Hr(root.path), Method::kGet, "/plans/" + Id(plan)).value();
  }
  static Strings Keys(json::value const& plan) {
    Strings out;
    for (auto const& stage : plan.at("document").at("stages").as_array()) out.emplace_back(stage.at("key").as_string());
    return out;
  }
  json::value Standing(PlanDocument const& document) {
    json::value const body{
        {"org_id", root.id}, {"name_zh", "标准"}, {"name_en", "Standard"}, {"document", WriteJson(document)}};
    return CallJson(Hr(root.path), Method::kPost, "/plans", json::serialize(body)).value();
  }
};

TEST_P(PlanImportTest, APlanTravelsInEveryFormatAndLanguage) {
  auto const plan = NewPlan(root.id, Id(Ask(root.id, "=Q1")));
  auto document = plan.at("document").as_object();
  auto& stage = document["stages"].as_array()[1].as_object();
  stage["title_zh"] = " 头尾有空格 ", stage["prompt_zh"] = "=1+2\n第二行", stage["question_en"] = "\"Why\", exactly?";
  stage["weight"] = 1.25, document["language"] = "en-US", document["valid_days"] = 9;
  document["dimensions"].as_array()[0].as_object()["weight"] = 12.345678;
  auto const saved = Put(plan, document).value();
  int serial = 0;
  for (auto const locale : {i18n::Locale::kZhCn, i18n::Locale::kEnUs})
    for (auto const* format : {"xlsx", "csv"}) {
      auto file = Export(Hr(root.path), locale, format);
      auto const same = Import(file, root.id);
      EXPECT_EQ(RowsOf(same, "updated"), 2) << json::serialize(same);
      EXPECT_EQ(Get(plan), saved) << "nothing differs: not even the version";
      if (std::string(format) != "csv") continue;
      auto const branch = Node(root.id, "B" + std::to_string(++serial));
      auto const heading = context.messages.Text(locale, "plan.table.unit");
      file.replace(file.find(heading), heading.size(), "-");
      auto const moved = Import(file, branch.id);
      EXPECT_EQ(RowsOf(moved, "created"), 2) << json::serialize(moved);
      auto const own = OnlyPlan(branch.id).at("document");
      for (auto const* member : {"language", "valid_days", "retention_days", "bands", "dimensions"})
        EXPECT_EQ(own.at(member), saved.at("document").at(member)) << member;
      auto expected = saved.at("document").at("stages");
      expected.as_array()[1].as_object()["title_zh"] = "头尾有空格";
      auto const& got = own.at("stages");
      EXPECT_EQ(got, expected);
      EXPECT_EQ(RowsOf(Undo(moved), "undone"), 2);
      EXPECT_TRUE(PlansOf(branch.id).empty());
    }
}

TEST_P(PlanImportTest, RowsBecomeADraftThatPublishingChecks) {
  auto const view = Import(
      "方案名称（中文）,维度权重,环节序号,题目（中文）,环节考察维度\n"
      "柜员初面,沟通表达:40；service：50,2,为什么？,service\n"
      "柜员初面,,1,你是谁？,\n",
      north.id);
  EXPECT_EQ(RowsOf(view, "created"), 2) << json::serialize(view);
  auto const plan = OnlyPlan(north.id);
  EXPECT_EQ(Keys(plan), (Strings{"n1", "n2"})) << "by number, whatever the order of the rows";
  EXPECT_EQ(plan.at("status").as_string(), "draft");
  EXPECT_FALSE(plan.as_object().contains("published_revision"));
  auto const published = Publish(plan, Hr(root.path));
  ASSERT_FALSE(published);
  ASSERT_FALSE(published.error().fields.empty()) << published.error().key;
  EXPECT_EQ(published.error().fields[0].code, "weights_not_100");
  auto const right = Import("方案名称（中文）,维度权重,环节序号\n柜员初面,communication:40;service:60%,1\n", north.id);
  EXPECT_EQ(RowsOf(right, "updated"), 1) << json::serialize(right);
  EXPECT_TRUE(Publish(OnlyPlan(north.id), Hr(root.path)));
}

TEST_P(PlanImportTest, BrokenRowsAreNamedAndMayFollow) {
  auto const view = Import(
      "方案名称（中文）,机构编码,岗位编码,维度权重,环节序号,环节标识,题库题目编码,环节考察维度,题目（中文）,面试语言\n"
      "甲,,,,1,,,,一,中文\n"
      "甲,,,,2,,NOPE,,二,\n"
      "甲,,,,3,,,飞行,三,\n"
      "甲,,,,4,,,,四,英文\n"
      "甲,,,,4,,,,五,\n"
      "甲,,,,4,,,,六,\n"
      "乙,SZ,,,1,,,,一,\n"
      "丙,,NOPE,,1,,,,一,\n"
      "丁,,,logic:x;logic:1;logic:2;飞行:3,1,,,,一,\n"
      ",,,,1,,,,一,\n"
      "戊,,,,1,坏,,,一,\n"
      "己,,,,,,,,一,\n"
      "甲,,,,41,,,,一,\n",
      north.id);
  EXPECT_EQ(ProblemsOf(view),
            (Strings{"3G unknown_question", "4H unknown_dimension_name", "5J differs_from_row", "7E duplicate_in_file",
                     "8B unknown_unit", "9C unknown_job_name", "10D bad_weight", "11A text_missing", "12F bad_key",
                     "13E required", "14E out_of_range"}));
  EXPECT_EQ(Keys(OnlyPlan(north.id)), (Strings{"n1", "n4"}));
  auto const rest = Import("方案名称（中文）,环节序号,题目（中文）\n甲,3,三\n甲,2,二\n", north.id);
  EXPECT_EQ(RowsOf(rest, "created"), 2) << json::serialize(rest);
  EXPECT_EQ(Keys(OnlyPlan(north.id)), (Strings{"n1", "n2", "n3", "n4"}));
}

TEST_P(PlanImportTest, WhatIsThereStaysWhenAskedTo) {
  auto const plan = NewPlan(north.id, Id(Ask(root.id, "Q1")));
  std::string const file =
      "方案名称（中文）,环节序号,环节标识,题目（中文）,邀请有效天数\n初面,1,introduction,不写,\n"
      "初面,2,new,新的,7\n初面,3,other,另一个,30\n";
  auto const view = Import(file, north.id, "skip");
  EXPECT_EQ(RowsOf(view, "created"), 1) << json::serialize(view);
  EXPECT_EQ(ProblemsOf(view), (Strings{"4E differs_from_row", "2B duplicate"}));
  EXPECT_EQ(Keys(Get(plan)), (Strings{"introduction", "new", "q1"}));
  EXPECT_EQ(Get(plan).at("document").at("stages").at(0), plan.at("document").at("stages").at(0));
  std::string const last = "方案名称（中文）,环节序号,环节标识,题目（中文）,邀请有效天数\n初面,3,other,另一个,30\n";
  EXPECT_EQ(ProblemsOf(Import(last, north.id, "skip", false)), (Strings{"2E plan_says_otherwise"}));
  EXPECT_EQ(RowsOf(Import(last, north.id), "created"), 1);
  EXPECT_EQ(Get(plan).at("document").at("valid_days").as_int64(), 30);
}

TEST_P(PlanImportTest, WhatHasNoColumnSurvives) {
  auto document = testing::Standard();
  document.stages[1].prompt_asset_id = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
  auto const before = Standing(document);
  auto const view = Import(
      "方案名称（中文）,维度权重,环节序号,环节标识,环节标题（中文）\n"
      "标准,诚信:30;service:30;communication:20;logic:20,2,q1,新标题\n",
      root.id);
  EXPECT_EQ(RowsOf(view, "updated"), 1) << json::serialize(view);
  testing::DimensionOf(document, "communication").weight = testing::DimensionOf(document, "logic").weight = 20;
  testing::StageIn(document, "q1").title_zh = "新标题";
  EXPECT_EQ(WriteJson(*FromJson<PlanDocument>(Get(before).at("document"))), WriteJson(document));
  EXPECT_TRUE(Get(before).at("standard").as_bool());
}

TEST_P(PlanImportTest, ADerivedPlanKeepsWhatItsStandardLocks) {
  auto const standard = Publish(Standing(testing::Standard()), Hr(root.path)).value();
  auto const derived = CallJson(Hr(root.path), Method::kPost, "/plans/" + Id(standard) + "/derive",
                                R"({"org_id":")" + north.id + R"(","name_zh":"派生","name_en":""})")
                           .value();
  auto const same = Import(Export(Hr(north.path), i18n::Locale::kZhCn, "xlsx"), north.id);
  EXPECT_EQ(RowsOf(same, "updated"), 4) << json::serialize(same);
  EXPECT_EQ(Get(derived), derived);
  auto const view = Import(
      "方案名称（中文）,环节序号,环节标识,环节标题（中文）,环节权重,作答秒数\n"
      "派生,1,intro,自己的,,\n派生,2,q1,自己的,,\n派生,3,q2,,,60\n派生,4,q3,,9,60\n"
      "派生,5,mine,自己的,50,\n",
      north.id);
  EXPECT_EQ(ProblemsOf(view),
            (Strings{"3D locked_text", "5F locked_times", "5E locked_weight", "6B locked_outweighed"}));
  EXPECT_EQ(RowsOf(view, "updated"), 2);
  auto const facts = Checked("方案名称（中文）,环节序号,环节标识,维度权重\n派生,1,intro,诚信:100\n", north.id);
  EXPECT_EQ(ProblemsOf(facts), (Strings{"2D weight_out_of_range", "2D core_removed", "2D weight_out_of_range"}));
}

TEST_P(PlanImportTest, UndoBringsBackWhatWasThere) {
  auto const draft = NewPlan(root.id, Id(Ask(root.id, "Q1")));
  std::string const file =
      "方案名称（中文）,环节序号,环节标识,环节标题（中文）\n初面,1,introduction,甲\n初面,9,more,乙\n";
  auto const changed = Import(file, root.id);
  EXPECT_EQ(Keys(Get(draft)), (Strings{"introduction", "q1", "more"}));
  EXPECT_EQ(RowsOf(Undo(changed), "undone"), 2);
  EXPECT_EQ(Get(draft).at("document"), draft.at("document"));

  auto const published = Publish(Get(draft), Hr(root.path)).value();
  auto const again = Import(file, root.id);
  EXPECT_TRUE(Get(draft).at("has_draft").as_bool());
  EXPECT_EQ(RowsOf(Undo(again), "undone"), 2);
  for (auto const* member : {"has_draft", "revision", "status", "document"})
    EXPECT_EQ(Get(draft).at(member), published.at(member)) << member;
}

TEST_P(PlanImportTest, WhatARefusedFirstRowSaysOfThePlanFollows) {
  std::string file = "方案名称（中文）,维度权重,环节序号,重答次数\n甲,communication:100,1,9\n甲,,2,1\n";
  EXPECT_EQ(ProblemsOf(Import(file, north.id)), (Strings{"2D out_of_range"}));
  EXPECT_TRUE(OnlyPlan(north.id).at("document").at("dimensions").as_array().empty());
  file.replace(file.find(",9"), 2, ",2");
  Import(file, north.id);
  EXPECT_EQ(OnlyPlan(north.id).at("document").at("dimensions").as_array().size(), 1U);
  EXPECT_EQ(Keys(OnlyPlan(north.id)), (Strings{"n1", "n2"}));
}

TEST_P(PlanImportTest, UndoKeepsWhatSomebodyChanged) {
  auto const made = Import("方案名称（中文）,环节序号,题目（中文）\n甲,1,一\n甲,2,二\n乙,1,一\n", north.id);
  EXPECT_EQ(RowsOf(made, "created"), 3) << json::serialize(made);
  json::value first;
  for (auto const& plan : PlansOf(north.id))
    if (plan.at("name_zh").as_string() == "甲") first = plan;
  auto document = first.at("document").as_object();
  document["welcome_zh"] = "欢迎";
  ASSERT_TRUE(Put(first, document));
  auto const undone = Undo(made);
  EXPECT_EQ(RowsOf(undone, "undone"), 1);
  EXPECT_EQ(ProblemsOf(undone), (Strings{"2 kept_changed", "3 kept_changed"}));
  EXPECT_EQ(Keys(OnlyPlan(north.id)), (Strings{"n1", "n2"}));
}

TEST_P(PlanImportTest, PlansOutOfReachStayAsTheyAre) {
  auto const archived = NewPlan(north.id);
  ASSERT_TRUE(Call(Hr(root.path), Method::kPost, "/plans/" + Id(archived) + "/archive"));
  std::string const file = "方案名称（中文）,环节序号,环节标题（中文）\n初面,1,别的\n";
  EXPECT_EQ(ProblemsOf(Checked(file, north.id)), (Strings{"2 archived_plan"}));
  EXPECT_EQ(
      RowsOf(Import(Export(Hr(root.path), i18n::Locale::kZhCn, "csv", {{"status", "archived"}}), north.id), "updated"),
      1)
      << "what says the same is no change";
  NewPlan(north.id), NewPlan(north.id);
  EXPECT_EQ(ProblemsOf(Checked(file, north.id)), (Strings{"2A ambiguous_plan"}));
  auto const submitted = NewPlan(south.id, Id(Ask(root.id, "Q1")));
  auto const body = json::serialize(json::value{{"version", submitted.at("version")}});
  ASSERT_TRUE(Call(Hr(root.path), Method::kPost, "/plans/" + Id(submitted) + "/submit", body));
  EXPECT_EQ(ProblemsOf(Checked(file, south.id)), (Strings{"2 submitted_plan"}));
}

TEST_P(PlanImportTest, AQuestionOfTheSameCodeStaysTheOneItWas) {
  auto const above = Ask(root.id, "Q1");
  NewPlan(north.id, Id(above));
  auto const mine = Ask(north.id, "Q1");
  auto const file = Export(Hr(root.path), i18n::Locale::kEnUs, "csv");
  EXPECT_NE(file.find("Q1@HQ"), std::string::npos);
  Import(file, north.id);
  auto const asked = [&] { return OnlyPlan(north.id).at("document").at("stages").at(1).at("question_id").as_string(); };
  EXPECT_EQ(asked(), Id(above));
  Import("方案名称（中文）,环节序号,环节标识,题库题目编码\n初面,2,q1,Q1@BJ\n", north.id);
  EXPECT_EQ(asked(), Id(mine));
}

TEST_P(PlanImportTest, AFileHoldsThePlansOfOnesUnits) {
  auto const shared = NewPlan(root.id, Id(Ask(root.id, "Q1")));
  ASSERT_TRUE(Publish(shared, Hr(root.path)));
  Import("方案名称（中文）,环节序号,题目（中文）\n北,1,一\n", north.id);
  Import("方案名称（中文）,环节序号,题目（中文）\n南,1,一\n", south.id);
  auto const file = Export(Hr(north.path), i18n::Locale::kZhCn, "csv");
  EXPECT_NE(file.find("北"), std::string::npos);
  EXPECT_EQ(file.find("南"), std::string::npos);
  EXPECT_EQ(file.find("HQ"), std::string::npos) << "what is shared from above is not one's own";
  EXPECT_FALSE(Call(User({"org.read"}, north.path), Method::kGet, "/plans/export"));
  EXPECT_FALSE(Call(Hr(north.path), Method::kGet, "/plans/export", "", {{"org_id", south.id}}));
  auto const records = db->Read([](db::Tx& tx) {
    return tx.Scalar<std::int64_t>({"test.audit", "SELECT COUNT(*) FROM audit_record WHERE action = 'plan.export'"});
  });
  EXPECT_EQ(records, 1);
}

BOLE_STORE_SUITE(PlanImportTest);

}  // namespace
}  // namespace bole::plans
