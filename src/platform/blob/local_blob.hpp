#pragma once
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "platform/blob/blob_store.hpp"
#include "platform/blob/file_system.hpp"
#include "platform/blob/format.hpp"

namespace bole::blob {

// The valid slot of a header with the higher generation, and where it stands; nullopt: torn, shredded or another
// blob's.
struct FoundSlot {
  Slot slot;
  std::size_t index = 0;
};
[[nodiscard]] std::optional<FoundSlot> FindSlot(std::string_view id, std::span<std::uint8_t const> header);

// One blob file: header, records, and what is known about them. Thread-safe. Exactly one object per file may exist
// (LocalStore sees to it).
class LocalBlob {
 public:
  struct Record {
    RecordPlace place;
    RecordHead head;
  };

  // Writes the header durably into an empty file.
  [[nodiscard]] static Result<std::shared_ptr<LocalBlob>> Create(std::string id, std::unique_ptr<File> file,
                                                                 std::shared_ptr<crypto::KeyRing const> keys);
  // Reads header and records. kNotFound when the file never got a whole header, which means it was never acknowledged.
  // Of a blob that is not sealed every record is checked, and what a crash left behind the last whole piece is ignored
  // (cut by the next Append). kInternal blob.corrupt when a broken record is followed by another piece: that is no torn
  // write, and cutting there would lose acknowledged pieces.
  [[nodiscard]] static Result<std::shared_ptr<LocalBlob>> Load(std::string id, std::unique_ptr<File> file,
                                                               std::shared_ptr<crypto::KeyRing const> keys);

  [[nodiscard]] Result<State> Append(std::uint32_t piece, ByteView bytes);
  [[nodiscard]] Result<State> Seal();
  [[nodiscard]] Result<bool> RewrapKey();
  // The same pieces in `file`, under a new data key and today's algorithm. Of a sealed blob.
  [[nodiscard]] Result<std::shared_ptr<LocalBlob>> CopyInto(std::unique_ptr<File> file) const;
  [[nodiscard]] Result<> ShredHeader();  // of a file that is no longer the blob's
  [[nodiscard]] crypto::Algorithm algorithm() const { return slot_.algorithm; }
  void MarkDeleted();  // waits for a running write; after it every call answers kGone

  [[nodiscard]] State state() const;
  [[nodiscard]] Result<State> WaitForGrowth(std::uint64_t after_size, std::chrono::milliseconds timeout,
                                            std::stop_token stop);
  // The record that holds this byte of the plaintext; nullopt at or behind the end.
  [[nodiscard]] Result<std::optional<Record>> FindRecord(std::uint64_t plain_offset) const;
  [[nodiscard]] Result<> ReadRecord(Record const& record, crypto::Aead& aead, crypto::Bytes& sealed,
                                    crypto::Bytes& plain) const;
  [[nodiscard]] crypto::Aead MakeAead() const { return crypto::Aead(slot_.algorithm, data_key_); }

 private:
  LocalBlob(std::string id, std::unique_ptr<File> file, std::shared_ptr<crypto::KeyRing const> keys, Slot slot,
            crypto::Bytes data_key);
  [[nodiscard]] Result<> ScanRecords(std::uint64_t file_size);
  [[nodiscard]] Result<> CheckRecords();
  [[nodiscard]] Result<> RefuseLaterPieces(std::uint64_t file_size) const;
  void DropAfter(std::size_t count);
  void AppendRecord(RecordPlace const& place, RecordHead const& head, ByteView plain, crypto::Bytes& out);
  [[nodiscard]] Result<> WriteDurably(std::uint64_t offset, ByteView bytes);
  [[nodiscard]] RecordPlace End() const;
  [[nodiscard]] tl::unexpected<Error> Corrupt(std::uint64_t record) const;

  std::string const id_;
  std::unique_ptr<File> const file_;
  std::shared_ptr<crypto::KeyRing const> const keys_;
  crypto::Bytes const data_key_;

  std::mutex write_mutex_;  // one writer; held over I/O. Guards slot_, slot_index_, tail_dirty_, writer_
  Slot slot_;
  std::size_t slot_index_ = 0;
  bool tail_dirty_ = false;  // bytes behind the acknowledged end may be on the medium
  crypto::Aead writer_;

  mutable std::mutex state_mutex_;  // never held over I/O. Guards what follows
  std::condition_variable_any grown_;
  std::vector<Record> records_;  // without the seal
  State state_;
  bool deleted_ = false;
};

}  // namespace bole::blob
