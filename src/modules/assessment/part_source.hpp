#pragma once
#include <functional>
#include <memory>

#include "media/decode/byte_source.hpp"
#include "platform/blob/blob_store.hpp"

namespace bole::assessment {

// One part of a recording as the decoder reads it, also while pieces still arrive. `goes_on` is asked when nothing came
// for a while: false ends the part (its recorder was cut off and a later part exists, or nobody records any more).
class PartSource final : public media::ByteSource {
 public:
  PartSource(std::unique_ptr<blob::Reader> reader, std::function<bool()> goes_on)
      : reader_(std::move(reader)), goes_on_(std::move(goes_on)) {}

  Result<std::size_t> ReadAt(std::uint64_t offset, std::span<std::byte> into, std::stop_token stop) override;
  std::optional<std::uint64_t> Size() const override;

 private:
  std::unique_ptr<blob::Reader> reader_;
  std::function<bool()> goes_on_;
  bool ended_ = false;
};

}  // namespace bole::assessment
