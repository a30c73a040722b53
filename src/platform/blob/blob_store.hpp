#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>

#include "base/result.hpp"

// Large encrypted objects (recordings, documents) that grow piece by piece. docs: blob/README.md.
namespace bole::blob {

using ByteView = std::span<std::uint8_t const>;

struct State {
  std::uint32_t next_piece = 0;  // number of acknowledged pieces; pieces count from 0
  std::uint64_t size = 0;        // plaintext bytes of these pieces
  bool sealed = false;           // complete; nothing can be appended
  friend bool operator==(State const&, State const&) = default;
};

// What a blob is encrypted with.
struct Protection {
  std::string key_id;     // the master key that wraps its data key
  std::string algorithm;  // of the content
  bool current = false;   // key, wrapping and content as new blobs have them
};

// Random access over the plaintext of one blob, also while it grows. A reader is for one thread at a time; many readers
// of one blob may run in parallel with each other and with its writer. Sees acknowledged bytes only.
class Reader {
 public:
  virtual ~Reader() = default;
  [[nodiscard]] virtual State state() const = 0;
  // Fills `out` from `offset`; returns the count, less than out.size() only at the end of what is there now.
  // kInternal blob.corrupt when a record was changed, kGone blob.deleted after Delete.
  [[nodiscard]] virtual Result<std::size_t> ReadAt(std::uint64_t offset, std::span<std::uint8_t> out) = 0;
  // Returns the state as soon as size > after_size or the blob is sealed; at the timeout or stop the state as it is.
  [[nodiscard]] virtual Result<State> WaitForGrowth(std::uint64_t after_size, std::chrono::milliseconds timeout,
                                                    std::stop_token stop) = 0;
};

// Thread-safe. Different blobs proceed in parallel, calls on one blob one after the other.
// Whatever returned success survives kill -9 and power loss. Blob ids: 1 to 64 characters of [0-9A-Za-z_-].
// Errors besides the named: kNotFound, kStorageFull storage.full (nothing changed, try again later),
// kUnavailable storage.io, kInternal blob.corrupt | crypto.*.
class BlobStore {
 public:
  virtual ~BlobStore() = default;

  [[nodiscard]] virtual Result<State> Create(std::string const& id) = 0;  // an existing blob: its state
  // Takes piece `piece` when it is the next one. An earlier piece is a repeat: nothing happens, the state comes back.
  // A later one: kConflict piece.out_of_order {next_piece}. kConflict blob.sealed, kTooLarge piece.too_large.
  [[nodiscard]] virtual Result<State> Append(std::string const& id, std::uint32_t piece, ByteView bytes) = 0;
  [[nodiscard]] virtual Result<State> Seal(std::string const& id) = 0;  // repeats are harmless
  // Create, append in pieces, seal. kConflict blob.exists when the id is taken.
  [[nodiscard]] virtual Result<State> Put(std::string const& id, ByteView bytes) = 0;

  [[nodiscard]] virtual Result<State> Stat(std::string const& id) = 0;
  [[nodiscard]] virtual Result<std::unique_ptr<Reader>> Open(std::string const& id) = 0;

  // Crypto-shreds: overwrites the wrapped data key, then removes the file. A missing blob is success.
  [[nodiscard]] virtual Result<> Delete(std::string const& id) = 0;
  // Wraps the data key under the active master key; false when it was already. The content is not rewritten.
  [[nodiscard]] virtual Result<bool> RewrapKey(std::string const& id) = 0;
  // RewrapKey, and a sealed blob of another algorithm than today's is written anew under today's; who reads it goes on.
  // False when there was nothing to do. A blob that still grows keeps its algorithm until it is sealed.
  [[nodiscard]] virtual Result<bool> Renew(std::string const& id) = 0;
  // Looks at the header only.
  [[nodiscard]] virtual Result<Protection> ProtectionOf(std::string const& id) = 0;
  // Calls `visit` with every id, in no particular order, until it returns false.
  [[nodiscard]] virtual Result<> List(std::function<bool(std::string const& id)> const& visit) = 0;
};

// Whole content of a blob; kTooLarge blob.too_large when it has more than `limit` bytes.
[[nodiscard]] Result<std::string> ReadAll(BlobStore& store, std::string const& id, std::uint64_t limit);

}  // namespace bole::blob
