#pragma once
#include "modules/org/calendar_store.hpp"
#include "modules/org/content.hpp"
#include "modules/org/library_store.hpp"
#include "modules/org/model.hpp"
#include "modules/org/store.hpp"
#include "modules/org/unit_names.hpp"

namespace bole::http {
class Routes;
}
namespace bole {
class EventBus;
}
namespace bole::jobs {
class JobQueue;
}

namespace bole::org {

// A job as it will be written, with what changes among its custom fields.
struct JobDraft {
  JobView job;
  fields::Record record;
  fields::Draft custom;
};

// Use cases. Thread-safe; each call is one transaction.
class Service final : public Api {
 public:
  Service(db::Database& database, Clock const& clock, audit::Api& audit, fields::Api& fields, jobs::JobQueue& queue,
          EventBus& bus, Content content = {})
      : database_(database),
        clock_(clock),
        audit_(audit),
        fields_(fields),
        queue_(queue),
        bus_(bus),
        content_(std::move(content)) {}

  // service.cpp: the tree
  Result<OrgNodeView> Node(db::Tx& tx, Scope const& scope, std::string const& id) override;
  Result<OrgNodeView> OpenNode(db::Tx& tx, Scope const& scope, std::string const& id) override;
  std::optional<OrgNodeView> Root(db::Tx& tx) override { return store::Root(tx); }
  Result<OrgNodeView> CreateNode(Principal const& who, CreateOrgNode const& input) override;
  Result<OrgNodeView> GetNode(Principal const& who, std::string const& id);
  Result<OrgNodeView> PatchNode(Principal const& who, std::string const& id, PatchOrgNode const& input);
  Result<> DeleteNode(Principal const& who, std::string const& id);

  // For imports, in their transaction. `id` names a unit that nothing uses.
  Result<> RemoveNode(db::Tx& tx, Principal const& who, std::string const& id);

  // changes.cpp: acts over time
  Result<ChangeView> Change(Principal const& who, NewChange const& input) override;
  // The same in the caller's transaction; and what keeps it from being, without doing it.
  Result<ChangeView> Carry(db::Tx& tx, Principal const& who, NewChange const& input);
  FieldErrors Problems(db::Tx& tx, Principal const& who, NewChange const& input);
  Result<ChangePreview> Preview(Principal const& who, NewChange const& input);
  Result<ChangeView> CancelChange(Principal const& who, std::string const& id);
  // What is due becomes the chart of today. Idempotent; the job "org.apply" and the start of a server call it.
  Result<> ApplyDue();
  Result<> CatchUp() override;
  void OnMoved(std::function<void()> listener) override { moved_.push_back(std::move(listener)); }
  void CountRows(std::string what, RowCounter counter) override {
    counters_.emplace_back(std::move(what), std::move(counter));
  }
  void CountSeats(SeatCounter counter) override { seats_ = std::move(counter); }

  // history.cpp: names and ids of units outside the reader's scope are left out
  // Of the visible units and of those above them, whose names stand in what they decided for the units below.
  Items<UnitName> Names(Principal const& who);
  Items<OrgNodeView> Tree(Principal const& who, std::optional<Date> as_of = {});
  Result<NodeHistory> History(Principal const& who, std::string const& id);
  Result<Page<ChangeView>> Changes(Principal const& who, store::ChangeFilter filter, std::string const& org_id);
  Result<ChangeView> GetChange(Principal const& who, std::string const& id);
  Result<ChangeView> FindChange(db::Tx& tx, Scope const& scope, std::string const& id) override;

  // handover.cpp
  void OnHandOver(Heir heir) override { heirs_.push_back(std::move(heir)); }

  // job_library.cpp
  Result<JobView> Job(db::Tx& tx, Scope const& scope, std::string const& id) override;
  Result<Page<JobView>> ListJobs(Principal const& who, store::JobFilter filter, std::string const& org_id,
                                 std::map<std::string, std::string> const& custom = {});
  Result<JobView> GetJob(Principal const& who, std::string const& id);
  Result<JobView> CreateJob(Principal const& who, org::CreateJob const& input) override;
  Result<JobView> PatchJob(Principal const& who, std::string const& id, org::PatchJob const& input);
  // In the caller's transaction; the drafts check and write nothing.
  [[nodiscard]] fields::Api& Custom() { return fields_; }
  Result<JobDraft> DraftJob(db::Tx& tx, Principal const& who, org::CreateJob const& input);
  Result<JobDraft> DraftJob(db::Tx& tx, Principal const& who, std::string const& id, org::PatchJob const& input);
  Result<JobView> AddJob(db::Tx& tx, Principal const& who, org::CreateJob const& input);
  Result<JobView> ChangeJob(db::Tx& tx, Principal const& who, std::string const& id, org::PatchJob const& input);
  Result<Items<SameName>> SameNames(Principal const& who, std::string const& name, std::string const& org_id);

