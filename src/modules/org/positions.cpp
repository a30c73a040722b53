#include <map>

#include "modules/org/service.hpp"

namespace bole::org {
namespace {

void CheckPeriod(Date from, std::optional<Date> to, FieldErrors& errors) {
  if (to && *to < from) errors.push_back({"/valid_to", "before_start"});
}

}  // namespace

Result<Page<PositionView>> Service::Positions(Principal const& who, store::PositionFilter filter,
                                              std::string const& org_id) {
  return database_.Read([&](db::Tx& tx) -> Result<Page<PositionView>> {
    if (!org_id.empty()) {
      BOLE_ASSIGN(auto const node, Node(tx, Scope(who, "job.read"), org_id));
      filter.org_path = node.path;
    }
    auto page = store::Positions(tx, Scope(who, "job.read"), filter);
    if (!seats_) return page;
    std::vector<std::string> ids;
    for (auto const& position : page.items) ids.push_back(position.id);
    auto const taken = seats_(tx, ids, filter.on.value_or(Today(tx)));
    for (auto& position : page.items) position.filled = taken.contains(position.id) ? taken.at(position.id) : 0;
    return page;
  });
}

Result<PositionView> Service::CreatePosition(Principal const& who, org::CreatePosition const& input) {
  return database_.Write([&](db::Tx& tx) { return AddPosition(tx, who, input); });
}

Result<PositionView> Service::PutPosition(Principal const& who, std::string const& id, org::PutPosition const& input) {
  return database_.Write([&](db::Tx& tx) { return ChangePosition(tx, who, id, input); });
}

Result<PositionView> Service::DraftPosition(db::Tx& tx, Principal const& who, org::CreatePosition const& input) {
  FieldErrors errors;
  auto const node = OpenNode(tx, Scope(who, "job.write"), input.org_id);
  if (!node) errors.push_back(UnitError("/org_id", node.error()));
  // A job serves its own unit and everything below it.
  auto const job = store::Job(tx, Scope::Everything(), input.job_id, true);
  auto const owner = job ? store::Node(tx, Scope::Everything(), job->org_id) : std::nullopt;
  if (!owner || (node && !node->path.starts_with(owner->path)))
    errors.push_back({"/job_id", "not_found"});
  else if (job->status == JobStatus::archived)
    errors.push_back({"/job_id", "archived_job"});
  if (store::PositionCodeTaken(tx, input.code)) errors.push_back({"/code", "taken"});
  CheckPeriod(input.valid_from, input.valid_to, errors);
  if (!errors.empty()) return FailFields(std::move(errors));
  return PositionView{NewUlid(clock_.Now()),
                      node->id,
                      node->name,
                      job->id,
                      job->name,
                      job->name_en,
                      input.code,
                      input.name,
                      input.name_en,
                      input.headcount,
                      input.valid_from,
                      input.valid_to,
                      1,
                      {}};
}

Result<PositionView> Service::AddPosition(db::Tx& tx, Principal const& who, org::CreatePosition const& input) {
  BOLE_ASSIGN(auto position, DraftPosition(tx, who, input));
  auto const record = audit_.Begin(
      tx, who, {"position.create", "position", position.id, position.org_id, {{"headcount", position.headcount}}});
  store::Insert(tx, position);
  audit_.Succeeded(tx, record);
  return position;
}

Result<PositionView> Service::ChangePosition(db::Tx& tx, Principal const& who, std::string const& id,
                                             org::PutPosition const& input) {
  auto position = store::Position(tx, Scope(who, "job.write"), id);
  if (!position) return NotFound("position");
  FieldErrors errors;
  CheckPeriod(input.valid_from, input.valid_to, errors);
  if (!errors.empty()) return FailFields(std::move(errors));
  auto const before = position->headcount;
  position->name = input.name, position->name_en = input.name_en, position->headcount = input.headcount;
  position->valid_from = input.valid_from, position->valid_to = input.valid_to;
  auto const record = audit_.Begin(
      tx, who, {"position.update", "position", id, position->org_id, {{"from", before}, {"to", position->headcount}}});
  position->version = input.version + 1;
  if (!store::Update(tx, *position, input.version)) return Fail(ErrorCode::kConflict, "conflict.stale");
  audit_.Succeeded(tx, record);
  return *position;
}

std::map<std::string, std::int64_t> Service::TakenByUnit(db::Tx& tx, Scope const& scope, Date on) {
  std::map<std::string, std::int64_t> out;
  if (!seats_) return out;
  auto const units = store::UnitsOfSeats(tx, scope, on);
  std::vector<std::string> ids;
  for (auto const& [id, unit] : units) ids.push_back(id);
  for (auto const& [id, count] : seats_(tx, ids, on)) out[units.at(id)] += count;
  return out;
}

Result<Items<HeadcountView>> Service::Headcount(Principal const& who, std::optional<Date> on) {
  return database_.Read([&](db::Tx& tx) -> Result<Items<HeadcountView>> {
    Scope const scope(who, "job.read");
    auto const day = on.value_or(Today(tx));
    auto const sums = store::Headcount(tx, scope, day);
    auto const taken = TakenByUnit(tx, scope, day);
    std::map<std::string, HeadcountView> found;
    std::map<std::string, store::OrgSum> own;
    for (auto const& sum : sums) own[sum.org_id] = sum;
    for (auto const& node : own.empty() ? std::vector<OrgNodeView>{} : store::Nodes(tx, scope)) {
      auto const sum = own.find(node.id);
      if (sum == own.end()) continue;
      // Up to the top of what is visible: totals never tell of units outside the scope.
      for (auto path = node.path; path.size() > 1 && scope.Covers(path);
           path.erase(path.rfind('/', path.size() - 2) + 1)) {
        auto const id = path.substr(path.rfind('/', path.size() - 2) + 1, 26);
        auto& view = found[id];
        view.org_id = id;
        view.total += sum->second.headcount;
        if (seats_) view.filled = view.filled.value_or(0) + (taken.contains(node.id) ? taken.at(node.id) : 0);
        if (id == node.id) view.own = sum->second.headcount, view.positions = sum->second.positions;
      }
    }
    Items<HeadcountView> out;
    for (auto& [id, view] : found) out.items.push_back(std::move(view));
    return out;
  });
}

}  // namespace bole::org
