#include "platform/blob/local_store.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <list>
#include <mutex>
#include <unordered_map>

#include "platform/blob/local_blob.hpp"
#include "platform/blob/local_reader.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "platform/log/log.hpp"

namespace bole::blob {
namespace {

constexpr std::size_t kGates = 64;
constexpr std::size_t kPutPiece = 4 * 1024 * 1024;

bool IsBlobId(std::string_view id) {
  return !id.empty() && id.size() <= 64 &&
         id.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-") ==
             std::string_view::npos;
}

// The open blobs, least recently used first out. A blob that somebody still holds is never dropped, so that there is
// one object per file at any time. Thread-safe.
class Cache {
 public:
  explicit Cache(std::size_t limit) : limit_(limit) {}

  std::shared_ptr<LocalBlob> Find(std::string const& id) {
    std::lock_guard const lock(mutex_);
    auto const found = index_.find(id);
    if (found == index_.end()) return nullptr;
    order_.splice(order_.begin(), order_, found->second);
    return found->second->second;
  }

  void Insert(std::string const& id, std::shared_ptr<LocalBlob> blob) {
    std::lock_guard const lock(mutex_);
    order_.emplace_front(id, std::move(blob));
    index_[id] = order_.begin();
    for (auto entry = order_.end(); order_.size() > limit_ && entry != std::next(order_.begin());) {
      --entry;
      if (entry->second.use_count() > 1) continue;
      index_.erase(entry->first);
      entry = order_.erase(entry);
    }
  }

  void Erase(std::string const& id) {
    std::lock_guard const lock(mutex_);
    auto const found = index_.find(id);
    if (found == index_.end()) return;
    order_.erase(found->second);
    index_.erase(found);
  }

 private:
  using Order = std::list<std::pair<std::string, std::shared_ptr<LocalBlob>>>;
  std::size_t const limit_;
  std::mutex mutex_;
  Order order_;
  std::unordered_map<std::string, Order::iterator> index_;
};

class LocalStore final : public BlobStore {
 public:
  LocalStore(LocalStoreOptions options, FileSystem& files, std::shared_ptr<crypto::KeyRing const> keys)
      : options_(std::move(options)), files_(files), keys_(std::move(keys)), cache_(options_.max_cached_blobs) {}

  Result<State> Create(std::string const& id) override {
    BOLE_ASSIGN(auto const made, CreateOrFind(id));
    return made.blob->state();
  }

  Result<State> Append(std::string const& id, std::uint32_t piece, ByteView bytes) override {
    if (bytes.size() > options_.max_piece_bytes)
      return Fail(ErrorCode::kTooLarge, "piece.too_large", {{"limit", std::to_string(options_.max_piece_bytes)}});
    BOLE_ASSIGN(auto const blob, Find(id));
    return blob->Append(piece, bytes);
  }

  Result<State> Seal(std::string const& id) override {
    BOLE_ASSIGN(auto const blob, Find(id));
    return blob->Seal();
  }

  Result<State> Put(std::string const& id, ByteView bytes) override {
    BOLE_ASSIGN(auto const made, CreateOrFind(id));
    if (!made.is_new) return Fail(ErrorCode::kConflict, "blob.exists");
    auto result = Fill(*made.blob, bytes);
    if (!result) static_cast<void>(Delete(id));  // the first error is the one to tell
    return result;
  }

  Result<State> Stat(std::string const& id) override {
    BOLE_ASSIGN(auto const blob, Find(id));
    return blob->state();
  }

  Result<std::unique_ptr<Reader>> Open(std::string const& id) override {
    BOLE_ASSIGN(auto blob, Find(id));
    return MakeLocalReader(std::move(blob));
  }

  Result<> Delete(std::string const& id) override {
    BOLE_TRY(CheckId(id));
    std::lock_guard const gate(GateOf(id));
    if (auto const blob = cache_.Find(id)) blob->MarkDeleted();
    cache_.Erase(id);
    BOLE_TRY(Shred(CopyPathOf(id)));
    return Shred(PathOf(id));
  }

