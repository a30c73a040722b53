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

  // The same rules inside the caller's transaction, for tables of accounts. Draft and Compare write nothing.
  Result<store::UserRow> Draft(db::Tx& tx, Principal const& who, CreateUser const& input);
  // `hash` empty: an account without a password. An identity provider signs its owner in, or whoever manages accounts
  // sets a password.
  Result<UserView> Add(db::Tx& tx, Principal const& who, CreateUser const& input, std::string const& hash);
  Result<store::UserRow> Draft(db::Tx& tx, Principal const& who, std::string const& id, PatchUser const& input);
  // `hash` empty: the password stays.
  Result<UserView> Change(db::Tx& tx, Principal const& who, std::string const& id, PatchUser const& input,
                          std::string const& hash);
  // What has to be given and taken away until the account holds these grants and no other; those that are over stay.
  struct GrantChange {
    std::vector<CreateGrant> give;
    std::vector<store::GrantPathRow> take;
    [[nodiscard]] bool Empty() const { return give.empty() && take.empty(); }
  };
  Result<GrantChange> Compare(db::Tx& tx, Principal const& who, std::string const& id,
                              std::vector<CreateGrant> const& wanted);
  Result<> SetGrants(db::Tx& tx, Principal const& who, std::string const& id, std::vector<CreateGrant> const& wanted);
  // Takes an account back that was added by mistake: it is deleted when nobody has signed in with it and it is not in
  // use, else switched off.
  Result<> Withdraw(db::Tx& tx, Principal const& who, std::string const& id, bool in_use);

  // Active accounts with the permission at a unit, by name.
  std::vector<Colleague> Colleagues(db::Tx& tx, std::string_view permission, std::string const& org_path,
                                    std::string const& text);

 private:
  Result<> CheckGrant(db::Tx& tx, Principal const& who, CreateGrant const& grant, std::string const& at);
  // nullopt clears; a circle or an account that `who` cannot see is refused.
  Result<> CheckManager(db::Tx& tx, Principal const& who, std::string const& user_id,
                        std::optional<std::string> const& manager_id);
  // The rule that the account would break with more grants, and without some of those it has.
  Result<> CheckDuties(db::Tx& tx, std::string const& user_id, std::vector<CreateGrant> const& more,
                       std::vector<store::GrantPathRow> const& without = {});
  void Give(db::Tx& tx, Principal const& who, std::string const& id, CreateGrant const& input);
  void Take(db::Tx& tx, Principal const& who, store::GrantPathRow const& grant);
  Shared& shared_;
};

}  // namespace bole::identity