  // group_library.cpp
  Items<CompetencyView> Competencies();
  Result<CompetencyView> PutCompetency(Principal const& who, std::string const& key, org::PutCompetency const& input);
  std::vector<FamilyView> Families(db::Tx& tx) override;
  bool IsFamily(db::Tx& tx, std::string const& key) override;
  Items<FamilyView> Families();
  Result<FamilyView> PutFamily(Principal const& who, std::string const& key, org::PutFamily const& input);
  Items<GradeView> Grades();
  // Checked, not yet written; a version 0 is a new one. Keep writes one.
  Result<CompetencyView> DraftCompetency(std::string const& key, org::PutCompetency const& input);
  Result<FamilyView> DraftFamily(db::Tx& tx, std::string const& key, org::PutFamily const& input);
  Result<GradeView> DraftGrade(std::string const& key, org::PutGrade const& input);
  Result<CompetencyView> Keep(db::Tx& tx, Principal const& who, CompetencyView const& view);
  Result<FamilyView> Keep(db::Tx& tx, Principal const& who, FamilyView const& view);
  Result<GradeView> Keep(db::Tx& tx, Principal const& who, GradeView const& view);
  // The group's own settings are changed by whoever has the permission at the group.
  Result<> AtGroup(db::Tx& tx, Principal const& who, char const* permission);
  Result<GradeView> PutGrade(Principal const& who, std::string const& key, org::PutGrade const& input) override;

  // positions.cpp
  Result<Page<PositionView>> Positions(Principal const& who, store::PositionFilter filter, std::string const& org_id);
  Result<PositionView> CreatePosition(Principal const& who, org::CreatePosition const& input) override;
  Result<PositionView> PutPosition(Principal const& who, std::string const& id, org::PutPosition const& input);
  // In the caller's transaction, as with jobs.
  Result<PositionView> DraftPosition(db::Tx& tx, Principal const& who, org::CreatePosition const& input);
  Result<PositionView> AddPosition(db::Tx& tx, Principal const& who, org::CreatePosition const& input);
  Result<PositionView> ChangePosition(db::Tx& tx, Principal const& who, std::string const& id,
                                      org::PutPosition const& input);
  Result<Items<HeadcountView>> Headcount(Principal const& who, std::optional<Date> on);

  // calendars.cpp
  Result<WorkingDay> DayAt(db::Tx& tx, std::string const& node_id, Date date) override;
  Result<WorkingDay> GetDay(Principal const& who, std::string const& node_id, std::optional<Date> date);
  Items<CalendarView> Calendars(Principal const& who);
  Result<CalendarView> GetCalendar(Principal const& who, std::string const& id);
  Result<CalendarView> CreateCalendar(Principal const& who, org::CreateCalendar const& input);
  Result<CalendarView> PatchCalendar(Principal const& who, std::string const& id, org::PatchCalendar const& input);
  // In the caller's transaction.
  Result<CalendarView> AddCalendar(db::Tx& tx, Principal const& who, org::CreateCalendar const& input);
  Result<CalendarView> ChangeCalendar(db::Tx& tx, Principal const& who, std::string const& id,
                                      org::PatchCalendar const& input);
  // One that no unit uses.
  Result<> RemoveCalendar(db::Tx& tx, Principal const& who, CalendarView const& calendar);

 private:
  // A change worked out against the tree, not yet written.
  struct Planned {
    ChangeView change;
    std::vector<NodeVersion> versions;
    std::vector<ChangeProblem> problems;
    Date today{};
  };
  // One name for one job: refuses a second active one in the unit or above it.
  void CheckJobName(db::Tx& tx, JobView const& job, std::string const& org_path, FieldErrors& errors);
  // With its custom fields, as a detail shows it.
  JobView WithCustom(db::Tx& tx, Scope const& scope, JobView job);
  Date Today(db::Tx& tx);
  Result<Planned> Plan(db::Tx& tx, Principal const& who, NewChange const& input);
  Result<Timeline> TimelineFor(db::Tx& tx, NewChange const& input, Date on);
  Result<> CheckAuthority(db::Tx& tx, Principal const& who, Timeline const& timeline, NewChange const& input, Date on);
  void CheckAgainst(db::Tx& tx, Timeline timeline, Planned& planned);
  void ApplyDueIn(db::Tx& tx);
  // What of a unit and of those below it is in use on a day; kinds of which there is nothing are left out.
  std::vector<AffectedRows> Hanging(db::Tx& tx, Timeline const& timeline, std::string const& node_id, Date on);
  // What keeps a change that is due from being.
  std::vector<AffectedRows> LeftOver(db::Tx& tx, ChangeView const& change);
  void CheckSplitJobs(db::Tx& tx, Timeline const& timeline, NewChange const& input, Planned& planned);
  void HandOverAfter(db::Tx& tx, ChangeView const& change);
  void Give(db::Tx& tx, HandOver const& over);
  // Seats taken on a day, by unit.
  std::map<std::string, std::int64_t> TakenByUnit(db::Tx& tx, Scope const& scope, Date on);
  void FailDue(db::Tx& tx, ChangeView const& change, std::vector<AffectedRows> const& left_over);
  void Refresh(db::Tx& tx, std::vector<std::string> nodes, Date day);
  void ApplyLater(db::Tx& tx, Date day);
  ChangeProblem Describe(db::Tx& tx, Timeline const& timeline, ChangeProblem problem);
  void LoadShipped(db::Tx& tx);

  db::Database& database_;
  Clock const& clock_;
  audit::Api& audit_;
  fields::Api& fields_;
  jobs::JobQueue& queue_;
  EventBus& bus_;
  Content content_;
  std::vector<std::function<void()>> moved_;
  std::vector<std::pair<std::string, RowCounter>> counters_;
  std::vector<Heir> heirs_;
  SeatCounter seats_;  // empty while nobody is employed here
};

void RegisterRoutes(http::Routes& routes, Service& service);
void RegisterLibraryRoutes(http::Routes& routes, Service& service);
void RegisterExports(AppContext& context, Service& service, audit::Api& audit);
void RegisterLibraryExports(AppContext& context, Service& service, audit::Api& audit);

}  // namespace bole::org
