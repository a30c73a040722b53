#include "modules/identity/passwords.hpp"

#include <algorithm>
#include <fstream>

#include "base/text.hpp"
#include "modules/identity/credential_store.hpp"
#include "platform/log/log.hpp"

namespace bole::identity {
namespace {

int ClassesOf(std::string_view password) {
  bool lower = false, upper = false, digit = false, other = false;
  for (char const c : password) {
    if (c >= 'a' && c <= 'z')
      lower = true;
    else if (c >= 'A' && c <= 'Z')
      upper = true;
    else if (c >= '0' && c <= '9')
      digit = true;
    else
      other = true;
  }
  return int{lower} + int{upper} + int{digit} + int{other};
}

}  // namespace

PasswordRules::PasswordRules(crypto::PasswordHasher const& hasher, std::filesystem::path const& common)
    : hasher_(hasher) {
  std::ifstream in(common);
  if (!in) log::Warn("passwords.no_common_list", {{"file", common.string()}});
  for (std::string line; std::getline(in, line);)
    if (auto const word = Trim(line); !word.empty() && !word.starts_with('#')) common_.insert(AsciiLower(word));
}

// "Password2026!" is as common as "password": digits and signs at the end are not counted.
bool PasswordRules::IsCommon(std::string_view password) const {
  auto word = AsciiLower(password);
  if (common_.contains(word)) return true;
  while (!word.empty() && !(word.back() >= 'a' && word.back() <= 'z')) word.pop_back();
  return word.size() >= 4 && word.size() + 6 >= password.size() && common_.contains(word);
}

void PasswordRules::Check(std::string_view password, std::string_view user_name, SecurityPolicy const& policy,
                          std::string const& pointer, FieldErrors& errors) const {
  auto const length = static_cast<int>(CountCodePoints(password));
  if (length < policy.password_min_length)
    errors.push_back({pointer, "password_short", {{"min", std::to_string(policy.password_min_length)}}});
  else if (length < kLongPassword && ClassesOf(password) < policy.password_min_classes)
    errors.push_back(
        {pointer,
         "password_simple",
         {{"classes", std::to_string(policy.password_min_classes)}, {"length", std::to_string(kLongPassword)}}});
  if (IsCommon(password)) errors.push_back({pointer, "password_common"});
  if (user_name.size() > 2 && AsciiLower(password).find(AsciiLower(user_name)) != std::string::npos)
    errors.push_back({pointer, "contains_user_name"});
}

bool PasswordRules::UsedBefore(std::string const& password, std::vector<std::string> const& hashes) const {
  return std::any_of(hashes.begin(), hashes.end(), [&](auto const& hash) { return hasher_.Verify(password, hash); });
}

std::vector<std::string> PasswordHistory(db::Tx& tx, store::UserRow const& user, SecurityPolicy const& policy) {
  auto out = store::FormerPasswords(tx, user.id, policy.password_history);
  out.push_back(user.password_hash);
  return out;
}

bool PasswordIsDue(store::UserRow const& user, SecurityPolicy const& policy, Instant now) {
  if (user.must_change_password) return true;
  return policy.password_max_age_days > 0 &&
         user.password_set_at + std::chrono::hours(24 * policy.password_max_age_days) <= now;
}

}  // namespace bole::identity
