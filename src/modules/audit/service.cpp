#include "modules/audit/service.hpp"

#include <algorithm>

#include "platform/config/config.hpp"
#include "platform/db/keyset.hpp"

namespace bole::audit {
namespace {

constexpr char const* kPermission = "audit.read";

AuditRecordView ViewOf(RecordRow const& row) {
  auto const details = ParseJson(row.details);
  AuditRecordView out;
  out.id = row.id, out.at = row.at;
  out.actor_kind = row.actor_kind, out.actor_id = row.actor_id, out.actor_name = row.actor_name;
  out.action = row.action, out.subject_kind = row.subject_kind, out.subject_id = row.subject_id;
  out.org_id = row.org_id, out.succeeded = row.succeeded, out.leaf_index = row.leaf_index;
  if (details && details->is_object()) out.details = details->get_object();
  return out;
}

// Makes views of heads; remembers the keys.
class HeadViews {
 public:
  HeadViews(db::Tx& tx, store::LogRow const& log) : log_(log) {
    for (auto const& key : store::Keys(tx)) keys_[key.id] = key.public_key;
  }
  AuditHeadView operator()(store::HeadRow const& head) const {
    auto const key = keys_.find(head.key_id);
    return {head.id,
            head.size,
            head.root,
            head.at,
            head.key_id,
            head.signature,
            HeadText(log_.id, log_.suite, head),
            key != keys_.end() && IsSigned(log_.id, log_.suite, head, key->second)};
  }

