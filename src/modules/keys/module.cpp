#include "modules/keys/rotation.hpp"
#include "platform/http/routes.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole::keys {

std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit, crypto::KeyRing& ring, SealedColumns columns) {
  auto rotation = std::make_unique<Rotation>(context, audit, ring, std::move(columns));
  context.runner.Register(kContinueJob, [&it = *rotation](jobs::JobContext& job) -> Result<> {
    auto const done = it.Continue(Principal::System("keys.continue"), job.stop(), [&](Progress const& progress) {
      auto const all = static_cast<double>(std::max<std::int64_t>(progress.total, 1));
      job.Progress(std::min(1.0, static_cast<double>(progress.sealed_values + progress.recordings) / all));
    });
    if (!done) return tl::unexpected<Error>(done.error());
    return {};
  });
  context.routes.Get<EncryptionView>(
      "/security/encryption",
      {.permission = "security.read", .tag = "security", .summary = "Master keys, their age and what still needs them"},
      [&it = *rotation](http::Request const&) { return it.RecentStatus(); });
  return rotation;
}

}  // namespace bole::keys
