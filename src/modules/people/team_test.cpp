#include "modules/identity/api.hpp"
#include "modules/people/people_test.hpp"

namespace bole::people {
namespace {

using http::Method;

// Four candidates in the north, two in the south; accounts of both branches, two of which report to a third.
class TeamTest : public PeopleTest {
 protected:
  void SetUp() override {
    PeopleTest::SetUp();
    RegisterTeams(context, *api, *accounts);
    for (auto const* name : {"worker", "colleague", "boss", "stranger"}) users[name] = Account(name);
    db->Write([&](db::Tx& tx) {
      for (auto const* name : {"worker", "colleague"})
        tx.Execute({"test.manager", "UPDATE app_user SET manager_id = ? WHERE id = ?"}, users["boss"], users[name]);
    });
    for (auto const* name : {"n1", "n2", "n3", "n4"}) ids[name] = Make(name, north.id).id;
    for (auto const* name : {"s1", "s2"}) ids[name] = Make(name, south.id).id;
  }
  std::string Account(std::string const& name) {
    return accounts
        ->CreateUser(Principal::System("test"), {name,
                                                 name,
                                                 "",
                                                 root.id,
                                                 "zh-CN",
                                                 "correct horse battery",
                                                 {{"hq_hr", root.id, std::nullopt, std::nullopt}}})
        .value()
        .id;
  }
  void Put(std::string const& candidate, std::string const& user, bool owner = false) {
    auto const sent = Call(Hr(root.path), Method::kPut, "/candidates/" + ids.at(candidate) + "/team/" + users.at(user),
                           owner ? R"({"owner":true})" : R"({"owner":false})");
    if (!sent) throw std::runtime_error(sent.error().key);
  }
  Principal Who(std::string const& user, std::vector<PermissionGrant> grants) {
    return {PrincipalKind::user, users.at(user), "s", user, std::move(grants), {}};
  }
  Principal Reads(std::string const& user, Reach reach, std::string const& path) {
    return Who(user, {{"candidate.read", path, reach}});
  }
  // Names of the list, page by page of `limit`; the total must agree and details must open.
  std::vector<std::string> Seen(Principal const& who, http::Pairs query = {}, int limit = 2) {
    std::vector<std::string> out;
    std::string cursor;
    do {
      auto page = query;
      page.emplace_back("limit", std::to_string(limit));
      if (!cursor.empty()) page.emplace_back("cursor", cursor);
      auto const list = CallJson(who, Method::kGet, "/candidates", "", page).value();
      for (auto const& item : list.at("items").as_array()) {
        out.emplace_back(item.at("name").as_string());
        EXPECT_TRUE(Call(who, Method::kGet, "/candidates/" + std::string(item.at("id").as_string())));
      }
      total = list.at("total").as_int64();
      auto const* next = list.as_object().if_contains("next_cursor");
      cursor = next && next->is_string() ? std::string(next->as_string()) : "";
    } while (!cursor.empty());
    EXPECT_EQ(total, std::ssize(out));
    std::sort(out.begin(), out.end());
    return out;
  }
  using Names = std::vector<std::string>;

