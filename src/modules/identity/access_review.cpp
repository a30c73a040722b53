#include "modules/identity/access_review.hpp"

#include <algorithm>

#include "modules/identity/session_store.hpp"

namespace bole::identity {
namespace {

AccessPath PathOf(store::GrantPathRow const& grant, RoleView const& role) {
  return {grant.id,          role.key,         role.name_zh,     role.name_en, grant.org_id, grant.org_name,
          grant.valid_until, grant.valid_from, role.permissions, role.fields,  role.reaches};
}

bool Has(std::vector<std::string> const& permissions, std::string_view wanted) {
  return std::find(permissions.begin(), permissions.end(), wanted) != permissions.end();
}

}  // namespace

AccessReview::AccessReview(Shared& shared) : shared_(shared) {
  FindSubjects("org_node", [this](db::Tx& tx, std::string const& id) -> std::optional<Subject> {
    if (auto const node = shared_.org.Node(tx, Scope::Everything(), id)) return Subject{node->id, "org.read"};
    return std::nullopt;
  });
}

Result<AccessView> AccessReview::Of(Principal const& who, AccessQuery const& query) {
  auto const finder = finders_.find(query.kind);
  if (finder == finders_.end()) return FailField("/kind", "not_allowed");
  return shared_.context.database.Read([&](db::Tx& tx) -> Result<AccessView> {
    auto const subject = finder->second(tx, query.id);
    if (!subject) return NotFound("subject");
    auto const node = shared_.org.Node(tx, Scope(who, "user.read"), subject->org_id);
    if (!node) return NotFound("subject");
    auto const now = shared_.Now();
    AccessView out{query.kind, query.id, node->id, node->name, subject->permission, {}};
    for (auto const& grant : store::GrantsCovering(tx, node->path)) {
      if (StateOf(grant, now) != GrantState::in_force) continue;
      auto const role = FindRole(tx, grant.role);
      auto const user = role ? store::UserById(tx, grant.user_id) : std::nullopt;
      if (!user || !user->active) continue;
      auto const reaches = [&](std::string const& permission) {
        return Reaches(ReachOf(role->reaches, permission), user->id, subject->team);
      };
      if (std::none_of(role->permissions.begin(), role->permissions.end(), reaches)) continue;
      if (out.people.empty() || out.people.back().user_id != user->id)
        out.people.push_back({user->id, user->user_name, user->name, {}, {}, {}, {}});
      auto& person = out.people.back();
      person.through.push_back(PathOf(grant, *role));
      person.fields.Raise(role->fields);
      for (auto const& permission : role->permissions)
        if (reaches(permission) && !Has(person.permissions, permission)) person.permissions.push_back(permission);
    }
    auto const sees = [&](std::vector<std::string> const& permissions) {
      return Has(permissions, subject->permission) ||
             std::any_of(subject->others.begin(), subject->others.end(),
                         [&](auto const& other) { return Has(permissions, other); });
    };
    std::erase_if(out.people, [&](auto const& person) { return !sees(person.permissions); });
    for (auto& person : out.people)
      for (auto const& token : store::TokensOf(tx, person.user_id))
        if (token.expires_at > now && sees(token.permissions.value)) person.tokens.push_back(token.name);
    return out;
  });
}

Result<UserAccess> AccessReview::OfUser(Principal const& who, std::string const& user_id) {
  return shared_.context.database.Read([&](db::Tx& tx) -> Result<UserAccess> {
    auto const user = store::View(tx, Scope(who, "user.read"), user_id, shared_.Now());
    if (!user) return NotFound("user");
    UserAccess out{user->id, user->user_name, user->name, user->active, DutiesOf(tx, user_id, shared_.Now()), {}, {}};
    for (auto const& grant : store::Grants(tx, user_id)) {
      auto const role = FindRole(tx, grant.role);
      auto const state = StateOf(grant, shared_.Now());
      if (role && state == GrantState::in_force)
        out.grants.push_back(PathOf(grant, *role));
      else
        out.others.push_back(
            {grant.id, grant.role, grant.org_id, grant.org_name, grant.valid_until, grant.valid_from, state});
    }
    return out;
  });
}

}  // namespace bole::identity
