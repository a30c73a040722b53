#pragma once
#include <chrono>
#include <functional>

#include "base/result.hpp"
#include "platform/app/context.hpp"

namespace bole {

// Work of the quiet hours (03:00 in China), once a day. Each day asks for the next before it begins, so that work which
// fails for good is tried again tomorrow.
void RegisterNightly(AppContext& context, char const* job, std::function<Result<>()> work);
// Begins the chain with today; once for each day, however often asked.
void ScheduleNightly(AppContext const& context, char const* job);

}  // namespace bole
