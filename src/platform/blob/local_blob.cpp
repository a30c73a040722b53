#include "platform/blob/local_blob.hpp"

#include <algorithm>

#include "platform/crypto/random.hpp"

namespace bole::blob {
namespace {

tl::unexpected<Error> Deleted() { return Fail(ErrorCode::kGone, "blob.deleted"); }

}  // namespace

LocalBlob::LocalBlob(std::string id, std::unique_ptr<File> file, std::shared_ptr<crypto::KeyRing const> keys, Slot slot,
                     crypto::Bytes data_key)
    : id_(std::move(id)),
      file_(std::move(file)),
      keys_(std::move(keys)),
      data_key_(std::move(data_key)),
      slot_(std::move(slot)),
      writer_(slot_.algorithm, data_key_) {}

Result<std::shared_ptr<LocalBlob>> LocalBlob::Create(std::string id, std::unique_ptr<File> file,
                                                     std::shared_ptr<crypto::KeyRing const> keys) {
  auto const algorithm = keys->algorithm();
  auto data_key = crypto::RandomBytes(crypto::KeySize(algorithm));
  Slot slot{algorithm, 1, id, keys->Wrap(data_key, KeyContext(id, algorithm))};
  auto header = EncodeSlot(slot);
  header.resize(kHeaderSize);
  BOLE_TRY(file->Truncate(0));
  BOLE_TRY(file->WriteAt(0, header));
  BOLE_TRY(file->Sync());
  return std::shared_ptr<LocalBlob>(
      new LocalBlob(std::move(id), std::move(file), std::move(keys), std::move(slot), std::move(data_key)));
}

Result<State> LocalBlob::Append(std::uint32_t piece, ByteView bytes) {
  std::lock_guard const writing(write_mutex_);
  RecordPlace place;
  {
    std::lock_guard const lock(state_mutex_);
    if (deleted_) return Deleted();
    if (piece < state_.next_piece) return state_;
    if (state_.sealed) return Fail(ErrorCode::kConflict, "blob.sealed");
    if (piece > state_.next_piece)
      return Fail(ErrorCode::kConflict, "piece.out_of_order", {{"next_piece", std::to_string(state_.next_piece)}});
    place = End();
  }
  auto const offset = place.FileOffset();
  auto const count = std::max<std::size_t>(1, (bytes.size() + kMaxRecordPlain - 1) / kMaxRecordPlain);
  crypto::Bytes out;
  out.reserve(bytes.size() + count * kRecordOverhead);
  std::vector<Record> added;
  added.reserve(count);
  for (auto rest = bytes; added.size() < count;) {
    auto const plain = rest.first(std::min(rest.size(), kMaxRecordPlain));
    rest = rest.subspan(plain.size());
    std::uint8_t const flags = rest.empty() ? kLastOfPiece : 0;
    RecordHead const head{static_cast<std::uint32_t>(plain.size()), flags, piece};
    AppendRecord(place, head, plain, out);
    added.push_back({place, head});
    place = {place.index + 1, place.plain_offset + plain.size()};
  }
  BOLE_TRY(WriteDurably(offset, out));

  std::lock_guard const lock(state_mutex_);
  records_.insert(records_.end(), added.begin(), added.end());
  state_.next_piece = piece + 1;
  state_.size += bytes.size();
  grown_.notify_all();
  return state_;
}

Result<State> LocalBlob::Seal() {
  std::lock_guard const writing(write_mutex_);
  RecordPlace place;
  RecordHead head{0, kSeal, 0};
  {
    std::lock_guard const lock(state_mutex_);
    if (deleted_) return Deleted();
    if (state_.sealed) return state_;
    place = End();
    head.piece = state_.next_piece;
  }
  crypto::Bytes out;
  AppendRecord(place, head, {}, out);
  BOLE_TRY(WriteDurably(place.FileOffset(), out));

  std::lock_guard const lock(state_mutex_);
  state_.sealed = true;
  grown_.notify_all();
  return state_;
}

Result<bool> LocalBlob::RewrapKey() {
  std::lock_guard const writing(write_mutex_);
  {
    std::lock_guard const lock(state_mutex_);
    if (deleted_) return Deleted();
  }
  if (slot_.key.key_id == keys_->ActiveId() && WrapAlgorithm(slot_) == keys_->algorithm()) return false;
  auto next = slot_;
  ++next.generation;
  next.key = keys_->Wrap(data_key_, KeyContext(id_, slot_.algorithm));
  auto const next_index = 1 - slot_index_;
  BOLE_TRY(file_->WriteAt(next_index * kSlotSize, EncodeSlot(next)));
  BOLE_TRY(file_->Sync());
  // From here on the new slot counts. The old key must not stay readable for whoever has the old master key.
  auto const old_index = std::exchange(slot_index_, next_index);
  slot_ = std::move(next);
  BOLE_TRY(file_->WriteAt(old_index * kSlotSize, crypto::Bytes(kSlotSize)));
  BOLE_TRY(file_->Sync());
  return true;
}

Result<std::shared_ptr<LocalBlob>> LocalBlob::CopyInto(std::unique_ptr<File> file) const {
  std::vector<Record> records;
  State state;
  {
    std::lock_guard const lock(state_mutex_);
    records = records_, state = state_;
  }
  if (!state.sealed) return Fail(ErrorCode::kConflict, "blob.not_sealed");
  BOLE_ASSIGN(auto copy, Create(id_, std::move(file), keys_));
  auto aead = MakeAead();
  crypto::Bytes sealed, plain, piece;
  for (auto const& record : records) {
    BOLE_TRY(ReadRecord(record, aead, sealed, plain));
    piece.insert(piece.end(), plain.begin(), plain.end());
    if (record.head.flags != kLastOfPiece) continue;
    BOLE_TRY(copy->Append(record.head.piece, piece));
    piece.clear();
  }
  BOLE_ASSIGN(auto const copied, copy->Seal());
  if (copied != state) return Fail(ErrorCode::kInternal, "blob.corrupt", {{"record", "seal"}});
  return copy;
}

Result<> LocalBlob::ShredHeader() {
  std::lock_guard const writing(write_mutex_);
  BOLE_TRY(file_->WriteAt(0, crypto::RandomBytes(kHeaderSize)));
  return file_->Sync();
}

void LocalBlob::MarkDeleted() {
  std::lock_guard const writing(write_mutex_);
  std::lock_guard const lock(state_mutex_);
  deleted_ = true;
  grown_.notify_all();
}

State LocalBlob::state() const {
  std::lock_guard const lock(state_mutex_);
  return state_;
}

Result<State> LocalBlob::WaitForGrowth(std::uint64_t after_size, std::chrono::milliseconds timeout,
                                       std::stop_token stop) {
  std::unique_lock lock(state_mutex_);
  grown_.wait_for(lock, stop, timeout, [&] { return deleted_ || state_.sealed || state_.size > after_size; });
  if (deleted_) return Deleted();
  return state_;
}

Result<std::optional<LocalBlob::Record>> LocalBlob::FindRecord(std::uint64_t plain_offset) const {
  std::lock_guard const lock(state_mutex_);
  if (deleted_) return Deleted();
  if (plain_offset >= state_.size) return std::nullopt;
  auto const after =
      std::upper_bound(records_.begin(), records_.end(), plain_offset,
                       [](std::uint64_t offset, Record const& record) { return offset < record.place.plain_offset; });
  return *std::prev(after);
}

Result<> LocalBlob::ReadRecord(Record const& record, crypto::Aead& aead, crypto::Bytes& sealed,
                               crypto::Bytes& plain) const {
  sealed.resize(record.head.length + kRecordOverhead);
  BOLE_ASSIGN(auto const count, file_->ReadAt(record.place.FileOffset(), sealed));
  if (count != sealed.size() || DecodeRecordHead(sealed) != record.head) return Corrupt(record.place.index);
  auto const body = ByteView(sealed).subspan(kRecordHeadSize);
  if (!aead.Open(body.first(crypto::kNonceSize), AssociatedData(id_, record.place, record.head),
                 body.subspan(crypto::kNonceSize), plain))
    return Corrupt(record.place.index);
  return {};
}

void LocalBlob::AppendRecord(RecordPlace const& place, RecordHead const& head, ByteView plain, crypto::Bytes& out) {
  AppendRecordHead(head, out);
  auto const nonce = crypto::RandomBytes(crypto::kNonceSize);
  out.insert(out.end(), nonce.begin(), nonce.end());
  writer_.Seal(nonce, AssociatedData(id_, place, head), plain, out);
}

// Success means: on the medium. After a failure the file ends where it ended before, or tail_dirty_ remembers to cut
// it.
Result<> LocalBlob::WriteDurably(std::uint64_t offset, ByteView bytes) {
  if (tail_dirty_) {
    BOLE_TRY(file_->Truncate(offset));
    tail_dirty_ = false;
  }
  auto result = file_->WriteAt(offset, bytes);
  if (result) result = file_->Sync();
  if (!result) tail_dirty_ = !file_->Truncate(offset);
  return result;
}

RecordPlace LocalBlob::End() const { return {records_.size(), state_.size}; }

tl::unexpected<Error> LocalBlob::Corrupt(std::uint64_t record) const {
  return Fail(ErrorCode::kInternal, "blob.corrupt", {{"record", std::to_string(record)}});
}

}  // namespace bole::blob
