#include "modules/org/import_targets.hpp"
#include "modules/org/service.hpp"
#include "platform/i18n/messages.hpp"

namespace bole::org {
namespace {

using imports::Column;
using imports::ColumnType;
using imports::Existing;
using imports::Fate;
using imports::Row;
using imports::Verdict;
using imports::Written;

class PositionSession final : public imports::Session {
 public:
  PositionSession(Service& service, imports::Place place) : service_(service), place_(std::move(place)) {}

  Verdict Check(db::Tx& tx, Row const& row) override {
    Verdict out{{}, {{"code", row.Text("code")}}, {}};
    if (auto const known = store::PositionByCode(tx, Scope(place_.who, "job.write"), row.Text("code"))) {
      out.existing = Existing{known->id, known->name, "code"};
      if (row.Has("org") && UnitOf(tx, row) != known->org_id) out.problems.push_back({"org", "position_stays"});
      if (JobOf(tx, row) != known->job_id) out.problems.push_back({"job", "position_stays"});
      return out;
    }
    auto const unit = UnitOf(tx, row);
    auto const job = JobOf(tx, row);
    if (unit.empty()) out.problems.push_back({"org", "unknown_unit"});
    if (job.empty()) out.problems.push_back({"job", "not_found"});
    if (!out.problems.empty()) return out;
    if (auto const drafted = service_.DraftPosition(tx, place_.who, CreateOf(tx, row)); !drafted)
      for (auto problem : imports::ProblemsOf(drafted.error().fields)) {
        if (problem.column == "org_id" || problem.column == "job_id") problem.column.resize(3);
        out.problems.push_back(std::move(problem));
      }
    return out;
  }

  Result<Written> Create(db::Tx& tx, Row const& row) override {
    BOLE_ASSIGN(auto const position, service_.AddPosition(tx, place_.who, CreateOf(tx, row)));
    return Written{position.id, position.version, {}};
  }

  Result<Written> Update(db::Tx& tx, Row const& row, Existing const& existing) override {
    auto const before = store::Position(tx, Scope::Everything(), existing.id);
    if (!before) return NotFound("position");
    org::PutPosition put{before->version,   before->name,       before->name_en,
                         before->headcount, before->valid_from, before->valid_to};
    put.name = row.Given("name").value_or(put.name), put.name_en = row.Given("name_en").value_or(put.name_en);
    if (row.Has("headcount")) put.headcount = std::stoll(row.Text("headcount"));
    if (row.Has("valid_from")) put.valid_from = ParseDate(row.Text("valid_from")).value_or(put.valid_from);
    if (row.Has("valid_to")) put.valid_to = ParseDate(row.Text("valid_to"));
    bool const same = put.name == before->name && put.name_en == before->name_en &&
                      put.headcount == before->headcount && put.valid_from == before->valid_from &&
                      put.valid_to == before->valid_to;
    if (same) return Written{before->id, before->version, {}};
    BOLE_ASSIGN(auto const after, service_.ChangePosition(tx, place_.who, existing.id, put));
    return Written{after.id, after.version, WriteJson(*before).as_object()};
  }

 private:
  // At or below the unit that is imported into; empty when there is no such unit.
  std::string UnitOf(db::Tx& tx, Row const& row) const {
    if (!row.Has("org")) return place_.org_id;
    auto const node = store::NodeByCode(tx, Scope(place_.who, "job.write"), row.Text("org"));
    return node && node->path.starts_with(place_.org_path) ? node->id : "";
  }
  // Of the unit or of one above it: whether it serves the unit is for the service.
  static std::string JobOf(db::Tx& tx, Row const& row) {
    auto const job = store::JobByCode(tx, Scope::Everything(), row.Text("job"));
    return job ? job->id : "";
  }
  org::CreatePosition CreateOf(db::Tx& tx, Row const& row) const {
    org::CreatePosition out;
    out.org_id = UnitOf(tx, row), out.job_id = JobOf(tx, row);
    out.code = row.Text("code"), out.name = row.Text("name"), out.name_en = row.Text("name_en");
    out.headcount = row.Has("headcount") ? std::stoll(row.Text("headcount")) : 1;
    out.valid_from = ParseDate(row.Text("valid_from")).value_or(Date{});
    out.valid_to = ParseDate(row.Text("valid_to"));
    return out;
  }

  Service& service_;
  imports::Place place_;
};

class PositionTarget final : public imports::Target {
 public:
  PositionTarget(AppContext& context, Service& service) : context_(context), service_(service) {}

  [[nodiscard]] std::string key() const override { return "positions"; }
  [[nodiscard]] std::string permission() const override { return "job.write"; }

  std::vector<Column> Columns(db::Tx& /*tx*/, std::string const& /*org_id*/) override {
    std::vector<Column> out{
        {.key = "code", .type = ColumnType::identifier, .required = true, .max_length = 40, .example = "BJ-T-1"},
        {.key = "name", .required = true, .max_length = 120, .example = "柜员岗"},
        {.key = "name_en", .max_length = 120, .example = "Teller seat"},
        {.key = "job", .type = ColumnType::identifier, .required = true, .max_length = 40, .example = "TELLER"},
        {.key = "org", .type = ColumnType::identifier, .max_length = 40, .aliases = {"机构", "unit"}, .example = "BJ"},
        {.key = "headcount", .type = ColumnType::integer, .min = 0, .max = 100'000, .example = "3"},
        {.key = "valid_from", .type = ColumnType::date, .required = true, .example = "2026-01-01"},
        {.key = "valid_to", .type = ColumnType::date, .example = "2026-12-31"}};
    imports::AddTexts(out, context_.messages, "org.import.position.", "org.import.position_help.");
    return out;
  }

  Result<std::unique_ptr<imports::Session>> Begin(db::Tx& /*tx*/, imports::Place const& place) override {
    return std::make_unique<PositionSession>(service_, place);
  }

  Fate Undo(db::Tx& tx, Principal const& /*who*/, imports::Trace const& trace) override {
    if (trace.updated && trace.before.empty()) return Fate::undone;  // it changed nothing
    auto const position = store::Position(tx, Scope::Everything(), trace.id);
    if (!position || position->version != trace.version) return Fate::changed;
    if (!trace.updated) return store::DeletePosition(tx, trace.id), Fate::undone;
    auto before = FromJson<PositionView>(trace.before);
    if (!before) return Fate::changed;
    before->version = position->version + 1;
    return store::Update(tx, *before, position->version) ? Fate::undone : Fate::changed;
  }

 private:
  AppContext& context_;
  Service& service_;
};

}  // namespace

std::unique_ptr<imports::Target> MakePositionTarget(AppContext& context, Service& service) {
  return std::make_unique<PositionTarget>(context, service);
}

}  // namespace bole::org
