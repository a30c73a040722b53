#include "modules/audit/record.hpp"

namespace bole::audit {

std::string Canonical(RecordRow const& record) {
  std::string out = "bole-audit-record-1\n";
  out.reserve(400 + record.details.size());
  auto const add = [&](std::string_view column, std::string_view value) {
    out.append(column).append(" ").append(std::to_string(value.size())).append(":").append(value).append("\n");
  };
  add("id", record.id);
  add("at", std::to_string(ToMillis(record.at)));
  add("actor_kind", record.actor_kind);
  add("actor_id", record.actor_id);
  add("actor_name", record.actor_name);
  add("action", record.action);
  add("subject_kind", record.subject_kind);
  add("subject_id", record.subject_id);
  if (record.org_id)
    add("org_id", *record.org_id);
  else
    out.append("org_id -\n");
  add("succeeded", record.succeeded ? "1" : "0");
  add("details", record.details);
  return out;
}

}  // namespace bole::audit
