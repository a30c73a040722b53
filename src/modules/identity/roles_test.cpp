#include "modules/identity/identity_test.hpp"

namespace bole::identity {
namespace {

using http::Method;

TEST(ShippedRoles, NameKnownPermissionsAndKeepDutiesApart) {
  EXPECT_EQ(ShippedRoles().size(), 10U);
  for (auto const& role : ShippedRoles()) {
    for (auto const& permission : role.permissions) EXPECT_TRUE(IsPermission(permission)) << role.key << permission;
    EXPECT_EQ(BrokenRule(DutiesOf(role.permissions)), "") << role.key;
    EXPECT_TRUE(role.shipped);
  }
  EXPECT_EQ(FindShipped("hq_hr")->fields.contact, FieldLevel::reveal);
  EXPECT_EQ(FindShipped("interviewer")->fields.id_number, FieldLevel::hidden);
}

class RolesTest : public IdentityTest {
 protected:
  CreateRole Assistant() {
    return {"人力助理", "HR assistant", {"candidate.read", "org.read"}, {FieldLevel::masked}, "branch_hr"};
  }
};

TEST_P(RolesTest, ARoleOfOnesOwnGivesItsRightsAndChangesAtOnce) {
  auto const role = service.roles.Create(Who("officer"), Assistant());
  ASSERT_TRUE(role);
  EXPECT_FALSE(role->shipped);
  EXPECT_EQ(role->permissions, (std::vector<std::string>{"candidate.read", "org.read"}));
  auto const user = Make("assistant", {{role->key, branch.id}});
  auto const token = SessionOf("assistant");
  EXPECT_TRUE(In(token).Can("candidate.read", branch.path));
  EXPECT_EQ(Scope(In(token), "candidate.read").Level(FieldClass::contact, branch.path), FieldLevel::masked);
  EXPECT_EQ(Scope(In(token), "candidate.read").Level(FieldClass::id_number, branch.path), FieldLevel::hidden);
  auto const changed =
      service.roles.Patch(Who("officer"), role->key,
                          {.version = 1, .permissions = std::vector<std::string>{"org.read"}, .fields = FieldRights{}});
  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->holders, 1);
  EXPECT_FALSE(In(token).Can("candidate.read"));
  EXPECT_EQ(service.roles.Patch(Who("officer"), role->key, {.version = 1, .name_zh = "x"}).error().key,
            "conflict.stale");
  EXPECT_EQ(service.roles.HoldersOf(Who("admin"), role->key)->items.at(0).user_name, "assistant");
  EXPECT_EQ(service.roles.Delete(Who("officer"), role->key).error().params.at("count"), "1");
  ASSERT_TRUE(service.accounts.Revoke(Who("admin"), user.id, user.grants[0].id));
  EXPECT_TRUE(service.roles.Delete(Who("officer"), role->key));
  EXPECT_EQ(service.roles.Patch(Who("officer"), role->key, {.version = 2}).error().code, ErrorCode::kNotFound);
}

TEST_P(RolesTest, PermissionsAboutPeopleReachAsFarAsTheRoleSays) {
  auto input = Assistant();
  input.reaches = {{"candidate.read", Reach::own}, {"org.read", Reach::subtree}};
  auto const role = service.roles.Create(Who("officer"), input).value();
  EXPECT_EQ(role.reaches, (std::vector<PermissionReach>{{"candidate.read", Reach::own}})) << "the subtree is not said";
  auto const user = Make("assistant", {{role.key, branch.id}});
  auto const who = Who("assistant");
  EXPECT_TRUE(who.Can("candidate.read"));
  EXPECT_FALSE(who.Can("candidate.read", branch.path)) << "not everything there";
  Scope const scope(who, "candidate.read");
  EXPECT_FALSE(scope.Covers(branch.path));
  EXPECT_TRUE(scope.paths().empty()) << "stores that know no team show nothing";
  EXPECT_TRUE(scope.Sees(branch.path, {{user.id}, {user.id}, {}}));
  EXPECT_FALSE(scope.Sees(branch.path, {{}, {user.id}, {}})) << "works on it, does not answer for it";
  EXPECT_FALSE(scope.Sees(other.path, {{user.id}, {user.id}, {}})) << "beyond the grant";
  EXPECT_TRUE(scope.Units().Covers(branch.path));

  auto const wider =
      service.roles.Patch(Who("officer"), role.key,
                          {.version = 1, .reaches = std::vector<PermissionReach>{{"candidate.read", Reach::reports}}});
  ASSERT_TRUE(wider);
  Scope const after(Who("assistant"), "candidate.read");
  EXPECT_TRUE(after.Sees(branch.path, {{}, {"X"}, {user.id}}));
  EXPECT_FALSE(after.Sees(branch.path, {{"X"}, {"X"}, {}}));
  // A second grant that reaches everything wins.
  ASSERT_TRUE(service.accounts.Grant(Who("admin"), user.id, {"branch_hr", branch.id}));
  EXPECT_TRUE(Scope(Who("assistant"), "candidate.read").Covers(branch.path));
}

TEST_P(RolesTest, PersonalDataIsNobodysDutyBesideTheThreeOfficers) {
  for (auto const& [power, rule] : std::map<std::string, std::string>{{"user.write", "duties.administrator_hr"},
                                                                      {"security.write", "duties.security_officer_hr"},
                                                                      {"audit.read", "duties.auditor_hr"}})
    for (auto const* handles : {"privacy.manage", "privacy.erase", "candidate.read"}) {
      auto input = Assistant();
      input.permissions = {power, handles};
      EXPECT_EQ(service.roles.Create(Who("officer"), input).error().key, rule) << handles;
    }
}

TEST_P(RolesTest, OnlyPermissionsAboutPeopleCanReachLess) {
  auto input = Assistant();
  input.reaches = {{"org.read", Reach::own}};
  EXPECT_EQ(service.roles.Create(Who("officer"), input).error().fields, (FieldErrors{{"/reaches/0", "not_allowed"}}));
  for (auto const& role : ShippedRoles())
    for (auto const& [permission, reach] : role.reaches) EXPECT_TRUE(Narrows(permission)) << role.key << permission;
}

TEST_P(RolesTest, OnlyTheSecurityOfficerOfTheGroupChangesRolesAndPolicy) {
  Make("officer.bj", {{"security_officer", branch.id}});
  EXPECT_EQ(service.roles.Create(Who("officer.bj"), Assistant()).error().key, "security.group_only");
  EXPECT_EQ(service.roles.Create(Who("admin"), Assistant()).error().key, "security.group_only");
  EXPECT_EQ(SetPolicy(service.shared, Who("admin"), GetPolicy(service.shared)).error().key, "security.group_only");
  for (auto const* path : {"/roles", "/security/policy"})
    EXPECT_EQ(
        Send(path == std::string("/roles") ? Method::kPost : Method::kPut, path, "{}", Browser(SessionOf("admin")))
            .status,
        403)
        << path;
}

TEST_P(RolesTest, ShippedRolesStayAndBadOnesAreExplained) {
  EXPECT_EQ(service.roles.Patch(Who("officer"), "hq_hr", {.version = 1, .name_zh = "x"}).error().key, "role.shipped");
  EXPECT_EQ(service.roles.Delete(Who("officer"), "hq_hr").error().key, "role.shipped");
  auto input = Assistant();
  input.permissions = {"candidate.read", "everything"};
  EXPECT_EQ(service.roles.Create(Who("officer"), input).error().fields,
            (FieldErrors{{"/permissions/1", "not_allowed"}}));
  input.permissions = {"user.write", "audit.read"};
  EXPECT_EQ(service.roles.Create(Who("officer"), input).error().key, "duties.administrator_auditor");
  ASSERT_TRUE(service.roles.Create(Who("officer"), Assistant()));
  EXPECT_EQ(service.roles.Create(Who("officer"), Assistant()).error().fields, (FieldErrors{{"/name_zh", "taken"}}));
  input = Assistant();
  input.name_zh = "面试官";
  EXPECT_EQ(service.roles.Create(Who("officer"), input).error().fields, (FieldErrors{{"/name_zh", "taken"}}))
      << "the name of a shipped role";
}

TEST_P(RolesTest, AChangedRoleMayNotJoinDutiesInAHolder) {
  auto input = Assistant();
  input.permissions = {"org.read"};
  auto const role = *service.roles.Create(Who("officer"), input);
  Make("assistant", {{role.key, branch.id}, {"auditor", branch.id}});
  auto const refused = service.roles.Patch(Who("officer"), role.key,
                                           {.version = 1, .permissions = std::vector<std::string>{"user.write"}});
  EXPECT_EQ(refused.error().key, "role.holder_duties");
  EXPECT_EQ(refused.error().params.at("user"), "assistant");
}

TEST_P(RolesTest, TheCatalogueHasNamesInBothLanguages) {
  auto const all = service.roles.Catalogue().items;
  EXPECT_EQ(all.size(), PermissionCatalogue().size());
  for (auto const& permission : all) {
    EXPECT_EQ(permission.name_zh.find("permission."), std::string::npos) << permission.key;
    EXPECT_NE(permission.name_zh, permission.name_en) << permission.key;
    EXPECT_NE(permission.group_zh, permission.group_en) << permission.group;
  }
}

// Every route of the module names a permission of the catalogue.
TEST_P(RolesTest, RoutesNameKnownPermissions) {
  for (auto const& route : routes.all())
    EXPECT_TRUE(route.doc.permission == "public" || route.doc.permission == "signed_in" ||
                IsPermission(route.doc.permission))
        << route.pattern;
}

BOLE_STORE_SUITE(RolesTest);

}  // namespace
}  // namespace bole::identity
