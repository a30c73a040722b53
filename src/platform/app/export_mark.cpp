#include "platform/app/export_mark.hpp"

#include "base/text.hpp"

namespace bole {
namespace {

// The mark has to fit at the foot of a page with all its parts.
std::string Short(std::string const& name) {
  constexpr std::size_t kMost = 40;
  auto points = DecodeUtf8(name);
  if (points.size() <= kMost) return name;
  points.resize(kMost - 1);
  return EncodeUtf8(points) + "…";
}

}  // namespace

std::string ExportMark(i18n::Messages const& messages, i18n::Locale locale, Principal const& who, Instant at,
                       std::string const& record_id) {
  return messages.Text(
      locale, "export.mark",
      {{"name", who.actor_name.empty() ? Short(who.name) : Short(who.actor_name) + " (" + Short(who.name) + ")"},
       {"at", FormatInZone(at, "UTC", "%Y-%m-%d %H:%M UTC")},
       {"record", record_id}});
}

}  // namespace bole
