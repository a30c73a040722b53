#pragma once
#include <map>
#include <mutex>
#include <string>

#include "modules/audit/api.hpp"

namespace bole::audit {

// What was looked at within the last minute, so that a page that asks twice is recorded once. In memory: after a
// restart, or from a second process, the same reading may be recorded again. Thread-safe.
class RecentReads {
 public:
  [[nodiscard]] bool Has(Principal const& who, Entry const& entry, Instant now) const;
  void Add(Principal const& who, Entry const& entry, Instant now);

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Instant> seen_;
};

}  // namespace bole::audit
