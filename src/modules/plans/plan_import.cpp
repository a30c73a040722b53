#include <algorithm>
#include <functional>
#include <set>

#include "base/text.hpp"
#include "modules/plans/import_target.hpp"
#include "modules/plans/plan_trace.hpp"
#include "platform/app/context.hpp"
#include "platform/i18n/messages.hpp"

// Plans for module imports: a row adds a stage to the draft of a plan or replaces one.
namespace bole::plans {
namespace {

using imports::Column;
using imports::Existing;
using imports::Fate;
using imports::Problem;
using imports::Row;
using imports::Verdict;
using imports::Written;

constexpr char const* kNumber = "stage_number";
constexpr char const* kPermission = "plan.write";
constexpr std::size_t kKept = 1'000;  // plans of a file that a session remembers

int NumberOf(Row const& row) { return std::stoi(row.Text(kNumber)); }

// A plan of the file.
struct Known {
  org::OrgNodeView node;
  std::optional<PlanDraft> draft{};  // as the rows above leave it; read anew after one was written
  std::map<std::string, std::pair<std::int64_t, std::string>> facts{};  // by column: the row that said it first
  std::map<std::string, int> numbers{};                                 // of stages, as the rows above say
  bool made = false;                                                    // by this import
};

// The stage that a row writes.
struct Spot {
  std::string key;
  std::size_t at = 0;
  bool added = false;
};

std::string ColumnOf(std::vector<std::string> const& path, std::size_t stage) {
  static std::map<std::string, std::string> const members{
      {"question_id", "question"}, {"weight", "stage_weight"}, {"key", "stage_key"}};
  auto const part = [&](std::size_t i) { return i < path.size() ? path[i] : std::string(); };
  if (part(1) == "job_id") return "job";
  if (part(1) != "document") return part(1);
  if (part(2) == "dimensions") return "weights";
  if (part(2) == "bands") return part(3);
  if (part(2) != "stages") return part(2);
  if (part(3) != std::to_string(stage)) return kNumber;
  auto const member = members.find(part(4));
  return member == members.end() ? part(4) : member->second;
}

class PlanSession final : public imports::Session {
 public:
  PlanSession(AppContext& context, org::Api& org, Service& service, imports::Place place)
      : columns_(PlanColumns(context.messages)),
        org_(org),
        service_(service),
        rows_(service, org),
        place_(std::move(place)) {}

  void Prepare(db::Tx& /*tx*/, std::span<Row const> rows) override {
    if (known_.size() <= kKept) return;
    std::set<std::string> here;
    for (auto const& row : rows) here.insert(NameIn(row));
    std::erase_if(known_, [&](auto const& entry) { return !here.contains(entry.first); });
  }

  Verdict Check(db::Tx& tx, Row const& row) override {
    Verdict out;
    auto* known = Find(tx, row, out.problems);
    if (!known || !row.Has(kNumber)) return out;
    CompareFacts(row, *known, out.problems);
    auto draft = *known->draft;
    auto const spot = Apply(tx, row, *known, draft, out.problems);
    out.keys = {{kNumber, NameIn(row) + "\n" + spot.key}};
    if (!spot.added) out.existing = Existing{draft.row.id, NameOf(draft.row) + " · " + row.Text(kNumber), kNumber};
    auto& refusals = spot.added ? out.problems : out.when_updated;
    for (auto& problem : Refusals(tx, row, *known->draft, draft, spot)) refusals.push_back(std::move(problem));
    if (!out.problems.empty() || !out.when_updated.empty()) return out;
    known->draft = std::move(draft);
    known->numbers[spot.key] = NumberOf(row);
    return out;
  }

  Result<Written> Create(db::Tx& tx, Row const& row) override { return Write(tx, row); }
  Result<Written> Update(db::Tx& tx, Row const& row, Existing const& /*existing*/) override { return Write(tx, row); }

 private:
  // The rows of a plan name it in the same way.
  static std::string NameIn(Row const& row) {
    return row.Text("unit") + "\n" + row.Text("name_zh") + "\n" + row.Text("name_en");
  }
  static std::string NameOf(store::PlanRow const& row) { return row.name_zh.empty() ? row.name_en : row.name_zh; }

