#pragma once
#include "modules/fields/api.hpp"
#include "modules/org/api.hpp"
#include "platform/db/keyset.hpp"

// SQL of the job library: jobs, competencies, grades, positions.
namespace bole::org::store {

// What the scope's units may use: rows of theirs and of the units above them.
db::Condition UsableCondition(Scope const& scope, std::string const& org_column);

struct JobFilter {
  std::string text;
  std::string family{};
  std::string org_path;
  int limit = 50;
  std::string cursor;
  std::vector<fields::ValueFilter> custom{};
};
Page<JobView> Jobs(db::Tx& tx, Scope const& scope, JobFilter const& filter);
// `usable`: also one of a unit above the scope.
std::optional<JobView> Job(db::Tx& tx, Scope const& scope, std::string const& id, bool usable);
// In the scope's own units; codes are unique in the group.
std::optional<JobView> JobByCode(db::Tx& tx, Scope const& scope, std::string const& code);
bool JobCodeTaken(db::Tx& tx, std::string const& code, std::string const& except_id);
bool HasJobs(db::Tx& tx, std::string const& org_id);
// Active ones, below a path.
std::int64_t CountJobs(db::Tx& tx, std::string const& org_path, Date on);
// Jobs of a unit, all of them or these, go to another; their ids.
std::vector<std::string> MoveJobs(db::Tx& tx, HandOver const& over);
void MovePositions(db::Tx& tx, HandOver const& over);
// Units that have positions for the job.
std::vector<std::string> SeatsOf(db::Tx& tx, std::string const& job_id);
// The active job of this name in a unit or above it, other than `except_id`.
std::optional<SameName> NameTaken(db::Tx& tx, std::string const& name, std::string const& org_path,
                                  std::string const& except_id);
// For rows from before names were compared by keys.
void FillNameKeys(db::Tx& tx);
// Active jobs of this name (zh or en) above `org_path` or anywhere in the scope, highest first.
std::vector<SameName> SameNames(db::Tx& tx, Scope const& scope, std::string const& name, std::string const& org_path);
void Insert(db::Tx& tx, JobView const& job);
bool Update(db::Tx& tx, JobView const& job, std::int64_t expected);
void DeleteJob(db::Tx& tx, std::string const& id);  // throws db::DatabaseError while something refers to it

// The library belongs to the group and is read by all: no scope.
std::vector<CompetencyView> Competencies(db::Tx& tx);
std::optional<CompetencyView> Competency(db::Tx& tx, std::string const& key);
void Insert(db::Tx& tx, CompetencyView const& competency);
bool Update(db::Tx& tx, CompetencyView const& competency, std::int64_t expected);
std::vector<FamilyView> Families(db::Tx& tx);
std::optional<FamilyView> Family(db::Tx& tx, std::string const& key);
void Insert(db::Tx& tx, FamilyView const& family);
bool Update(db::Tx& tx, FamilyView const& family, std::int64_t expected);
std::vector<GradeView> Grades(db::Tx& tx);
std::optional<GradeView> Grade(db::Tx& tx, std::string const& key);
void Insert(db::Tx& tx, GradeView const& grade);
bool Update(db::Tx& tx, GradeView const& grade, std::int64_t expected);

struct PositionFilter {
  std::string text, job_id, org_path;
  std::optional<Date> on;  // valid on this day
  int limit = 50;
  std::string cursor;
};
struct OrgSum {
  std::string org_id;
  std::int64_t positions = 0, headcount = 0;
};
BOOST_DESCRIBE_STRUCT(OrgSum, (), (org_id, positions, headcount))
Page<PositionView> Positions(db::Tx& tx, Scope const& scope, PositionFilter const& filter);
std::optional<PositionView> Position(db::Tx& tx, Scope const& scope, std::string const& id);
std::optional<PositionView> PositionByCode(db::Tx& tx, Scope const& scope, std::string const& code);
bool PositionCodeTaken(db::Tx& tx, std::string const& code);
// Valid on or after the day, below a path.
std::int64_t CountPositions(db::Tx& tx, std::string const& org_path, Date on);
void DeletePosition(db::Tx& tx, std::string const& id);  // throws db::DatabaseError while something refers to it
// Positions valid on a day, with their units.
std::map<std::string, std::string> UnitsOfSeats(db::Tx& tx, Scope const& scope, Date on);
std::vector<OrgSum> Headcount(db::Tx& tx, Scope const& scope, Date on);
void Insert(db::Tx& tx, PositionView const& position);
bool Update(db::Tx& tx, PositionView const& position, std::int64_t expected);

}  // namespace bole::org::store
