#include "media/synthetic/loopback_server.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace bole::media {
namespace {

// Reads one request with the body that Content-Length announces.
std::string ReadRequest(int connection) {
  std::string request;
  char block[4096];
  std::size_t wanted = std::string::npos;
  while (request.size() < wanted) {
    auto const got = ::recv(connection, block, sizeof block, 0);
    if (got <= 0) break;
    request.append(block, static_cast<std::size_t>(got));
    auto const head = request.find("\r\n\r\n");
    if (wanted == std::string::npos && head != std::string::npos) {
      auto lower = request.substr(0, head);
      std::transform(lower.begin(), lower.end(), lower.begin(),
                     [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
      auto const length = lower.find("content-length:");
      wanted = head + 4 + (length == std::string::npos ? 0 : std::strtoul(lower.c_str() + length + 15, nullptr, 10));
      if (lower.find("expect: 100-continue") != std::string::npos) {
        constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";
        (void)::send(connection, kGoOn.data(), kGoOn.size(), MSG_NOSIGNAL);
      }
    }
  }
  return request;
}

}  // namespace

LoopbackServer::LoopbackServer(Answer answer)
    : answer_(std::move(answer)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  (void)::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
  (void)::listen(listener_, 8);
  (void)::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { Serve(); });
}

LoopbackServer::~LoopbackServer() {
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
}

void LoopbackServer::Serve() {
  for (;;) {
    int const connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) return;
    auto request = ReadRequest(connection);
    auto const reply = answer_(request);
    {
      std::lock_guard lock(mutex_);
      requests_.push_back(std::move(request));
    }
    (void)::send(connection, reply.data(), reply.size(), MSG_NOSIGNAL);
    ::close(connection);
  }
}

std::vector<std::string> LoopbackServer::Requests() const {
  std::lock_guard lock(mutex_);
  return requests_;
}

std::string HttpReply(int status, std::string const& body, std::string const& more_headers) {
  return "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\nConnection: close\r\n" + more_headers + "\r\n" + body;
}

}  // namespace bole::media
