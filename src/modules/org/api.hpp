#pragma once
#include <functional>
#include <map>
#include <memory>

#include "modules/audit/api.hpp"
#include "modules/fields/api.hpp"
#include "modules/org/calendar_views.hpp"
#include "modules/org/change_views.hpp"
#include "modules/org/job_views.hpp"
#include "modules/org/position_views.hpp"

// T1: the organisation tree over time, calendars and the job library. Every other row of the product hangs on a unit.
namespace bole::org {

// Rows of one kind in the subtree of a path that are in use on a day: for previews, and because a unit on which
// something hangs closes only when another takes over.
using RowCounter = std::function<std::int64_t(db::Tx&, std::string const& org_path, Date on)>;

// How many of these positions' seats are taken on a day, by position; none are left out.
using SeatCounter =
    std::function<std::map<std::string, std::int64_t>(db::Tx&, std::vector<std::string> const& position_ids, Date on)>;

// What is in use at one unit goes to another: all of it when the unit merges or closes, these jobs with what belongs to
// them when it is split. Rights never go along: a change of the tree widens nobody's.
struct HandOver {
  std::string from, to;
  std::optional<std::vector<std::string>> jobs{};  // absent: everything
};
using Heir = std::function<void(db::Tx&, HandOver const&)>;

// A scheduled change could not be: {"change": id}.
inline constexpr char const* kChangeFailed = "org.change_failed";

// For other modules. Functions with a Tx take part in the caller's transaction; they do not check permissions: the
// caller has its Scope.
class Api {
 public:
  virtual ~Api() = default;
  // Open or closed. kNotFound when missing or outside the scope.
  virtual Result<OrgNodeView> Node(db::Tx& tx, Scope const& scope, std::string const& id) = 0;
  // The unit a new row is to hang on: kConflict "org.closed" as well, when it is closed.
  virtual Result<OrgNodeView> OpenNode(db::Tx& tx, Scope const& scope, std::string const& id) = 0;
  virtual std::optional<OrgNodeView> Root(db::Tx& tx) = 0;
  virtual Result<JobView> Job(db::Tx& tx, Scope const& scope, std::string const& id) = 0;
  // By rank, archived ones too.
  virtual std::vector<FamilyView> Families(db::Tx& tx) = 0;
  // Whether something new may be of this family: it is there and not archived.
  virtual bool IsFamily(db::Tx& tx, std::string const& key) = 0;
  // kNotFound when the unit is missing.
  virtual Result<WorkingDay> DayAt(db::Tx& tx, std::string const& node_id, Date date) = 0;

  virtual Result<OrgNodeView> CreateNode(Principal const& who, CreateOrgNode const& input) = 0;
  // Applied at once when it takes effect today. Only the system may name a day in the past (loading what is known).
  virtual Result<ChangeView> Change(Principal const& who, NewChange const& input) = 0;
  virtual Result<JobView> CreateJob(Principal const& who, org::CreateJob const& input) = 0;
  virtual Result<GradeView> PutGrade(Principal const& who, std::string const& key, org::PutGrade const& input) = 0;
  virtual Result<PositionView> CreatePosition(Principal const& who, org::CreatePosition const& input) = 0;

  // Makes the chart of today true, should its time have come while nothing ran; loads shipped calendars and
  // competencies that are not there yet. At the start of a server.
  virtual Result<> CatchUp() = 0;
  // Called after a commit that moved units: paths, and with them data scopes, are others now. Before the server starts.
  virtual void OnMoved(std::function<void()> listener) = 0;
  virtual void CountRows(std::string what, RowCounter counter) = 0;
  virtual void CountSeats(SeatCounter counter) = 0;
  // Takes part in the transaction in which units change hands.
  virtual void OnHandOver(Heir heir) = 0;
  virtual Result<ChangeView> FindChange(db::Tx& tx, Scope const& scope, std::string const& id) = 0;
};

// What is wrong with a field that names a unit, from the failure of Node or OpenNode.
[[nodiscard]] inline FieldError UnitError(std::string pointer, Error const& error) {
  return {std::move(pointer), error.key == "org.closed" ? "closed_node" : "not_found"};
}

[[nodiscard]] std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit,
                                            fields::Api& fields = fields::None());

}  // namespace bole::org
