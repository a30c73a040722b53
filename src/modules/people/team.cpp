#include "modules/people/team.hpp"

#include <algorithm>

#include "modules/identity/api.hpp"
#include "modules/people/service.hpp"
#include "platform/app/context.hpp"
#include "platform/http/routes.hpp"

// Who works on a candidate: for roles that reach less than a subtree, and for everybody's "mine".
namespace bole::people {
namespace store {

std::vector<MemberRow> Members(db::Tx& tx, std::string const& candidate_id) {
  return tx.Select<MemberRow>({"people.team", "SELECT " + db::Columns<MemberRow>() +
                                                  " FROM candidate_member WHERE candidate_id = ? "
                                                  "ORDER BY owner DESC, since, user_id"},
                              candidate_id);
}

bool PutMember(db::Tx& tx, MemberRow const& row) {
  auto const known = tx.One<MemberRow>({"people.team_member", "SELECT " + db::Columns<MemberRow>() +
                                                                  " FROM candidate_member WHERE user_id = ? AND "
                                                                  "candidate_id = ?"},
                                       row.user_id, row.candidate_id);
  if (!known) return tx.Insert("candidate_member", row), true;
  if (known->owner == row.owner) return false;
  tx.Execute({"people.team_owner", "UPDATE candidate_member SET owner = ? WHERE user_id = ? AND candidate_id = ?"},
             row.owner, row.user_id, row.candidate_id);
  return true;
}

bool IsMember(db::Tx& tx, std::string const& user_id) {
  return tx
      .Scalar<std::string>({"people.team_of_user", "SELECT user_id FROM candidate_member WHERE user_id = ? LIMIT 1"},
                           user_id)
      .has_value();
}

bool RemoveMember(db::Tx& tx, std::string const& candidate_id, std::string const& user_id) {
  return tx.Execute({"people.team_remove", "DELETE FROM candidate_member WHERE user_id = ? AND candidate_id = ?"},
                    user_id, candidate_id) > 0;
}

}  // namespace store

namespace {

constexpr std::size_t kMaxTeam = 50;
constexpr std::size_t kMaxColleagues = 50;

FileEvent Event(Instant at, std::string const& kind, std::string const& name) {
  return {at, kind, "candidate.event." + kind, {{"name", name}}, {}};
}

}  // namespace

db::Team TeamOfCandidate(std::string candidate_column) {
  return {std::move(candidate_column), "candidate_member", "candidate_id"};
}

RecordTeam Service::TeamOf(db::Tx& tx, std::string const& candidate_id) {
  RecordTeam out;
  for (auto const& row : store::Members(tx, candidate_id)) {
    out.members.push_back(row.user_id);
    if (row.owner) out.owners.push_back(row.user_id);
  }
  if (identity_ != nullptr) out.managers = identity_->ManagersOf(tx, out.members);
  return out;
}

Result<Items<TeamMember>> Service::Team(Principal const& who, std::string const& id) {
  return context_.database.Read([&](db::Tx& tx) -> Result<Items<TeamMember>> {
    BOLE_TRY(Find(tx, Scope(who, "candidate.read"), id));
    return Members(tx, id);
  });
}

Items<TeamMember> Service::Members(db::Tx& tx, std::string const& id) {
  Items<TeamMember> out;
  auto const rows = store::Members(tx, id);
  std::vector<std::string> ids;
  for (auto const& row : rows) ids.push_back(row.user_id);
  auto const names = identity_->Named(tx, ids);
  for (auto const& row : rows)
    if (auto const found =
            std::find_if(names.begin(), names.end(), [&](auto const& name) { return name.id == row.user_id; });
        found != names.end())
      out.items.push_back({found->id, found->user_name, found->name, row.owner, row.since});
  return out;
}

Result<> Service::AddToTeam(db::Tx& tx, CandidateView const& candidate, std::string const& user_id) {
  auto const members = store::Members(tx, candidate.id);
  bool const known =
      std::any_of(members.begin(), members.end(), [&](auto const& member) { return member.user_id == user_id; });
  return known ? Result<>() : PutInTeam(tx, candidate, user_id, false);
}

Result<> Service::PutInTeam(db::Tx& tx, CandidateView const& candidate, std::string const& user_id, bool owner) {
  BOLE_ASSIGN(auto const node, org_.Node(tx, Scope::Everything(), candidate.org_id));
  auto const colleagues = identity_->Colleagues(tx, "candidate.read", node.path, "");
  auto const found =
      std::find_if(colleagues.begin(), colleagues.end(), [&](auto const& each) { return each.id == user_id; });
  if (found == colleagues.end()) return Fail(ErrorCode::kNotFound, "team.no_right", {{"org", node.name}});
  auto const now = context_.clock.Now();
  if (store::PutMember(tx, {user_id, candidate.id, owner, now}))
    store::AddEvent(tx, candidate.id, Event(now, owner ? "team_owner" : "team_member", found->name));
  if (store::Members(tx, candidate.id).size() > kMaxTeam)
    return Fail(ErrorCode::kTooLarge, "team.full", {{"limit", std::to_string(kMaxTeam)}});
  return {};
}

Result<Items<TeamMember>> Service::PutMember(Principal const& who, std::string const& id, std::string const& user_id,
                                             PutTeamMember const& input) {
  return context_.database.Write([&](db::Tx& tx) -> Result<Items<TeamMember>> {
    BOLE_ASSIGN(auto const candidate, Find(tx, Scope(who, "candidate.write"), id));
    auto const record = audit_.Begin(
        tx, who,
        {"candidate.team_put", "candidate", id, candidate.org_id, {{"user", user_id}, {"owner", input.owner}}});
    BOLE_TRY(PutInTeam(tx, candidate, user_id, input.owner));
    audit_.Succeeded(tx, record);
    return Members(tx, id);
  });
}

Result<Items<TeamMember>> Service::RemoveMember(Principal const& who, std::string const& id,
                                                std::string const& user_id) {
  return context_.database.Write([&](db::Tx& tx) -> Result<Items<TeamMember>> {
    BOLE_ASSIGN(auto const candidate, Find(tx, Scope(who, "candidate.write"), id));
    auto const record =
        audit_.Begin(tx, who, {"candidate.team_remove", "candidate", id, candidate.org_id, {{"user", user_id}}});
    if (!store::RemoveMember(tx, id, user_id)) return NotFound("team_member");
    auto const names = identity_->Named(tx, {user_id});
    store::AddEvent(tx, id, Event(context_.clock.Now(), "team_removed", names.empty() ? "" : names[0].name));
    audit_.Succeeded(tx, record);
    return Members(tx, id);
  });
}

Result<Items<identity::Colleague>> Service::Colleagues(Principal const& who, ColleagueQuery const& query) {
  return context_.database.Read([&](db::Tx& tx) -> Result<Items<identity::Colleague>> {
    BOLE_ASSIGN(auto const node, org_.Node(tx, Scope(who, "candidate.read").Units(), query.org_id));
    Items<identity::Colleague> out{identity_->Colleagues(tx, "candidate.read", node.path, query.q.value_or(""))};
    if (out.items.size() > kMaxColleagues) out.items.resize(kMaxColleagues);
    return out;
  });
}

void RegisterTeamRoutes(http::Routes& routes, Service& service) {
  using http::Request;
  auto const doc = [](char const* permission, char const* summary) {
    return http::RouteDoc{.permission = permission, .tag = "candidates", .summary = summary};
  };
  routes.Get<Items<TeamMember>>("/candidates/{id}/team", doc("candidate.read", "Who works on a candidate"),
                                [&](Request const& r) { return service.Team(r.who(), r.Param("id")); });
  routes.Put<PutTeamMember, Items<TeamMember>>(
      "/candidates/{id}/team/{user_id}", doc("candidate.write", "Put somebody on a candidate, or make him its owner"),
      [&](Request const& r, PutTeamMember const& in) {
        return service.PutMember(r.who(), r.Param("id"), r.Param("user_id"), in);
      });
  routes.Delete<Items<TeamMember>>(
      "/candidates/{id}/team/{user_id}", doc("candidate.write", "Take somebody off a candidate"),
      [&](Request const& r) { return service.RemoveMember(r.who(), r.Param("id"), r.Param("user_id")); });
  routes.Get<ColleagueQuery, Items<identity::Colleague>>(
      "/colleagues", doc("candidate.read", "Who may be put on candidates of a unit; at most 50"),
      [&](Request const& r, ColleagueQuery const& q) { return service.Colleagues(r.who(), q); });
}

}  // namespace bole::people
