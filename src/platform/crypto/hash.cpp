#include "platform/crypto/hash.hpp"

#include <botan/hash.h>
#include <botan/kdf.h>
#include <botan/mac.h>
#include <botan/mem_ops.h>

namespace bole::crypto {

Bytes Sha256(ByteView data) {
  auto const hash = Botan::HashFunction::create_or_throw("SHA-256");
  Bytes out(hash->output_length());
  hash->update(data.data(), data.size());
  hash->final(out.data());
  return out;
}

std::string Sha256Hex(std::string_view data) { return HexEncode(Sha256(AsBytes(data))); }

Bytes HmacSha256(ByteView key, ByteView data) {
  auto const mac = Botan::MessageAuthenticationCode::create_or_throw("HMAC(SHA-256)");
  mac->set_key(key.data(), key.size());
  mac->update(data.data(), data.size());
  Bytes out(mac->output_length());
  mac->final(out.data());
  return out;
}

std::string HmacSha256Hex(std::string_view key, std::string_view data) {
  return HexEncode(HmacSha256(AsBytes(key), AsBytes(data)));
}

Bytes Hkdf(ByteView secret, std::string_view purpose, std::size_t size) {
  auto const kdf = Botan::KDF::create_or_throw("HKDF(SHA-256)");
  auto const label = AsBytes(purpose);
  auto const key = kdf->derive_key(size, secret.data(), secret.size(), nullptr, 0, label.data(), label.size());
  return {key.begin(), key.end()};
}

bool ConstantTimeEqual(std::string_view a, std::string_view b) {
  return a.size() == b.size() && Botan::constant_time_compare(AsBytes(a).data(), AsBytes(b).data(), a.size());
}

struct Sha256Stream::Impl {
  std::unique_ptr<Botan::HashFunction> hash = Botan::HashFunction::create_or_throw("SHA-256");
};

Sha256Stream::Sha256Stream() : impl_(std::make_unique<Impl>()) {}
Sha256Stream::~Sha256Stream() = default;
Sha256Stream::Sha256Stream(Sha256Stream&&) noexcept = default;
Sha256Stream& Sha256Stream::operator=(Sha256Stream&&) noexcept = default;

void Sha256Stream::Update(ByteView data) { impl_->hash->update(data.data(), data.size()); }

std::string Sha256Stream::FinishHex() {
  Bytes out(impl_->hash->output_length());
  impl_->hash->final(out.data());
  return HexEncode(out);
}

}  // namespace bole::crypto
