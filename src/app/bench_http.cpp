#include "app/bench_http.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

namespace bole::app::bench {

namespace asio = boost::asio;
namespace http_wire = boost::beast::http;
using asio::ip::tcp;

struct Connection::State {
  State(asio::io_context& io, std::uint16_t to, std::map<std::string, std::string> more)
      : socket(io), port(to), headers(std::move(more)) {}
  tcp::socket socket;
  std::uint16_t port;
  std::map<std::string, std::string> headers;
  boost::beast::flat_buffer buffer;

  void Close() {
    boost::system::error_code ignored;
    socket.close(ignored);
    buffer.clear();
  }
};

Connection::Connection(asio::io_context& io, std::uint16_t port, std::map<std::string, std::string> headers)
    : state_(std::make_unique<State>(io, port, std::move(headers))) {}
Connection::~Connection() = default;
Connection::Connection(Connection&&) noexcept = default;

asio::awaitable<Answer> Connection::Ask(std::string method, std::string target, std::string_view body,
                                        std::string content_type) {
  auto& s = *state_;
  boost::system::error_code error;
  auto const done = [&error] { return asio::redirect_error(asio::use_awaitable, error); };
  if (!s.socket.is_open()) {
    co_await s.socket.async_connect({asio::ip::address_v4::loopback(), s.port}, done());
    if (error) co_return s.Close(), Answer{};
    s.socket.set_option(tcp::no_delay(true), error);
  }
  http_wire::request<http_wire::span_body<char const>> request;
  request.version(11);
  request.method_string(method);
  request.target(target);
  request.set(http_wire::field::host, "127.0.0.1");
  for (auto const& [name, value] : s.headers) request.set(name, value);
  if (method != "GET") {
    request.set(http_wire::field::content_type, content_type);
    request.body() = {body.data(), body.size()};
    request.content_length(body.size());
  }
  co_await http_wire::async_write(s.socket, request, done());
  if (error) co_return s.Close(), Answer{};
  http_wire::response_parser<http_wire::string_body> parser;
  parser.body_limit(64UL * 1024 * 1024);
  co_await http_wire::async_read(s.socket, s.buffer, parser, done());
  if (error) co_return s.Close(), Answer{};
  auto& response = parser.get();
  Answer out{static_cast<int>(response.result_int()), std::move(response.body()), {}};
  auto const cookies = response.equal_range(http_wire::field::set_cookie);
  for (auto it = cookies.first; it != cookies.second; ++it) {
    std::string const value(it->value().data(), it->value().size());
    auto const pair = value.substr(0, value.find(';'));
    if (!pair.ends_with('=')) out.cookie += (out.cookie.empty() ? "" : "; ") + pair;
  }
  if (!response.keep_alive()) s.Close();
  co_return out;
}

Answer Client::Ask(std::string const& method, std::string const& target, std::string const& body,
                   std::string const& content_type) {
  Answer out;
  asio::co_spawn(
      io_, [&]() -> asio::awaitable<void> { out = co_await connection_.Ask(method, target, body, content_type); },
      asio::detached);
  io_.restart();
  io_.run();
  return out;
}

}  // namespace bole::app::bench
