#include "modules/identity/sessions.hpp"

#include <algorithm>
#include <functional>

#include "base/text.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"

namespace bole::identity {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr minutes kTouchEvery{1};
constexpr std::size_t kAgentLength = 300;

bool HasEnded(store::SessionRow const& session, SecurityPolicy const& policy, Instant now) {
  return session.expires_at <= now || session.created_at + hours(policy.session_hours) <= now ||
         session.last_seen_at + minutes(policy.session_idle_minutes) <= now;
}

// Ends the sessions that were used longest ago, so that one more keeps the limit; how many.
int MakeRoom(db::Tx& tx, std::string const& user_id, SecurityPolicy const& policy, Instant now) {
  if (policy.session_limit == 0) return 0;
  auto open = store::SessionsOf(tx, user_id);
  std::erase_if(open, [&](auto const& session) { return HasEnded(session, policy, now); });
  std::ranges::stable_sort(open, std::greater{}, &store::SessionRow::last_seen_at);
  int ended = 0;
  for (auto at = static_cast<std::size_t>(policy.session_limit) - 1; at < open.size(); ++at, ++ended)
    store::DeleteSession(tx, open[at].id);
  return ended;
}

// Looking as another person shows no more than the mask, whatever that person may reveal.
void Restrain(Principal& who, store::UserRow const& actor) {
  who.read_only = true;
  who.actor_id = actor.id, who.actor_name = actor.name;
  for (auto& field : who.fields) field.level = std::min(field.level, FieldLevel::masked);
}

}  // namespace

Result<Sessions::Opened> Sessions::Open(db::Tx& tx, store::UserRow user, Device const& device,
                                        std::string const& replaced) {
  auto const now = shared_.Now();
  auto const policy = PolicyNow(tx);
  if (!replaced.empty())
    if (auto const old = store::SessionByToken(tx, crypto::Sha256Hex(replaced))) store::DeleteSession(tx, old->id);
  store::DeletePending(tx, user.id);
  store::DeleteExpired(tx, now);
  user.failed_attempts = 0;
  user.locked_until.reset();
  user.last_sign_in_at = now;
  store::SaveSignIn(tx, user);
  Opened out;
  out.ended = MakeRoom(tx, user.id, policy, now);
  out.token = crypto::RandomToken();
  auto const agent = IsValidUtf8(device.user_agent) ? device.user_agent.substr(0, kAgentLength) : std::string();
  store::SessionRow const row{NewUlid(now),
                              crypto::Sha256Hex(out.token),
                              user.id,
                              now,
                              now,
                              now + hours(policy.session_hours),
                              IsValidUtf8(agent) ? agent : std::string(),
                              device.address,
                              std::nullopt};
  tx.Insert("app_session", row);
  auto const rights = RightsOf(tx, user, row.id, now);
  json::object details{{"address", device.address}};
  if (out.ended > 0) details["ended"] = out.ended;
  shared_.audit.Record(tx, rights.who, {"session.begin", "user", user.id, user.org_id, std::move(details)});
  shared_.ForgetOnCommit(tx);
  BOLE_ASSIGN(out.view, ViewOf(tx, rights.who));
  return out;
}

std::shared_ptr<Principal const> Sessions::Recognise(std::string const& token) {
  auto const now = shared_.Now();
  auto const hash = crypto::Sha256Hex(token);
  if (auto known = shared_.memory.Find(hash, now)) return known;
  bool touch = false, steady = true;
  auto const principal = shared_.context.database.Read([&](db::Tx& tx) -> std::shared_ptr<Principal const> {
    auto const session = store::SessionByToken(tx, hash);
    if (!session || HasEnded(*session, PolicyNow(tx), now)) return nullptr;
    auto const user = store::UserById(tx, session->user_id);
    if (!user || !user->active) return nullptr;
    touch = session->last_seen_at + kTouchEvery <= now;
    auto own = RightsOf(tx, *user, session->id, now);
    steady = own.steady;
    if (session->view_as_id && MayViewAs(tx, own.who, *session->view_as_id)) {
      auto other = RightsOf(tx, *store::UserById(tx, *session->view_as_id), session->id, now);
      Restrain(other.who, *user);
      steady = steady && other.steady;
      return std::make_shared<Principal const>(std::move(other.who));
    }
    return std::make_shared<Principal const>(std::move(own.who));
  });
  if (!principal) return nullptr;
  if (touch) shared_.context.database.Write([&](db::Tx& tx) { store::Touch(tx, principal->session_id, now); });
  if (steady) shared_.memory.Keep(hash, principal, now + kRememberFor);
  return principal;
}

