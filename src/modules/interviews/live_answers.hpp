#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>

namespace bole::interviews {

// What the piece route must know of an answer that is being recorded.
struct LiveAnswer {
  std::string interview_id;
  std::set<std::int64_t> parts;
  std::uint32_t max_pieces = 0;  // a part longer than the stage allows is refused
};

// Answers under way, so that storing a piece needs no database. Filled on demand, forgotten when an answer closes.
// Thread-safe.
class LiveAnswers {
 public:
  [[nodiscard]] std::optional<LiveAnswer> Find(std::string const& answer_id) const {
    std::lock_guard const lock(mutex_);
    auto const found = answers_.find(answer_id);
    if (found == answers_.end()) return std::nullopt;
    return found->second;
  }
  void Put(std::string const& answer_id, LiveAnswer answer) {
    std::lock_guard const lock(mutex_);
    if (answers_.size() > 20'000) answers_.clear();  // forgotten recordings; refilled on demand
    answers_[answer_id] = std::move(answer);
  }
  void Forget(std::string const& answer_id) {
    std::lock_guard const lock(mutex_);
    answers_.erase(answer_id);
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, LiveAnswer> answers_;
};

}  // namespace bole::interviews