  std::unique_ptr<identity::Api> accounts = identity::Register(context, *orgs, *audits);
  std::map<std::string, std::string> users, ids;
  std::int64_t total = 0;
};

TEST_P(TeamTest, EachReachShowsWhatItSays) {
  Put("n1", "worker", true), Put("n2", "worker"), Put("n3", "colleague"), Put("s1", "worker");
  EXPECT_EQ(Seen(Reads("worker", Reach::own, root.path)), (Names{"n1"}));
  EXPECT_EQ(Seen(Reads("worker", Reach::assigned, root.path)), (Names{"n1", "n2", "s1"}));
  EXPECT_EQ(Seen(Reads("worker", Reach::assigned, north.path)), (Names{"n1", "n2"})) << "only inside the grant";
  EXPECT_EQ(Seen(Reads("boss", Reach::assigned, root.path)), Names{});
  EXPECT_EQ(Seen(Reads("boss", Reach::reports, root.path)), (Names{"n1", "n2", "n3", "s1"}));
  EXPECT_EQ(Seen(Reads("stranger", Reach::reports, root.path)), Names{});
  EXPECT_EQ(Call(Reads("worker", Reach::own, root.path), Method::kGet, "/candidates/" + ids["n2"]).error().code,
            ErrorCode::kNotFound);
  EXPECT_EQ(
      Call(Reads("worker", Reach::own, root.path), Method::kGet, "/candidates/" + ids["n2"] + "/file").error().code,
      ErrorCode::kNotFound);
}

TEST_P(TeamTest, GrantsOfSeveralReachesAddUp) {
  Put("n1", "worker", true), Put("n2", "worker"), Put("s1", "worker"), Put("s2", "colleague");
  auto const who = Who("worker", {{"candidate.read", north.path, Reach::own}, {"candidate.read", south.path}});
  EXPECT_EQ(Seen(who), (Names{"n1", "s1", "s2"}));
  EXPECT_EQ(Seen(who, {{"org_id", north.id}}), (Names{"n1"}));
  EXPECT_EQ(Seen(who, {{"q", "s"}}), (Names{"s1", "s2"}));
  EXPECT_EQ(Seen(who, {{"q", "n"}}), (Names{"n1"}));
  EXPECT_EQ(Seen(who, {{"mine", "true"}}), (Names{"n1", "s1"})) << "mine is at most what one may see";
  EXPECT_EQ(Seen(Hr(root.path), {{"mine", "true"}}), Names{});
  // The same unit by two grants: the wider one counts.
  auto const wider =
      Who("worker", {{"candidate.read", north.path, Reach::own}, {"candidate.read", root.path, Reach::assigned}});
  EXPECT_EQ(Seen(wider), (Names{"n1", "n2", "s1"}));
}

TEST_P(TeamTest, EveryFilterKeepsToTheTeam) {
  auto input = Input("filtered", north.id, "13812340001");
  input.tags = {"vip"}, input.source = Source::referral;
  ids["f1"] = api->Create(Principal::System("test"), input)->id;
  input.name = "other", input.phone = "13812340002";
  (void)api->Create(Principal::System("test"), input).value();
  Put("f1", "worker");
  auto who = Reads("worker", Reach::assigned, root.path);
  who.fields = {{FieldClass::contact, FieldLevel::masked, "/"}};
  for (auto const& [name, value] : std::vector<std::pair<std::string, std::string>>{
           {"tag", "vip"}, {"source", "referral"}, {"q", "filt"}, {"q", "13812340001"}})
    EXPECT_EQ(Seen(who, {{name, value}}), (Names{"filtered"})) << value;
  EXPECT_EQ(Seen(who, {{"q", "13812340002"}}), Names{}) << "somebody else's number";
  EXPECT_EQ(Seen(who, {{"tag", "vip"}, {"source", "referral"}, {"q", "filt"}}), (Names{"filtered"}));
}

TEST_P(TeamTest, WhoAddsACandidateAnswersForIt) {
  auto const who =
      Who("worker", {{"candidate.read", north.path, Reach::own}, {"candidate.write", north.path, Reach::own}});
  EXPECT_EQ(Call(who, Method::kPatch, "/candidates/" + ids["n1"], R"({"version":1,"note":"x"})").error().code,
            ErrorCode::kNotFound);
  auto const made = CallJson(who, Method::kPost, "/candidates", ToJsonText(Input("mine", outlet.id)));
  ASSERT_TRUE(made);
  auto const path = "/candidates/" + std::string(made->at("id").as_string());
  EXPECT_TRUE(Call(who, Method::kPatch, path, R"({"version":1,"note":"x"})"));
  EXPECT_EQ(Seen(who), (Names{"mine"}));
  EXPECT_EQ(CallJson(who, Method::kPost, "/candidates", ToJsonText(Input("beyond", south.id))).error().fields,
            (FieldErrors{{"/org_id", "not_found"}}));
  // Handed over, it is his no longer.
  ASSERT_TRUE(Call(who, Method::kPut, path + "/team/" + users["colleague"], R"({"owner":true})"));
  ASSERT_TRUE(Call(who, Method::kDelete, path + "/team/" + users["worker"]));
  EXPECT_EQ(Call(who, Method::kGet, path).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Seen(Reads("colleague", Reach::own, north.path)), (Names{"mine"}));
  EXPECT_EQ(CountAudit("candidate.team_put"), 1);
  EXPECT_EQ(CountAudit("candidate.team_remove"), 1);
}

TEST_P(TeamTest, OnlyAccountsThatMaySeeCandidatesThereJoin) {
  auto const nobody = accounts
                          ->CreateUser(Principal::System("test"), {"clerk",
                                                                   "clerk",
                                                                   "",
                                                                   root.id,
                                                                   "zh-CN",
                                                                   "correct horse battery",
                                                                   {{"employee", root.id, std::nullopt, std::nullopt}}})
                          ->id;
  auto const team = "/candidates/" + ids["n1"] + "/team";
  EXPECT_EQ(Call(Hr(root.path), Method::kPut, team + "/" + nobody, R"({"owner":false})").error().key, "team.no_right");
  EXPECT_EQ(Call(Hr(root.path), Method::kPut, team + "/forged", R"({"owner":false})").error().key, "team.no_right");
  EXPECT_EQ(Call(Hr(root.path), Method::kDelete, team + "/forged").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Call(Hr(south.path), Method::kGet, team).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Call(Hr(south.path), Method::kPut, team + "/" + users["worker"], R"({"owner":false})").error().code,
            ErrorCode::kNotFound);
  Put("n1", "worker"), Put("n1", "colleague", true), Put("n1", "worker");
  auto const members = CallJson(Hr(root.path), Method::kGet, team)->at("items").as_array();
  ASSERT_EQ(members.size(), 2U);
  EXPECT_EQ(members[0].at("user_name").as_string(), "colleague") << "owners first";
  auto const offered = CallJson(Hr(north.path), Method::kGet, "/colleagues", "", {{"org_id", north.id}, {"q", "o"}});
  EXPECT_EQ(offered->at("items").as_array().size(), 3U) << "worker, colleague, boss";
  EXPECT_FALSE(Call(Hr(south.path), Method::kGet, "/colleagues", "", {{"org_id", north.id}}));
}

BOLE_STORE_SUITE(TeamTest);

}  // namespace
}  // namespace bole::people
