#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "base/result.hpp"

namespace bole::blob {

// One open file. Positional, so reads and one writer may run in parallel; closes when destroyed.
class File {
 public:
  virtual ~File() = default;
  [[nodiscard]] virtual Result<std::size_t> ReadAt(std::uint64_t offset,
                                                   std::span<std::uint8_t> out) = 0;                     // short at EOF
  [[nodiscard]] virtual Result<> WriteAt(std::uint64_t offset, std::span<std::uint8_t const> data) = 0;  // all or error
  [[nodiscard]] virtual Result<> Truncate(std::uint64_t size) = 0;
  [[nodiscard]] virtual Result<> Sync() = 0;  // data and size are on the medium
  [[nodiscard]] virtual Result<std::uint64_t> Size() = 0;
};

// The operating system as the blob store sees it, so that a test can fill the disk, tear writes and lose what was not
// synced. Errors: kNotFound, kStorageFull storage.full (ENOSPC, EDQUOT), kUnavailable storage.io {op, reason}.
class FileSystem {
 public:
  enum class Mode { kExisting, kCreate };
  virtual ~FileSystem() = default;
  [[nodiscard]] virtual Result<std::unique_ptr<File>> Open(std::filesystem::path const& path, Mode mode) = 0;
  [[nodiscard]] virtual Result<> Remove(std::filesystem::path const& path) = 0;
  // Takes the place of what `to` was; either the one or the other is there after a crash.
  [[nodiscard]] virtual Result<> Rename(std::filesystem::path const& from, std::filesystem::path const& to) = 0;
  [[nodiscard]] virtual Result<> MakeDirectory(std::filesystem::path const& path) = 0;  // an existing one is success
  [[nodiscard]] virtual Result<> SyncDirectory(std::filesystem::path const& path) = 0;
  // Names in a directory until `visit` returns false; a missing directory is empty.
  [[nodiscard]] virtual Result<> List(std::filesystem::path const& directory,
                                      std::function<bool(std::string const& name)> const& visit) = 0;
};

// Also raises the soft limit of open files to the hard one: every candidate at work holds one file open.
[[nodiscard]] std::unique_ptr<FileSystem> MakePosixFileSystem();

}  // namespace bole::blob
