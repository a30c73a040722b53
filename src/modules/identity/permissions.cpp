#include "modules/identity/permissions.hpp"

#include <algorithm>
#include <string>

namespace bole::identity {
namespace {

constexpr Permission kPermissions[] = {
    {"interview.read", "interview", true},
    {"interview.invite", "interview", true},
    {"report.read", "interview", true},
    {"report.export", "interview", true},
    {"message.read", "interview"},
    {"plan.read", "plan"},
    {"plan.write", "plan"},
    {"plan.publish", "plan"},
    {"plan.approve", "plan"},
    {"question.read", "plan"},
    {"question.write", "plan"},
    {"candidate.read", "candidate", true},
    {"candidate.write", "candidate", true},
    {"candidate.reveal", "candidate", true},
    {"candidate.import", "candidate"},
    {"candidate.export", "candidate", true},
    {"employee.read", "employee"},
    {"employee.write", "employee"},
    {"employee.reveal", "employee"},
    {"employee.import", "employee"},
    {"employee.export", "employee"},
    {"privacy.read", "privacy"},
    {"privacy.manage", "privacy"},
    {"privacy.erase", "privacy"},
    {"org.read", "org"},
    {"org.write", "org"},
    {"job.read", "org"},
    {"job.write", "org"},
    {"field.manage", "settings"},
    {"user.read", "settings"},
    {"user.write", "settings"},
    {"settings.read", "settings"},
    {"settings.write", "settings"},
    {"security.read", "security"},
    {"security.write", "security"},
    {"security.view_as", "security"},
    {"audit.read", "security"},
};

bool Has(std::span<Duty const> duties, Duty duty) {
  return std::find(duties.begin(), duties.end(), duty) != duties.end();
}

}  // namespace

std::span<Permission const> PermissionCatalogue() { return kPermissions; }

bool IsPermission(std::string_view key) {
  return std::any_of(std::begin(kPermissions), std::end(kPermissions), [&](auto const& p) { return p.key == key; });
}

bool Narrows(std::string_view key) {
  return std::any_of(std::begin(kPermissions), std::end(kPermissions),
                     [&](auto const& p) { return p.key == key && p.narrows; });
}

std::vector<Duty> DutiesOf(std::span<std::string const> permissions) {
  std::vector<Duty> out;
  auto const add = [&](Duty duty) {
    if (!Has(out, duty)) out.push_back(duty);
  };
  for (auto const& permission : permissions) {
    if (permission == "user.write" || permission == "settings.write") add(Duty::administrator);
    if (permission == "security.write" || permission == "security.view_as") add(Duty::security_officer);
    if (permission == "audit.read") add(Duty::auditor);
    if (permission.starts_with("candidate.") || permission.starts_with("employee.") ||
        permission.starts_with("report.") || permission == "interview.invite" || permission == "message.read" ||
        permission == "privacy.manage" || permission == "privacy.erase")
      add(Duty::hr);
  }
  return out;
}

std::string_view BrokenRule(std::span<Duty const> duties) {
  if (Has(duties, Duty::administrator)) {
    if (Has(duties, Duty::security_officer)) return "duties.administrator_security_officer";
    if (Has(duties, Duty::auditor)) return "duties.administrator_auditor";
    if (Has(duties, Duty::hr)) return "duties.administrator_hr";
  }
  if (Has(duties, Duty::security_officer) && Has(duties, Duty::auditor)) return "duties.security_officer_auditor";
  if (Has(duties, Duty::security_officer) && Has(duties, Duty::hr)) return "duties.security_officer_hr";
  if (Has(duties, Duty::auditor) && Has(duties, Duty::hr)) return "duties.auditor_hr";
  return "";
}

}  // namespace bole::identity
