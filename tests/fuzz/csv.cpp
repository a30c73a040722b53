// The CSV reader in all its encodings, and that what our writer makes is read back as it was.
#include "platform/documents/csv.hpp"

#include "base/text.hpp"
#include "tests/fuzz/require.hpp"

namespace bole::documents {
namespace {

using fuzz::Require;
using Rows = std::vector<std::vector<std::string>>;

constexpr CsvLimits kLimits{.max_file_bytes = 1U << 20, .max_rows = 50, .max_columns = 20};

Result<std::size_t> Read(std::string_view bytes, Rows& rows) {
  std::size_t last = 0;
  return ReadCsv(bytes, kLimits, [&](std::size_t row, std::vector<std::string>& fields) -> Result<void> {
    Require(row > last, "rows ascend");
    last = row;
    Require(!fields.empty() && fields.size() <= kLimits.max_columns, "columns within the limit");
    for (auto const& field : fields) Require(IsValidUtf8(field), "fields are UTF-8");
    rows.push_back(fields);
    Require(rows.size() <= kLimits.max_rows, "rows within the limit");
    return {};
  });
}

void Check(std::string_view bytes) {
  Rows rows;
  auto const count = Read(bytes, rows);
  if (!count) return Require(count.error().key.starts_with("csv."), "errors are named");
  Require(*count == rows.size(), "every row is counted");
  CsvWriter writer;
  for (auto const& row : rows) writer.AddRow(row);
  Rows again;
  auto const reread = Read(writer.text(), again);
  Require(reread.has_value(), "what was written can be read");
  Require(again == rows, "rows survive the round trip");
}

}  // namespace
}  // namespace bole::documents

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  bole::documents::Check(bole::fuzz::Text(data, size));
  return 0;
}
