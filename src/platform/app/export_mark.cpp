#include "platform/app/export_mark.hpp"

namespace bole {

std::string ExportMark(i18n::Messages const& messages, i18n::Locale locale, Principal const& who, Instant at,
                       std::string const& record_id) {
  return messages.Text(locale, "export.mark",
                       {{"name", who.actor_name.empty() ? who.name : who.actor_name + " (" + who.name + ")"},
                        {"at", FormatInZone(at, "UTC", "%Y-%m-%d %H:%M UTC")},
                        {"record", record_id}});
}

}  // namespace bole
