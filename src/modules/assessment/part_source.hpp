#pragma once
#include <chrono>
#include <functional>
#include <memory>

#include "media/decode/byte_source.hpp"
#include "platform/blob/blob_store.hpp"

namespace bole::assessment {

// One part of a recording as the decoder reads it, also while pieces still arrive. `goes_on` is asked when nothing came
// for a while, with how often it was asked since the last byte: false ends the part (its recorder was cut off and a
// later part exists, or nobody records any more).
class PartSource final : public media::ByteSource {
 public:
  PartSource(std::unique_ptr<blob::Reader> reader, std::function<bool(int silent_rounds)> goes_on,
             std::chrono::milliseconds ask_after)
      : reader_(std::move(reader)), goes_on_(std::move(goes_on)), ask_after_(ask_after) {}

  Result<std::size_t> ReadAt(std::uint64_t offset, std::span<std::byte> into, std::stop_token stop) override;
  std::optional<std::uint64_t> Size() const override;

 private:
  std::unique_ptr<blob::Reader> reader_;
  std::function<bool(int silent_rounds)> goes_on_;
  std::chrono::milliseconds ask_after_;
  bool ended_ = false;
};

}  // namespace bole::assessment
