#include "modules/imports/run_import.hpp"
#include "modules/org/calendar_store.hpp"
#include "modules/org/import_targets.hpp"
#include "modules/org/library_store.hpp"

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
  EXPECT_EQ(RowsOf(Import("jobs", "岗位编码,岗位名称,岗位族\nT2,焊工二,焊工\n"), "created"), 1);
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

// What was exported changes nothing where it came from, and is all there in an empty installation.
TEST_P(OrgImportTest, AnExportOfJobsComesBackAsItWas) {
  auto const system = Principal::System("test");
  std::vector<CompetencyWeight> const model{
      {"service", "服务|意识", "Service", 60.5, 4, {{4, "多\n行", "more | less"}}}, {"risk", "风险", "", 39.5, 3, {}}};
  ASSERT_TRUE(api->PutGrade(system, "P1", {0, "一级", "", 1, JobStatus::active}));
  auto const job =
      api->CreateJob(system, {north.id, "T1", "柜员", "Teller", "teller", "P1", "第一行\n第二行", "细心", model});
  ASSERT_TRUE(job);
  ASSERT_TRUE(
      api->CreateJob(system, {north.id, "T2", "旧岗", "", "general", "", "", "", model, {}, JobStatus::archived}));
  auto const jobs = [&] { return json::serialize(CallJson(who, Method::kGet, "/jobs")->at("items")); };
  auto const before = jobs();
  for (auto const locale : {i18n::Locale::kZhCn, i18n::Locale::kEnUs}) {
    auto const file = Call(who, Method::kGet, "/jobs/export", "", {{"format", "csv"}}, locale);
    ASSERT_TRUE(file);
    auto const view = Import("jobs", std::get<std::string>(file->body), "update");
    EXPECT_EQ(ProblemsOf(view), std::vector<std::string>{});
    EXPECT_EQ(jobs(), before) << "not even a version";
    EXPECT_EQ(RowsOf(Undo(view), "undone"), 2);
    EXPECT_EQ(jobs(), before);

    db->Write([&](db::Tx& tx) {
      for (auto const& each : store::Jobs(tx, Scope::Everything(), {}).items) store::DeleteJob(tx, each.id);
    });
    EXPECT_EQ(RowsOf(Import("jobs", std::get<std::string>(file->body)), "created"), 2);
    auto const anew = CallJson(who, Method::kGet, "/jobs")->at("items").as_array();
    ASSERT_EQ(anew.size(), 2U);
    auto const was = ParseJson(before)->as_array();
    for (auto const& one : was)
      for (auto const& other : anew) {
        if (one.at("code") != other.at("code")) continue;
        for (auto const* member :
             {"org_id", "name", "name_en", "family", "grade", "duties", "requirements", "competencies", "status"})
          EXPECT_EQ(one.at(member), other.at(member)) << member;
      }
    for (auto const& other : anew) {  // the next language starts from what was
      auto view_of = FromJson<JobView>(other).value();
      for (auto const& one : was)
        if (one.at("code") == other.at("code")) {
          db->Write([&](db::Tx& tx) {
            store::DeleteJob(tx, view_of.id);
            store::Insert(tx, FromJson<JobView>(one).value());
          });
        }
    }
  }
}

TEST_P(OrgImportTest, AnExportOfUnitsComesBackAsItWas) {
  auto const system = Principal::System("test");
  NewChange named;
  named.node_id = north.id, named.facts.emplace().city = "北京";
  ASSERT_TRUE(api->Change(system, named));
  auto const closed =
      api->CreateNode(system, {north.id, "OLD", "旧行", "", OrgKind::outlet, "", "Asia/Shanghai", "zh-CN"});
  NewChange close;
  close.kind = ChangeKind::close, close.node_id = closed->id;
  ASSERT_TRUE(api->Change(system, close));
  who = User({"org.read", "org.write", "job.read", "job.write"}, root.path);
  auto const before = json::serialize(Tree());
  for (auto const locale : {i18n::Locale::kZhCn, i18n::Locale::kEnUs}) {
    auto const file = Call(who, Method::kGet, "/org/nodes/export", "", {{"format", "csv"}}, locale);
    ASSERT_TRUE(file);
    auto const view =
        imports::testing::RunImport([&](Method method, std::string const& path, std::string const& body,
                                        http::Pairs const& query) { return CallJson(who, method, path, body, query); },
                                    [&] { runner.RunDue(); }, std::get<std::string>(file->body),
                                    {.target = "org_units", .org_id = root.id, .duplicates = "update"});
    EXPECT_EQ(ProblemsOf(view), std::vector<std::string>{});
    EXPECT_EQ(json::serialize(Tree()), before) << "not even a version";
    clock.Advance(std::chrono::seconds(1));
  }
  auto const wrong =
      Import("org_units", "机构编码,机构名称,类型,状态\nSZ-9,新行,网点,已关闭\nBJ-9,二号,集团,\nBJ-7,三号,网点,\n");
  EXPECT_EQ(ProblemsOf(wrong), (std::vector<std::string>{"2D state_stays", "3C not_allowed"}));
}

