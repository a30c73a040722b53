#pragma once
#include <string>

#include "platform/crypto/encoding.hpp"

namespace bole::plans::testing {

// A grey PNG of 8×8 pixels.
inline std::string Picture() {
  auto const bytes = crypto::Base64Decode(
      "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAASUlEQVR42mNggANWLn4RSTllBgYuETkNIxs3BgZ+OV0b76hMBgYRDZuAlIoeBgZJ"
      "I++U2mnrGRjkbKIqpm25xMCg7JbZs/7SVwBB5w9RPaVdKgAAAABJRU5ErkJggg==");
  return {reinterpret_cast<char const*>(bytes->data()), bytes->size()};
}

}  // namespace bole::plans::testing