  Result<Written> Write(db::Tx& tx, Row const& row) {
    std::vector<Problem> problems;
    if (auto const at = known_.find(NameIn(row)); at != known_.end()) at->second.draft.reset();
    auto* known = Find(tx, row, problems);
    if (!known) return Refused(problems);
    auto const before = *std::exchange(known->draft, std::nullopt);
    auto after = before;
    auto const spot = Apply(tx, row, *known, after, problems);
    for (auto& problem : Refusals(tx, row, before, after, spot)) problems.push_back(std::move(problem));
    if (!problems.empty()) return Refused(problems);
    known->numbers[spot.key] = NumberOf(row);
    if (SameContent(before, after)) return Written{before.row.id, before.row.version, {}};
    auto trace = TraceOf(before, spot.key);
    if (trace.made_plan) {
      service_.InsertDraft(tx, place_.who, after.row, after.document);
      known->made = true;
    } else {
      BOLE_TRY(service_.SaveDraft(tx, place_.who, after.row, after.document));
    }
    trace.after = Fingerprint(after.row, after.document);
    return Written{after.row.id, after.row.version, WriteJson(trace).as_object()};
  }

  static Result<Written> Refused(std::vector<Problem> const& problems) {
    FieldErrors errors;
    for (auto const& problem : problems) errors.push_back({"/" + problem.column, problem.code, problem.params});
    return FailFields(std::move(errors));
  }

  Known* Find(db::Tx& tx, Row const& row, std::vector<Problem>& problems) {
    auto const name = NameIn(row);
    auto at = known_.find(name);
    if (at == known_.end()) {
      auto node = UnitOf(tx, row, problems);
      if (!row.Has("name_zh") && !row.Has("name_en")) problems.push_back({"name_zh", "text_missing"});
      if (!problems.empty()) return nullptr;
      at = known_.emplace(name, Known{*std::move(node)}).first;
    }
    if (!at->second.draft) at->second.draft = Load(tx, row, at->second.node, problems);
    if (at->second.draft) return &at->second;
    known_.erase(at);
    return nullptr;
  }

  // At or below the unit that is imported into.
  std::optional<org::OrgNodeView> UnitOf(db::Tx& tx, Row const& row, std::vector<Problem>& problems) {
    auto id = place_.org_id;
    if (auto const code = row.Given("unit")) {
      auto const unit = store::UnitByCode(tx, *code);
      id = unit ? unit->id : "";
    }
    auto const node = org_.OpenNode(tx, Scope(place_.who, kPermission), id);
    if (node && node->path.starts_with(place_.org_path)) return *node;
    bool const closed = !node && node.error().key == "org.closed";
    problems.push_back({"unit", closed ? "closed_node" : "unknown_unit"});
    return std::nullopt;
  }

  // The plan of the unit with the names of the row: with just these, else with those that are given; one in use before
  // one that is archived. A new one when there is none.
  static std::optional<PlanDraft> Load(db::Tx& tx, Row const& row, org::OrgNodeView const& node,
                                       std::vector<Problem>& problems) {
    auto const zh = row.Text("name_zh"), en = row.Text("name_en");
    auto found = store::PlansNamed(tx, node.id, zh, en);
    auto const keep = [&](auto const& wanted) {
      if (std::any_of(found.begin(), found.end(), wanted)) std::erase_if(found, std::not_fn(wanted));
    };
    std::erase_if(found, [&](auto const& plan) { return !zh.empty() && !en.empty() && Trim(plan.name_en) != en; });
    keep([&](auto const& plan) { return Trim(plan.name_zh) == zh && Trim(plan.name_en) == en; });
    keep([](auto const& plan) { return plan.status != PlanStatus::archived; });
    if (found.size() > 1) {
      problems.push_back({zh.empty() ? "name_en" : "name_zh", "ambiguous_plan"});
      return std::nullopt;
    }
    if (!found.empty())
      if (auto document = store::Document(tx, found[0].id, found[0].revision))
        return PlanDraft{std::move(found[0]), *std::move(document)};
    PlanDraft fresh;
    fresh.row.org_id = node.id, fresh.row.name_zh = zh, fresh.row.name_en = en;
    return fresh;
  }

  // What is said of the whole plan is said once, or in every row the same.
  static void CompareFacts(Row const& row, Known& known, std::vector<Problem>& problems) {
    for (auto const& column : PlanFactColumns()) {
      auto const said = row.Given(column);
      if (!said) continue;
      auto const [first, fresh] = known.facts.try_emplace(column, row.number, *said);
      if (!fresh && first->second.second != *said)
        problems.push_back({column, "differs_from_row", {{"row", std::to_string(first->second.first)}}});
    }
  }

