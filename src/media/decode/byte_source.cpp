#include "media/decode/byte_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace bole::media {

Result<std::unique_ptr<FileSource>> FileSource::Open(std::string const& path) {
  int const descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat info {};
  if (descriptor < 0) return NotFound("file");
  if (::fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode)) {
    ::close(descriptor);
    return NotFound("file");
  }
  return std::unique_ptr<FileSource>(new FileSource(descriptor, static_cast<std::uint64_t>(info.st_size)));
}

FileSource::~FileSource() { ::close(descriptor_); }

Result<std::size_t> FileSource::ReadAt(std::uint64_t offset, std::span<std::byte> into, std::stop_token stop) {
  if (stop.stop_requested() || offset >= size_) return std::size_t{0};
  for (;;) {
    auto const got = ::pread(descriptor_, into.data(), into.size(), static_cast<off_t>(offset));
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) return Fail(ErrorCode::kUnavailable, "media.read_failed");
  }
}

void MemorySource::Append(std::span<std::byte const> bytes) {
  std::lock_guard lock(mutex_);
  bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  changed_.notify_all();
}

void MemorySource::Finish() {
  std::lock_guard lock(mutex_);
  finished_ = true;
  changed_.notify_all();
}

Result<std::size_t> MemorySource::ReadAt(std::uint64_t offset, std::span<std::byte> into, std::stop_token stop) {
  std::unique_lock lock(mutex_);
  bool const ready = changed_.wait(lock, stop, [&] { return finished_ || offset < bytes_.size(); });
  if (!ready || offset >= bytes_.size()) return std::size_t{0};
  auto const count = std::min(into.size(), bytes_.size() - static_cast<std::size_t>(offset));
  std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(offset), count, into.begin());
  return count;
}

std::optional<std::uint64_t> MemorySource::Size() const {
  std::lock_guard lock(mutex_);
  if (!finished_) return std::nullopt;
  return bytes_.size();
}

Result<std::size_t> ConcatSource::ReadAt(std::uint64_t offset, std::span<std::byte> into, std::stop_token stop) {
  for (auto* source : sources_) {
    auto const size = source->Size();
    if (size && offset >= *size) {
      offset -= *size;
      continue;
    }
    auto got = source->ReadAt(offset, into, stop);
    if (!got || *got > 0 || stop.stop_requested()) return got;
    offset -= std::min(offset, source->Size().value_or(offset));  // it ended while we waited: go on in the next one
  }
  return std::size_t{0};
}

std::optional<std::uint64_t> ConcatSource::Size() const {
  std::uint64_t total = 0;
  for (auto const* source : sources_) {
    auto const size = source->Size();
    if (!size) return std::nullopt;
    total += *size;
  }
  return total;
}

}  // namespace bole::media
