#pragma once
#include <filesystem>

#include "app/platform.hpp"
#include "modules/org/api.hpp"
#include "modules/people/views.hpp"
#include "modules/personnel/views.hpp"

// The shapes of share/content/demo/*.json.
namespace bole::app {

struct DemoNode {
  std::string code;
  std::optional<std::string> parent_code;
  std::string name, name_en;
  org::OrgKind kind = org::OrgKind::branch;
  std::string city, zone, locale;
};
BOOST_DESCRIBE_STRUCT(DemoNode, (), (code, parent_code, name, name_en, kind, city, zone, locale))
struct DemoOrg {
  std::string company_zh, company_en;
  std::vector<DemoNode> nodes;
};
BOOST_DESCRIBE_STRUCT(DemoOrg, (), (company_zh, company_en, nodes))

// share/content/demo/organisation.json: what happened and will happen to the tree, and what hangs on it.
struct DemoChange {
  org::ChangeKind kind = org::ChangeKind::update;
  std::string code;
  std::optional<std::string> target_code;
  std::string name, name_en;
  int days = 0;  // from today
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(DemoChange, (), (kind, code, target_code, name, name_en, days, reason))
struct DemoCalendar {
  std::string org_code, code, name_zh, name_en;
  std::vector<std::int64_t> rest_weekdays;
  std::vector<org::CalendarDay> days;
};
BOOST_DESCRIBE_STRUCT(DemoCalendar, (), (org_code, code, name_zh, name_en, rest_weekdays, days))
struct DemoGrade {
  std::string key, name_zh, name_en;
  std::int64_t rank = 0;
};
BOOST_DESCRIBE_STRUCT(DemoGrade, (), (key, name_zh, name_en, rank))
struct DemoPosition {
  std::string org_code, job_code, code, name, name_en;
  std::int64_t headcount = 0;
};
BOOST_DESCRIBE_STRUCT(DemoPosition, (), (org_code, job_code, code, name, name_en, headcount))
struct DemoOrganisation {
  std::string comment;
  std::vector<DemoChange> changes;
  DemoCalendar calendar;
  std::vector<DemoGrade> grades;
  std::vector<DemoPosition> positions;
};
BOOST_DESCRIBE_STRUCT(DemoOrganisation, (), (comment, changes, calendar, grades, positions))

struct DemoGrant {
  std::string role, org_code;
};
BOOST_DESCRIBE_STRUCT(DemoGrant, (), (role, org_code))
struct DemoUser {
  std::string user_name, name, email, org_code, locale;
  std::vector<DemoGrant> grants;
  std::optional<std::string> manager;                  // user name of an account before this one
  std::optional<std::vector<std::string>> candidates;  // codes of those he works on
};
BOOST_DESCRIBE_STRUCT(DemoUser, (), (user_name, name, email, org_code, locale, grants, manager, candidates))
struct DemoUsers {
  std::vector<DemoUser> users;
};
BOOST_DESCRIBE_STRUCT(DemoUsers, (), (users))

struct DemoJob {
  std::string org_code, code, name, name_en;
  std::string family = org::kGeneralFamily;
  std::string grade, duties, requirements;
  std::vector<org::CompetencyWeight> competencies;
};
BOOST_DESCRIBE_STRUCT(DemoJob, (), (org_code, code, name, name_en, family, grade, duties, requirements, competencies))
struct DemoJobs {
  std::vector<DemoJob> jobs;
};
BOOST_DESCRIBE_STRUCT(DemoJobs, (), (jobs))

struct DemoPlan {
  std::string code, org_code, job_code, name_zh, name_en;
  bool publish = true;
  json::object document;
  std::string template_key, base_code;  // instead of a document: a shipped template, a standard to derive from
  json::object edits;                   // made before publication
  json::object next;                    // edits of a second version, published when all plans are there
};
BOOST_DESCRIBE_STRUCT(DemoPlan, (),
                      (code, org_code, job_code, name_zh, name_en, publish, document, template_key, base_code, edits,
                       next))
struct DemoPlans {
  std::vector<DemoPlan> plans;
};
BOOST_DESCRIBE_STRUCT(DemoPlans, (), (plans))

// `edits` replaces members of the document; of "stages" and "dimensions" those of the element with the same key, or it
// adds the element.
[[nodiscard]] json::object Edited(json::object document, json::object const& edits);

struct DemoCandidate {
  std::string code, org_code, job_code, name, gender;
  std::optional<Date> birth_date;
  std::string phone, email;
  people::Source source = people::Source::other;
  std::vector<std::string> tags;
  std::string locale, note;
};
BOOST_DESCRIBE_STRUCT(DemoCandidate, (),
                      (code, org_code, job_code, name, gender, birth_date, phone, email, source, tags, locale, note))
struct DemoCandidates {
  std::string comment, id_area_code;
  std::vector<DemoCandidate> candidates;
};
BOOST_DESCRIBE_STRUCT(DemoCandidates, (), (comment, id_area_code, candidates))

// Managers stand before those who report to them. With a candidate: that person, hired.
struct DemoEmployee {
  std::string number, org_code, candidate_code, name, gender;
  std::optional<Date> birth_date;
  std::string phone, job_code, grade;
  personnel::Employment employment = personnel::Employment::full_time;
  int hired_days = 0;                 // from today
  std::optional<int> probation_days;  // from today
  std::string manager_number;
};
BOOST_DESCRIBE_STRUCT(DemoEmployee, (),
                      (number, org_code, candidate_code, name, gender, birth_date, phone, job_code, grade, employment,
                       hired_days, probation_days, manager_number))
struct DemoEmployees {
  std::string comment;
  std::vector<DemoEmployee> employees;
};
BOOST_DESCRIBE_STRUCT(DemoEmployees, (), (comment, employees))

struct DemoAnswer {
  std::string stage_key, text;
};
BOOST_DESCRIBE_STRUCT(DemoAnswer, (), (stage_key, text))
struct DemoInterview {
  std::string code, candidate_code, plan_code, level, language;
  std::vector<DemoAnswer> answers;
};
BOOST_DESCRIBE_STRUCT(DemoInterview, (), (code, candidate_code, plan_code, level, language, answers))

// kInvalid "demo.unreadable" {file} or the broken fields.
[[nodiscard]] Result<std::string> ReadTextFile(std::filesystem::path const& file);
template <class T>
Result<T> ReadDemoFile(std::filesystem::path const& file) {
  BOLE_ASSIGN(auto const text, ReadTextFile(file));
  return FromJsonText<T>(text);
}

// 18 characters: area, birth date, serial, check digit (GB 11643-1999, ISO 7064 MOD 11-2).
[[nodiscard]] std::string MakeIdNumber(std::string const& area, Date const& birth, int serial);
// Differs from one installation to the next and is written nowhere: derived from the installation's keys.
[[nodiscard]] std::string DemoPassword(Platform& platform, std::string const& user_name);
// The open invitation that `bole demo info` shows.
Result<> RememberDemoLink(Platform& platform, std::string const& interview_id);
[[nodiscard]] std::string DemoInterviewId(Platform& platform);

}  // namespace bole::app