Result<SessionView> Sessions::ViewOf(db::Tx& tx, Principal const& who) {
  auto const user = store::UserById(tx, who.id);
  if (!user) return Fail(ErrorCode::kUnauthenticated, "session.ended");
  BOLE_ASSIGN(auto const node, shared_.org.Node(tx, Scope::Everything(), user->org_id));
  SessionView out;
  out.user = {user->id, user->user_name, user->name, user->locale, node.zone, node.id, node.name};
  for (auto const& grant : who.grants) out.permissions.push_back(grant.permission);
  std::sort(out.permissions.begin(), out.permissions.end());
  out.permissions.erase(std::unique(out.permissions.begin(), out.permissions.end()), out.permissions.end());
  for (auto const& field : who.fields) {
    FieldRights raised;
    (field.field == FieldClass::contact     ? raised.contact
     : field.field == FieldClass::id_number ? raised.id_number
                                            : raised.pay) = field.level;
    out.fields.Raise(raised);
  }
  for (auto const& grant : store::Grants(tx, user->id)) {
    auto const role = FindRole(tx, grant.role);
    if (role && StateOf(grant, shared_.Now()) == GrantState::in_force)
      out.roles.push_back({role->key, role->name_zh, role->name_en, grant.org_id, grant.org_name});
  }
  if (who.read_only) out.viewer = who.actor_name;
  return out;
}

Result<SessionView> Sessions::View(Principal const& who) {
  return shared_.context.database.Read([&](db::Tx& tx) { return ViewOf(tx, who); });
}

Result<SessionView> Sessions::SetLocale(Principal const& who, PatchSession const& input) {
  if (input.locale && *input.locale != "zh-CN" && *input.locale != "en-US") return FailField("/locale", "not_allowed");
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<SessionView> {
    if (input.locale) store::SetLocale(tx, who.id, *input.locale);
    return ViewOf(tx, who);
  });
}

Result<> Sessions::End(Principal const& who) {
  BOLE_TRY(who.by_token ? NeedsBrowser(who) : Result<>{});
  shared_.context.database.Write([&](db::Tx& tx) {
    store::DeleteSession(tx, who.session_id);
    shared_.audit.Record(tx, who, {"session.end", "user", who.id, {}, {}});
    shared_.ForgetOnCommit(tx);
  });
  return {};
}

Items<DeviceView> Sessions::List(db::Tx& tx, std::string const& user_id, std::string const& current) {
  Items<DeviceView> out;
  auto const policy = PolicyNow(tx);
  for (auto const& s : store::SessionsOf(tx, user_id))
    if (!HasEnded(s, policy, shared_.Now()))
      out.items.push_back({s.id, s.user_agent, s.address, s.created_at, s.last_seen_at, s.expires_at, s.id == current});
  return out;
}

Result<Items<DeviceView>> Sessions::Mine(Principal const& who) {
  BOLE_TRY(NeedsBrowser(who));
  return shared_.context.database.Read([&](db::Tx& tx) { return List(tx, who.id, who.session_id); });
}

Result<> Sessions::EndMine(Principal const& who, std::string const& id) {
  BOLE_TRY(NeedsBrowser(who));
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<> {
    auto const record = shared_.audit.Begin(tx, who, {"session.revoke", "user", who.id, {}, {{"session", id}}});
    if (!store::DeleteSessionOf(tx, who.id, id)) return NotFound("session");
    shared_.audit.Succeeded(tx, record);
    shared_.ForgetOnCommit(tx);
    return {};
  });
}

