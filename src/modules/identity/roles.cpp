#include "modules/identity/roles.hpp"

#include <algorithm>

namespace bole::identity {

std::vector<RoleView> const& ShippedRoles() {
  static std::vector<RoleView> const roles{
      {"hq_hr",
       "总部人力资源",
       "Headquarters HR",
       {"org.read",       "org.write",        "job.read",         "job.write",        "user.read",
        "candidate.read", "candidate.write",  "candidate.reveal", "candidate.import", "candidate.export",
        "question.read",  "question.write",   "plan.read",        "plan.write",       "plan.publish",
        "interview.read", "interview.invite", "report.read",      "report.export",    "message.read",
        "settings.read",  "privacy.read",     "privacy.manage",   "privacy.erase"}},
      {"branch_hr", "分支机构人力资源", "Branch HR", {"org.read",         "job.read",         "job.write",
                                                      "candidate.read",   "candidate.write",  "candidate.reveal",
                                                      "candidate.import", "candidate.export", "question.read",
                                                      "question.write",   "plan.read",        "plan.write",
                                                      "plan.publish",     "interview.read",   "interview.invite",
                                                      "report.read",      "report.export",    "message.read",
                                                      "privacy.read",     "privacy.manage",   "privacy.erase"}},
      {"hiring_manager",
       "用人经理",
       "Hiring manager",
       {"org.read", "job.read", "candidate.read", "question.read", "plan.read", "interview.read", "report.read"}},
      {"interviewer",
       "面试官",
       "Interviewer",
       {"org.read", "job.read", "candidate.read", "question.read", "plan.read", "interview.read", "report.read"}},
      {"auditor",
       "审计员",
       "Auditor",
       {"org.read", "job.read", "user.read", "question.read", "plan.read", "interview.read", "audit.read",
        "settings.read", "privacy.read"}},
      {"administrator",
       "系统管理员",
       "Administrator",
       {"org.read", "org.write", "job.read", "user.read", "user.write", "settings.read", "settings.write"}}};
  return roles;
}

RoleView const* FindRole(std::string_view key) {
  auto const& roles = ShippedRoles();
  auto const found = std::find_if(roles.begin(), roles.end(), [&](auto const& role) { return role.key == key; });
  return found == roles.end() ? nullptr : &*found;
}

}  // namespace bole::identity
