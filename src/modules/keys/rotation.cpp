#include "modules/keys/rotation.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/ids.hpp"
#include "modules/keys/columns.hpp"
#include "platform/blob/blob_store.hpp"
#include "platform/config/config.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole::keys {
namespace {

constexpr int kBatch = 300;  // values in one transaction: some 10 ms as writer
constexpr int kMostPasses =
    5;  // a pass that finds nothing ends it; others meet what was written under the old key meanwhile
constexpr int kRecordingsTold = 20;

struct RotationRow {
  std::string id, key_id, algorithm;
  Instant started_at{};
  std::optional<Instant> finished_at;
  std::int64_t sealed_values = 0, recordings = 0;
};
BOOST_DESCRIBE_STRUCT(RotationRow, (), (id, key_id, algorithm, started_at, finished_at, sealed_values, recordings))

// One process at a time writes recordings anew; the system lets go of it when that process ends.
class OnlyOne {
 public:
  explicit OnlyOne(std::filesystem::path const& file)
      : descriptor_(::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600)) {
    held_ = descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0;
  }
  ~OnlyOne() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  OnlyOne(OnlyOne const&) = delete;
  OnlyOne& operator=(OnlyOne const&) = delete;
  [[nodiscard]] bool held() const { return held_; }

 private:
  int descriptor_;
  bool held_ = false;
};

std::optional<RotationRow> Latest(db::Tx& tx) {
  return tx.One<RotationRow>({"keys.latest", "SELECT " + db::Columns<RotationRow>() +
                                                 " FROM key_rotation ORDER BY started_at DESC, id DESC LIMIT 1"});
}

void AddDone(db::Tx& tx, std::string const& id, std::int64_t values, std::int64_t recordings) {
  tx.Execute({"keys.done",
              "UPDATE key_rotation SET sealed_values = sealed_values + ?, recordings = recordings + ? WHERE id = ?"},
             values, recordings, id);
}

}  // namespace

Result<EncryptionView> Rotation::Status() {
  BOLE_TRY(ring_.Refresh());
  EncryptionView out{.algorithm = std::string(crypto::AlgorithmName(ring_.algorithm())),
                     .keys = {},
                     .last_rotation = {},
                     .unregistered = {}};
  for (auto const& key : ring_.Keys())
    out.keys.push_back({key.id, ring_.FromEnvironment() ? std::nullopt : std::optional(key.created_at), key.active});
  auto const key_of = [&](std::string const& id) -> MasterKeyView& {
    for (auto& key : out.keys)
      if (key.id == id) return key;
    return out.keys.emplace_back(MasterKeyView{.id = id});  // needed, but lost
  };
  context_.database.Read([&](db::Tx& tx) {
    for (auto const& column : columns_)
      for (auto const& use : columns::Count(tx, column)) {
        auto& key = key_of(use.with.key_id);
        if (!key.active || use.with.algorithm != ring_.algorithm()) key.values_to_rotate += use.values;
      }
    out.unregistered = columns::Unregistered(tx, columns_);
    if (auto const row = Latest(tx))
      out.last_rotation = KeyRotationView{row->key_id,      row->algorithm,     row->started_at,
                                          row->finished_at, row->sealed_values, row->recordings};
  });
  std::optional<Error> failed;
  BOLE_TRY(context_.blobs.List([&](std::string const& id) {
    auto const found = context_.blobs.ProtectionOf(id);
    if (found && !found->current) ++key_of(found->key_id).recordings_to_rotate;
    if (!found && found.error().code != ErrorCode::kNotFound && found.error().key != "blob.corrupt")
      failed = found.error();
    return !failed;
  }));
  if (failed) return tl::unexpected<Error>(*failed);
  return out;
}

Result<EncryptionView> Rotation::RecentStatus() {
  constexpr auto kFresh = std::chrono::seconds(30);
  std::lock_guard const lock(recent_mutex_);
  auto const now = context_.clock.Now();
  if (recent_ && now - recent_at_ < kFresh) return *recent_;
  BOLE_ASSIGN(recent_, Status());
  recent_at_ = now;
  return *recent_;
}

std::int64_t Rotation::Remaining(EncryptionView const& status) const {
  std::int64_t out = 0;
  for (auto const& key : status.keys) out += key.values_to_rotate + key.recordings_to_rotate;
  return out;
}

// The rotation that goes on, or a new one with its record.
std::string Rotation::OpenRow(db::Tx& tx, Principal const& who) {
  auto const algorithm = std::string(crypto::AlgorithmName(ring_.algorithm()));
  auto const key_id = ring_.ActiveId();
  if (auto const row = Latest(tx); row && !row->finished_at && row->key_id == key_id && row->algorithm == algorithm)
    return row->id;
  auto const now = context_.clock.Now();
  RotationRow const row{NewUlid(now), key_id, algorithm, now, std::nullopt, 0, 0};
  tx.Insert("key_rotation", row);
  audit_.Record(tx, who, {"keys.rotation_begin", "master_key", key_id, "", {{"algorithm", algorithm}}});
  return row.id;
}

Result<std::string> Rotation::Begin(Principal const& who) {
  std::optional<std::string> made;  // once, also when the transaction is tried again
  return context_.database.Write([&](db::Tx& tx) -> Result<std::string> {
    if (!made) {
      BOLE_ASSIGN(made, ring_.RotateMaster());
    }
    OpenRow(tx, who);
    return *made;
  });
}

