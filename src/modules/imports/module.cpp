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
    RegisterNightly(context, kExpireJob, [this] { return background_.Expire(); });
  }

  void Offer(Target& target) override { shared_.targets.push_back(&target); }
  void ScheduleExpiry() override { ScheduleNightly(shared_.context, kExpireJob); }

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
