#include "modules/imports/run_import.hpp"
#include "modules/org/import_targets.hpp"

namespace bole::org {
namespace {

using http::Method;
using imports::testing::ProblemsOf;
using imports::testing::RowsOf;

class OrgImportTest : public bole::testing::ModuleTest {
 protected:
  void SetUp() override {
    db.MigrateModules({"jobs", "audit", "org", "imports"});
    auto const add = [&](std::optional<std::string> parent, std::string const& code, OrgKind kind) {
      return api->CreateNode(Principal::System("test"), {parent, code, code, code, kind, "", "Asia/Shanghai", "zh-CN"})
          .value();
    };
    root = add({}, "HQ", OrgKind::group), north = add(root.id, "BJ", OrgKind::branch);
    south = add(root.id, "SZ", OrgKind::branch);
    for (auto const& each : targets) engine->Offer(*each);
    who = User({"org.read", "org.write", "job.read", "job.write"}, north.path);
  }
  json::value Import(std::string const& target, std::string const& file, std::string const& duplicates = "skip",
                     std::string const& mode = "partial") {
    clock.Advance(std::chrono::seconds(1));
    return imports::testing::RunImport(
        [&](Method method, std::string const& path, std::string const& body, http::Pairs const& query) {
          return CallJson(who, method, path, body, query);
        },
        [&] { runner.RunDue(); }, file, {.target = target, .org_id = north.id, .mode = mode, .duplicates = duplicates});
  }
  json::value Undo(json::value const& detail) {
    std::string const path = "/imports/" + std::string(detail.at("batch").at("id").as_string());
    EXPECT_TRUE(Call(who, Method::kPost, path + "/undo"));
    runner.RunDue();
    return CallJson(who, Method::kGet, path).value();
  }
  json::array Tree() { return CallJson(who, Method::kGet, "/org/nodes").value().at("items").as_array(); }

