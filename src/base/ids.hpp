#pragma once
#include <compare>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace bole {

// A ULID as text: 48 bits of time and 80 random bits in Crockford base 32; 26 characters, sorts by creation.
// Ids made within one millisecond by one process still ascend. Thread-safe.
[[nodiscard]] std::string NewUlid(Instant now);
[[nodiscard]] bool IsUlid(std::string_view text);

// An id that cannot be confused with the id of something else: struct CandidateTag; using CandidateId =
// Id<CandidateTag>.
template <class Tag>
struct Id {
  std::string value;
  [[nodiscard]] bool empty() const { return value.empty(); }
  friend bool operator==(Id const&, Id const&) = default;
  friend auto operator<=>(Id const&, Id const&) = default;
};
template <class T>
inline constexpr bool kIsId = false;
template <class Tag>
inline constexpr bool kIsId<Id<Tag>> = true;

}  // namespace bole
