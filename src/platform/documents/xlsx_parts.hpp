#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/documents/archive.hpp"
#include "platform/documents/xlsx_format.hpp"

namespace bole::documents {

// The small parts of a workbook that the sheet refers to.
struct WorkbookInfo {
  struct Sheet {
    std::string name, relation, path;
    bool hidden = false;
  };
  std::vector<Sheet> sheets;  // worksheets only, in tab order
  bool since_1904 = false;
  std::string shared_strings_path, styles_path;
};

// One arena for all shared strings: 200 000 small strings must not cost 200 000 allocations.
class StringTable {
 public:
  void Add(std::string_view text);
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] std::string_view at(std::size_t index) const;

 private:
  std::string arena_;
  std::vector<std::uint32_t> ends_;
};

[[nodiscard]] Result<WorkbookInfo> ReadWorkbook(ZipReader const& zip, XlsxLimits const& limits);
[[nodiscard]] Result<StringTable> ReadSharedStrings(ZipReader const& zip, std::string const& path,
                                                    XlsxLimits const& limits);
// Index of a cell style → what its number format means.
[[nodiscard]] Result<std::vector<NumberStyle>> ReadStyles(ZipReader const& zip, std::string const& path,
                                                          XlsxLimits const& limits);

class XmlHandler;
[[nodiscard]] Result<void> ParsePart(ZipReader const& zip, std::string const& path, std::uint64_t max_bytes,
                                     XlsxLimits const& limits, XmlHandler& handler);

// "A12" → column 1 and row 12 (0 where missing); false for anything else.
[[nodiscard]] bool ParseReference(std::string_view reference, std::size_t& column, std::size_t& row);

}  // namespace bole::documents
