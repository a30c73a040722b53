#include "modules/identity/roles.hpp"

#include <algorithm>

namespace bole::identity {
namespace {

constexpr FieldRights kFull{FieldLevel::reveal, FieldLevel::reveal, FieldLevel::reveal};
constexpr FieldRights kNoPay{FieldLevel::reveal, FieldLevel::reveal, FieldLevel::masked};
constexpr FieldRights kMasked{FieldLevel::masked, FieldLevel::masked, FieldLevel::hidden};
constexpr FieldRights kContactMasked{FieldLevel::masked, FieldLevel::hidden, FieldLevel::hidden};
constexpr FieldRights kNothing{};

std::vector<PermissionReach> SeesPeople(Reach reach) {
  return {{"candidate.read", reach}, {"interview.read", reach}, {"report.read", reach}};
}

}  // namespace

FieldLevel FieldRights::Of(FieldClass field) const {
  if (field == FieldClass::contact) return contact;
  return field == FieldClass::id_number ? id_number : pay;
}

void FieldRights::Raise(FieldRights const& other) {
  contact = std::max(contact, other.contact);
  id_number = std::max(id_number, other.id_number);
  pay = std::max(pay, other.pay);
}

std::vector<RoleView> const& ShippedRoles() {
  static std::vector<RoleView> const roles{
      {"hq_hr",
       "总部人力资源",
       "Headquarters HR",
       {"org.read",       "org.write",        "job.read",         "job.write",        "user.read",
        "candidate.read", "candidate.write",  "candidate.reveal", "candidate.import", "candidate.export",
        "question.read",  "question.write",   "plan.read",        "plan.write",       "plan.publish",
        "interview.read", "interview.invite", "report.read",      "report.export",    "message.read",
        "settings.read",  "plan.approve",     "privacy.read",     "privacy.manage",   "privacy.erase",
        "field.manage",   "employee.read",    "employee.write",   "employee.reveal",  "employee.import",
        "employee.export"},
       kFull},
      {"branch_hr",
       "分支机构人力资源",
       "Branch HR",
       {"org.read",         "job.read",         "job.write",        "candidate.read", "candidate.write",
        "candidate.reveal", "candidate.import", "candidate.export", "question.read",  "question.write",
        "plan.read",        "plan.write",       "plan.publish",     "interview.read", "interview.invite",
        "report.read",      "report.export",    "message.read",     "privacy.read",   "privacy.manage",
        "privacy.erase",    "field.manage",     "employee.read",    "employee.write", "employee.reveal",
        "employee.import",  "employee.export"},
       kNoPay},
      {"hrbp",
       "人力资源业务伙伴",
       "HR business partner",
       {"org.read", "job.read", "candidate.read", "candidate.write", "candidate.reveal", "question.read", "plan.read",
        "interview.read", "interview.invite", "report.read", "report.export", "message.read", "employee.read",
        "employee.write", "employee.reveal"},
       kNoPay},
      {"branch_head",
       "分支机构负责人",
       "Branch head",
       {"org.read", "job.read", "user.read", "candidate.read", "question.read", "plan.read", "plan.approve",
        "interview.read", "report.read", "report.export", "employee.read"},
       kMasked},
      {"hiring_manager",
       "用人经理",
       "Hiring manager",
       {"org.read", "job.read", "candidate.read", "question.read", "plan.read", "interview.read", "report.read",
        "employee.read"},
       kMasked,
       true,
       {},
       0,
       1,
       SeesPeople(Reach::reports)},
      {"interviewer",
       "面试官",
       "Interviewer",
       {"org.read", "job.read", "candidate.read", "question.read", "plan.read", "interview.read", "report.read"},
       kContactMasked,
       true,
       {},
       0,
       1,
       SeesPeople(Reach::assigned)},
      {"employee", "员工", "Employee", {"org.read", "job.read"}, kNothing},
      {"auditor",
       "审计员",
       "Auditor",
       {"org.read", "job.read", "user.read", "question.read", "plan.read", "interview.read", "audit.read",
        "settings.read", "security.read", "privacy.read"},
       kNothing},
      {"security_officer",
       "安全管理员",
       "Security officer",
       {"org.read", "user.read", "settings.read", "security.read", "security.write", "security.view_as"},
       kNothing},
      {"administrator",
       "系统管理员",
       "Administrator",
       {"org.read", "org.write", "job.read", "user.read", "user.write", "settings.read", "settings.write",
        "security.read"},
       kNothing}};
  return roles;
}

Reach ReachOf(std::vector<PermissionReach> const& reaches, std::string_view permission) {
  auto const found =
      std::find_if(reaches.begin(), reaches.end(), [&](auto const& each) { return each.permission == permission; });
  return found == reaches.end() ? Reach::subtree : found->reach;
}

RoleView const* FindShipped(std::string_view key) {
  auto const& roles = ShippedRoles();
  auto const found = std::find_if(roles.begin(), roles.end(), [&](auto const& role) { return role.key == key; });
  return found == roles.end() ? nullptr : &*found;
}

}  // namespace bole::identity
