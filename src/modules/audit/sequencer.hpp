#pragma once
#include <filesystem>

#include "modules/audit/heads.hpp"
#include "platform/app/context.hpp"

namespace bole::audit {

// Brings committed records into the tree, signs heads and hands them to the anchors. Several processes may share a
// database: one at a time sequences (store::LockLog). One thread per object.
class Sequencer {
 public:
  explicit Sequencer(AppContext& context);

  // Everything that waits, then a head when something is new, then the anchor file.
  Result<> Seal();

 private:
  // One batch; returns how many records it took.
  Result<std::size_t> Round();
  Result<> Sequence(db::Tx& tx, store::LogRow const& seen, std::vector<RecordRow> const& rows, Hashes const& leaves);
  Hashes LeavesOf(std::string const& suite, std::vector<RecordRow> const& rows);
  Result<> SignHead();
  Result<> AppendAnchors();

  AppContext& context_;
  std::string suite_;
  std::filesystem::path anchor_file_;
  Signers signers_;
};

// Job: posts one head to [audit] anchor_url.
inline constexpr char const* kAnchorJob = "audit.anchor";
Result<> PostAnchor(AppContext& context, std::int64_t size);
// One line of the anchor file and the body of the post.
[[nodiscard]] std::string AnchorLine(store::LogRow const& log, store::HeadRow const& head);

}  // namespace bole::audit
