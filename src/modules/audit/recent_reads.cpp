#include "modules/audit/recent_reads.hpp"

namespace bole::audit {
namespace {

constexpr std::chrono::minutes kWindow{1};
constexpr std::size_t kPruneAt = 10'000;

std::string KeyOf(Principal const& who, Entry const& entry) {
  return std::string(boost::describe::enum_to_string(who.kind, "")) + "\n" + who.id + "\n" + who.session_id + "\n" +
         entry.action + "\n" + entry.subject_kind + "\n" + entry.subject_id;
}

}  // namespace

bool RecentReads::Has(Principal const& who, Entry const& entry, Instant now) const {
  std::lock_guard const lock(mutex_);
  auto const found = seen_.find(KeyOf(who, entry));
  return found != seen_.end() && found->second + kWindow > now;
}

void RecentReads::Add(Principal const& who, Entry const& entry, Instant now) {
  std::lock_guard const lock(mutex_);
  if (seen_.size() >= kPruneAt) std::erase_if(seen_, [&](auto const& read) { return read.second + kWindow <= now; });
  seen_[KeyOf(who, entry)] = now;
}

}  // namespace bole::audit
