#pragma once
#include <map>

#include "modules/identity/shared.hpp"

namespace bole::identity {

// A way by which somebody sees something: a grant in force, on the thing's node or above it.
struct AccessPath {
  std::string grant_id, role, role_zh, role_en, org_id, org_name;
  std::optional<Date> valid_until, valid_from;
  std::vector<std::string> permissions;
  FieldRights fields;
  std::vector<PermissionReach> reaches;  // of permissions that reach less than the subtree
};
BOOST_DESCRIBE_STRUCT(AccessPath, (),
                      (grant_id, role, role_zh, role_en, org_id, org_name, valid_until, valid_from, permissions, fields,
                       reaches))

struct PersonAccess {
  std::string user_id, user_name, name;
  std::vector<std::string> permissions;  // for this thing, of all its grants
  FieldRights fields;                    // the highest of its grants
  std::vector<AccessPath> through;
  std::vector<std::string> tokens;  // names of API tokens that can read it for this person
};
BOOST_DESCRIBE_STRUCT(PersonAccess, (), (user_id, user_name, name, permissions, fields, through, tokens))

struct AccessView {
  std::string kind, id, org_id, org_name, permission;  // the permission that shows the thing
  std::vector<PersonAccess> people;
};
BOOST_DESCRIBE_STRUCT(AccessView, (), (kind, id, org_id, org_name, permission, people))

struct AccessQuery {
  std::string kind, id;
};
BOOST_DESCRIBE_STRUCT(AccessQuery, (), (kind, id))

// What one account can do where.
struct UserAccess {
  std::string user_id, user_name, name;
  bool active = true;
  std::vector<Duty> duties;
  std::vector<AccessPath> grants;  // in force
  std::vector<GrantView> others;   // not begun or over
};
BOOST_DESCRIBE_ENUM(Duty, administrator, security_officer, auditor, hr)
BOOST_DESCRIBE_STRUCT(UserAccess, (), (user_id, user_name, name, active, duties, grants, others))

// Answers "who can see this?" from the same grants that decide it. Thread-safe after registration.
class AccessReview {
 public:
  explicit AccessReview(Shared& shared);
  void FindSubjects(std::string kind, SubjectFinder finder) { finders_[std::move(kind)] = std::move(finder); }

  // Needs user.read where the thing lives; kNotFound outside of it.
  Result<AccessView> Of(Principal const& who, AccessQuery const& query);
  Result<UserAccess> OfUser(Principal const& who, std::string const& user_id);

 private:
  Shared& shared_;
  std::map<std::string, SubjectFinder> finders_;
};

}  // namespace bole::identity

namespace bole {
template <>
inline constexpr auto kRules<identity::AccessQuery> = std::tuple{
    Field<&identity::AccessQuery::kind>{{.doc = "candidate | interview | org_node", .min_length = 1, .max_length = 40}},
    Field<&identity::AccessQuery::id>{{.min_length = 1, .max_length = 26}}};
}