  std::unique_ptr<audit::Api> audits = audit::Register(context);
  std::unique_ptr<Api> api = Register(context, *audits);
  std::vector<std::unique_ptr<imports::Target>> targets = MakeImportTargets(context, *api);
  Principal who;
  std::unique_ptr<imports::Api> engine =
      imports::Register(context, *audits, [this](db::Tx&, std::string const&) { return std::optional(who); });
  OrgNodeView root, north, south;
};

TEST_P(OrgImportTest, UnitsBelowUnitsOfTheSameFileComeInAndGoAgain) {
  auto const view = Import(
      "org_units",
      "机构编码,机构名称,类型,上级机构编码,时区\nBJ-1,一区,大区,,\nBJ-1-1,朝阳,网点,BJ-1,\n"
      "BJ-2,海淀,网点,SZ,\nBJ-3,东城,外星,,\nBJ-4,西城,网点,NOPE,\nBJ-5,房山,网点,,Mars/Base\nBJ-1,又一区,大区,,\n");
  EXPECT_EQ(RowsOf(view, "created"), 2);
  EXPECT_EQ(ProblemsOf(view), (std::vector<std::string>{"4D unknown_parent", "5C not_allowed", "6D unknown_parent",
                                                        "7E unknown_zone", "8A duplicate_in_file"}));
  ASSERT_EQ(Tree().size(), 3U);
  EXPECT_EQ(Tree()[2].at("zone").as_string(), "Asia/Shanghai");
  auto const undone = Undo(view);
  EXPECT_EQ(RowsOf(undone, "undone"), 2) << "what stands below goes first";
  EXPECT_EQ(Tree().size(), 1U);
}

TEST_P(OrgImportTest, KnownUnitsAreUpdatedNotMoved) {
  Import("org_units", "机构编码,机构名称,类型\nBJ-1,朝阳,网点\n");
  auto const view =
      Import("org_units", "机构编码,机构名称,类型,上级机构编码\nBJ-1,朝阳支行,网点,\nBJ,北京,分公司,BJ-1\n", "update");
  EXPECT_EQ(RowsOf(view, "updated"), 1) << json::serialize(view);
  EXPECT_EQ(ProblemsOf(view), (std::vector<std::string>{"3D not_moved"}));
  EXPECT_EQ(Tree()[1].at("name").as_string(), "朝阳支行");
  EXPECT_EQ(RowsOf(Undo(view), "undone"), 1);
  EXPECT_EQ(Tree()[1].at("name").as_string(), "朝阳");
}

TEST_P(OrgImportTest, AUnitThatIsUsedIsKept) {
  auto const units = Import("org_units", "机构编码,机构名称,类型\nBJ-1,朝阳,网点\nBJ-2,海淀,网点\n");
  auto const jobs = Import("jobs", "岗位编码,岗位名称,所属机构编码\nT1,柜员,BJ-1\n");
  EXPECT_EQ(RowsOf(jobs, "created"), 1);
  auto const undone = Undo(units);
  EXPECT_EQ(RowsOf(undone, "undone"), 1);
  EXPECT_EQ(ProblemsOf(undone), (std::vector<std::string>{"2 kept_in_use"}));
}

TEST_P(OrgImportTest, JobsAreCheckedWrittenAndTakenBack) {
  auto const view = Import("jobs",
                           "Job code,Job name,Job family,Grade,Code of its unit\nT1,Teller,teller,,\n"
                           "T2,Risk,nonsense,,\nT3,Sales,Sales,P99,\nT4,Ops,,,SZ\n");
  EXPECT_EQ(RowsOf(view, "created"), 1);
  EXPECT_EQ(ProblemsOf(view), (std::vector<std::string>{"3C not_allowed", "4D unknown_grade", "5E unknown_unit"}));
  auto const update = Import("jobs", "Job code,Job name\nT1,Senior teller\n", "update");
  EXPECT_EQ(RowsOf(update, "updated"), 1);
  EXPECT_EQ(RowsOf(Undo(update), "undone"), 1);
  auto const jobs = CallJson(who, Method::kGet, "/jobs").value();
  EXPECT_EQ(jobs.at("items").at(0).at("name").as_string(), "Teller");
}

TEST_P(OrgImportTest, PositionsNeedAJobThatServesTheirUnit) {
  Import("jobs", "岗位编码,岗位名称\nT1,柜员\n");
  auto const view =
      Import("positions",
             "编制编码,编制名称,岗位编码,编制人数,生效日期,失效日期\nP1,柜员岗,T1,3,2026-01-01,\n"
             "P2,柜员岗,NOPE,3,2026-01-01,\nP3,柜员岗,T1,-1,2026-01-01,\nP4,柜员岗,T1,1,2026-01-02,2026-01-01\n");
  EXPECT_EQ(RowsOf(view, "created"), 1);
  EXPECT_EQ(ProblemsOf(view), (std::vector<std::string>{"3C not_found", "4D out_of_range", "5F before_start"}));
  auto const update =
      Import("positions", "编制编码,编制名称,岗位编码,编制人数,生效日期\nP1,柜员岗,T1,5,2026-01-01\n", "update");
  EXPECT_EQ(RowsOf(update, "updated"), 1);
  EXPECT_EQ(RowsOf(Undo(update), "undone"), 1);
  auto const now = CallJson(who, Method::kGet, "/positions").value().at("items").at(0);
  EXPECT_EQ(now.at("headcount").as_int64(), 3);
  auto const other = Import("positions", "编制编码,编制名称,岗位编码,生效日期\nP9,柜员岗,T1,2026-01-01\n");
  EXPECT_EQ(RowsOf(Undo(other), "undone"), 1);
}

TEST_P(OrgImportTest, WhatIsExportedCanBeImportedAgain) {
  Import("org_units", "机构编码,机构名称,类型,城市\n0010,朝阳,网点,北京\n");
  Import("jobs", "岗位编码,岗位名称,岗位族,岗位职责\nT1,柜员,柜员,\"=1+1\n第二行\"\n");
  Import("positions", "编制编码,编制名称,岗位编码,生效日期\nP1,柜员岗,T1,2026-01-01\n");
  for (auto const* format : {"xlsx", "csv"}) {
    for (auto const& [path, target] : {std::pair("/org/nodes/export", "org_units"), std::pair("/jobs/export", "jobs"),
                                       std::pair("/positions/export", "positions")}) {
      auto const file = Call(who, Method::kGet, path, "", {{"format", format}}, i18n::Locale::kZhCn);
      ASSERT_TRUE(file);
      auto const again = Import(target, std::get<std::string>(file->body), "update");
      EXPECT_TRUE(again.at("problems").as_array().empty()) << json::serialize(again);
      EXPECT_EQ(RowsOf(again, "failed"), 0);
      EXPECT_EQ(RowsOf(again, "created"), 0) << "the zeros of 0010 stay";
    }
  }
  auto const jobs = CallJson(who, Method::kGet, "/jobs").value();
  EXPECT_EQ(jobs.at("items").at(0).at("duties").as_string(), "=1+1\n第二行");
}

TEST_P(OrgImportTest, FamiliesOfOneNameAreToldApart) {
  auto const hr = User({"org.read", "job.read", "job.write"}, root.path);
  auto const put = [&](char const* key, int version, char const* state) {
    json::value const body{
        {"version", version}, {"name_zh", "焊工"}, {"name_en", "Welder"}, {"rank", 900}, {"state", state}};
    ASSERT_TRUE(Call(hr, Method::kPut, std::string("/job-families/") + key, json::serialize(body))) << key;
  };
  put("a_welder", 0, "active");
  Import("jobs", "岗位编码,岗位名称,岗位族\nT1,焊工,焊工\n");
  put("a_welder", 1, "archived");
  put("welder", 0, "active");
  EXPECT_EQ(RowsOf(Import("jobs", "岗位编码,岗位名称,岗位族\nT2,焊工,焊工\n"), "created"), 1);
  auto const families = [&] {
    std::map<std::string, std::string> out;
    auto const list = CallJson(who, Method::kGet, "/jobs").value();
    for (auto const& job : list.at("items").as_array())
      out[std::string(job.at("code").as_string())] = job.at("family").as_string();
    return out;
  };
  std::map<std::string, std::string> const before{{"T1", "a_welder"}, {"T2", "welder"}};
  EXPECT_EQ(families(), before) << "a name means the family in use";
  for (auto const locale : {i18n::Locale::kZhCn, i18n::Locale::kEnUs}) {
    auto const file = Call(who, Method::kGet, "/jobs/export", "", {{"format", "csv"}}, locale);
    ASSERT_TRUE(file);
    auto const again = Import("jobs", std::get<std::string>(file->body), "update");
    EXPECT_TRUE(again.at("problems").as_array().empty()) << json::serialize(again);
    EXPECT_EQ(families(), before);
  }
  auto const offered = db->Read([&](db::Tx& tx) { return targets.at(1)->Columns(tx, north.id); }).at(3).choices;
  auto const retired = std::count_if(offered.begin(), offered.end(), [](auto const& c) { return c.retired; });
  EXPECT_EQ(retired, 1) << "templates leave it out";
}

BOLE_STORE_SUITE(OrgImportTest);

}  // namespace
}  // namespace bole::org
