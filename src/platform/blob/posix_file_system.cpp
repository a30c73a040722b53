#include <dirent.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "platform/blob/file_system.hpp"

namespace bole::blob {
namespace {

tl::unexpected<Error> Failed(std::string op, int error) {
  if (error == ENOENT) return NotFound("file");
  if (error == ENOSPC || error == EDQUOT || error == EFBIG) return Fail(ErrorCode::kStorageFull, "storage.full");
  return Fail(ErrorCode::kUnavailable, "storage.io", {{"op", std::move(op)}, {"reason", std::strerror(error)}});
}

class PosixFile final : public File {
 public:
  explicit PosixFile(int fd) : fd_(fd) {}
  ~PosixFile() override { ::close(fd_); }
  PosixFile(PosixFile const&) = delete;
  PosixFile& operator=(PosixFile const&) = delete;

  Result<std::size_t> ReadAt(std::uint64_t offset, std::span<std::uint8_t> out) override {
    std::size_t done = 0;
    while (done < out.size()) {
      auto const count = ::pread(fd_, out.data() + done, out.size() - done, static_cast<off_t>(offset + done));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return Failed("read", errno);
      if (count == 0) break;
      done += static_cast<std::size_t>(count);
    }
    return done;
  }

  Result<> WriteAt(std::uint64_t offset, std::span<std::uint8_t const> data) override {
    while (!data.empty()) {
      auto const count = ::pwrite(fd_, data.data(), data.size(), static_cast<off_t>(offset));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return Failed("write", errno);
      if (count == 0) return Failed("write", EIO);
      offset += static_cast<std::uint64_t>(count);
      data = data.subspan(static_cast<std::size_t>(count));
    }
    return {};
  }

  Result<> Truncate(std::uint64_t size) override {
    if (::ftruncate(fd_, static_cast<off_t>(size)) != 0) return Failed("truncate", errno);
    return {};
  }

  // fdatasync writes the size too when it changed; only times are left out.
  Result<> Sync() override {
    if (::fdatasync(fd_) != 0) return Failed("sync", errno);
    return {};
  }

  Result<std::uint64_t> Size() override {
    struct stat info {};
    if (::fstat(fd_, &info) != 0) return Failed("stat", errno);
    return static_cast<std::uint64_t>(info.st_size);
  }

 private:
  int fd_;
};

class PosixFileSystem final : public FileSystem {
 public:
  Result<std::unique_ptr<File>> Open(std::filesystem::path const& path, Mode mode) override {
    int const flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | (mode == Mode::kCreate ? O_CREAT : 0);
    int const fd = ::open(path.c_str(), flags, 0600);
    if (fd < 0) return Failed("open", errno);
    return std::make_unique<PosixFile>(fd);
  }

  Result<> Remove(std::filesystem::path const& path) override {
    if (::unlink(path.c_str()) != 0) return Failed("remove", errno);
    return {};
  }

  Result<> Rename(std::filesystem::path const& from, std::filesystem::path const& to) override {
    if (::rename(from.c_str(), to.c_str()) != 0) return Failed("rename", errno);
    return {};
  }

  Result<> MakeDirectory(std::filesystem::path const& path) override {
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return Failed("mkdir", errno);
    return {};
  }

  Result<> SyncDirectory(std::filesystem::path const& path) override {
    int const fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return Failed("open directory", errno);
    int const error = ::fsync(fd) == 0 ? 0 : errno;
    ::close(fd);
    if (error != 0) return Failed("sync directory", error);
    return {};
  }

  Result<> List(std::filesystem::path const& directory,
                std::function<bool(std::string const& name)> const& visit) override {
    std::unique_ptr<DIR, int (*)(DIR*)> const handle(::opendir(directory.c_str()), ::closedir);
    if (!handle) {
      if (errno == ENOENT) return {};
      return Failed("list", errno);
    }
    for (errno = 0; auto const* entry = ::readdir(handle.get()); errno = 0) {
      std::string const name = entry->d_name;
      if (name != "." && name != ".." && !visit(name)) return {};
    }
    if (errno != 0) return Failed("list", errno);
    return {};
  }
};

}  // namespace

std::unique_ptr<FileSystem> MakePosixFileSystem() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
  }
  return std::make_unique<PosixFileSystem>();
}

}  // namespace bole::blob
