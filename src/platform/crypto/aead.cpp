#include "platform/crypto/aead.hpp"

#include <botan/aead.h>

namespace bole::crypto {
namespace {

char const* BotanName(Algorithm algorithm) { return algorithm == Algorithm::kSm4Gcm ? "SM4/GCM" : "AES-256/GCM"; }

}  // namespace

std::optional<Algorithm> ParseAlgorithm(std::string_view name) {
  if (name == "aes-256-gcm") return Algorithm::kAes256Gcm;
  if (name == "sm4-gcm") return Algorithm::kSm4Gcm;
  return std::nullopt;
}

std::string_view AlgorithmName(Algorithm algorithm) {
  return algorithm == Algorithm::kSm4Gcm ? "sm4-gcm" : "aes-256-gcm";
}

bool IsKnown(std::uint8_t algorithm) {
  return algorithm == static_cast<std::uint8_t>(Algorithm::kAes256Gcm) ||
         algorithm == static_cast<std::uint8_t>(Algorithm::kSm4Gcm);
}

// One direction is made when it is first used: a writer never needs the other key schedule.
struct Aead::Impl {
  Algorithm algorithm;
  Botan::SymmetricKey key;
  std::unique_ptr<Botan::AEAD_Mode> encryption{};
  std::unique_ptr<Botan::AEAD_Mode> decryption{};

  Botan::AEAD_Mode& Mode(Botan::Cipher_Dir direction) {
    auto& mode = direction == Botan::ENCRYPTION ? encryption : decryption;
    if (!mode) {
      mode = Botan::AEAD_Mode::create_or_throw(BotanName(algorithm), direction);
      mode->set_key(key);
    }
    return *mode;
  }
};

Aead::Aead(Algorithm algorithm, ByteView key)
    : impl_(std::make_unique<Impl>(Impl{algorithm, Botan::SymmetricKey(key.data(), key.size())})) {}
Aead::~Aead() = default;
Aead::Aead(Aead&&) noexcept = default;
Aead& Aead::operator=(Aead&&) noexcept = default;

void Aead::Seal(ByteView nonce, ByteView associated, ByteView plaintext, Bytes& out) {
  auto& mode = impl_->Mode(Botan::ENCRYPTION);
  mode.set_associated_data(associated.data(), associated.size());
  mode.start(nonce.data(), nonce.size());
  auto const start = out.size();
  out.reserve(start + plaintext.size() + kTagSize);
  out.insert(out.end(), plaintext.begin(), plaintext.end());
  // Most of it in place; Botan wants the rest in its own kind of vector.
  auto const grain = mode.update_granularity();
  auto const whole = plaintext.size() / grain * grain;
  if (whole > 0) mode.process(out.data() + start, whole);
  Botan::secure_vector<std::uint8_t> rest(plaintext.begin() + static_cast<std::ptrdiff_t>(whole), plaintext.end());
  mode.finish(rest);
  out.resize(start + whole);
  out.insert(out.end(), rest.begin(), rest.end());
}

Result<> Aead::Open(ByteView nonce, ByteView associated, ByteView sealed, Bytes& out) {
  out.clear();
  if (nonce.size() != kNonceSize || sealed.size() < kTagSize) return Fail(ErrorCode::kInternal, "crypto.tampered");
  auto& mode = impl_->Mode(Botan::DECRYPTION);
  mode.set_associated_data(associated.data(), associated.size());
  mode.start(nonce.data(), nonce.size());
  auto const grain = mode.update_granularity();
  auto const whole = (sealed.size() - kTagSize) / grain * grain;
  out.assign(sealed.begin(), sealed.begin() + static_cast<std::ptrdiff_t>(whole));
  if (whole > 0) mode.process(out.data(), whole);
  Botan::secure_vector<std::uint8_t> rest(sealed.begin() + static_cast<std::ptrdiff_t>(whole), sealed.end());
  try {
    mode.finish(rest);
  } catch (Botan::Integrity_Failure const&) {
    mode.reset();
    out.clear();
    return Fail(ErrorCode::kInternal, "crypto.tampered");
  }
  out.insert(out.end(), rest.begin(), rest.end());
  return {};
}

}  // namespace bole::crypto
