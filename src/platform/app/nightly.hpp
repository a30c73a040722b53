#pragma once
#include <chrono>

#include "platform/app/context.hpp"

namespace bole {

// Asks for a job in the quiet hours (03:00 in China) of today or a later day; once for each day, however often asked.
void EnqueueNightly(AppContext const& context, char const* job, std::chrono::days later);

}  // namespace bole
