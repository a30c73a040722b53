#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"

struct zip;

namespace bole::documents {

struct PartLimits {
  std::uint64_t max_bytes = 0;
  std::uint64_t max_ratio = 0;  // checked above kRatioFloor unpacked bytes
};
inline constexpr std::uint64_t kRatioFloor = 16U << 20;

// A zip file in memory, read part by part. Sizes are counted while unpacking: those written in the file may lie.
// `bytes` must outlive the object. Only workbooks are read, so the errors are named after them.
class ZipReader {
 public:
  // Errors: not_a_zip (no signature), broken (signature, but the directory is cut off or inconsistent), without a
  // prefix.
  [[nodiscard]] static Result<ZipReader> Open(std::string_view bytes);

  [[nodiscard]] bool Has(std::string const& name) const;
  // Hands the unpacked part over in pieces of 64 KiB. Errors: missing, encrypted, too_large, zip_bomb, broken; or the
  // callback's.
  [[nodiscard]] Result<void> Stream(std::string const& name, PartLimits const& limits,
                                    std::function<Result<void>(std::string_view piece)> const& on_piece) const;

 private:
  struct Close {
    void operator()(zip* archive) const;
  };
  explicit ZipReader(zip* archive, std::uint64_t size) : archive_(archive), size_(size) {}
  std::unique_ptr<zip, Close> archive_;
  std::uint64_t size_ = 0;
};

struct ZipPart {
  std::string name;
  std::string bytes;
};
// A deflated zip in memory; every part carries the time `modified`, so equal input gives equal bytes. None when out of
// memory.
[[nodiscard]] std::optional<std::string> WriteZip(std::vector<ZipPart> const& parts, Instant modified);

}  // namespace bole::documents