Result<> Sessions::EndMyOthers(Principal const& who) {
  BOLE_TRY(NeedsBrowser(who));
  shared_.context.database.Write([&](db::Tx& tx) {
    auto const ended = store::DeleteSessions(tx, who.id, who.session_id);
    shared_.audit.Record(tx, who, {"session.revoke", "user", who.id, {}, {{"count", ended}}});
    shared_.ForgetOnCommit(tx);
  });
  return {};
}

Result<Items<DeviceView>> Sessions::Of(Principal const& who, std::string const& user_id) {
  return shared_.context.database.Read([&](db::Tx& tx) -> Result<Items<DeviceView>> {
    if (!store::View(tx, Scope(who, "user.write"), user_id, shared_.Now())) return NotFound("user");
    return List(tx, user_id, who.session_id);
  });
}

Result<> Sessions::EndOf(Principal const& who, std::string const& user_id, std::string const& id) {
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<> {
    if (!store::View(tx, Scope(who, "user.write"), user_id, shared_.Now())) return NotFound("user");
    auto const record = shared_.audit.Begin(tx, who, {"session.revoke", "user", user_id, {}, {{"session", id}}});
    if (id == "all")
      store::DeleteSessions(tx, user_id, who.session_id);
    else if (!store::DeleteSessionOf(tx, user_id, id))
      return NotFound("session");
    shared_.audit.Succeeded(tx, record);
    shared_.ForgetOnCommit(tx);
    return {};
  });
}

Result<> Sessions::MayViewAs(db::Tx& tx, Principal const& who, std::string const& user_id) {
  auto const scope = Scope(who, "security.view_as");
  auto const target = store::View(tx, scope, user_id, shared_.Now());
  if (!target) return NotFound("user");
  if (!target->active || user_id == who.id) return Fail(ErrorCode::kConflict, "view_as.not_possible");
  for (auto const duty : DutiesOf(tx, user_id, shared_.Now()))
    if (duty != Duty::hr) return Fail(ErrorCode::kForbidden, "view_as.separated_duties");
  for (auto const& grant : store::Grants(tx, user_id))
    if (StateOf(grant, shared_.Now()) == GrantState::in_force && !scope.Covers(grant.org_path))
      return Fail(ErrorCode::kForbidden, "user.beyond_scope", {{"org", grant.org_name}});
  return {};
}

Result<SessionView> Sessions::BeginViewAs(Principal const& who, ViewAs const& input) {
  BOLE_TRY(NeedsBrowser(who));
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<SessionView> {
    BOLE_TRY(MayViewAs(tx, who, input.user_id));
    auto const target = *store::UserById(tx, input.user_id);
    auto const record =
        shared_.audit.Begin(tx, who, {"view_as.begin", "user", target.id, target.org_id, {{"reason", input.reason}}});
    store::SetViewAs(tx, who.session_id, target.id);
    shared_.audit.Succeeded(tx, record);
    shared_.ForgetOnCommit(tx);
    auto rights = RightsOf(tx, target, who.session_id, shared_.Now());
    Restrain(rights.who, *store::UserById(tx, who.id));
    return ViewOf(tx, rights.who);
  });
}

Result<SessionView> Sessions::EndViewAs(Principal const& who) {
  if (!who.read_only) return Fail(ErrorCode::kConflict, "view_as.not_viewing");
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<SessionView> {
    auto const actor = store::UserById(tx, who.actor_id);
    if (!actor) return Fail(ErrorCode::kUnauthenticated, "session.ended");
    shared_.audit.Record(tx, who, {"view_as.end", "user", who.id, {}, {}});
    store::SetViewAs(tx, who.session_id, std::nullopt);
    shared_.ForgetOnCommit(tx);
    return ViewOf(tx, RightsOf(tx, *actor, who.session_id, shared_.Now()).who);
  });
}

}  // namespace bole::identity
