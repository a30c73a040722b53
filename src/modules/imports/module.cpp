#include "modules/imports/background.hpp"
#include "platform/app/nightly.hpp"

namespace bole::imports {
namespace {

class Module final : public Api {
 public:
  Module(AppContext& context, audit::Api& audit, RightsOf rights)
      : shared_{context, audit, std::move(rights)}, service_(shared_), background_(shared_) {
    RegisterRoutes(context, service_);
    auto& runner = context.runner;
    runner.Register(kCheckJob, [this](jobs::JobContext& job) { return background_.Check(job); });
    runner.Register(kRunJob, [this](jobs::JobContext& job) { return background_.Run(job); });
    runner.Register(kUndoJob, [this](jobs::JobContext& job) { return background_.Undo(job); });
    runner.Register(kExpireJob, [this](jobs::JobContext&) -> Result<> {
      BOLE_TRY(background_.Expire());
      EnqueueNightly(shared_.context, kExpireJob, std::chrono::days(1));
      return {};
    });
  }

  void Offer(Target& target) override { shared_.targets.push_back(&target); }
  void ScheduleExpiry() override { EnqueueNightly(shared_.context, kExpireJob, std::chrono::days(0)); }

 private:
  Shared shared_;
  Service service_;
  Background background_;
};

}  // namespace

std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit, RightsOf rights) {
  return std::make_unique<Module>(context, audit, std::move(rights));
}

}  // namespace bole::imports