  Result<bool> RewrapKey(std::string const& id) override {
    BOLE_ASSIGN(auto const blob, Find(id));
    return blob->RewrapKey();
  }

  Result<bool> Renew(std::string const& id) override {
    BOLE_ASSIGN(auto const found, Find(id));
    if (found->algorithm() == keys_->algorithm() || !found->state().sealed) return found->RewrapKey();
    std::lock_guard const gate(GateOf(id));
    BOLE_ASSIGN(auto const old, FindBehindGate(id));
    BOLE_TRY(Shred(CopyPathOf(id)));  // a crash may have left one
    BOLE_ASSIGN(auto file, files_.Open(CopyPathOf(id), FileSystem::Mode::kCreate));
    auto copy = old->CopyInto(std::move(file));
    if (!copy) {
      static_cast<void>(Shred(CopyPathOf(id)));  // the first error is the one to tell
      return tl::unexpected(copy.error());
    }
    BOLE_TRY(files_.Rename(CopyPathOf(id), PathOf(id)));
    BOLE_TRY(files_.SyncDirectory(PathOf(id).parent_path()));
    cache_.Erase(id);
    cache_.Insert(id, *copy);
    BOLE_TRY(old->ShredHeader());  // readers that have it open hold its key in memory
    return true;
  }

  Result<Protection> ProtectionOf(std::string const& id) override {
    BOLE_TRY(CheckId(id));
    auto file = files_.Open(PathOf(id), FileSystem::Mode::kExisting);
    if (!file) return file.error().code == ErrorCode::kNotFound ? NotFound("blob") : tl::unexpected(file.error());
    crypto::Bytes header(kHeaderSize);
    BOLE_ASSIGN(auto const read, (*file)->ReadAt(0, header));
    if (read < kHeaderSize) return NotFound("blob");
    auto const found = FindSlot(id, header);
    if (!found) return Fail(ErrorCode::kInternal, "blob.corrupt", {{"record", "header"}});
    auto const& slot = found->slot;
    auto const today = keys_->algorithm();
    return Protection{slot.key.key_id, std::string(crypto::AlgorithmName(slot.algorithm)),
                      slot.key.key_id == keys_->ActiveId() && slot.algorithm == today && WrapAlgorithm(slot) == today};
  }

  Result<> List(std::function<bool(std::string const& id)> const& visit) override {
    bool more = true;
    for (unsigned i = 0; i < 256 && more; ++i)
      BOLE_TRY(files_.List(options_.root / FanOut(static_cast<std::uint8_t>(i)), [&](std::string const& name) {
        more = !IsBlobId(name) || visit(name);
        return more;
      }));
    return {};
  }

 private:
  struct Made {
    std::shared_ptr<LocalBlob> blob;
    bool is_new;
  };

  static Result<> CheckId(std::string const& id) {
    if (!IsBlobId(id)) return NotFound("blob");
    return {};
  }
  static std::string FanOut(std::uint8_t byte) { return crypto::HexEncode(std::array{byte}); }
  static std::uint8_t HashOf(std::string const& id) { return crypto::Sha256(crypto::AsBytes(id))[0]; }
  [[nodiscard]] std::filesystem::path PathOf(std::string const& id) const {
    return options_.root / FanOut(HashOf(id)) / id;
  }
  // While a blob is written anew; no blob id, so that List does not see it.
  [[nodiscard]] std::filesystem::path CopyPathOf(std::string const& id) const {
    return options_.root / FanOut(HashOf(id)) / (id + "~");
  }
  Result<> Shred(std::filesystem::path const& path) {
    auto file = files_.Open(path, FileSystem::Mode::kExisting);
    if (!file && file.error().code == ErrorCode::kNotFound) return {};
    if (!file) return tl::unexpected(file.error());
    // The key goes first: without it what a disk keeps of the records cannot be read.
    BOLE_TRY((*file)->WriteAt(0, crypto::RandomBytes(kHeaderSize)));
    BOLE_TRY((*file)->Sync());
    BOLE_TRY(files_.Remove(path));
    return files_.SyncDirectory(path.parent_path());
  }
  std::mutex& GateOf(std::string const& id) { return gates_.at(HashOf(id) % kGates); }

