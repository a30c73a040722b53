#include "modules/assessment/part_source.hpp"

namespace bole::assessment {

Result<std::size_t> PartSource::ReadAt(std::uint64_t offset, std::span<std::byte> into, std::stop_token stop) {
  auto* const begin = reinterpret_cast<std::uint8_t*>(into.data());
  for (int silent = 1;; ++silent) {
    BOLE_ASSIGN(auto const read, reader_->ReadAt(offset, std::span(begin, into.size())));
    if (read > 0 || ended_ || stop.stop_requested()) return read;
    auto const before = reader_->state();
    if (before.sealed && before.size <= offset) return std::size_t{0};
    BOLE_ASSIGN(auto const now, reader_->WaitForGrowth(offset, ask_after_, stop));
    if (now.size <= offset && !now.sealed && !goes_on_(silent)) ended_ = true;
  }
}

std::optional<std::uint64_t> PartSource::Size() const {
  auto const state = reader_->state();
  if (state.sealed || ended_) return state.size;
  return std::nullopt;
}

}  // namespace bole::assessment
