#include "modules/identity/grant_text.hpp"
#include "modules/identity/identity_test.hpp"
#include "modules/identity/import_target.hpp"
#include "modules/imports/run_import.hpp"

namespace bole::identity {
namespace {

using http::Method;
using imports::testing::ProblemsOf;
using imports::testing::RowsOf;

TEST(GrantLines, AreReadAsTheyAreWritten) {
  for (GrantLine const& grant :
       {GrantLine{"interviewer", "BJ", {}, {}}, GrantLine{"分公司 HR", "a@b", ParseDate("2026-01-01"), {}},
        GrantLine{"x", "y", {}, ParseDate("2026-12-31")},
        GrantLine{"x", "y", ParseDate("2026-01-01"), ParseDate("2026-12-31")}})
    EXPECT_EQ(ReadGrantLine(WriteGrantLine(grant)), grant) << WriteGrantLine(grant);
  EXPECT_EQ(ReadGrantLine(" 面试官 @ BJ [ 2026-01-01 .. ] "), (GrantLine{"面试官", "BJ", ParseDate("2026-01-01"), {}}));
  for (auto const* wrong : {"", "interviewer", "@BJ", "interviewer@", "a@b[2026-01-01]", "a@b[yesterday..]"})
    EXPECT_FALSE(ReadGrantLine(wrong)) << wrong;
}

class AccountImportTest : public IdentityTest {
 protected:
  void SetUp() override {
    IdentityTest::SetUp();
    engine->Offer(*target);
    who = Who("admin");
    with_headers = {{"x-bole-purpose", "support"}};
  }
  json::value Import(std::string const& file, std::string const& duplicates = "skip", std::string org_id = "") {
    clock.Advance(std::chrono::seconds(1));
    return imports::testing::RunImport(
        [&](Method method, std::string const& path, std::string const& body, http::Pairs const& query) {
          return CallJson(who, method, path, body, query);
        },
        [&] { runner.RunDue(); }, file,
        {.target = "users", .org_id = org_id.empty() ? root.id : org_id, .duplicates = duplicates});
  }
  json::value Undo(json::value const& detail) {
    std::string const path = "/imports/" + std::string(detail.at("batch").at("id").as_string());
    EXPECT_TRUE(Call(who, Method::kPost, path + "/undo"));
    runner.RunDue();
    return CallJson(who, Method::kGet, path).value();
  }
  std::optional<UserView> Account(std::string const& user_name) {
    return db->Read([&](db::Tx& tx) -> std::optional<UserView> {
      auto const row = store::UserByName(tx, user_name);
      return row ? store::View(tx, Scope::Everything(), row->id, clock.Now()) : std::nullopt;
    });
  }
  std::string All() { return json::serialize(CallJson(Who("admin"), Method::kGet, "/users")->at("items")); }
  std::string File(i18n::Locale locale) {
    return std::get<std::string>(Call(who, Method::kGet, "/users/export", "", {{"format", "csv"}}, locale)->body);
  }
  // Under other ids: what a table can say of all accounts but the one who imports.
  std::vector<std::string> Facts() {
    std::vector<std::string> out;
    for (auto const* name : {"boss", "clerk", "closed"})
      if (auto const user = Account(name)) {
        auto text = user->user_name + "|" + user->name + "|" + user->email + "|" + user->org_id + "|" + user->locale +
                    "|" + std::to_string(user->active) + "|" + user->manager_name;
        std::set<std::string> grants;
        for (auto const& grant : user->grants)
          grants.insert(WriteGrantLine({grant.role, grant.org_id, grant.valid_from, grant.valid_until}));
        for (auto const& grant : grants) text += "|" + grant;
        out.push_back(text);
      }
    return out;
  }

