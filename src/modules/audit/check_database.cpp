#include <limits>
#include <map>

#include "modules/audit/check.hpp"

namespace bole::audit {
namespace {

constexpr int kPage = 2000;

class DatabaseCheck {
 public:
  DatabaseCheck(db::Tx& tx, store::LogRow const& log, Claims claims)
      : tx_(tx), log_(log), load_(store::Tiles(tx)), verifier_(std::move(claims)) {}

  Findings Run(Signers const& signers) {
    for (auto const& key : store::Keys(tx_))
      if (!signers.IsOurs(key)) verifier_.Add({ProblemKind::head_key, std::nullopt, "", key.id});
    std::int64_t seen = 0, from = std::numeric_limits<std::int64_t>::min();
    for (;;) {
      auto const rows =
          store::Leaves(tx_, Scope::Everything(), {.limit = kPage}, from, std::numeric_limits<std::int64_t>::max());
      for (auto const& row : rows) Take(row);
      CompareTiles(false);
      seen += static_cast<std::int64_t>(rows.size());
      if (rows.size() < static_cast<std::size_t>(kPage)) break;
      from = *rows.back().leaf_index + 1;
    }
    while (verifier_.next() < log_.size && Stored(verifier_.next())) verifier_.Leaf(Stored(verifier_.next()), nullptr);
    CompareTiles(true);
    if (store::CountLeaves(tx_) != seen)  // two records with one index on the border of two pages
      verifier_.Add({ProblemKind::record_added, std::nullopt, "", "leaf_index twice"});
    auto out = verifier_.Finish();
    out.waiting = store::CountWaiting(tx_);
    return out;
  }

 private:
  void Take(RecordRow const& row) {
    auto const index = *row.leaf_index;
    if (index < verifier_.next() || index >= log_.size) return verifier_.Extra(row);
    while (verifier_.next() < index && Stored(verifier_.next())) verifier_.Leaf(Stored(verifier_.next()), nullptr);
    verifier_.Skip(index);
    auto const stored = Stored(index);
    if (!stored) verifier_.Add({ProblemKind::tile_wrong, index, row.id, "0/" + std::to_string(Position(index))});
    verifier_.Leaf(stored, &row);
    CompareConcerned(row);
  }

  void CompareConcerned(RecordRow const& row) {
    if (row.details.find(kConcernedDigest) == std::string::npos) return;
    auto const details = ParseJson(row.details);
    auto const* digest =
        details && details->is_object() ? details->get_object().if_contains(kConcernedDigest) : nullptr;
    if (digest && digest->is_string() && digest->get_string() != DigestOf(store::ConcernedBy(tx_, row.id)))
      verifier_.Add({ProblemKind::concerned_changed, row.leaf_index, row.id, ""});
  }

  static std::int64_t Position(std::int64_t index) { return index / static_cast<std::int64_t>(kTileWidth); }

  std::optional<Hash> Stored(std::int64_t index) {
    auto const position = Position(index);
    if (position != position_) tile_ = Load(0, static_cast<std::uint64_t>(position)), position_ = position;
    auto const offset = static_cast<std::size_t>(index) % kTileWidth;
    if (offset >= tile_.size()) return std::nullopt;
    return tile_[offset];
  }

  Hashes Load(int level, std::uint64_t position) {
    try {
      return load_(level, position);
    } catch (BrokenTree const&) {
      return {};
    }
  }

  // Inner tiles: each when it is full, those that still grow at the end.
  void CompareTiles(bool end) {
    for (auto& tile : verifier_.TakeTiles()) {
      if (tile.level == 0) continue;
      growing_.erase({tile.level, tile.position});
      if (tile.hashes.size() < kTileWidth)
        growing_.emplace(std::pair(tile.level, tile.position), std::move(tile.hashes));
      else
        Compare(tile.level, tile.position, tile.hashes);
    }
    if (!end) return;
    for (auto const& [place, hashes] : growing_) Compare(place.first, place.second, hashes);
  }

  void Compare(int level, std::uint64_t position, Hashes const& hashes) {
    if (Load(level, position) != hashes)
      verifier_.Add(
          {ProblemKind::tile_wrong, std::nullopt, "", std::to_string(level) + "/" + std::to_string(position)});
  }

  db::Tx& tx_;
  store::LogRow const& log_;
  LoadTile load_;
  Verifier verifier_;
  std::int64_t position_ = -1;
  Hashes tile_;
  std::map<std::pair<int, std::uint64_t>, Hashes> growing_;  // inner tiles by level and position
};

Result<Claims> ReadClaims(db::Tx& tx, store::LogRow const& log, CheckOptions const& options) {
  Claims claims{.log_id = log.id, .suite = log.suite, .size = log.size, .trusted = options.trusted};
  for (auto const& key : store::Keys(tx)) claims.keys[key.id] = key.public_key;
  for (auto page = store::HeadsAfter(tx, 0); !page.empty(); page = store::HeadsAfter(tx, page.back().size))
    claims.heads.insert(claims.heads.end(), page.begin(), page.end());
  if (!options.anchors.empty()) {
    BOLE_ASSIGN(claims.anchors, ReadAnchors(options.anchors, log.id));
  }
  return claims;
}

}  // namespace

Result<Findings> CheckDatabase(db::Database& database, crypto::FieldCipher const& fields, CheckOptions const& options) {
  return database.Read([&](db::Tx& tx) -> Result<Findings> {
    auto const log = store::FindLog(tx);
    if (!log) {  // nothing was ever sequenced, or the log was taken away
      Findings none;
      none.waiting = store::CountWaiting(tx);
      if (store::CountLeaves(tx) == 0 && !store::NewestHead(tx)) return none;
      none.problems = {{ProblemKind::record_missing, 0, "", "audit_log"}};
      none.problems_total = 1;
      return none;
    }
    if (!ParseSuite(log->suite)) return Fail(ErrorCode::kInternal, "audit.unknown_suite");
    BOLE_ASSIGN(auto claims, ReadClaims(tx, *log, options));
    return DatabaseCheck(tx, *log, std::move(claims)).Run(Signers(fields));
  });
}

}  // namespace bole::audit
