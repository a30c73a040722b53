#include "platform/crypto/key_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <toml++/toml.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "platform/crypto/random.hpp"

namespace bole::crypto {
namespace {

tl::unexpected<Error> Unreadable(std::filesystem::path const& file, std::string const& step) {
  return Fail(ErrorCode::kInternal, "keys.unreadable",
              {{"file", file.string()}, {"reason", step + ": " + std::strerror(errno)}});
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

bool WriteAndSync(int fd, std::string_view text) {
  while (!text.empty()) {
    auto const written = ::write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(fd) == 0;
}

std::filesystem::path DirectoryOf(std::filesystem::path const& file) {
  return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

Result<std::filesystem::path> WriteBeside(std::filesystem::path const& file, std::string const& text) {
  auto path = DirectoryOf(file) / (file.filename().string() + ".new-" + RandomToken(6));
  Descriptor const fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (fd.get() < 0) return Unreadable(file, "create");
  if (!WriteAndSync(fd.get(), text)) {
    auto error = Unreadable(file, "write");
    ::unlink(path.c_str());
    return error;
  }
  return path;
}

Result<> SyncDirectoryOf(std::filesystem::path const& file) {
  Descriptor const fd(::open(DirectoryOf(file).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() < 0 || ::fsync(fd.get()) != 0) return Unreadable(file, "sync");
  return {};
}

}  // namespace

std::string RenderKeyFile(KeyFileContent const& content) {
  std::string text =
      "# Master keys of this installation. Without this file all recordings and sensitive fields are lost:\n"
      "# keep a copy apart from the data. Never edit by hand; `bole keys rotate` adds a key.\n"
      "active = \"" +
      content.active + "\"\nindex = \"" + content.index + "\"\n";
  for (auto const& key : content.keys)
    text += "\n[[key]]\nid = \"" + key.id + "\"\ncreated_at = \"" + key.created_at + "\"\nsecret = \"" + key.secret +
            "\"\n";
  return text;
}

Result<bool> KeyFileExists(std::filesystem::path const& file) {
  struct stat info {};
  if (::stat(file.c_str(), &info) == 0) return true;
  if (errno == ENOENT) return false;
  return Unreadable(file, "stat");
}

Result<KeyFileContent> ReadKeyFile(std::filesystem::path const& file) {
  Descriptor const fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat info {};
  if (fd.get() < 0 || ::fstat(fd.get(), &info) != 0) return Unreadable(file, "open");
  if ((info.st_mode & 077U) != 0) return Fail(ErrorCode::kInternal, "keys.bad_mode", {{"file", file.string()}});
  std::string text;
  char buffer[4096];
  for (;;) {
    auto const count = ::read(fd.get(), buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Unreadable(file, "read");
    if (count == 0) break;
    text.append(buffer, static_cast<std::size_t>(count));
  }
  try {
    auto const table = toml::parse(text);
    KeyFileContent content{table["active"].value_or(""), table["index"].value_or(""), {}};
    if (auto const* keys = table["key"].as_array())
      for (auto const& node : *keys)
        if (auto const* key = node.as_table())
          content.keys.push_back(
              {(*key)["id"].value_or(""), (*key)["created_at"].value_or(""), (*key)["secret"].value_or("")});
    return content;
  } catch (toml::parse_error const& error) {
    // Only the line: the text around it may be a key.
    return Fail(ErrorCode::kInternal, "keys.invalid",
                {{"reason", "not TOML in line " + std::to_string(error.source().begin.line)}});
  }
}

Result<> CreateKeyFile(std::filesystem::path const& file, std::string const& text) {
  BOLE_ASSIGN(auto const temporary, WriteBeside(file, text));
  bool const linked = ::link(temporary.c_str(), file.c_str()) == 0 || errno == EEXIST;
  auto error = Unreadable(file, "link");
  ::unlink(temporary.c_str());
  if (!linked) return error;
  return SyncDirectoryOf(file);
}

Result<> ReplaceKeyFile(std::filesystem::path const& file, std::string const& text) {
  BOLE_ASSIGN(auto const temporary, WriteBeside(file, text));
  if (::rename(temporary.c_str(), file.c_str()) != 0) {
    auto error = Unreadable(file, "rename");
    ::unlink(temporary.c_str());
    return error;
  }
  return SyncDirectoryOf(file);
}

}  // namespace bole::crypto
