#include <set>

#include "modules/org/import_targets.hpp"
#include "modules/org/service.hpp"
#include "platform/i18n/messages.hpp"

namespace bole::org {
namespace {

using imports::Column;
using imports::ColumnType;
using imports::Existing;
using imports::Fate;
using imports::Problem;
using imports::Row;
using imports::Verdict;
using imports::Written;

std::string Enum(OrgKind kind) { return boost::describe::enum_to_string(kind, ""); }
std::string State(NodeState state) { return boost::describe::enum_to_string(state, ""); }

// Problems of a change at the columns that caused them.
std::vector<Problem> AtColumns(FieldErrors const& errors) {
  std::vector<Problem> out;
  for (auto const& error : errors) {
    std::string column;
    if (error.pointer.starts_with("/facts/")) column = error.pointer.substr(7);
    if (error.pointer == "/target_id") column = "parent";
    out.push_back({column, error.code, error.params});
  }
  return out;
}

class UnitSession final : public imports::Session {
 public:
  UnitSession(Service& service, imports::Place place) : service_(service), place_(std::move(place)) {}

  Verdict Check(db::Tx& tx, Row const& row) override {
    Verdict out{{}, {{"code", row.Text("code")}}, {}};
    auto const known = store::NodeByCode(tx, Scope(place_.who, "org.write"), row.Text("code"));
    if (known) {
      out.existing = Existing{known->id, known->name, "code"};
      if (!known->path.starts_with(place_.org_path)) out.problems.push_back({"code", "outside"});
      if (row.Has("state") && row.Text("state") != State(known->state))
        out.problems.push_back({"state", "state_stays"});
      else if (known->state == NodeState::closed && !row.Has("state"))
        out.problems.push_back({"code", "closed_node"});
      auto const parent = row.Has("parent") ? ParentOf(tx, row) : std::nullopt;
      if (row.Has("parent") && (!parent || parent->id != known->parent_id))
        out.problems.push_back({"parent", "not_moved"});
      auto const facts = FactsOf(tx, row, out.problems);
      if (out.problems.empty() && Changes(facts, *known))
        out.problems = AtColumns(service_.Problems(tx, place_.who, UpdateOf(facts, *known)));
    } else if (row.Text("state") == "closed") {
      out.problems.push_back({"state", "state_stays"});
    } else if (row.Text("kind") == "group") {
      out.problems.push_back({"kind", "not_allowed"});
    } else if (coming_.contains(row.Text("parent"))) {
      // Below a unit of this file that is not there yet: judged when it is written.
    } else if (auto const parent = ParentOf(tx, row)) {
      auto const facts = FactsOf(tx, row, out.problems);
      if (out.problems.empty()) out.problems = AtColumns(service_.Problems(tx, place_.who, CreateOf(facts, *parent)));
    } else {
      out.problems.push_back({"parent", "unknown_parent"});
    }
    if (out.problems.empty()) coming_.insert(row.Text("code"));
    return out;
  }

  Result<Written> Create(db::Tx& tx, Row const& row) override {
    auto const parent = ParentOf(tx, row);
    if (!parent) return FailField("/parent", "unknown_parent");
    BOLE_ASSIGN(auto const facts, FactsOf(tx, row));
    BOLE_ASSIGN(auto const made, AtRow(service_.Carry(tx, place_.who, CreateOf(facts, *parent))));
    return Left(tx, made.node_id, {});
  }

  Result<Written> Update(db::Tx& tx, Row const& row, Existing const& existing) override {
    auto const before = store::Node(tx, Scope::Everything(), existing.id);
    if (!before) return NotFound("org_node");
    BOLE_ASSIGN(auto const facts, FactsOf(tx, row));
    if (!Changes(facts, *before)) return Written{before->id, before->version, {}};
    BOLE_TRY(AtRow(service_.Carry(tx, place_.who, UpdateOf(facts, *before))));
    return Left(tx, existing.id, WriteJson(*before).as_object());
  }

 private:
  static Result<ChangeView> AtRow(Result<ChangeView> result) {
    if (!result)
      for (auto& field : result.error().fields) {
        if (field.pointer.starts_with("/facts/")) field.pointer.erase(0, 6);
        if (field.pointer == "/target_id") field.pointer = "/parent";
      }
    return result;
  }
  static Result<Written> Left(db::Tx& tx, std::string const& id, json::object before) {
    auto const node = store::Node(tx, Scope::Everything(), id);
    if (!node) return NotFound("org_node");
    return Written{id, node->version, std::move(before)};
  }
  // At or below the unit that is imported into.
  std::optional<OrgNodeView> ParentOf(db::Tx& tx, Row const& row) const {
    auto parent = row.Has("parent") ? store::NodeByCode(tx, Scope(place_.who, "org.write"), row.Text("parent"))
                                    : store::Node(tx, Scope::Everything(), place_.org_id);
    if (parent && !parent->path.starts_with(place_.org_path)) parent.reset();
    return parent;
  }
  NodeFacts FactsOf(db::Tx& tx, Row const& row, std::vector<Problem>& problems) const {
    NodeFacts out;
    out.code = row.Given("code"), out.name = row.Given("name"), out.name_en = row.Given("name_en");
    out.city = row.Given("city"), out.zone = row.Given("zone"), out.locale = row.Given("locale");
    if (auto const kind = row.Given("kind")) boost::describe::enum_from_string(kind->c_str(), out.kind.emplace());
    if (auto const code = row.Given("calendar")) {
      auto const calendar = store::CalendarByCode(tx, *code);
      if (calendar && store::Calendar(tx, Scope(place_.who, "org.read"), calendar->id))
        out.calendar_id = calendar->id;
      else
        problems.push_back({"calendar", "unknown_calendar"});
    }
    return out;
  }
  Result<NodeFacts> FactsOf(db::Tx& tx, Row const& row) const {
    std::vector<Problem> problems;
    auto out = FactsOf(tx, row, problems);
    if (!problems.empty()) return FailField("/" + problems[0].column, problems[0].code);
    return out;
  }
  // Whether a unit would be another one.
  static bool Changes(NodeFacts const& facts, OrgNodeView const& node) {
    auto const differs = [](auto const& given, auto const& known) { return given && *given != known; };
    return differs(facts.code, node.code) || differs(facts.name, node.name) || differs(facts.name_en, node.name_en) ||
           differs(facts.kind, node.kind) || differs(facts.city, node.city) || differs(facts.zone, node.zone) ||
           differs(facts.locale, node.locale) || differs(facts.calendar_id, node.calendar_id.value_or(""));
  }
  static NewChange CreateOf(NodeFacts const& given, OrgNodeView const& parent) {
    NewChange out;
    out.kind = ChangeKind::create, out.target_id = parent.id, out.facts = given;
    auto& facts = *out.facts;
    facts.name_en = facts.name_en.value_or(""), facts.city = facts.city.value_or("");
    facts.zone = facts.zone.value_or(parent.zone), facts.locale = facts.locale.value_or(parent.locale);
    return out;
  }
  static NewChange UpdateOf(NodeFacts const& facts, OrgNodeView const& node) {
    NewChange out;
    out.kind = ChangeKind::update, out.node_id = node.id, out.facts = facts;
    return out;
  }

