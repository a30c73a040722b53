#pragma once
#include <array>
#include <initializer_list>
#include <memory>

#include "platform/crypto/encoding.hpp"

namespace bole::crypto {

enum class DigestAlgorithm { kSha256, kSm3 };
using Digest32 = std::array<std::uint8_t, 32>;

// One algorithm for many short messages: the state is made once. Not thread-safe.
class Digester {
 public:
  explicit Digester(DigestAlgorithm algorithm);
  ~Digester();
  Digester(Digester&&) noexcept;
  Digester& operator=(Digester&&) noexcept;
  // Of the parts as if they stood behind each other.
  [[nodiscard]] Digest32 Hash(std::initializer_list<ByteView> parts);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bole::crypto
