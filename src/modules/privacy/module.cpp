#include "modules/privacy/service.hpp"
#include "platform/config/config.hpp"
#include "platform/events/events.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole::privacy {
namespace {

std::string Text(json::object const& payload, char const* key) {
  auto const* value = payload.if_contains(key);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

Catalogue LoadCatalogue(AppContext const& context) {
  auto loaded = Catalogue::Load(context.config.resource_dir / "content" / "privacy" / "consents.json");
  if (!loaded) throw std::runtime_error("share/content/privacy/consents.json: " + loaded.error().key);
  return *std::move(loaded);
}

class Module final : public Api {
 public:
  Module(AppContext& context, Neighbours neighbours)
      : context_(context), service_(context, std::move(neighbours), LoadCatalogue(context)) {
    interviews::AskWith(service_.subjects.modules.interviews, service_.texts);
    RegisterRoutes(context.routes, service_);
    RegisterPersonRoutes(context.routes, service_);
    auto& runner = context.runner;
    runner.Register(kMirrorJob, [this](jobs::JobContext& job) {
      return service_.consents.Mirror(Text(job.payload(), "interview_id"));
    });
    runner.Register(kCarryOutJob, [this](jobs::JobContext& job) {
      return service_.consents.CarryOut(Text(job.payload(), "consent_id"));
    });
    runner.Register(kExportJob, [this](jobs::JobContext& job) {
      return service_.exports.Make(
          Text(job.payload(), "export_id"), [&job](double share) { job.Progress(share); }, job.stop());
    });
    runner.Register(kExpireJob, [this](jobs::JobContext&) { return service_.exports.Expire(); });
    runner.Register(kSendLinksJob, [this](jobs::JobContext& job) {
      return service_.entrance.SendLinks(
          Text(job.payload(), "address"),
          i18n::ParseLocale(Text(job.payload(), "locale")).value_or(i18n::kDefaultLocale));
    });
    runner.Register(kEraseJob, [this](jobs::JobContext& job) {
      return service_.erasures.CarryOut(Text(job.payload(), "erasure_id"));
    });
    runner.Register(kRetentionJob, [this](jobs::JobContext& job) -> Result<> {
      auto const day = ParseDate(Text(job.payload(), "day"));
      if (!day) return {};
      return service_.retention.Run(*day, [&job] { return job.stop().stop_requested(); });
    });
    context.bus.Subscribe(interviews::kConsentsGiven, kMirrorJob);
  }

  bool Keeps(db::Tx& tx, std::string const& person_id) override { return store::KnowsPerson(tx, person_id); }
  std::shared_ptr<http::Authenticator> PersonAuthenticator() override { return service_.entrance.Authenticator(); }
  void ScheduleRetention() override {
    auto const today = Date{std::chrono::floor<std::chrono::days>(context_.clock.Now())};
    context_.database.Write([&](db::Tx& tx) { service_.retention.Schedule(tx, today); });
  }

 private:
  AppContext& context_;
  Service service_;
};

}  // namespace

std::unique_ptr<Api> Register(AppContext& context, Neighbours neighbours) {
  return std::make_unique<Module>(context, std::move(neighbours));
}

}  // namespace bole::privacy
