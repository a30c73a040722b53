#include "modules/assessment/jobs.hpp"

#include "platform/events/events.hpp"

namespace bole::assessment {
namespace {

std::string Text(json::object const& payload, char const* key) {
  auto const* value = payload.if_contains(key);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace

void RegisterJobs(jobs::JobRunner& runner, EventBus& bus, Service& service, bool live_analysis) {
  runner.Register(kFollowJob, [&service](jobs::JobContext& job) {
    return service.Follow(Text(job.payload(), "answer_id"), job.stop());
  });
  runner.Register(kAnalyseJob, [&service](jobs::JobContext& job) {
    return service.Analyse(Text(job.payload(), "answer_id"), job.attempt(), job.stop());
  });
  runner.Register(kComposeJob,
                  [&service](jobs::JobContext& job) { return service.Compose(Text(job.payload(), "interview_id")); });
  runner.Register(kPlayableJob,
                  [&service](jobs::JobContext& job) { return service.MakePlayable(Text(job.payload(), "answer_id")); });
  if (live_analysis) bus.Subscribe(interviews::kAnswerOpened, kFollowJob, "live");
  bus.Subscribe(interviews::kAnswerClosed, kAnalyseJob);
  bus.Subscribe(interviews::kInterviewFinished, kComposeJob);
}

}  // namespace bole::assessment