  Result<std::shared_ptr<LocalBlob>> Find(std::string const& id) {
    BOLE_TRY(CheckId(id));
    if (auto blob = cache_.Find(id)) return blob;
    std::lock_guard const gate(GateOf(id));
    return FindBehindGate(id);
  }

  // The gate keeps two threads from loading, creating or deleting the same file.
  Result<std::shared_ptr<LocalBlob>> FindBehindGate(std::string const& id) {
    if (auto blob = cache_.Find(id)) return blob;
    auto file = files_.Open(PathOf(id), FileSystem::Mode::kExisting);
    if (!file && file.error().code == ErrorCode::kNotFound) return NotFound("blob");
    if (!file) return tl::unexpected(file.error());
    auto blob = LocalBlob::Load(id, *std::move(file), keys_);
    if (!blob && blob.error().code != ErrorCode::kNotFound)
      log::Error("blob.unreadable", {{"blob", id}, {"error", blob.error().key}});
    if (blob) cache_.Insert(id, *blob);
    return blob;
  }

  Result<Made> CreateOrFind(std::string const& id) {
    if (!IsBlobId(id)) return FailField("/id", "bad_id");
    std::lock_guard const gate(GateOf(id));
    auto found = FindBehindGate(id);
    if (found) return Made{*std::move(found), false};
    if (found.error().code != ErrorCode::kNotFound) return tl::unexpected(found.error());
    auto const path = PathOf(id);
    BOLE_TRY(MakeFanOut(id));
    BOLE_ASSIGN(auto file, files_.Open(path, FileSystem::Mode::kCreate));
    auto blob = LocalBlob::Create(id, std::move(file), keys_);
    if (blob)
      if (auto synced = files_.SyncDirectory(path.parent_path()); !synced) blob = tl::unexpected(synced.error());
    if (!blob) {
      static_cast<void>(files_.Remove(path));  // an unfinished file counts as missing anyway
      return tl::unexpected(blob.error());
    }
    cache_.Insert(id, *blob);
    return Made{*std::move(blob), true};
  }

  Result<> MakeFanOut(std::string const& id) {
    auto const byte = HashOf(id);
    std::lock_guard const lock(fan_out_mutex_);
    if (fan_out_known_.test(byte)) return {};
    BOLE_TRY(files_.MakeDirectory(options_.root / FanOut(byte)));
    BOLE_TRY(files_.SyncDirectory(options_.root));
    fan_out_known_.set(byte);
    return {};
  }

  Result<State> Fill(LocalBlob& blob, ByteView bytes) const {
    auto const step = std::min(kPutPiece, options_.max_piece_bytes);
    for (std::uint32_t piece = 0; !bytes.empty(); ++piece) {
      auto const part = bytes.first(std::min(bytes.size(), step));
      BOLE_TRY(blob.Append(piece, part));
      bytes = bytes.subspan(part.size());
    }
    return blob.Seal();
  }

  LocalStoreOptions const options_;
  FileSystem& files_;
  std::shared_ptr<crypto::KeyRing const> const keys_;
  Cache cache_;
  std::array<std::mutex, kGates> gates_;
  std::mutex fan_out_mutex_;
  std::bitset<256> fan_out_known_;
};

}  // namespace

Result<std::unique_ptr<BlobStore>> MakeLocalStore(LocalStoreOptions options, FileSystem& files,
                                                  std::shared_ptr<crypto::KeyRing const> keys) {
  BOLE_TRY(files.MakeDirectory(options.root));
  BOLE_TRY(files.SyncDirectory(options.root.has_parent_path() ? options.root.parent_path() : "."));
  return std::make_unique<LocalStore>(std::move(options), files, std::move(keys));
}

}  // namespace bole::blob