  Service& service_;
  imports::Place place_;
  std::set<std::string> coming_;  // codes that earlier rows of this file will make
};

class UnitTarget final : public imports::Target {
 public:
  UnitTarget(AppContext& context, Service& service) : context_(context), service_(service) {}

  [[nodiscard]] std::string key() const override { return "org_units"; }
  [[nodiscard]] std::string permission() const override { return "org.write"; }

  std::vector<Column> Columns(db::Tx& /*tx*/, std::string const& /*org_id*/) override {
    std::vector<Column> out{
        {.key = "code", .type = ColumnType::identifier, .required = true, .max_length = 40, .example = "BJ-001"},
        {.key = "name", .required = true, .max_length = 120, .example = "朝阳支行"},
        {.key = "name_en", .max_length = 120, .example = "Chaoyang Outlet"},
        {.key = "kind", .type = ColumnType::choice, .required = true, .choices = KindWords(), .example = "网点"},
        {.key = "parent", .type = ColumnType::identifier, .max_length = 40, .example = "BJ"},
        {.key = "city", .max_length = 80, .example = "北京"},
        {.key = "zone", .max_length = 60, .example = "Asia/Shanghai"},
        {.key = "locale", .type = ColumnType::choice, .choices = LocaleWords(), .example = "中文"},
        {.key = "calendar", .type = ColumnType::identifier, .max_length = 40, .example = "CN"},
        {.key = "state", .type = ColumnType::choice, .choices = StateWords(), .example = "开放"}};
    imports::AddTexts(out, context_.messages, "org.import.unit.", "org.import.unit_help.");
    return out;
  }

  Result<std::unique_ptr<imports::Session>> Begin(db::Tx& /*tx*/, imports::Place const& place) override {
    return std::make_unique<UnitSession>(service_, place);
  }

  Fate Undo(db::Tx& tx, Principal const& who, imports::Trace const& trace) override {
    if (trace.updated && trace.before.empty()) return Fate::undone;  // it changed nothing
    auto const node = store::Node(tx, Scope::Everything(), trace.id);
    if (!node || node->version != trace.version) return Fate::changed;
    if (!trace.updated) return service_.RemoveNode(tx, who, trace.id) ? Fate::undone : Fate::in_use;
    auto const before = FromJson<OrgNodeView>(trace.before);
    if (!before) return Fate::changed;
    NewChange back;
    back.kind = ChangeKind::update, back.node_id = trace.id;
    back.facts = NodeFacts{before->code, before->name, before->name_en, before->kind,
                           before->city, before->zone, before->locale,  before->calendar_id.value_or("")};
    return service_.Carry(tx, who, back) ? Fate::undone : Fate::in_use;
  }

 private:
  AppContext& context_;
  Service& service_;
};

}  // namespace

std::vector<imports::Choice> const& KindWords() {
  static std::vector<imports::Choice> const all{{Enum(OrgKind::group), {"集团", "Group", "总部"}},
                                                {Enum(OrgKind::region), {"大区", "Region", "区域"}},
                                                {Enum(OrgKind::branch), {"分公司", "Branch", "分行", "分支机构"}},
                                                {Enum(OrgKind::department), {"部门", "Department"}},
                                                {Enum(OrgKind::outlet), {"网点", "Outlet", "支行", "门店", "Store"}}};
  return all;
}

std::vector<imports::Choice> const& LocaleWords() {
  static std::vector<imports::Choice> const all{{"zh-CN", {"中文", "Chinese", "简体中文", "zh"}},
                                                {"en-US", {"英文", "English", "英语", "en"}}};
  return all;
}

std::vector<imports::Choice> const& StateWords() {
  static std::vector<imports::Choice> const all{{State(NodeState::open), {"开放", "Open"}},
                                                {State(NodeState::closed), {"已关闭", "Closed", "关闭"}}};
  return all;
}

std::unique_ptr<imports::Target> MakeUnitTarget(AppContext& context, Service& service) {
  return std::make_unique<UnitTarget>(context, service);
}

}  // namespace bole::org
