#include "platform/blob/local_reader.hpp"

#include <algorithm>

#include "platform/log/log.hpp"

namespace bole::blob {
namespace {

class LocalReader final : public Reader {
 public:
  explicit LocalReader(std::shared_ptr<LocalBlob> blob) : blob_(std::move(blob)), aead_(blob_->MakeAead()) {}

  State state() const override { return blob_->state(); }

  Result<std::size_t> ReadAt(std::uint64_t offset, std::span<std::uint8_t> out) override {
    std::size_t done = 0;
    while (done < out.size()) {
      BOLE_ASSIGN(auto const record, blob_->FindRecord(offset + done));
      if (!record) break;
      if (cached_ != record->place.index) {
        cached_.reset();
        auto const read = blob_->ReadRecord(*record, aead_, sealed_, plain_);
        if (!read) {
          log::Error("blob.corrupt", {{"record", record->place.index}, {"error", read.error().key}});
          return tl::unexpected(read.error());
        }
        cached_ = record->place.index;
      }
      auto const skip = static_cast<std::size_t>(offset + done - record->place.plain_offset);
      auto const count = std::min(out.size() - done, plain_.size() - skip);
      std::copy_n(plain_.begin() + static_cast<std::ptrdiff_t>(skip), count,
                  out.begin() + static_cast<std::ptrdiff_t>(done));
      done += count;
    }
    return done;
  }

  Result<State> WaitForGrowth(std::uint64_t after_size, std::chrono::milliseconds timeout,
                              std::stop_token stop) override {
    return blob_->WaitForGrowth(after_size, timeout, std::move(stop));
  }

 private:
  std::shared_ptr<LocalBlob> blob_;
  crypto::Aead aead_;
  std::optional<std::uint64_t> cached_;  // index of the record in plain_
  crypto::Bytes sealed_, plain_;
};

}  // namespace

std::unique_ptr<Reader> MakeLocalReader(std::shared_ptr<LocalBlob> blob) {
  return std::make_unique<LocalReader>(std::move(blob));
}

}  // namespace bole::blob
