#pragma once
#include <string_view>

#include "platform/crypto/encoding.hpp"

// Checking signatures of others (JSON Web Signatures, RFC 7518). Malformed keys and signatures are just not valid.
namespace bole::crypto {

// RSASSA-PKCS1-v1_5 with SHA-256 over `data`; modulus and exponent big-endian, at least 2048 bits.
[[nodiscard]] bool VerifyRs256(ByteView modulus, ByteView exponent, std::string_view data, ByteView signature);
// ECDSA on P-256 with SHA-256; coordinates of 32 bytes, signature r || s of 64.
[[nodiscard]] bool VerifyEs256(ByteView x, ByteView y, std::string_view data, ByteView signature);

}  // namespace bole::crypto
