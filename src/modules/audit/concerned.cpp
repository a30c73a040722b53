#include <algorithm>

#include "modules/audit/api.hpp"
#include "modules/audit/store.hpp"
#include "platform/crypto/hash.hpp"

namespace bole::audit {

std::string DigestOf(std::vector<std::string> const& ids) {
  std::string text;
  for (auto const& id : ids) text += id + "\n";
  return crypto::Sha256Hex(text);
}

std::string BeginOnMany(Api& audit, db::Tx& tx, Principal const& who, Entry entry, Concerned concerned) {
  auto& ids = concerned.ids;
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  entry.details["concerned"] = ids.size();
  entry.details[kConcernedDigest] = DigestOf(ids);
  auto record = audit.Begin(tx, who, entry);
  store::InsertConcerned(tx, record, concerned.kind, ids);
  return record;
}

}  // namespace bole::audit
