#include "modules/people/people_test.hpp"

namespace bole::people {
namespace {

class SearchTest : public PeopleTest {
 protected:
  std::vector<std::string> Names(Principal const& who, http::Pairs query) {
    std::vector<std::string> out;
    for (std::string cursor;;) {
      auto with = query;
      if (!cursor.empty()) with.emplace_back("cursor", cursor);
      auto const page = CallJson(who, http::Method::kGet, "/candidates", "", with).value();
      for (auto const& item : page.at("items").as_array()) out.emplace_back(item.at("name").as_string());
      auto const* next = page.as_object().if_contains("next_cursor");
      if (!next || next->is_null()) return out;
      cursor = next->as_string();
    }
  }
};

// The chosen index must never change the answer: every way of asking agrees with a plain filter of everything.
TEST_P(SearchTest, EveryDriverAgreesWithAPlainFilter) {
  std::vector<CreateCandidate> all;
  std::string const places[] = {north.id, south.id, outlet.id, root.id};
  std::string const names[] = {"张伟", "张敏", "王伟", "Ann Smith", "smithers", "100%_x"};
  for (int i = 0; i < 60; ++i) {
    auto input = Input(names[i % 6], places[i % 4]);
    input.source = i % 3 == 0 ? Source::campus : Source::referral;
    if (i % 5 == 0) input.tags = {"重点", "a"};
    all.push_back(input);
  }
  ASSERT_TRUE(api->BulkCreate(Principal::System("test"), all));
  // Six nodes below one branch: a scope wide enough to look among the newest first.
  auto const wide = AddNode(root.id, "WIDE", org::OrgKind::branch);
  std::vector<std::string> inside{wide.id};
  for (int i = 0; i < 5; ++i) inside.push_back(AddNode(wide.id, "W" + std::to_string(i), org::OrgKind::outlet).id);
  std::vector<CreateCandidate> more;
  for (int i = 0; i < 40; ++i)
    more.push_back(Input("李" + std::to_string(i), i % 3 == 0 ? south.id : inside[static_cast<std::size_t>(i) % 6]));
  clock.Advance(std::chrono::milliseconds(1));
  ASSERT_TRUE(api->BulkCreate(Principal::System("test"), more));
  all.insert(all.end(), more.begin(), more.end());
  struct Case {
    std::string path;
    http::Pairs query;
    std::function<bool(CreateCandidate const&)> keep;
  };
  auto const in_north = [&](CreateCandidate const& c) { return c.org_id == north.id || c.org_id == outlet.id; };
  std::vector<Case> const cases{
      {root.path, {}, [](auto const&) { return true; }},
      {north.path, {}, in_north},
      {north.path, {{"source", "campus"}}, [&](auto const& c) { return in_north(c) && c.source == Source::campus; }},
      {wide.path, {}, [&](auto const& c) { return std::count(inside.begin(), inside.end(), c.org_id) > 0; }},
      {root.path, {{"source", "campus"}}, [](auto const& c) { return c.source == Source::campus; }},
      {root.path, {{"org_id", north.id}}, in_north},
      {root.path, {{"tag", "重点"}}, [](auto const& c) { return !c.tags.empty(); }},
      {north.path,
       {{"tag", "重点"}, {"source", "referral"}},
       [&](auto const& c) { return in_north(c) && !c.tags.empty() && c.source == Source::referral; }},
      {root.path, {{"q", "张"}}, [](auto const& c) { return c.name.starts_with("张"); }},
      {north.path, {{"q", "伟"}}, [&](auto const& c) { return in_north(c) && c.name.ends_with("伟"); }},
      {root.path, {{"q", "SMITH"}}, [](auto const& c) { return c.name == "Ann Smith" || c.name == "smithers"; }},
      {root.path, {{"q", "100%"}, {"tag", "a"}}, [](auto const& c) { return c.name == "100%_x" && !c.tags.empty(); }},
      {root.path, {{"q", "%"}}, [](auto const&) { return false; }}};
  for (auto const& c : cases) {
    std::vector<std::string> expected;
    for (auto at = all.rbegin(); at != all.rend(); ++at)
      if (c.keep(*at)) expected.push_back(at->name);
    auto query = c.query;
    query.emplace_back("limit", "7");
    std::string label = c.path;
    for (auto const& [name, value] : c.query) label += " " + name + "=" + value;
    EXPECT_EQ(Names(Hr(c.path), query), expected) << label;
    auto const page = CallJson(Hr(c.path), http::Method::kGet, "/candidates", "", query).value();
    EXPECT_EQ(page.at("total").as_int64(), std::ssize(expected)) << label;
  }
}

TEST_P(SearchTest, OfManyRowsOnlySomeAreTestedToBeCounted) {
  std::vector<CreateCandidate> all;
  for (int i = 0; i < 60; ++i) {
    auto input = Input("李" + std::to_string(i), i % 2 == 0 ? north.id : south.id);
    input.tags = {"重点"};
    input.source = i < 30 ? Source::campus : Source::referral;
    all.push_back(input);
  }
  ASSERT_TRUE(api->BulkCreate(Principal::System("test"), all));
  auto const list = [&](std::string const& path, std::int64_t examined) {
    store::CandidateFilter filter;
    filter.tag = "重点", filter.source = Source::referral, filter.limit = 5, filter.examined = examined;
    return db->Read([&](db::Tx& tx) { return store::Candidates(tx, Scope(Hr(path), "candidate.read"), filter); });
  };
  auto const exact = list(root.path, 61);
  EXPECT_EQ(exact.total, 30);
  EXPECT_TRUE(exact.total_exact);
  auto const some = list(root.path, 40);
  EXPECT_LT(some.total, 30);
  EXPECT_GE(some.total, 5) << "what is shown is there";
  EXPECT_FALSE(some.total_exact);
  auto const branch = list(north.path, 40);
  EXPECT_EQ(branch.total, 15) << "rows of other branches are not in the way";
  EXPECT_TRUE(branch.total_exact);
}

TEST_P(SearchTest, APageReadsAnIndexNotThePool) {
  if (GetParam() != "sqlite") GTEST_SKIP() << "asks for SQLite's plan";
  auto const plan = db->Read([&](db::Tx& tx) {
    std::string out;
    for (auto const& row :
         tx.Fetch({"test.plan",
                   "EXPLAIN QUERY PLAN SELECT c.id FROM candidate c WHERE c.org_id = 'x' AND c.id < 'z' "
                   "ORDER BY c.id DESC LIMIT 51"},
                  {}, {db::Kind::integer, db::Kind::integer, db::Kind::integer, db::Kind::text}))
      out += std::get<std::string>(row[3]) + "\n";
    return out;
  });
  EXPECT_NE(plan.find("candidate_org"), std::string::npos) << plan;
  EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << plan;
}

BOLE_STORE_SUITE(SearchTest);

}  // namespace
}  // namespace bole::people
