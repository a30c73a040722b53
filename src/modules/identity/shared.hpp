#pragma once
#include "modules/identity/passwords.hpp"
#include "modules/identity/rights.hpp"
#include "platform/app/context.hpp"
#include "platform/db/database.hpp"

namespace bole::identity {

// What the use cases of this module stand on. One per process; thread-safe.
struct Shared {
  AppContext& context;
  org::Api& org;
  audit::Api& audit;
  PasswordRules passwords;
  Memory memory{};

  [[nodiscard]] Instant Now() const { return context.clock.Now(); }
  // After a change of rights or sessions has been committed, nobody is recognised by what was true before.
  void ForgetOnCommit(db::Tx& tx) {
    tx.OnCommit([this] { memory.Forget(); });
  }
};

// kForbidden for API tokens and for somebody who looks as another person: these acts belong to a person in a browser.
[[nodiscard]] Result<> NeedsBrowser(Principal const& who);
// kForbidden unless `who` holds the permission for the whole group: what he changes holds everywhere.
[[nodiscard]] Result<> NeedsGroupWide(Shared& shared, db::Tx& tx, Principal const& who, std::string const& permission);
// kForbidden user.beyond_scope when the account has rights that reach beyond the subtree in which `who` manages
// accounts: who could reset its password would gain them.
[[nodiscard]] Result<> Manages(Shared& shared, db::Tx& tx, Principal const& who, std::string const& user_id);

}  // namespace bole::identity
