#include <algorithm>

#include "modules/imports/api.hpp"
#include "modules/org/service.hpp"

// What the group keeps once for all of its jobs: competencies, families, grades; and what the product ships.
namespace bole::org {
namespace {

bool IsKey(std::string const& key, std::size_t longest) {
  return !key.empty() && key.size() <= longest && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

// Tables name families: what one of them means has to be clear.
void CheckFamilyNames(std::vector<FamilyView> const& families, FamilyView const& family, FieldErrors& errors) {
  auto const taken = [&](std::string const& word) {
    auto const folded = imports::Folded(word);
    return std::any_of(families.begin(), families.end(), [&](FamilyView const& other) {
      if (other.key == family.key || other.state == JobStatus::archived) return false;
      return folded == imports::Folded(other.key) || folded == imports::Folded(other.name_zh) ||
             folded == imports::Folded(other.name_en);
    });
  };
  if (family.version == 1 && taken(family.key)) errors.push_back({"/key", "taken"});
  if (taken(family.name_zh)) errors.push_back({"/name_zh", "taken"});
  if (!family.name_en.empty() && taken(family.name_en)) errors.push_back({"/name_en", "taken"});
}

// A new entry of the group's library (version 1), or the next version of one.
template <class View>
Result<View> Put(db::Tx& tx, audit::Api& audit, Principal const& who, audit::Entry const& entry, View const& view) {
  auto const record = audit.Begin(tx, who, entry);
  if (view.version == 1)
    store::Insert(tx, view);
  else if (!store::Update(tx, view, view.version - 1))
    return Fail(ErrorCode::kConflict, "conflict.stale");
  audit.Succeeded(tx, record);
  return view;
}

}  // namespace

Items<CompetencyView> Service::Competencies() {
  return {database_.Read([&](db::Tx& tx) { return store::Competencies(tx); })};
}

Result<CompetencyView> Service::PutCompetency(Principal const& who, std::string const& key,
                                              org::PutCompetency const& input) {
  return database_.Write([&](db::Tx& tx) -> Result<CompetencyView> {
    BOLE_TRY(AtGroup(tx, who, "job.write"));
    BOLE_ASSIGN(auto const view, DraftCompetency(key, input));
    return Keep(tx, who, view);
  });
}

Result<CompetencyView> Service::DraftCompetency(std::string const& key, org::PutCompetency const& input) {
  FieldErrors errors;
  if (!IsKey(key, 60)) errors.push_back({"/key", "bad_key"});
  CheckLevels(input.levels, "/levels", errors);
  if (!errors.empty()) return FailFields(std::move(errors));
  return CompetencyView{key,          input.name_zh, input.name_en,    input.description_zh, input.description_en,
                        input.levels, input.state,   input.version + 1};
}

Result<CompetencyView> Service::Keep(db::Tx& tx, Principal const& who, CompetencyView const& view) {
  return Put(tx, audit_, who, {"competency.put", "competency", view.key, "", {}}, view);
}

std::vector<FamilyView> Service::Families(db::Tx& tx) { return store::Families(tx); }

bool Service::IsFamily(db::Tx& tx, std::string const& key) {
  auto const family = store::Family(tx, key);
  return family && family->state == JobStatus::active;
}

Items<FamilyView> Service::Families() {
  return {database_.Read([&](db::Tx& tx) { return store::Families(tx); })};
}

Result<FamilyView> Service::PutFamily(Principal const& who, std::string const& key, org::PutFamily const& input) {
  return database_.Write([&](db::Tx& tx) -> Result<FamilyView> {
    BOLE_TRY(AtGroup(tx, who, "job.write"));
    BOLE_ASSIGN(auto const view, DraftFamily(tx, key, input));
    return Keep(tx, who, view);
  });
}

Result<FamilyView> Service::DraftFamily(db::Tx& tx, std::string const& key, org::PutFamily const& input) {
  FieldErrors errors;
  if (!IsKey(key, 40)) errors.push_back({"/key", "bad_key"});
  if (key == kGeneralFamily && input.state == JobStatus::archived) errors.push_back({"/state", "family_needed"});
  CheckCompetencies(input.competencies, errors);
  FamilyView view{key, input.name_zh, input.name_en, input.rank, input.state, input.competencies, input.version + 1};
  if (view.state == JobStatus::active) CheckFamilyNames(store::Families(tx), view, errors);
  if (!errors.empty()) return FailFields(std::move(errors));
  return view;
}

Result<FamilyView> Service::Keep(db::Tx& tx, Principal const& who, FamilyView const& view) {
  return Put(tx, audit_, who, {"family.put", "job_family", view.key, "", {}}, view);
}

Items<GradeView> Service::Grades() {
  return {database_.Read([&](db::Tx& tx) { return store::Grades(tx); })};
}

Result<GradeView> Service::PutGrade(Principal const& who, std::string const& key, org::PutGrade const& input) {
  return database_.Write([&](db::Tx& tx) -> Result<GradeView> {
    BOLE_TRY(AtGroup(tx, who, "job.write"));
    BOLE_ASSIGN(auto const view, DraftGrade(key, input));
    return Keep(tx, who, view);
  });
}

Result<GradeView> Service::DraftGrade(std::string const& key, org::PutGrade const& input) {
  if (!IsKey(key, 40)) return FailField("/key", "bad_key");
  return GradeView{key, input.name_zh, input.name_en, input.rank, input.state, input.version + 1};
}

Result<GradeView> Service::Keep(db::Tx& tx, Principal const& who, GradeView const& view) {
  return Put(tx, audit_, who, {"grade.put", "grade", view.key, "", {}}, view);
}

void Service::LoadShipped(db::Tx& tx) {
  store::FillNameKeys(tx);
  for (auto competency : content_.competencies)
    if (!store::Competency(tx, competency.key)) competency.version = 1, store::Insert(tx, competency);
  for (auto const& model : content_.models) {
    auto family = store::Family(tx, model.family);
    if (!family || family->version != 1 || !family->competencies.empty()) continue;
    family->competencies = model.competencies;
    store::Update(tx, *family, 1);
  }
  auto const root = store::Root(tx);
  for (auto const& shipped : content_.calendars) {
    if (store::CalendarByCode(tx, shipped.code)) continue;
    CalendarView const calendar{NewUlid(clock_.Now()), root->id,     "", shipped.code, shipped.name_zh, shipped.name_en,
                                shipped.rest_weekdays, shipped.days, 1};
    store::Insert(tx, calendar);
    if (root->calendar_id || shipped.locale != root->locale) continue;
    NewChange use;
    use.node_id = root->id, use.facts.emplace().calendar_id = calendar.id;
    // A change already planned for the group stands in the way; then HR chooses the calendar.
    if (auto const planned = Plan(tx, Principal::System("Bole"), use); planned && planned->problems.empty())
      (void)Carry(tx, Principal::System("Bole"), use);
  }
}

}  // namespace bole::org
