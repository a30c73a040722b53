#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "platform/crypto/aead.hpp"
#include "platform/crypto/key_ring.hpp"

// The bytes of a blob file; little endian. README.md has the picture.
namespace bole::blob {

// Two copies of the header, so that a new wrapped key can be written while the old one is still whole.
inline constexpr std::size_t kSlotSize = 512;
inline constexpr std::size_t kHeaderSize = 2 * kSlotSize;
inline constexpr std::size_t kRecordHeadSize = 9;
inline constexpr std::size_t kRecordOverhead = kRecordHeadSize + crypto::kNonceSize + crypto::kTagSize;
inline constexpr std::size_t kMaxRecordPlain = 64 * 1024;

enum RecordFlags : std::uint8_t { kLastOfPiece = 1, kSeal = 2 };

struct Slot {
  crypto::Algorithm algorithm;   // of the records
  std::uint32_t generation = 0;  // the valid slot with the higher one counts
  std::string id;
  crypto::KeyRing::Wrapped key;
};

[[nodiscard]] crypto::Bytes EncodeSlot(Slot const& slot);  // kSlotSize bytes
[[nodiscard]] std::optional<Slot> DecodeSlot(
    std::span<std::uint8_t const> bytes);                         // nullopt: torn, shredded or no slot
[[nodiscard]] crypto::Algorithm WrapAlgorithm(Slot const& slot);  // with which the master key wraps the data key
// What the wrapped data key is bound to.
[[nodiscard]] std::string KeyContext(std::string_view id, crypto::Algorithm algorithm);

struct RecordHead {
  std::uint32_t length = 0;  // of the plaintext
  std::uint8_t flags = 0;
  std::uint32_t piece = 0;
  friend bool operator==(RecordHead const&, RecordHead const&) = default;
};
void AppendRecordHead(RecordHead const& head, crypto::Bytes& out);
[[nodiscard]] RecordHead DecodeRecordHead(std::span<std::uint8_t const> bytes);  // kRecordHeadSize bytes
// May a record after `acknowledged` whole pieces look like this? (Authenticity is another question.)
[[nodiscard]] bool IsPlausible(RecordHead const& head, std::uint32_t acknowledged);

// Where a record stands. Bound into the associated data, so that records cannot be moved, dropped or exchanged.
struct RecordPlace {
  std::uint64_t index = 0;         // 0 for the first record of the blob
  std::uint64_t plain_offset = 0;  // of its first byte within the plaintext
  [[nodiscard]] std::uint64_t FileOffset() const { return kHeaderSize + plain_offset + index * kRecordOverhead; }
};
[[nodiscard]] crypto::Bytes AssociatedData(std::string_view id, RecordPlace const& place, RecordHead const& head);

}  // namespace bole::blob
