#pragma once
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace bole::media {

// An HTTP server on a free loopback port that answers with what `answer` returns (a whole response, head included), one
// connection at a time; for tests of engines that are services.
class LoopbackServer {
 public:
  using Answer = std::function<std::string(std::string const& request)>;
  explicit LoopbackServer(Answer answer);
  ~LoopbackServer();
  LoopbackServer(LoopbackServer const&) = delete;
  LoopbackServer& operator=(LoopbackServer const&) = delete;
  [[nodiscard]] std::string Url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] std::vector<std::string> Requests() const;

 private:
  void Serve();
  Answer answer_;
  int listener_ = -1, port_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::thread thread_;
};

// "HTTP/1.1 200 OK" with a body; other codes have no reason phrase.
[[nodiscard]] std::string HttpReply(int status, std::string const& body, std::string const& more_headers = {});

}  // namespace bole::media
