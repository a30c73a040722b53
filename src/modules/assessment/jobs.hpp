#pragma once
#include "modules/assessment/service.hpp"

namespace bole {
class EventBus;
}

namespace bole::assessment {

// Handlers of the module's jobs, and the news that start them.
void RegisterJobs(jobs::JobRunner& runner, EventBus& bus, Service& service, bool live_analysis);

}  // namespace bole::assessment