  Principal who;
  bool named = false;
  std::unique_ptr<imports::Target> target =
      MakeImportTarget(context, service, [this](db::Tx&, std::string const&) { return named; });
  std::unique_ptr<imports::Api> engine = imports::Register(
      context, *audits, [this](db::Tx& tx, std::string const& user_id) { return service.RightsOf(tx, user_id); });
};

TEST_P(AccountImportTest, AccountsComeInWithoutPasswordAndGoAgain) {
  auto const view = Import(
      "用户名,姓名,所属机构编码,邮箱,直接上级,状态,授权\n"
      "Boss,王五,BJ,boss@example.com,,,\"用人经理@BJ\n面试官@SZ[2026-01-01..2026-12-31]\"\n"
      "clerk,赵六,,,boss,停用,interviewer@BJ\n");
  ASSERT_EQ(ProblemsOf(view), std::vector<std::string>{});
  EXPECT_EQ(RowsOf(view, "created"), 2);
  auto const boss = Account("boss").value();
  EXPECT_EQ(boss.org_id, branch.id);
  EXPECT_EQ(boss.locale, "zh-CN");
  ASSERT_EQ(boss.grants.size(), 2U);
  EXPECT_EQ(boss.grants[0].role, "hiring_manager");
  EXPECT_EQ(boss.grants[1].valid_until, ParseDate("2026-12-31"));
  auto const clerk = Account("clerk").value();
  EXPECT_EQ(clerk.org_id, root.id);
  EXPECT_EQ(clerk.manager_id, boss.id);
  EXPECT_FALSE(clerk.active);
  for (auto const* guess : {"", " ", "boss", "correct horse battery"})
    EXPECT_EQ(Begin("boss", guess).error().key, "session.bad_credentials") << guess;
  EXPECT_EQ(RowsOf(Undo(view), "undone"), 2);
  EXPECT_FALSE(Account("boss"));
  EXPECT_FALSE(Account("clerk"));
  EXPECT_EQ(CountAudit("user.create"), 5) << "three of the set-up";
  EXPECT_EQ(CountAudit("user.delete"), 2);
}

TEST_P(AccountImportTest, ThePasswordOfTheAdministratorLetsAnImportedAccountIn) {
  Import("用户名,姓名\nclerk,赵六\n");
  auto const clerk = Account("clerk").value();
  EXPECT_FALSE(clerk.must_change_password);
  ASSERT_TRUE(service.accounts.Patch(who, clerk.id, {.version = 1, .password = "another long password"}));
  EXPECT_EQ(Begin("clerk", "another long password")->view.step, Step::password);
}

TEST_P(AccountImportTest, WrongRowsAreExplained) {
  auto const view = Import(
      "用户名,姓名,所属机构编码,语言,直接上级,授权\n"
      "Bad Name,甲,,,,\n"
      "x,甲,,,,\n"
      "u1,甲,NOPE,,,\n"
      "u2,甲,,,nobody,\n"
      "u3,甲,,,,interviewer\n"
      "u4,甲,,,,皇帝@BJ\n"
      "u5,甲,,,,interviewer@NOPE\n"
      "u6,甲,,,,interviewer@BJ[2026-02-01..2026-01-01]\n"
      "u7,甲,,,,\"administrator@BJ\nbranch_hr@BJ\"\n"
      "u8,甲,,法语,,\n"
      "u9,甲,,,,\n"
      "U9,乙,,,,\n");
  EXPECT_EQ(ProblemsOf(view),
            (std::vector<std::string>{"2A bad_user_name", "3A too_short", "4C unknown_unit", "5E unknown_account",
                                      "6F bad_grant", "7F unknown_role", "8F outside_area", "9F before_start",
                                      "10F separated_duties", "11D not_allowed", "13A duplicate_in_file"}));
  EXPECT_EQ(RowsOf(view, "created"), 1);
}

TEST_P(AccountImportTest, ABranchImportsOnlyIntoItself) {
  Make("admin.bj", {{"administrator", branch.id}});
  auto input = Input("mighty", {{"hq_hr", root.id}});
  ASSERT_TRUE(service.CreateUser(system, input));
  input = Input("far", {});
  input.org_id = other.id;
  ASSERT_TRUE(service.CreateUser(system, input));
  who = Who("admin.bj");
  auto const view = Import(
      "用户名,姓名,所属机构编码,授权\n"
      "near,甲,BJ,interviewer@BJ\n"
      "u1,甲,SZ,\n"
      "u2,甲,,interviewer@SZ\n"
      "far,乙,,\n"
      "mighty,乙,,\n"
      "hr.bj,张三,,\"branch_hr@BJ\ninterviewer@BJ\"\n"
      "admin.bj,张三,,interviewer@BJ\n",
      "update", branch.id);
  EXPECT_EQ(ProblemsOf(view), (std::vector<std::string>{"3C unknown_unit", "4D outside_area", "5A account_elsewhere",
                                                        "6A beyond_scope", "8D own_grants"}));
  EXPECT_EQ(RowsOf(view, "created"), 1);
  EXPECT_EQ(RowsOf(view, "updated"), 1);
  EXPECT_EQ(Account("hr.bj")->grants.size(), 2U);
  EXPECT_EQ(Account("mighty")->name, "张三");
  auto const elsewhere = Import("用户名,姓名\nu5,甲\n", "skip", root.id);
  EXPECT_TRUE(elsewhere.as_object().contains("error"));
  who = Who("hr.bj");
  EXPECT_TRUE(Import("用户名,姓名\nu6,甲\n", "skip", branch.id).as_object().contains("error"));
}

TEST_P(AccountImportTest, GrantsOfACellAreAllThatRemain) {
  Make("clerk", {{"interviewer", branch.id}, {"branch_hr", branch.id, ParseDate("2020-01-01")}});
  auto const view = Import("用户名,姓名,授权\nclerk,赵六,auditor@SZ\nadmin,管理员,\n", "update");
  ASSERT_EQ(ProblemsOf(view), std::vector<std::string>{});
  auto const grants = Account("clerk")->grants;
  ASSERT_EQ(grants.size(), 2U);
  EXPECT_EQ(grants[0].state, GrantState::expired) << "history stays";
  EXPECT_EQ(grants[1].role, "auditor");
  EXPECT_EQ(CountAudit("user.revoke"), 1);
  EXPECT_EQ(CountAudit("user.grant"), 1);
  EXPECT_EQ(RowsOf(Undo(view), "undone"), 2);
  EXPECT_EQ(Account("clerk")->name, "张三");
  EXPECT_EQ(Account("admin")->name, "张三");
  auto const restored = Account("clerk").value();
  std::vector<std::string> roles;
  for (auto const& grant : restored.grants) roles.push_back(grant.role);
  std::sort(roles.begin(), roles.end());
  EXPECT_EQ(roles, (std::vector<std::string>{"branch_hr", "interviewer"}));
  auto const own = Import("用户名,姓名,状态\nadmin,张三,停用\nhr.bj,张三,启用\n", "update");
  EXPECT_EQ(ProblemsOf(own), std::vector<std::string>{"2C own_account"});
}

TEST_P(AccountImportTest, WhatWasUsedOrChangedIsNotDeleted) {
  auto const view = Import("用户名,姓名\nsigned,甲\nnew,乙\ngranted,丙\n");
  ASSERT_EQ(RowsOf(view, "created"), 3);
  db->Write([&](db::Tx& tx) {
    auto user = store::UserByName(tx, "signed").value();
    user.last_sign_in_at = clock.Now();
    store::SaveSignIn(tx, user);
  });
  ASSERT_TRUE(service.accounts.Grant(who, Account("granted")->id, {"interviewer", branch.id}));
  auto const undone = Undo(view);
  EXPECT_EQ(RowsOf(undone, "undone"), 2);
  EXPECT_EQ(ProblemsOf(undone), std::vector<std::string>{"4 kept_changed"});
  EXPECT_FALSE(Account("signed")->active);
  EXPECT_FALSE(Account("new"));
  auto const second = Import("用户名,姓名\nmember,甲\n");
  named = true;
  EXPECT_EQ(RowsOf(Undo(second), "undone"), 1);
  EXPECT_FALSE(Account("member")->active) << "a team names it";
}

// What was exported changes nothing where it came from, and is all there in an empty installation.
TEST_P(AccountImportTest, AnExportComesBackAsItWas) {
  auto const clerk = Make("clerk", {{"interviewer", branch.id, ParseDate("2026-12-31"), ParseDate("2025-01-01")}});
  Make("boss", {{"hiring_manager", root.id}, {"interviewer", other.id, {}, ParseDate("2030-01-01")}});
  Make("closed", {});
  ASSERT_TRUE(service.accounts.Patch(who, Account("closed")->id, {.version = 1, .active = false}));
  ASSERT_TRUE(service.accounts.Patch(
      who, clerk.id, {.version = 1, .email = "c@example.com", .locale = "en-US", .manager_id = Account("boss")->id}));
  CreateRole own;
  own.name_zh = "档案@柜员", own.name_en = "Files @ desk", own.permissions = {"candidate.read"};
  auto const role = service.roles.Create(system, own).value();
  ASSERT_TRUE(service.accounts.Grant(who, clerk.id, {role.key, branch.id}));
  auto const before = All();
  auto const facts = Facts();
  std::string file;
  for (auto const locale : {i18n::Locale::kZhCn, i18n::Locale::kEnUs}) {
    file = File(locale);
    auto const view = Import(file, "update");
    EXPECT_EQ(ProblemsOf(view), std::vector<std::string>{}) << file;
    EXPECT_EQ(RowsOf(view, "updated"), 6);
    EXPECT_EQ(All(), before) << "not even a version";
    EXPECT_EQ(RowsOf(Undo(view), "undone"), 6);
    EXPECT_EQ(All(), before);
  }
  db->Write([&](db::Tx& tx) {
    for (auto const* name : {"clerk", "boss", "closed"}) store::DeleteUser(tx, store::UserByName(tx, name)->id);
  });
  auto const anew = Import(file);
  EXPECT_EQ(ProblemsOf(anew), (std::vector<std::string>{"5A duplicate", "6A duplicate", "7A duplicate"}));
  EXPECT_EQ(RowsOf(anew, "created"), 3) << "managers stand above those who report to them";
  EXPECT_EQ(Facts(), facts);
}

TEST_P(AccountImportTest, AnExportNeedsAPurposeAndKeepsToTheScope) {
  Make("admin.bj", {{"administrator", branch.id}});
  auto input = Input("far", {});
  input.org_id = other.id;
  ASSERT_TRUE(service.CreateUser(system, input));
  who = Who("admin.bj");
  auto const file = File(i18n::Locale::kEnUs);
  EXPECT_NE(file.find("hr.bj"), std::string::npos);
  EXPECT_EQ(file.find("far"), std::string::npos);
  EXPECT_EQ(file.find("argon2"), std::string::npos);
  EXPECT_EQ(CountAudit("user.export"), 1);
  with_headers.clear();
  EXPECT_EQ(Call(who, Method::kGet, "/users/export").error().key, "purpose.required");
  EXPECT_FALSE(Call(Who("hr.bj"), Method::kGet, "/users/export"));
}

BOLE_STORE_SUITE(AccountImportTest);

}  // namespace
}  // namespace bole::identity
