#include "platform/http/response.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>

#include "base/text.hpp"
#include "platform/http/url.hpp"

namespace bole::http {
namespace {

class FunctionSource final : public BodySource {
 public:
  FunctionSource(std::optional<std::uint64_t> size, ReadPiece read) : size_(size), read_(std::move(read)) {}
  [[nodiscard]] std::optional<std::uint64_t> Size() const override { return size_; }
  [[nodiscard]] Result<std::string> Read(std::uint64_t offset, std::size_t max) override { return read_(offset, max); }

 private:
  std::optional<std::uint64_t> size_;
  ReadPiece read_;
};

class FileSource final : public BodySource {
 public:
  FileSource(int file, std::uint64_t size) : file_(file), size_(size) {}
  ~FileSource() override { ::close(file_); }
  FileSource(FileSource const&) = delete;
  FileSource& operator=(FileSource const&) = delete;
  [[nodiscard]] std::optional<std::uint64_t> Size() const override { return size_; }
  [[nodiscard]] Result<std::string> Read(std::uint64_t offset, std::size_t max) override {
    std::string out(max, '\0');
    std::size_t got = 0;
    while (got < max) {
      auto const n = ::pread(file_, out.data() + got, max - got, static_cast<off_t>(offset + got));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return Fail(ErrorCode::kInternal, "internal");
      if (n == 0) break;
      got += static_cast<std::size_t>(n);
    }
    out.resize(got);
    return out;
  }

 private:
  int file_;
  std::uint64_t size_;
};

}  // namespace

std::shared_ptr<BodySource> MakeSource(std::optional<std::uint64_t> size, ReadPiece read) {
  return std::make_shared<FunctionSource>(size, std::move(read));
}

Result<std::shared_ptr<BodySource>> OpenFile(std::string const& path) {
  int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat info {};
  if (file < 0 || ::fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
    if (file >= 0) ::close(file);
    return NotFound("file");
  }
  return std::make_shared<FileSource>(file, static_cast<std::uint64_t>(info.st_size));
}

Response Response::Text(std::string text, std::string type) { return {200, std::move(type), std::move(text), {}, {}}; }

Response Response::Json(std::string text, int code) { return {code, "application/json", std::move(text), {}, {}}; }

Response Response::Events(std::shared_ptr<EventSubscription> subscription) {
  Response out{200, "text/event-stream", std::move(subscription), {}, {}};
  out.Set("Cache-Control", "no-store").Set("X-Accel-Buffering", "no");
  return out;
}

Response Response::Download(std::string bytes, std::string type, std::string_view file_name) {
  Response out{200, std::move(type), std::move(bytes), {}, {}};
  return out.Attachment(file_name);
}

Response& Response::Attachment(std::string_view file_name) {
  std::string ascii;  // for old readers; the real name is in filename*
  for (char const c : file_name)
    if (static_cast<unsigned char>(c) < 0x80)
      ascii.push_back(c < ' ' || c == '"' || c == '\\' || c == '/' || c == 0x7F ? '_' : c);
  return Set("Content-Disposition",
             "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + PercentEncode(file_name));
}

Response& Response::Set(std::string name, std::string value) {
  auto const lower = AsciiLower(name);
  for (auto& [key, old] : headers)
    if (AsciiLower(key) == lower) return old = std::move(value), *this;
  headers.emplace_back(std::move(name), std::move(value));
  return *this;
}

std::string_view Response::Header(std::string_view name) const {
  auto const lower = AsciiLower(name);
  for (auto const& [key, value] : headers)
    if (AsciiLower(key) == lower) return value;
  return {};
}

}  // namespace bole::http
