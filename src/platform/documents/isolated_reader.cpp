#include "platform/documents/isolated_reader.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include "base/text.hpp"
#include "platform/documents/confinement.hpp"
#include "platform/documents/pdf_reader.hpp"
#include "platform/documents/text_encoding.hpp"

// The answer of the child: "<pages>\n<text>", or "!<error key>\n". The parent trusts neither.
namespace bole::documents {
namespace {

using std::chrono::steady_clock;

constexpr std::array<std::string_view, 5> kAnswers{"document.broken", "document.encrypted", "document.too_many_pages",
                                                   "document.too_long", "document.unreadable"};

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { Close(); }
  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;
  [[nodiscard]] int get() const { return fd_; }
  void Close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  int fd_;
};

bool WriteAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    auto const done = ::write(fd, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

// A child that is killed and waited for when its owner goes.
class Child {
 public:
  // Standard input and output are `in` and `out`; nothing else is handed down, least of all settings with passwords.
  static pid_t Start(IsolationOptions const& options, int in, int out) {
    auto program = options.program.string();
    std::vector<std::string> words{program};
    words.insert(words.end(), options.arguments.begin(), options.arguments.end());
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    std::string language = "LC_ALL=C.UTF-8", libraries = "LD_LIBRARY_PATH=";
    std::vector<char*> environment{language.data()};
    if (auto const* path = std::getenv("LD_LIBRARY_PATH")) environment.push_back((libraries += path).data());
    environment.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    pid_t pid = -1;
    if (::posix_spawn(&pid, program.c_str(), &actions, &attributes, argv.data(), environment.data()) != 0) pid = -1;
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return pid;
  }
  explicit Child(pid_t pid) : pid_(pid) {}
  ~Child() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    Wait();
  }
  Child(Child const&) = delete;
  Child& operator=(Child const&) = delete;
  bool Wait() {  // true: ended well
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
    pid_ = -1;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }

 private:
  pid_t pid_;
};

class Isolated {
 public:
  Isolated(IsolationOptions options, TextLimits limits) : options_(std::move(options)), limits_(limits) {}

  Result<FileText> Read(std::string_view bytes) {
    if (bytes.size() > limits_.max_file_bytes || !bytes.starts_with("%PDF-")) return ReadText(bytes, limits_);
    std::unique_lock lock(mutex_);
    if (!freed_.wait_for(lock, options_.timeout, [this] { return running_ < options_.at_once; }))
      return Fail(ErrorCode::kUnavailable, "document.busy");
    ++running_;
    lock.unlock();
    auto answer = Ask(bytes);
    lock.lock();
    --running_;
    lock.unlock();
    freed_.notify_one();
    if (!answer) return tl::unexpected<Error>(std::move(answer).error());
    return Understand(*answer);
  }

 private:
  Result<std::string> Ask(std::string_view bytes) const {
    auto const deadline = steady_clock::now() + options_.timeout;
    Descriptor const in(::memfd_create("document", MFD_CLOEXEC));
    std::array<int, 2> ends{-1, -1};
    if (in.get() < 0 || !WriteAll(in.get(), bytes) || ::lseek(in.get(), 0, SEEK_SET) != 0 ||
        ::pipe2(ends.data(), O_CLOEXEC) != 0)
      return Fail(ErrorCode::kUnavailable, "document.no_reader");
    Descriptor const from(ends[0]);
    Descriptor to(ends[1]);
    auto const pid = Child::Start(options_, in.get(), to.get());
    if (pid < 0) return Fail(ErrorCode::kUnavailable, "document.no_reader");
    Child child(pid);
    to.Close();
    std::string answer;
    std::array<char, 64U << 10> buffer;
    auto const limit = (limits_.max_characters + limits_.max_pages) * 4 + 64;
    while (true) {
      auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - steady_clock::now()).count();
      pollfd ready{from.get(), POLLIN, 0};
      if (left <= 0 || ::poll(&ready, 1, static_cast<int>(left)) == 0)
        return Fail(ErrorCode::kInvalid, "document.too_slow",
                    {{"seconds", std::to_string(options_.timeout / std::chrono::seconds(1))}});
      auto const got = ::read(from.get(), buffer.data(), buffer.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0 || answer.size() > limit) return Fail(ErrorCode::kInvalid, "document.unreadable");
      if (got == 0) break;
      answer.append(buffer.data(), static_cast<std::size_t>(got));
    }
    if (!child.Wait()) return Fail(ErrorCode::kInvalid, "document.unreadable");
    return answer;
  }

  [[nodiscard]] Result<FileText> Understand(std::string_view answer) const {
    auto const line = answer.substr(0, answer.find('\n'));
    if (line.starts_with('!')) {
      for (auto const key : kAnswers)
        if (key == line.substr(1)) return tl::unexpected<Error>(Explain(std::string(key)));
      return Fail(ErrorCode::kInvalid, "document.unreadable");
    }
    FileText out{FileKind::pdf, "", 0};
    auto const parsed = std::from_chars(line.data(), line.data() + line.size(), out.pages);
    if (line.size() == answer.size() || parsed.ptr != line.data() + line.size() || out.pages < 1 ||
        out.pages > limits_.max_pages)
      return Fail(ErrorCode::kInvalid, "document.unreadable");
    for (auto const& page : Split(answer.substr(line.size() + 1), '\f')) out.text += CleanText(page) + "\f";
    out.text.pop_back();
    return out;
  }

  [[nodiscard]] Error Explain(std::string key) const {
    if (key == "document.too_many_pages")
      return {ErrorCode::kTooLarge, std::move(key), {}, {{"limit", std::to_string(limits_.max_pages)}}};
    if (key == "document.too_long")
      return {ErrorCode::kTooLarge, std::move(key), {}, {{"limit", std::to_string(limits_.max_characters)}}};
    return {ErrorCode::kInvalid, std::move(key)};
  }

  IsolationOptions const options_;
  TextLimits const limits_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::size_t running_ = 0;
};

}  // namespace

TextReader MakeIsolatedReader(IsolationOptions options, TextLimits limits) {
  auto const shared = std::make_shared<Isolated>(std::move(options), limits);
  return [shared](std::string_view bytes) { return shared->Read(bytes); };
}

int ServeIsolatedReader(TextLimits const& limits) {
  PreparePdfReader();
  if (!ConfineThisProcess()) return 3;
  std::string bytes;
  std::array<char, 64U << 10> buffer;
  while (true) {
    auto const got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (got < 0) return 3;
    if (got == 0) break;
    bytes.append(buffer.data(), static_cast<std::size_t>(got));
    if (bytes.size() > limits.max_file_bytes) return 3;
  }
  auto const read = ReadText(bytes, limits);
  auto const answer = read ? std::to_string(read->pages) + "\n" + read->text : "!" + read.error().key + "\n";
  // Without destructors: what broke inside the library shall not decide how this ends.
  ::_exit(WriteAll(STDOUT_FILENO, answer) ? 0 : 3);
}

}  // namespace bole::documents
