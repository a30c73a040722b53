#include "modules/audit/sequencer.hpp"

#include "platform/config/config.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/log/log.hpp"

namespace bole::audit {
namespace {

constexpr int kBatch = 4096;
constexpr int kAttempts = 4;

}  // namespace

Sequencer::Sequencer(AppContext& context)
    : context_(context), suite_(context.config.audit.suite), signers_(context.fields) {
  if (!context.config.audit.anchor_file.empty()) anchor_file_ = context.config.InData(context.config.audit.anchor_file);
}

Result<> Sequencer::Seal() {
  // A head is signed only when nothing waits any more: then a record that enters the tree long after a head that is
  // younger than itself was not there when the head was made (see Verifier, "backdated").
  for (std::size_t taken = kBatch; taken == kBatch;) {
    BOLE_ASSIGN(taken, Round());
  }
  BOLE_TRY(SignHead());
  return AppendAnchors();
}

Hashes Sequencer::LeavesOf(std::string const& suite, std::vector<RecordRow> const& rows) {
  TreeHasher hasher(ParseSuite(suite)->digest);
  Hashes out;
  out.reserve(rows.size());
  for (auto const& row : rows) out.push_back(hasher.Leaf(Canonical(row)));
  return out;
}

// Reading and hashing happen before the writer's turn. Committed records never change, so the range from the first to
// the last of them is still the same batch unless a transaction committed meanwhile with an id inside it (ids are drawn
// before the commit): then the count differs and the batch is read again, at last under the lock.
Result<std::size_t> Sequencer::Round() {
  for (int attempt = 1;; ++attempt) {
    std::vector<RecordRow> rows;
    std::optional<store::LogRow> log;
    context_.database.Read([&](db::Tx& tx) {
      log = store::FindLog(tx);
      rows = store::Waiting(tx, kBatch);
    });
    if (rows.empty()) return 0;
    auto leaves = log ? LeavesOf(log->suite, rows) : Hashes();
    bool const under_lock = !log || attempt == kAttempts;
    auto const done = context_.database.Write([&](db::Tx& tx) -> Result<> {
      auto const locked = store::LockLog(tx, suite_, context_.clock.Now());
      if (under_lock) {
        rows = store::Waiting(tx, kBatch);
        if (rows.empty()) return {};
        leaves = LeavesOf(locked.suite, rows);
      }
      return Sequence(tx, under_lock ? locked : *log, rows, leaves);
    });
    if (done) return rows.size();
    if (done.error().key != "audit.moved_on" || under_lock) return tl::unexpected<Error>(done.error());
  }
}

Result<> Sequencer::Sequence(db::Tx& tx, store::LogRow const& seen, std::vector<RecordRow> const& rows,
                             Hashes const& leaves) {
  auto const moved_on = [] { return Fail(ErrorCode::kConflict, "audit.moved_on"); };
  if (store::FindLog(tx)->size != seen.size) return moved_on();
  auto const numbered = store::Number(tx, rows.front().id, rows.back().id, seen.size);
  if (numbered != static_cast<std::int64_t>(rows.size())) return moved_on();
  TreeHasher hasher(ParseSuite(seen.suite)->digest);
  Frontier frontier(hasher, static_cast<std::uint64_t>(seen.size), store::Tiles(tx));
  for (auto const& leaf : leaves) frontier.Append(leaf);
  for (auto const& tile : frontier.TakeChanged()) store::SaveTile(tx, tile);
  store::SetSize(tx, static_cast<std::int64_t>(frontier.size()));
  return {};
}

Result<> Sequencer::SignHead() {
  auto const is_new = [](std::optional<store::LogRow> const& log, std::optional<store::HeadRow> const& head) {
    return log && log->size > (head ? head->size : 0);
  };
  if (!context_.database.Read([&](db::Tx& tx) { return is_new(store::FindLog(tx), store::NewestHead(tx)); })) return {};
  return context_.database.Write([&](db::Tx& tx) -> Result<> {
    auto const now = context_.clock.Now();
    auto const log = store::LockLog(tx, suite_, now);
    if (!is_new(log, store::NewestHead(tx))) return {};
    if (log.suite != suite_) log::Warn("audit.suite_kept", {{"log", log.suite}, {"configured", suite_}});
    TreeHasher hasher(ParseSuite(log.suite)->digest);
    Frontier frontier(hasher, static_cast<std::uint64_t>(log.size), store::Tiles(tx));
    BOLE_ASSIGN(auto const head, signers_.Sign(tx, log, frontier.Root(), now));
    if (!context_.config.audit.anchor_url.empty())
      context_.queue.Enqueue(tx,
                             {.type = kAnchorJob, .payload = {{"size", head.size}}, .key = std::to_string(head.size)});
    return {};
  });
}

}  // namespace bole::audit
