#include "modules/audit/verifier.hpp"

#include <algorithm>

namespace bole::audit {
namespace {

constexpr std::size_t kKeptProblems = 1000;
// The longest that a transaction may take between the time of its record and its commit.
constexpr std::chrono::hours kLongestTransaction{1};

}  // namespace

Verifier::Verifier(Claims claims) : claims_(std::move(claims)), hasher_(ParseSuite(claims_.suite)->digest) {
  for (auto const& head : claims_.heads) heads_.emplace(head.size, std::pair(head, false));
  for (auto const& head : claims_.anchors) heads_.emplace(head.size, std::pair(head, true));
}

void Verifier::Add(Problem problem) {
  ++findings_.problems_total;
  if (findings_.problems.size() < kKeptProblems) findings_.problems.push_back(std::move(problem));
}

void Verifier::Leaf(std::optional<Hash> const& stored, RecordRow const* record) {
  std::optional<Hash> leaf = stored;
  if (record == nullptr) {
    Add({ProblemKind::record_missing, next_, "", ""});
  } else {
    ++findings_.records;
    auto const found = hasher_.Leaf(Canonical(*record));
    if (!stored) leaf = found;
    if (found != *leaf) {
      edited_.emplace(found, findings_.problems.size());
      expected_.push_back(*leaf);
      Add({ProblemKind::record_edited, next_, record->id, ""});
    } else if (record->at + kLongestTransaction < newest_head_at_) {
      Add({ProblemKind::record_backdated, next_, record->id, ""});
    }
  }
  ++next_;
  if (leaf && whole_)
    frontier_.Append(*leaf);
  else
    whole_ = false;
  CheckHeadsHere();
}

// One problem for all of them: a forged number may claim any size.
void Verifier::Skip(std::int64_t to) {
  if (to <= next_) return;
  Add({ProblemKind::record_missing, next_, "", "to " + std::to_string(to - 1)});
  whole_ = false;
  auto const begin = heads_.upper_bound(next_), end = heads_.upper_bound(to);
  for (auto head = begin; head != end; ++head) CheckHead(head->second.first, head->second.second);
  heads_.erase(begin, end);
  next_ = to;
}

void Verifier::Extra(RecordRow const& record) {
  ++findings_.records;
  Add({ProblemKind::record_added, record.leaf_index, record.id, ""});
}

void Verifier::Signed(store::HeadRow const& head) {
  ++findings_.heads;
  CheckSigner(head, false);
}

void Verifier::Proven(RecordRow const& record, bool good) {
  ++findings_.records;
  whole_ = false;
  if (!good) Add({ProblemKind::record_edited, record.leaf_index, record.id, ""});
}

void Verifier::CheckHeadsHere() {
  auto const [begin, end] = heads_.equal_range(next_);
  for (auto head = begin; head != end; ++head) CheckHead(head->second.first, head->second.second);
  heads_.erase(begin, end);
}

void Verifier::CheckHead(store::HeadRow const& head, bool anchor) {
  if (!anchor) ++findings_.heads;
  CheckSigner(head, anchor);
  newest_head_at_ = std::max(newest_head_at_, head.at);
  if (whole_ && head.root != ToHex(frontier_.Root()))
    Add({anchor ? ProblemKind::anchor_differs : ProblemKind::head_root, head.size, "", head.id});
}

void Verifier::CheckSigner(store::HeadRow const& head, bool anchor) {
  auto const key = claims_.keys.find(head.key_id);
  bool const trusted = claims_.trusted.empty() ||
                       std::find(claims_.trusted.begin(), claims_.trusted.end(), head.key_id) != claims_.trusted.end();
  if (key == claims_.keys.end() || KeyIdOf(key->second) != head.key_id || !trusted)
    Add({anchor ? ProblemKind::anchor_differs : ProblemKind::head_key, head.size, "", head.key_id});
  else if (!IsSigned(claims_.log_id, claims_.suite, head, key->second))
    Add({anchor ? ProblemKind::anchor_differs : ProblemKind::head_signature, head.size, "", head.id});
}

Findings Verifier::Finish() {
  Skip(claims_.size);
  if (!heads_.empty() && heads_.rbegin()->first > next_)
    Add({ProblemKind::record_missing, next_, "", "to " + std::to_string(heads_.rbegin()->first - 1)});
  for (auto const& [size, head] : heads_) {  // of more leaves than anybody has
    if (!head.second) ++findings_.heads;
    CheckSigner(head.first, head.second);
    Add({head.second ? ProblemKind::anchor_differs : ProblemKind::head_beyond, size, "", head.first.id});
  }
  heads_.clear();
  for (auto const& hash : expected_) {
    auto const moved = edited_.find(hash);
    if (moved != edited_.end() && moved->second < findings_.problems.size())
      findings_.problems[moved->second].kind = ProblemKind::record_moved;
  }
  return findings_;
}

}  // namespace bole::audit
