#include "app/refusals.hpp"

#include "modules/audit/api.hpp"
#include "platform/db/database.hpp"
#include "platform/http/request.hpp"

namespace bole::app {
namespace {

constexpr std::chrono::minutes kQuiet{10};
constexpr std::size_t kRemembered = 10'000;

}  // namespace

bool Refusals::IsNew(std::string const& what, Instant now) {
  std::lock_guard const lock(mutex_);
  if (last_.size() >= kRemembered)
    std::erase_if(last_, [&](auto const& entry) { return entry.second + kQuiet <= now; });
  auto const [known, fresh] = last_.try_emplace(what, now);
  if (!fresh && known->second + kQuiet > now) return false;
  known->second = now;
  return true;
}

void Refusals::Record(http::Request const& request, Error const& error) {
  auto const& who = request.who();
  if (who.kind != PrincipalKind::user) return;
  auto const route = std::string(http::MethodName(request.method)) + " " + request.route;
  if (!IsNew(who.id + " " + who.actor_id + " " + route + " " + error.key, clock_.Now())) return;
  boost::json::object details{{"route", route}, {"code", error.key}, {"address", request.remote_address}};
  if (auto const permission = error.params.find("permission"); permission != error.params.end())
    details["permission"] = permission->second;
  database_.Write([&](db::Tx& tx) { audit_.Begin(tx, who, {"request.refused", "request", "", "", details}); });
}

}  // namespace bole::app
