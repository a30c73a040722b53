#pragma once
#include <array>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <istream>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

// For tests: servers on loopback that speak as much of a protocol as a client needs, one connection after the other.
namespace bole::mail {

using boost::asio::ip::tcp;

class FakeServer {
 public:
  FakeServer() : acceptor_(context_, tcp::endpoint(boost::asio::ip::make_address("127.0.0.1"), 0)) {}
  virtual ~FakeServer() = default;
  [[nodiscard]] std::string Address() const { return "127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()); }

 protected:
  void Start() {
    thread_ = std::jthread([this] {
      while (!stopping_) {
        tcp::socket socket(context_);
        boost::system::error_code error;
        acceptor_.accept(socket, error);
        if (!error && !stopping_) Serve(socket);
      }
    });
  }
  // By the destructor of the derived class: Serve must not run on a half destroyed object.
  void Stop() {
    stopping_ = true;
    boost::system::error_code error;
    tcp::socket(context_).connect(acceptor_.local_endpoint(), error);  // wakes accept
    thread_.join();
  }
  virtual void Serve(tcp::socket& socket) = 0;

 private:
  boost::asio::io_context context_;
  tcp::acceptor acceptor_;
  std::atomic<bool> stopping_ = false;
  std::jthread thread_;
};

class FakeSmtp final : public FakeServer {
 public:
  // `replies` by verb ("CONNECT", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "BODY") in place of the usual ones; an empty
  // reply hangs until the client goes away, "CLOSE" drops the connection.
  explicit FakeSmtp(std::map<std::string, std::string> replies = {}) : replies_(std::move(replies)) { Start(); }
  ~FakeSmtp() override { Stop(); }

  [[nodiscard]] std::vector<std::string> Bodies() const {
    std::lock_guard const lock(mutex_);
    return bodies_;
  }
  [[nodiscard]] std::vector<std::string> Commands() const {
    std::lock_guard const lock(mutex_);
    return commands_;
  }

 private:
  bool Reply(tcp::socket& socket, std::string const& verb, std::string const& usual) {
    auto const found = replies_.find(verb);
    auto const& reply = found == replies_.end() ? usual : found->second;
    boost::system::error_code error;
    if (reply == "CLOSE") return false;
    if (reply.empty()) {
      std::array<char, 64> buffer{};
      while (!error) socket.read_some(boost::asio::buffer(buffer), error);
      return false;
    }
    boost::asio::write(socket, boost::asio::buffer(reply + "\r\n"), error);
    return !error;
  }

  void Serve(tcp::socket& socket) override {
    boost::asio::streambuf buffer;
    std::istream in(&buffer);
    auto const line = [&]() -> std::string {
      boost::system::error_code error;
      boost::asio::read_until(socket, buffer, "\r\n", error);
      std::string text;
      if (error || !std::getline(in, text)) return "";
      return text.substr(0, text.size() - 1);
    };
    bool open = Reply(socket, "CONNECT", "220 fake ESMTP");
    while (open) {
      auto const command = line();
      if (command.empty()) return;
      {
        std::lock_guard const lock(mutex_);
        commands_.push_back(command);
      }
      auto const verb = command.substr(0, command.find(' '));
      if (verb == "QUIT") return static_cast<void>(Reply(socket, verb, "221 bye"));
      if (verb == "EHLO")
        open = Reply(socket, verb, "250-fake\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME");
      else if (verb == "AUTH")
        open = Reply(socket, "", "334 ") && !line().empty() && Reply(socket, verb, "235 welcome");
      else if (verb == "DATA")
        open = Reply(socket, verb, "354 go on") && ReadBody(socket, line);
      else
        open = Reply(socket, verb, "250 ok");
    }
  }

  bool ReadBody(tcp::socket& socket, std::function<std::string()> const& line) {
    if (auto const found = replies_.find("DATA"); found != replies_.end() && !found->second.starts_with("354"))
      return true;
    std::string body;
    for (int empty = 0; empty < 1000;) {
      auto text = line();
      if (text == ".") {
        std::lock_guard const lock(mutex_);
        bodies_.push_back(body);
        break;
      }
      empty = text.empty() ? empty + 1 : 0;
      body += (text.starts_with('.') ? text.substr(1) : text) + "\r\n";
    }
    return Reply(socket, "BODY", "250 queued");
  }

  std::map<std::string, std::string> replies_;
  mutable std::mutex mutex_;
  std::vector<std::string> bodies_, commands_;
};

class FakeHttp final : public FakeServer {
 public:
  explicit FakeHttp(std::string answer) : answer_(std::move(answer)) { Start(); }
  ~FakeHttp() override { Stop(); }
  [[nodiscard]] std::string Head() const {
    std::lock_guard const lock(mutex_);
    return head_;
  }
  [[nodiscard]] std::string Body() const {
    std::lock_guard const lock(mutex_);
    return body_;
  }
  // The value of a header of the last request.
  [[nodiscard]] std::string Header(std::string const& name) const {
    auto const head = Head();
    auto const at = head.find(name + ": ");
    if (at == std::string::npos) return "";
    auto const start = at + name.size() + 2;
    return head.substr(start, head.find("\r\n", start) - start);
  }

 private:
  void Serve(tcp::socket& socket) override {
    boost::system::error_code error;
    std::string data;
    auto const end = boost::asio::read_until(socket, boost::asio::dynamic_buffer(data), "\r\n\r\n", error);
    if (error) return;
    auto const length = data.find("Content-Length: ");
    auto const size = length == std::string::npos ? 0 : std::stoul(data.substr(length + 16));
    if (data.size() < end + size)
      boost::asio::read(socket, boost::asio::dynamic_buffer(data),
                        boost::asio::transfer_exactly(end + size - data.size()), error);
    {
      std::lock_guard const lock(mutex_);
      head_ = data.substr(0, end);
      body_ = data.substr(end);
    }
    boost::asio::write(socket, boost::asio::buffer(answer_), error);
  }

  std::string const answer_;
  mutable std::mutex mutex_;
  std::string head_, body_;
};

}  // namespace bole::mail
