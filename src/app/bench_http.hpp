#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace bole::app::bench {

struct Answer {
  int status = 0;  // 0: no answer, the connection broke
  std::string body;
  std::string cookie;  // "name=value; …" of what Set-Cookie sets, without what it clears
};

// One keep-alive connection to 127.0.0.1; opens itself again when it broke. For one coroutine at a time.
class Connection {
 public:
  Connection(boost::asio::io_context& io, std::uint16_t port, std::map<std::string, std::string> headers = {});
  ~Connection();
  Connection(Connection&&) noexcept;
  boost::asio::awaitable<Answer> Ask(std::string method, std::string target, std::string_view body = {},
                                     std::string content_type = "application/json");

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The same, blocking.
class Client {
 public:
  explicit Client(std::uint16_t port, std::map<std::string, std::string> headers = {})
      : connection_(io_, port, std::move(headers)) {}
  Answer Ask(std::string const& method, std::string const& target, std::string const& body = {},
             std::string const& content_type = "application/json");
  Answer Get(std::string const& target) { return Ask("GET", target); }

 private:
  boost::asio::io_context io_{1};
  Connection connection_;
};

}  // namespace bole::app::bench
