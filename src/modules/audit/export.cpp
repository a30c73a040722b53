#include "modules/audit/export.hpp"

#include "modules/audit/heads.hpp"

namespace bole::audit {
namespace {

constexpr int kPage = 500;
constexpr std::int64_t kFormat = 1;

std::string Line(json::object line) { return ToText(std::move(line)) + "\n"; }

std::string HeadLine(store::HeadRow const& head) {
  return Line({{"type", "head"},
               {"id", head.id},
               {"size", head.size},
               {"root", head.root},
               {"at", ToMillis(head.at)},
               {"key_id", head.key_id},
               {"signature", head.signature}});
}

json::object RecordLine(RecordRow const& row, Hash const& leaf) {
  json::object record{{"id", row.id},
                      {"at", ToMillis(row.at)},
                      {"actor_kind", row.actor_kind},
                      {"actor_id", row.actor_id},
                      {"actor_name", row.actor_name},
                      {"action", row.action},
                      {"subject_kind", row.subject_kind},
                      {"subject_id", row.subject_id},
                      {"org_id", row.org_id ? json::value(*row.org_id) : json::value(nullptr)},
                      {"succeeded", row.succeeded},
                      {"details", row.details}};
  return {{"type", "record"}, {"index", *row.leaf_index}, {"leaf_hash", ToHex(leaf)}, {"record", std::move(record)}};
}

}  // namespace

ExportStream::ExportStream(db::Database& database, Scope scope, store::RecordFilter filter, Instant now)
    : database_(database),
      scope_(std::move(scope)),
      filter_(std::move(filter)),
      now_(now),
      complete_(store::SeesGroup(scope_) && filter_.IsEmpty()) {
  filter_.limit = kPage;
}

Result<std::string> ExportStream::Next() {
  try {
    return database_.Read([&](db::Tx& tx) -> std::string {
      std::string out;
      while (out.empty() && step_ != Step::end) {
        switch (step_) {
          case Step::begin:
            out = Begin(tx);
            break;
          case Step::heads:
            out = Heads(tx);
            break;
          default:
            out = Records(tx);
        }
      }
      return out;
    });
  } catch (BrokenTree const& broken) {
    return Fail(ErrorCode::kInternal, "audit.tree_broken", {{"reason", broken.what()}});
  }
}

std::string ExportStream::Begin(db::Tx& tx) {
  log_ = store::FindLog(tx);
  auto const newest = store::NewestHead(tx);
  if (log_ && newest) size_ = newest->size;
  step_ = log_ ? Step::heads : Step::end;
  auto out = Line({{"type", "log"},
                   {"format", kFormat},
                   {"log_id", log_ ? log_->id : ""},
                   {"suite", log_ ? log_->suite : ""},
                   {"size", size_},
                   {"complete", complete_},
                   {"exported_at", ToMillis(now_)}});
  for (auto const& key : store::Keys(tx))
    out += Line(
        {{"type", "key"}, {"id", key.id}, {"public_key", key.public_key}, {"created_at", ToMillis(key.created_at)}});
  if (!log_) out += Line({{"type", "end"}, {"records", 0}});
  return out;
}

std::string ExportStream::Heads(db::Tx& tx) {
  std::string out;
  if (complete_) {
    for (auto const& head : store::HeadsAfter(tx, next_)) {
      if (head.size > size_) break;
      out += HeadLine(head);
      next_ = head.size;
    }
  } else if (auto const head = next_ == 0 ? store::HeadOf(tx, size_) : std::nullopt) {
    out = HeadLine(*head);
    next_ = size_;
  }
  if (out.empty()) step_ = Step::records, next_ = 0;
  return out;
}

std::string ExportStream::Records(db::Tx& tx) {
  std::string out;
  TreeHasher hasher(ParseSuite(log_->suite)->digest);
  TileTree tree(hasher, store::Tiles(tx));
  auto const rows = store::Leaves(tx, scope_, filter_, next_, size_);
  for (auto const& row : rows) {
    auto const index = static_cast<std::uint64_t>(*row.leaf_index);
    auto line = RecordLine(row, tree.Leaf(index));
    if (!complete_) {
      json::array proof;
      for (auto const& hash : tree.Inclusion(index, static_cast<std::uint64_t>(size_))) proof.emplace_back(ToHex(hash));
      line["proof"] = std::move(proof);
    }
    out += Line(std::move(line));
    next_ = *row.leaf_index + 1;
  }
  written_ += static_cast<std::int64_t>(rows.size());
  if (rows.size() < static_cast<std::size_t>(kPage)) {
    out += Line({{"type", "end"}, {"records", written_}});
    step_ = Step::end;
  }
  return out;
}

}  // namespace bole::audit
