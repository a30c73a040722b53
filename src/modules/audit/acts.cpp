#include <algorithm>

#include "modules/audit/api.hpp"

namespace bole::audit {

std::vector<Act> ActsOn(db::Tx& tx, std::vector<Subject> const& subjects, int limit) {
  std::vector<Act> out;
  for (auto const& [kind, id] : subjects)
    for (auto& act : tx.Select<Act>({"audit.acts_on", "SELECT " + db::Columns<Act>() +
                                                          " FROM audit_record WHERE subject_kind = ? AND "
                                                          "subject_id = ? AND succeeded = 1 ORDER BY id DESC LIMIT ?"},
                                    kind, id, limit))
      out.push_back(std::move(act));
  for (auto const& [kind, id] : subjects)
    for (auto& act : tx.Select<Act>({"audit.acts_on_many", "SELECT " + db::Columns<Act>("r.") +
                                                               " FROM audit_concerned c JOIN audit_record r ON r.id = "
                                                               "c.record_id WHERE c.subject_id = ? AND c.kind = ? AND "
                                                               "r.succeeded = 1 ORDER BY r.id DESC LIMIT ?"},
                                    id, kind, limit))
      out.push_back(std::move(act));
  std::sort(out.begin(), out.end(), [](Act const& a, Act const& b) { return a.id > b.id; });
  if (out.size() > static_cast<std::size_t>(limit)) out.resize(static_cast<std::size_t>(limit));
  return out;
}

}  // namespace bole::audit
