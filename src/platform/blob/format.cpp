#include "platform/blob/format.hpp"

#include <algorithm>

#include "platform/crypto/hash.hpp"

namespace bole::blob {
namespace {

constexpr std::string_view kMagic = "BOLEBLB1";
constexpr std::size_t kChecksumSize = 8;

template <class T>
void Put(T value, crypto::Bytes& out) {
  for (std::size_t i = 0; i < sizeof(T); ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

template <class T>
T Get(std::span<std::uint8_t const> bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) value |= std::uint64_t{bytes[i]} << (8 * i);
  return static_cast<T>(value);
}

void PutShort(std::string_view text, crypto::Bytes& out) {
  out.push_back(static_cast<std::uint8_t>(text.size()));
  out.insert(out.end(), text.begin(), text.end());
}

std::string_view Checksum(crypto::Bytes const& digest) { return crypto::AsText(digest).substr(0, kChecksumSize); }

// Takes bytes from the front; empty and broken once there are too few.
class Parser {
 public:
  explicit Parser(std::span<std::uint8_t const> bytes) : rest_(bytes) {}
  std::span<std::uint8_t const> Take(std::size_t count) {
    if (count > rest_.size()) {
      broken_ = true;
      return {};
    }
    auto const taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }
  std::span<std::uint8_t const> TakeShort() {
    auto const size = Take(1);
    return size.empty() ? size : Take(size[0]);
  }
  [[nodiscard]] bool broken() const { return broken_; }
  [[nodiscard]] std::size_t left() const { return rest_.size(); }

 private:
  std::span<std::uint8_t const> rest_;
  bool broken_ = false;
};

}  // namespace

crypto::Bytes EncodeSlot(Slot const& slot) {
  crypto::Bytes out(kMagic.begin(), kMagic.end());
  out.push_back(static_cast<std::uint8_t>(slot.algorithm));
  Put(slot.generation, out);
  PutShort(slot.id, out);
  PutShort(slot.key.key_id, out);
  PutShort(crypto::AsText(slot.key.bytes), out);
  auto const digest = crypto::Sha256(out);
  out.insert(out.end(), digest.begin(), digest.begin() + kChecksumSize);
  out.resize(kSlotSize);
  return out;
}

std::optional<Slot> DecodeSlot(std::span<std::uint8_t const> bytes) {
  Parser parser(bytes);
  auto const magic = parser.Take(kMagic.size());
  auto const algorithm = parser.Take(1), generation = parser.Take(4);
  auto const id = parser.TakeShort(), key_id = parser.TakeShort(), key = parser.TakeShort();
  auto const covered = bytes.size() - parser.left();
  auto const checksum = parser.Take(kChecksumSize);
  if (parser.broken() || crypto::AsText(magic) != kMagic || !crypto::IsKnown(algorithm[0])) return std::nullopt;
  if (crypto::AsText(checksum) != Checksum(crypto::Sha256(bytes.first(covered)))) return std::nullopt;
  return Slot{static_cast<crypto::Algorithm>(algorithm[0]),
              Get<std::uint32_t>(generation),
              std::string(crypto::AsText(id)),
              {std::string(crypto::AsText(key_id)), crypto::Bytes(key.begin(), key.end())}};
}

crypto::Algorithm WrapAlgorithm(Slot const& slot) {
  return slot.key.bytes.empty() ? slot.algorithm : static_cast<crypto::Algorithm>(slot.key.bytes.front());
}

std::string KeyContext(std::string_view id, crypto::Algorithm algorithm) {
  return "blob\n" + std::string(crypto::AlgorithmName(algorithm)) + "\n" + std::string(id);
}

void AppendRecordHead(RecordHead const& head, crypto::Bytes& out) {
  Put(head.length, out);
  Put(head.flags, out);
  Put(head.piece, out);
}

RecordHead DecodeRecordHead(std::span<std::uint8_t const> bytes) {
  return {Get<std::uint32_t>(bytes), bytes[4], Get<std::uint32_t>(bytes.subspan(5))};
}

bool IsPlausible(RecordHead const& head, std::uint32_t acknowledged) {
  if (head.piece != acknowledged) return false;
  if (head.flags == kSeal) return head.length == 0;
  if (head.flags == 0) return head.length == kMaxRecordPlain;  // only the last record of a piece may be shorter
  return head.flags == kLastOfPiece && head.length <= kMaxRecordPlain;
}

crypto::Bytes AssociatedData(std::string_view id, RecordPlace const& place, RecordHead const& head) {
  crypto::Bytes out;
  out.reserve(1 + id.size() + 16 + kRecordHeadSize);
  PutShort(id, out);
  Put(place.index, out);
  Put(place.plain_offset, out);
  AppendRecordHead(head, out);
  return out;
}

}  // namespace bole::blob