 private:
  store::LogRow const& log_;
  std::map<std::string, std::string> keys_;
};

std::vector<std::string> ToHex(Hashes const& hashes) {
  std::vector<std::string> out;
  for (auto const& hash : hashes) out.push_back(audit::ToHex(hash));
  return out;
}

tl::unexpected<Error> Broken(BrokenTree const& tree) {
  return Fail(ErrorCode::kInternal, "audit.tree_broken", {{"reason", tree.what()}});
}

}  // namespace

Result<AuditStatus> Service::Status() {
  auto const& config = context_.config.audit;
  return context_.database.Read([&](db::Tx& tx) -> Result<AuditStatus> {
    AuditStatus out;
    out.suite = config.suite;
    out.anchored_to_file = !config.anchor_file.empty(), out.anchored_to_url = !config.anchor_url.empty();
    out.waiting = std::min(store::CountWaiting(tx), kCountLimit);
    if (auto const log = store::FindLog(tx)) {
      out.log_id = log->id, out.suite = log->suite, out.size = log->size;
      if (auto const head = store::NewestHead(tx)) out.head = HeadViews(tx, *log)(*head);
    }
    return out;
  });
}

Result<store::RecordFilter> Service::Filter(db::Tx& tx, Scope const& scope, RecordQuery const& query) {
  store::RecordFilter out;
  out.actor_name = query.actor.value_or(""), out.actor_id = query.actor_id.value_or("");
  out.action = query.action.value_or("");
  out.subject_kind = query.subject_kind.value_or(""), out.subject_id = query.subject_id.value_or("");
  out.from = query.from, out.to = query.to, out.succeeded = query.succeeded;
  out.limit = query.limit.value_or(50), out.cursor = query.cursor.value_or("");
  if (query.org_id && !query.org_id->empty()) {
    auto const path = store::OrgPath(tx, scope, *query.org_id);
    if (!path) return FailField("/org_id", "not_found");
    out.org_path = *path;
  }
  return out;
}

Result<Page<AuditRecordView>> Service::Records(Principal const& who, RecordQuery const& query) {
  Scope const scope(who, kPermission);
  return context_.database.Read([&](db::Tx& tx) -> Result<Page<AuditRecordView>> {
    BOLE_ASSIGN(auto const filter, Filter(tx, scope, query));
    return db::MapPage<AuditRecordView>(store::Records(tx, scope, filter), ViewOf);
  });
}

std::optional<AuditInclusionView> Service::Proof(db::Tx& tx, store::LogRow const& log, std::int64_t leaf_index) {
  auto const head = store::NewestHead(tx);
  if (!head || leaf_index >= head->size) return std::nullopt;
  TreeHasher hasher(ParseSuite(log.suite)->digest);
  TileTree tree(hasher, store::Tiles(tx));
  auto const path = tree.Inclusion(static_cast<std::uint64_t>(leaf_index), static_cast<std::uint64_t>(head->size));
  return AuditInclusionView{leaf_index, head->size, ToHex(path), HeadViews(tx, log)(*head)};
}

Result<AuditRecordDetail> Service::Record(Principal const& who, std::string const& id) try {
  return context_.database.Read([&](db::Tx& tx) -> Result<AuditRecordDetail> {
    auto const row = store::Record(tx, Scope(who, kPermission), id);
    if (!row) return NotFound("audit_record");
    auto const log = store::FindLog(tx);
    AuditRecordDetail out;
    out.record = ViewOf(*row);
    out.suite = log ? log->suite : context_.config.audit.suite;
    out.canonical = Canonical(*row);
    TreeHasher hasher(ParseSuite(out.suite)->digest);
    auto const leaf = hasher.Leaf(out.canonical);
    out.leaf_hash = audit::ToHex(leaf);
    if (!log || !row->leaf_index) return out;
    out.intact = *row->leaf_index >= 0 && *row->leaf_index < log->size &&
                 TileTree(hasher, store::Tiles(tx)).Leaf(static_cast<std::uint64_t>(*row->leaf_index)) == leaf;
    if (*row->leaf_index >= 0) out.proof = Proof(tx, *log, *row->leaf_index);
    return out;
  });
} catch (BrokenTree const& tree) {
  return Broken(tree);
}

Result<Page<AuditHeadView>> Service::Heads(HeadQuery const& query) {
  return context_.database.Read([&](db::Tx& tx) -> Result<Page<AuditHeadView>> {
    auto const log = store::FindLog(tx);
    if (!log) return Page<AuditHeadView>{};
    return db::MapPage<AuditHeadView>(store::Heads(tx, query.limit.value_or(50), query.cursor.value_or("")),
                                      HeadViews(tx, *log));
  });
}

Result<AuditConsistencyView> Service::Consistency(ConsistencyQuery const& query) try {
  if (query.from > query.to)
    return FailField("/to", "out_of_range", {{"min", std::to_string(query.from)}, {"max", "1e15"}});
  return context_.database.Read([&](db::Tx& tx) -> Result<AuditConsistencyView> {
    auto const log = store::FindLog(tx);
    auto const from = store::HeadOf(tx, query.from), to = store::HeadOf(tx, query.to);
    if (!log || !from || !to) return NotFound("head");
    TreeHasher hasher(ParseSuite(log->suite)->digest);
    TileTree tree(hasher, store::Tiles(tx));
    auto const first = static_cast<std::uint64_t>(query.from), second = static_cast<std::uint64_t>(query.to);
    auto const path = tree.Consistency(first, second);
    HeadViews const view(tx, *log);
    auto const from_root = HashFromHex(from->root), to_root = HashFromHex(to->root);
    bool const consistent =
        from_root && to_root && VerifyConsistency(hasher, first, second, *from_root, path, *to_root);
    return AuditConsistencyView{view(*from), view(*to), ToHex(path), consistent};
  });
} catch (BrokenTree const& tree) {
  return Broken(tree);
}

Result<Items<AuditKeyView>> Service::Keys() {
  Items<AuditKeyView> out;
  for (auto const& key : context_.database.Read([](db::Tx& tx) { return store::Keys(tx); }))
    out.items.push_back({key.id, key.suite, key.public_key,
                         crypto::PublicKeyPem(crypto::Base64Decode(key.public_key).value_or(crypto::Bytes())),
                         key.created_at, out.items.empty()});
  return out;
}

Result<std::shared_ptr<ExportStream>> Service::Export(Principal const& who, RecordQuery const& query,
                                                      Purpose const& purpose) {
  Scope const scope(who, kPermission);
  return context_.database.Write([&](db::Tx& tx) -> Result<std::shared_ptr<ExportStream>> {
    BOLE_ASSIGN(auto const filter, Filter(tx, scope, query));
    BOLE_TRY(RequirePurpose(purpose));
    log_.Record(tx, who, {"audit.export", "audit", "", query.org_id.value_or(""), WithPurpose(purpose)});
    return std::make_shared<ExportStream>(context_.database, scope, filter, context_.clock.Now());
  });
}

}  // namespace bole::audit
