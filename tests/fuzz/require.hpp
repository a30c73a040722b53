#pragma once
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace bole::fuzz {

// What must hold for every input; libFuzzer keeps the input of a program that dies.
inline void Require(bool holds, char const* what) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

[[nodiscard]] inline std::string_view Text(std::uint8_t const* data, std::size_t size) {
  return {reinterpret_cast<char const*>(data), size};
}

}  // namespace bole::fuzz
