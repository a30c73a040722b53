#pragma once
#include <memory>

#include "platform/db/database.hpp"
#include "platform/http/hooks.hpp"

namespace bole::crypto {
class FieldCipher;
}

namespace bole::app {

// Answers of POSTs with an Idempotency-Key, kept for a day in table http_idempotency, encrypted: they may
// hold names and tokens that are shown once. A claim whose process died lapses
// after two minutes. Thread-safe.
[[nodiscard]] std::shared_ptr<http::IdempotencyStore> MakeIdempotencyStore(db::Database& database, Clock const& clock,
                                                                           crypto::FieldCipher const& fields);

}  // namespace bole::app
