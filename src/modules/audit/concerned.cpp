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

Concerned::Concerned(std::string kind, std::vector<std::string> ids) : kind_(std::move(kind)), ids_(std::move(ids)) {
  std::sort(ids_.begin(), ids_.end());
  ids_.erase(std::unique(ids_.begin(), ids_.end()), ids_.end());
}

json::object Concerned::In(json::object details) const {
  details["concerned"] = ids_.size();
  details[kConcernedDigest] = DigestOf(ids_);
  return details;
}

void Concerned::Attach(db::Tx& tx, std::string const& record_id) const {
  store::InsertConcerned(tx, record_id, kind_, ids_);
}

}  // namespace bole::audit
