#pragma once
#include <filesystem>
#include <iosfwd>

#include "modules/audit/verifier.hpp"

// The two ways to check a log: where it lives, and from an export alone.
namespace bole::audit {

struct CheckOptions {
  std::vector<std::string> trusted{};  // key ids that may sign; empty: those of the log
  std::filesystem::path anchors{};     // an anchor file to compare with; empty: none
};

// One snapshot of the database. Also compares the stored tiles, and knows a key that was made elsewhere.
// Errors: kUnavailable storage.io, kInvalid audit.bad_anchors, kInternal audit.unknown_suite.
[[nodiscard]] Result<Findings> CheckDatabase(db::Database& database, crypto::FieldCipher const& fields,
                                             CheckOptions const& options);
// An export (export.hpp), without database and keys.
[[nodiscard]] Result<Findings> CheckFile(std::istream& in, CheckOptions const& options);

// The heads of this log in an anchor file; a broken last line (a crash while it was written) is left out.
[[nodiscard]] Result<std::vector<store::HeadRow>> ReadAnchors(std::filesystem::path const& file,
                                                              std::string const& log_id);
// A head as in anchor files and exports; kInvalid when a member is missing.
[[nodiscard]] Result<store::HeadRow> HeadFromJson(json::object const& line);

}  // namespace bole::audit
