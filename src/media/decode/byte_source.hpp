#pragma once
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace bole::media {

// Bytes of one recording, read at any place, possibly while they are still arriving.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Reads up to into.size() bytes at `offset` and returns how many; 0 means the end. While the source grows and nothing
  // is there yet, blocks until bytes arrive, the source is finished, or `stop` is asked (then 0). An error is a failure
  // of the store, not of the recording.
  [[nodiscard]] virtual Result<std::size_t> ReadAt(std::uint64_t offset, std::span<std::byte> into,
                                                   std::stop_token stop) = 0;
  // The final size; nothing while it grows.
  [[nodiscard]] virtual std::optional<std::uint64_t> Size() const = 0;
  [[nodiscard]] bool IsGrowing() const { return !Size().has_value(); }
};

// A finished file.
class FileSource final : public ByteSource {
 public:
  [[nodiscard]] static Result<std::unique_ptr<FileSource>> Open(std::string const& path);
  ~FileSource() override;
  FileSource(FileSource const&) = delete;
  FileSource& operator=(FileSource const&) = delete;
  Result<std::size_t> ReadAt(std::uint64_t offset, std::span<std::byte> into, std::stop_token stop) override;
  std::optional<std::uint64_t> Size() const override { return size_; }

 private:
  FileSource(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}
  int descriptor_;
  std::uint64_t size_;
};

// Bytes in memory: finished from the start, or filled by Append until Finish. Thread-safe.
class MemorySource final : public ByteSource {
 public:
  MemorySource() = default;  // growing
  explicit MemorySource(std::vector<std::byte> bytes) : bytes_(std::move(bytes)), finished_(true) {}
  void Append(std::span<std::byte const> bytes);
  void Finish();
  Result<std::size_t> ReadAt(std::uint64_t offset, std::span<std::byte> into, std::stop_token stop) override;
  std::optional<std::uint64_t> Size() const override;

 private:
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::vector<std::byte> bytes_;
  bool finished_ = false;
};

// Several sources as one stream of bytes, in order: the numbered pieces of one MediaRecorder run. (Runs are not
// concatenated as bytes: each is a container of its own; see media/analysis.) Only the last one may grow. The sources
// must outlive it.
class ConcatSource final : public ByteSource {
 public:
  explicit ConcatSource(std::vector<ByteSource*> sources) : sources_(std::move(sources)) {}
  Result<std::size_t> ReadAt(std::uint64_t offset, std::span<std::byte> into, std::stop_token stop) override;
  std::optional<std::uint64_t> Size() const override;

 private:
  std::vector<ByteSource*> sources_;
};

}  // namespace bole::media
