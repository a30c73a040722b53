#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "modules/identity/roles.hpp"
#include "modules/org/api.hpp"

namespace bole::http {
class Authenticator;
}

// T1: who may sign in and what they may do where.
namespace bole::identity {

// Days of the node's zone, both included; without them the grant holds from now and for ever.
struct CreateGrant {
  std::string role, org_id;
  std::optional<Date> valid_until, valid_from;
};
BOOST_DESCRIBE_STRUCT(CreateGrant, (), (role, org_id, valid_until, valid_from))

enum class GrantState { future, in_force, expired };
BOOST_DESCRIBE_ENUM(GrantState, future, in_force, expired)

struct GrantView {
  std::string id, role, org_id, org_name;
  std::optional<Date> valid_until, valid_from;
  GrantState state = GrantState::in_force;
};
BOOST_DESCRIBE_STRUCT(GrantView, (), (id, role, org_id, org_name, valid_until, valid_from, state))

struct UserView {
  std::string id, user_name, name, email, org_id, org_name, locale;
  bool active = true;
  std::vector<GrantView> grants;
  std::int64_t version = 1;
  std::optional<Instant> last_sign_in_at, locked_until;
  bool must_change_password = false;
  bool second_factor = false;
  std::optional<std::string> manager_id{};  // the account to which this one reports
  std::string manager_name{};
};
BOOST_DESCRIBE_STRUCT(UserView, (),
                      (id, user_name, name, email, org_id, org_name, locale, active, grants, version, last_sign_in_at,
                       locked_until, must_change_password, second_factor, manager_id, manager_name))

struct CreateUser {
  std::string user_name, name, email, org_id, locale, password;
  std::vector<CreateGrant> grants;
  std::optional<std::string> manager_id{};
};
BOOST_DESCRIBE_STRUCT(CreateUser, (), (user_name, name, email, org_id, locale, password, grants, manager_id))

struct PatchUser {
  std::int64_t version = 0;
  std::optional<std::string> name, email, locale, password;
  std::optional<bool> active;
  std::optional<std::string> manager_id{};  // empty: reports to nobody
  std::optional<std::string> org_id{};      // moved to another unit; grants stay where they are
};
BOOST_DESCRIBE_STRUCT(PatchUser, (), (version, name, email, locale, password, active, manager_id, org_id))

// Where a thing of another module lives, which permission shows it and who works on it; nullopt when there is no such
// thing.
struct Subject {
  std::string org_id, permission;
  RecordTeam team{};
  std::vector<std::string> others{};  // further permissions that show it, whatever their holder's permissions else
};
using SubjectFinder = std::function<std::optional<Subject>(db::Tx& tx, std::string const& id)>;

// Somebody who works here, as colleagues see him.
struct Colleague {
  std::string id, user_name, name;
};
BOOST_DESCRIBE_STRUCT(Colleague, (), (id, user_name, name))

// How an account is written to.
struct UserContact {
  std::string name, email, locale;
};

class Api {
 public:
  virtual ~Api() = default;
  virtual Result<UserView> CreateUser(Principal const& who, identity::CreateUser const& input) = 0;
  // For "who can see this?"; before the first request. Kinds: "candidate", "interview".
  virtual void FindSubjects(std::string kind, SubjectFinder finder) = 0;
  // Recognises the cookie bole_session and API tokens.
  virtual std::shared_ptr<http::Authenticator> Authenticator() = 0;
  // The rights of a user as of now, for commands and tests.
  virtual Result<Principal> PrincipalOf(std::string const& user_name) = 0;
  // The rights of an active user as of now, for what he left running.
  virtual std::optional<Principal> RightsOf(db::Tx& tx, std::string const& user_id) = 0;
  // How to reach an active user, for notices.
  virtual std::optional<UserContact> ContactOf(db::Tx& tx, std::string const& user_id) = 0;
  // Active accounts that hold the permission at a unit, whatever its reach, by name; `text` is part of a name.
  virtual std::vector<Colleague> Colleagues(db::Tx& tx, std::string_view permission, std::string const& org_path,
                                            std::string const& text) = 0;
  // Of any account, also one that is closed; in no order.
  virtual std::vector<Colleague> Named(db::Tx& tx, std::vector<std::string> const& user_ids) = 0;
  // To whom these accounts report, over any number of steps.
  virtual std::vector<std::string> ManagersOf(db::Tx& tx, std::vector<std::string> const& user_ids) = 0;
  // The roles a user holds today; empty for nobody.
  virtual std::vector<RoleView> RolesOf(db::Tx& tx, std::string const& user_id) = 0;
};

[[nodiscard]] std::unique_ptr<Api> Register(AppContext& context, org::Api& org, audit::Api& audit);

}  // namespace bole::identity

namespace bole {
template <>
inline constexpr auto kRules<identity::CreateGrant> =
    std::tuple{Field<&identity::CreateGrant::role>{{.min_length = 1, .max_length = 40}},
               Field<&identity::CreateGrant::org_id>{{.min_length = 1, .max_length = 26}}};
template <>
inline constexpr auto kRules<identity::CreateUser> =
    std::tuple{Field<&identity::CreateUser::user_name>{{.min_length = 2, .max_length = 60}},
               Field<&identity::CreateUser::name>{{.min_length = 1, .max_length = 80}},
               Field<&identity::CreateUser::email>{{.max_length = 200, .pii = true}},
               Field<&identity::CreateUser::org_id>{{.min_length = 1, .max_length = 26}},
               Field<&identity::CreateUser::locale>{{.min_length = 1, .max_length = 10}},
               Field<&identity::CreateUser::password>{{.min_length = 1, .max_length = 200, .secret = true}},
               Field<&identity::CreateUser::grants>{{.max_length = 50}},
               Field<&identity::CreateUser::manager_id>{{.max_length = 26}}};
template <>
inline constexpr auto kRules<identity::PatchUser> =
    std::tuple{Field<&identity::PatchUser::version>{{.required = true}},
               Field<&identity::PatchUser::name>{{.min_length = 1, .max_length = 80}},
               Field<&identity::PatchUser::email>{{.max_length = 200, .pii = true}},
               Field<&identity::PatchUser::locale>{{.max_length = 10}},
               Field<&identity::PatchUser::manager_id>{{.max_length = 26}},
               Field<&identity::PatchUser::org_id>{{.min_length = 1, .max_length = 26}},
               Field<&identity::PatchUser::password>{{.min_length = 1, .max_length = 200, .secret = true}}};
}  // namespace bole
