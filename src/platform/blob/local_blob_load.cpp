// How a blob is found again after a restart, a crash or a change by somebody else.
#include <algorithm>

#include "platform/blob/local_blob.hpp"
#include "platform/log/log.hpp"

namespace bole::blob {

std::optional<FoundSlot> FindSlot(std::string_view id, std::span<std::uint8_t const> header) {
  std::optional<FoundSlot> best;
  for (std::size_t i = 0; i < 2; ++i) {
    auto slot = DecodeSlot(header.subspan(i * kSlotSize, kSlotSize));
    if (slot && slot->id == id && (!best || slot->generation > best->slot.generation))
      best = FoundSlot{*std::move(slot), i};
  }
  return best;
}

Result<std::shared_ptr<LocalBlob>> LocalBlob::Load(std::string id, std::unique_ptr<File> file,
                                                   std::shared_ptr<crypto::KeyRing const> keys) {
  crypto::Bytes header(kHeaderSize);
  BOLE_ASSIGN(auto const size, file->Size());
  BOLE_ASSIGN(auto const read, file->ReadAt(0, header));
  if (read < kHeaderSize) return NotFound("blob");
  auto best = FindSlot(id, header);
  if (!best) {
    if (size == kHeaderSize) return NotFound("blob");  // created and never synced: nothing was acknowledged
    return Fail(ErrorCode::kInternal, "blob.corrupt", {{"record", "header"}});
  }
  BOLE_ASSIGN(auto data_key, keys->Unwrap(best->slot.key, KeyContext(id, best->slot.algorithm)));
  if (data_key.size() != crypto::KeySize(best->slot.algorithm)) return Fail(ErrorCode::kInternal, "crypto.malformed");
  std::shared_ptr<LocalBlob> blob(
      new LocalBlob(std::move(id), std::move(file), std::move(keys), std::move(best->slot), std::move(data_key)));
  blob->slot_index_ = best->index;
  BOLE_TRY(blob->ScanRecords(size));
  return blob;
}

// Follows the chain of record heads. A chain that ends exactly at the end of the file in an authentic seal is complete:
// its records are checked when they are read. Any other is checked now, because its end decides what was acknowledged.
Result<> LocalBlob::ScanRecords(std::uint64_t file_size) {
  auto aead = MakeAead();
  crypto::Bytes head_bytes(kRecordHeadSize), sealed, plain;
  for (;;) {
    auto const place = End();
    auto const offset = place.FileOffset();
    if (offset + kRecordOverhead > file_size) break;
    BOLE_ASSIGN(auto const count, file_->ReadAt(offset, head_bytes));
    if (count < kRecordHeadSize) break;
    auto const head = DecodeRecordHead(head_bytes);
    if (!IsPlausible(head, state_.next_piece) || offset + kRecordOverhead + head.length > file_size) break;
    if (head.flags == kSeal) {
      bool const at_end = offset + kRecordOverhead == file_size;
      state_.sealed = at_end && ReadRecord({place, head}, aead, sealed, plain).has_value();
      break;
    }
    records_.push_back({place, head});
    state_.size += head.length;
    if (head.flags == kLastOfPiece) ++state_.next_piece;
  }
  if (state_.sealed) return {};
  BOLE_TRY(CheckRecords());
  tail_dirty_ = End().FileOffset() < file_size;
  if (!tail_dirty_) return {};
  BOLE_TRY(RefuseLaterPieces(file_size));
  log::Warn("blob.torn_tail",
            {{"blob", id_}, {"next_piece", state_.next_piece}, {"bytes", file_size - End().FileOffset()}});
  return {};
}

// Keeps the records up to the last whole piece before the first one that is not authentic.
Result<> LocalBlob::CheckRecords() {
  auto aead = MakeAead();
  crypto::Bytes sealed, plain;
  std::size_t good = 0;
  for (; good < records_.size(); ++good) {
    auto const checked = ReadRecord(records_[good], aead, sealed, plain);
    if (!checked && checked.error().key != "blob.corrupt") return checked;
    if (!checked) break;
  }
  while (good > 0 && records_[good - 1].head.flags != kLastOfPiece) --good;
  DropAfter(good);
  return {};
}

void LocalBlob::DropAfter(std::size_t count) {
  records_.resize(count);
  state_ = {};
  if (!records_.empty()) {
    auto const& last = records_.back();
    state_ = {last.head.piece + 1, last.place.plain_offset + last.head.length, false};
  }
}

// Only one piece, the one that was not acknowledged, can be torn. A head of a later piece (or of the seal) behind the
// damage proves that this place had been acknowledged. Chance: 2^-40 per byte of ciphertext; zeros never look like it.
Result<> LocalBlob::RefuseLaterPieces(std::uint64_t file_size) const {
  constexpr std::size_t kChunk = 1024 * 1024;
  crypto::Bytes chunk(kChunk);
  for (auto offset = End().FileOffset(); offset < file_size; offset += kChunk - kRecordHeadSize + 1) {
    BOLE_ASSIGN(auto const count, file_->ReadAt(offset, chunk));
    for (std::size_t i = 0; i + kRecordHeadSize <= count; ++i) {
      auto const head = DecodeRecordHead(std::span(chunk).subspan(i, kRecordHeadSize));
      bool const later = head.piece > state_.next_piece && head.piece - state_.next_piece < 4096;
      if (later && IsPlausible(head, head.piece) && offset + i + kRecordOverhead + head.length <= file_size)
        return Corrupt(End().index);
    }
    if (count < kChunk) break;
  }
  return {};
}

}  // namespace bole::blob