  Spot Apply(db::Tx& tx, Row const& row, Known const& known, PlanDraft& draft, std::vector<Problem>& problems) {
    auto& stages = draft.document.stages;
    auto const key = row.Text("stage_key");
    auto const found = FindStage(draft.document, key, NumberOf(row));
    Spot out{found ? stages[*found].key : key.empty() ? KeyOfNumber(NumberOf(row)) : key, 0, !found};
    if (found || place_.updates || known.made || draft.row.id.empty())
      rows_.ReadFacts(tx, row, known.node.path, draft, problems);
    else
      FindOtherFacts(tx, row, known.node.path, draft, problems);
    PlanStage stage;
    if (found) stage = stages[*found];
    stage.key = out.key;
    rows_.ReadStage(tx, row, known.node.path, draft, stage, problems);
    out.at = found ? *found : PlaceFor(stages, NumberOf(row), known.numbers);
    if (found)
      stages[out.at] = std::move(stage);
    else
      stages.insert(stages.begin() + static_cast<std::ptrdiff_t>(out.at), std::move(stage));
    return out;
  }

  // An import that leaves alone what is there may add a stage to a plan that was there, and change nothing else of it.
  void FindOtherFacts(db::Tx& tx, Row const& row, std::string const& node_path, PlanDraft const& draft,
                      std::vector<Problem>& problems) {
    for (auto const& column : PlanFactColumns()) {
      if (!row.Has(column)) continue;
      auto said = draft;
      rows_.ReadFacts(tx, {row.number, {{column, row.Text(column)}}}, node_path, said, problems);
      if (!SameContent(said, draft)) problems.push_back({column, "plan_says_otherwise"});
    }
  }

  // What the editor refuses as well. A row that changes nothing is never refused.
  std::vector<Problem> Refusals(db::Tx& tx, Row const& row, PlanDraft const& before, PlanDraft const& after,
                                Spot const& spot) {
    if (SameContent(before, after)) return {};
    if (before.row.status == PlanStatus::archived) return {{"", "archived_plan"}};
    if (!before.row.id.empty() && store::OpenApproval(tx, before.row.id)) return {{"", "submitted_plan"}};
    std::vector<Problem> out;
    for (auto const& error : service_.DraftErrors(tx, after.row, after.document, &before.document)) {
      auto column = ColumnOf(Split(error.pointer, '/'), spot.at);
      if (column == "job")
        out.push_back({"job", "unknown_job_name", {{"job", row.Text("job")}}});
      else
        out.push_back({IsColumn(column) ? std::move(column) : "", error.code, error.params});
    }
    return out;
  }
  [[nodiscard]] bool IsColumn(std::string const& key) const {
    return std::any_of(columns_.begin(), columns_.end(), [&](auto const& column) { return column.key == key; });
  }

  std::vector<Column> columns_;
  org::Api& org_;
  Service& service_;
  PlanRows rows_;
  imports::Place place_;
  std::map<std::string, Known> known_;
};

class PlanTarget final : public imports::Target {
 public:
  PlanTarget(AppContext& context, org::Api& org, Service& service) : context_(context), org_(org), service_(service) {}

  [[nodiscard]] std::string key() const override { return "plans"; }
  [[nodiscard]] std::string permission() const override { return kPermission; }
  std::vector<Column> Columns(db::Tx& /*tx*/, std::string const& /*org_id*/) override {
    return PlanColumns(context_.messages);
  }

  Result<std::unique_ptr<imports::Session>> Begin(db::Tx& tx, imports::Place const& place) override {
    BOLE_TRY(org_.OpenNode(tx, Scope(place.who, kPermission), place.org_id));
    return std::make_unique<PlanSession>(context_, org_, service_, place);
  }

  Fate Undo(db::Tx& tx, Principal const& who, imports::Trace const& trace) override {
    if (trace.before.empty()) return Fate::undone;  // it changed nothing
    auto const row = store::OwnPlan(tx, Scope::Everything(), trace.id);
    auto document = row ? store::Document(tx, row->id, row->revision) : std::nullopt;
    auto const change = FromJson<PlanTrace>(trace.before);
    if (!document || !change || store::OpenApproval(tx, row->id) || Fingerprint(*row, *document) != change->after)
      return Fate::changed;
    if (change->made_plan) {
      store::DeletePlan(tx, row->id);
      return Fate::undone;
    }
    PlanDraft draft{*row, *std::move(document)};
    TakeBack(*change, draft);
    auto const saved =
        change->had_draft ? service_.SaveDraft(tx, who, draft.row, draft.document) : service_.DropDraft(tx, draft.row);
    return saved ? Fate::undone : Fate::changed;
  }

 private:
  AppContext& context_;
  org::Api& org_;
  Service& service_;
};

}  // namespace

std::unique_ptr<imports::Target> MakePlanTarget(AppContext& context, org::Api& org, Api& api) {
  return std::make_unique<PlanTarget>(context, org, dynamic_cast<Service&>(api));
}

}  // namespace bole::plans