TEST_P(OrgImportTest, TheLibraryOfTheGroupComesBackAsItWas) {
  who = User({"org.read", "org.write", "job.read", "job.write"}, root.path);
  ASSERT_TRUE(api->CatchUp());
  ASSERT_TRUE(api->PutGrade(who, "P1", {0, "一级", "Grade 1", 1, JobStatus::active}));
  ASSERT_TRUE(api->PutGrade(who, "P0", {0, "旧级", "", 0, JobStatus::archived}));
  auto const import_at_root = [&](std::string const& target, std::string const& file) {
    clock.Advance(std::chrono::seconds(1));
    return imports::testing::RunImport(
        [&](Method method, std::string const& path, std::string const& body, http::Pairs const& query) {
          return CallJson(who, method, path, body, query);
        },
        [&] { runner.RunDue(); }, file, {.target = target, .org_id = root.id, .duplicates = "update"});
  };
  auto const all = [&](std::string const& path) {
    return json::serialize(CallJson(who, Method::kGet, path)->at("items"));
  };
  auto const days = [&] {
    std::string out;
    auto const calendars = CallJson(who, Method::kGet, "/org/calendars")->at("items").as_array();
    for (auto const& calendar : calendars)
      out +=
          json::serialize(*CallJson(who, Method::kGet, "/org/calendars/" + std::string(calendar.at("id").as_string())));
    return out;
  };
  for (auto const& [target, path] : {std::pair<std::string, std::string>{"grades", "/grades"},
                                     {"job_families", "/job-families"},
                                     {"competencies", "/competencies"},
                                     {"calendars", "/org/calendars"}}) {
    for (auto const locale : {i18n::Locale::kZhCn, i18n::Locale::kEnUs}) {
      auto const before = all(path) + days();
      auto const file = Call(who, Method::kGet, path + "/export", "", {{"format", "csv"}}, locale);
      ASSERT_TRUE(file) << path;
      auto const view = import_at_root(target, std::get<std::string>(file->body));
      ASSERT_TRUE(view.as_object().contains("problems")) << json::serialize(view);
      EXPECT_EQ(ProblemsOf(view), std::vector<std::string>{}) << path;
      EXPECT_GT(RowsOf(view, "updated"), 0) << path;
      EXPECT_EQ(all(path) + days(), before) << path << ": not even a version";
    }
  }
  auto const made = import_at_root("grades", "编码,中文名称,顺序\nP2,二级,2\nP!,三级,3\nP1,壹级,1\n");
  ASSERT_TRUE(made.as_object().contains("problems")) << json::serialize(made);
  EXPECT_EQ(ProblemsOf(made), std::vector<std::string>{"3A bad_key"});
  EXPECT_EQ(RowsOf(Undo(made), "undone"), 2);
  auto const grades = CallJson(who, Method::kGet, "/grades")->at("items").as_array();
  EXPECT_EQ(grades.at(1).at("name_zh").as_string(), "一级");
  EXPECT_EQ(grades.at(2).at("state").as_string(), "archived") << "taken out of use, never deleted";

  auto const calendar =
      import_at_root("calendars",
                     "日历编码,日期,类型,中文名称,日历中文名称,每周休息日\nXX,2026-10-01,休息,国庆节,试点,7\n"
                     "XX,2026-10-10,上班,调休,,\nYY,2026-10-10,上班,,,\nXX,2026-10-01,半天,,,\n");
  ASSERT_TRUE(calendar.as_object().contains("problems")) << json::serialize(calendar);
  EXPECT_EQ(ProblemsOf(calendar), (std::vector<std::string>{"4A unknown_calendar", "5B duplicate_in_file"}));
  auto const count = [&] {
    return db->Read([&](db::Tx& tx) {
      auto const id = store::CalendarByCode(tx, "XX")->id;
      return store::Calendar(tx, Scope::Everything(), id)->days.size();
    });
  };
  EXPECT_EQ(count(), 2U);
  EXPECT_EQ(RowsOf(Undo(calendar), "undone"), 2);
  EXPECT_FALSE(db->Read([&](db::Tx& tx) { return store::CalendarByCode(tx, "XX"); })) << "the calendar goes as well";

  auto const used =
      import_at_root("calendars", "日历编码,日期,类型,日历中文名称\nUU,2026-10-01,休息,试点\nUU,2026-10-02,休息,\n");
  auto const id = db->Read([&](db::Tx& tx) { return store::CalendarByCode(tx, "UU")->id; });
  json::object const use{{"kind", "update"}, {"node_id", north.id}, {"facts", {{"calendar_id", id}}}};
  ASSERT_TRUE(CallJson(who, Method::kPost, "/org/changes", json::serialize(use)));
  auto const kept = Undo(used);
  EXPECT_EQ(RowsOf(kept, "undone"), 1);
  EXPECT_EQ(ProblemsOf(kept), std::vector<std::string>{"2 kept_in_use"});
  who = User({"org.read", "org.write", "job.read", "job.write"}, north.path);
  auto const branch = Import("grades", "编码,中文名称,顺序\nP7,七级,7\n");
  EXPECT_TRUE(branch.as_object().contains("error")) << "kept at the group";
}

BOLE_STORE_SUITE(OrgImportTest);

}  // namespace
}  // namespace bole::org
