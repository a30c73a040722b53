#pragma once
#include <memory>
#include <mutex>
#include <unordered_map>

#include "modules/identity/permissions.hpp"
#include "modules/identity/store.hpp"

// What an account may do: its grants in force, each a role in a subtree.
namespace bole::identity {

// By the days of the node's own zone.
[[nodiscard]] GrantState StateOf(store::GrantPathRow const& grant, Instant at);

// Shipped or of one's own; nullopt when there is no such role (any more).
[[nodiscard]] std::optional<RoleView> FindRole(db::Tx& tx, std::string const& key);

// For how long a recognised principal may be remembered.
inline constexpr std::chrono::seconds kRememberFor{5};

struct Rights {
  Principal who;
  std::vector<std::string> roles;  // keys of the grants in force
  bool steady = true;              // no grant begins or ends within kRememberFor
};
[[nodiscard]] Rights RightsOf(db::Tx& tx, store::UserRow const& user, std::string const& session_id, Instant now);

// The duties of an account with all grants that are not over, also future ones.
[[nodiscard]] std::vector<Duty> DutiesOf(db::Tx& tx, std::string const& user_id, Instant now);

// Principals by hash of their token. Thread-safe. Every change of this process is seen at once (Forget), changes of
// other processes after kRememberFor.
class Memory {
 public:
  [[nodiscard]] std::shared_ptr<Principal const> Find(std::string const& hash, Instant now);
  void Keep(std::string const& hash, std::shared_ptr<Principal const> principal, Instant until);
  void Forget();

 private:
  struct Known {
    std::shared_ptr<Principal const> principal;
    Instant until{};
  };
  std::mutex mutex_;
  std::unordered_map<std::string, Known> known_;
};

}  // namespace bole::identity
