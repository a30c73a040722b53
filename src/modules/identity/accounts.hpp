#pragma once
#include "modules/identity/shared.hpp"

namespace bole::identity {

// Accounts and their grants. Whoever manages accounts in a subtree (user.write) may give any role there, also one with
// permissions he does not hold himself: he decides who works there, not what a role may do. Nobody changes his own
// grants, and separated duties never meet in one person. Thread-safe.
class Accounts {
 public:
  explicit Accounts(Shared& shared) : shared_(shared) {}

  Page<UserView> List(Principal const& who, std::string const& text, int limit, std::string const& cursor);
  Result<UserView> Get(Principal const& who, std::string const& id);
  // A password that another person set must be changed at the first sign-in.
  Result<UserView> Create(Principal const& who, CreateUser const& input);
  Result<UserView> Patch(Principal const& who, std::string const& id, PatchUser const& input);
  Result<UserView> Unlock(Principal const& who, std::string const& id);
  Result<UserView> Grant(Principal const& who, std::string const& id, CreateGrant const& input);
  Result<UserView> Revoke(Principal const& who, std::string const& id, std::string const& grant_id);
  Result<Principal> PrincipalOf(std::string const& user_name);
  // Active accounts with the permission at a unit, by name.
  std::vector<Colleague> Colleagues(db::Tx& tx, std::string_view permission, std::string const& org_path,
                                    std::string const& text);

 private:
  Result<> CheckGrant(db::Tx& tx, Principal const& who, CreateGrant const& grant, std::string const& at);
  // nullopt clears; a circle or an account that `who` cannot see is refused.
  Result<> CheckManager(db::Tx& tx, Principal const& who, std::string const& user_id,
                        std::optional<std::string> const& manager_id);
  // The rule that the account would break with these grants in addition.
  Result<> CheckDuties(db::Tx& tx, std::string const& user_id, std::vector<CreateGrant> const& more);
  Shared& shared_;
};

}  // namespace bole::identity
