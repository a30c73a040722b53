#pragma once
#include <unordered_map>

#include "modules/imports/service.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole::imports {

inline constexpr std::size_t kChunk = 500;  // rows of one transaction
inline constexpr int kAttempts = 8;
inline constexpr char const* kBefore = "import_row.before";  // context of its encryption
[[nodiscard]] std::string BatchOf(jobs::JobContext const& job);
[[nodiscard]] bool IsTemporary(Error const& error);  // the queue tries again

// What is done in the background. Every step commits together with how far it came, so that a killed program goes on
// behind the last committed row. Thread-safe; one job at a time works on a batch.
class Background {
 public:
  explicit Background(Shared& shared) : shared_(shared) {}

  Result<> Check(jobs::JobContext& job);
  Result<> Run(jobs::JobContext& job);
  Result<> Undo(jobs::JobContext& job);
  Result<> Expire();

 private:
  using Parsed = RowReader::Parsed;
  using Chunk = std::vector<Parsed>;
  // The rows of a batch's file behind its last line, some hundred at a time.
  Result<> EachChunk(store::Batch const& batch, Target& target, RowReader const& reader, std::stop_token stop,
                     std::function<Result<>(Chunk&)> const& use);
  struct Opened {
    store::Batch batch;
    Target* target = nullptr;
    Principal who;
    std::vector<Column> columns;
    std::string path;
  };
  static Place PlaceOf(Opened const& opened);
  // nullopt: nothing to do any more. With the rights of `user_id` (of whoever uploaded it when empty) as of now.
  Result<std::optional<Opened>> Open(std::string const& batch_id, ImportState state, std::string const& user_id = {});
  // A temporary error goes to the queue, which tries again; others end the batch as failed.
  Result<> Settle(Result<> result, jobs::JobContext const& job, std::string const& batch_id, ImportState state);
  Result<> CheckRows(jobs::JobContext& job, Opened& opened);
  Result<> WriteRows(jobs::JobContext& job, Opened& opened);
  struct Writing;
  Result<store::Batch> WriteChunk(Writing& writing, Chunk& chunk, bool guarded);
  // Takes back what a batch wrote, last row first.
  Result<> TakeBack(jobs::JobContext& job, Opened& opened, ImportState then);
  void Note(db::Tx& tx, std::string const& batch_id, std::int64_t line, std::vector<Problem> const& problems,
            RowReader const& reader, bool blocking) const;
  void Finish(db::Tx& tx, Principal const& who, store::Batch& batch, ImportState state) const;

  Shared& shared_;
};

}  // namespace bole::imports