Result<Progress> Rotation::Continue(Principal const& who, std::stop_token stop,
                                    std::function<void(Progress const&)> const& tell) {
  OnlyOne const lock(context_.config.InData("rotation.lock"));
  if (!lock.held()) return Fail(ErrorCode::kUnavailable, "keys.busy");
  BOLE_ASSIGN(auto const before, Status());
  Pass pass{.rotation_id = context_.database.Write([&](db::Tx& tx) { return OpenRow(tx, who); }),
            .stop = std::move(stop),
            .tell = tell};
  pass.progress.total = Remaining(before);
  for (int i = 0; i < kMostPasses; ++i) {
    pass.changed = false;
    for (auto const& column : columns_) BOLE_TRY(ResealColumn(column, pass));
    BOLE_TRY(RenewRecordings(pass));
    if (!pass.changed) break;
  }
  Finish(who, pass);
  return pass.progress;
}

Result<> Rotation::ResealColumn(SealedColumn const& column, Pass& pass) {
  std::string from;
  bool behind = false;
  for (;;) {
    if (pass.stop.stop_requested()) return Fail(ErrorCode::kUnavailable, "keys.stopped");
    auto const batch = context_.database.Write([&](db::Tx& tx) {
      auto done = columns::Reseal(tx, column, ring_, context_.fields, from, behind, kBatch);
      if (done.written > 0) AddDone(tx, pass.rotation_id, done.written, 0);
      return done;
    });
    pass.unreadable.insert(batch.unreadable.begin(), batch.unreadable.end());
    pass.progress.unreadable = static_cast<std::int64_t>(pass.unreadable.size());
    pass.progress.sealed_values += batch.written;
    pass.changed = pass.changed || batch.written > 0;
    if (batch.found > 0) pass.tell(pass.progress);
    if (batch.found < kBatch) return {};
    from = batch.last_key;
    behind = batch.written == 0;  // only what cannot be opened is left up to there
  }
}

Result<> Rotation::RenewRecordings(Pass& pass) {
  std::int64_t untold = 0;
  std::optional<Error> failed;
  auto const write = [&] {
    if (untold == 0) return;
    context_.database.Write([&](db::Tx& tx) { AddDone(tx, pass.rotation_id, 0, untold); });
    pass.progress.recordings += untold;
    pass.changed = true;
    untold = 0;
    pass.tell(pass.progress);
  };
  auto const listed = context_.blobs.List([&](std::string const& id) {
    if (pass.stop.stop_requested()) return failed = Error{ErrorCode::kUnavailable, "keys.stopped"}, false;
    auto const done = context_.blobs.Renew(id);
    if (!done && done.error().code == ErrorCode::kInternal) {
      pass.unreadable.insert("blob " + id);
      pass.progress.unreadable = static_cast<std::int64_t>(pass.unreadable.size());
    } else if (!done && done.error().code != ErrorCode::kNotFound && done.error().code != ErrorCode::kGone) {
      failed = done.error();  // a full disk: what is done is done
    }
    if (done && *done && ++untold >= kRecordingsTold) write();
    return !failed;
  });
  write();
  if (failed) return tl::unexpected<Error>(*failed);
  return listed;
}

void Rotation::Finish(Principal const& who, Pass const& pass) {
  context_.database.Write([&](db::Tx& tx) {
    auto const closed =
        tx.Execute({"keys.finish", "UPDATE key_rotation SET finished_at = ? WHERE id = ? AND finished_at IS NULL"},
                   context_.clock.Now(), pass.rotation_id);
    if (closed == 0) return;  // a second worker on it was faster
    auto const row = Latest(tx);
    if (!row) return;
    audit_.Record(tx, who,
                  {"keys.rotation_finish",
                   "master_key",
                   row->key_id,
                   "",
                   {{"algorithm", row->algorithm},
                    {"values", row->sealed_values},
                    {"recordings", row->recordings},
                    {"unreadable", pass.progress.unreadable}}});
  });
}

Result<> Rotation::Retire(Principal const& who, std::string const& id) {
  BOLE_ASSIGN(auto const status, Status());
  MasterKeyView const* key = nullptr;
  for (auto const& each : status.keys)
    if (each.id == id) key = &each;
  if (!key || !ring_.Has(id)) return NotFound("key");
  if (key->active) return Fail(ErrorCode::kConflict, "keys.active", {{"key_id", id}});
  if (!status.unregistered.empty())
    return Fail(ErrorCode::kConflict, "keys.unregistered", {{"column", status.unregistered.front()}});
  if (key->values_to_rotate + key->recordings_to_rotate > 0)
    return Fail(ErrorCode::kConflict, "keys.still_needed",
                {{"key_id", id},
                 {"values", std::to_string(key->values_to_rotate)},
                 {"recordings", std::to_string(key->recordings_to_rotate)}});
  bool gone = false;  // once, also when the transaction is tried again
  return context_.database.Write([&](db::Tx& tx) -> Result<> {
    audit_.Record(tx, who, {"keys.retire", "master_key", id});
    if (!gone) BOLE_TRY(ring_.Retire(id));
    gone = true;
    return {};
  });
}

void Rotation::Resume() {
  context_.database.Write([&](db::Tx& tx) {
    auto const row = Latest(tx);
    if (row && !row->finished_at) context_.queue.Enqueue(tx, {.type = kContinueJob, .payload = {}, .key = row->id});
  });
}

}  // namespace bole::keys
