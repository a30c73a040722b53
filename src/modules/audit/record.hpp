#pragma once
#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/clock.hpp"

namespace bole::audit {

// A record as it is stored. Everything but leaf_index is evidence.
struct RecordRow {
  std::string id;
  Instant at{};
  std::string actor_kind, actor_id, actor_name, action, subject_kind, subject_id;
  std::optional<std::string> org_id;  // none: an act of the whole group
  bool succeeded = false;
  std::string details;  // JSON, byte for byte as stored
  std::optional<std::int64_t> leaf_index;
};
BOOST_DESCRIBE_STRUCT(RecordRow, (),
                      (id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, org_id, succeeded,
                       details, leaf_index))

// The bytes that are hashed: "bole-audit-record-1\n", then for each column in the order above without leaf_index
// "<column> <length in bytes>:<value>\n", and "<column> -\n" for NULL. `at` is milliseconds since 1970, `succeeded` 0
// or 1. Lengths make it impossible that two different records give the same bytes.
[[nodiscard]] std::string Canonical(RecordRow const& record);

}  // namespace bole::audit
