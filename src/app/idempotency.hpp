#pragma once
#include <memory>

#include "platform/db/database.hpp"
#include "platform/http/hooks.hpp"

namespace bole::app {

// Answers of POSTs with an Idempotency-Key, kept for a day in table http_idempotency. A claim whose process died lapses
// after two minutes. Thread-safe.
[[nodiscard]] std::shared_ptr<http::IdempotencyStore> MakeIdempotencyStore(db::Database& database, Clock const& clock);

}  // namespace bole::app
