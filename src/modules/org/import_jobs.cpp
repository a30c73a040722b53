#include "modules/fields/import_columns.hpp"
#include "modules/org/import_targets.hpp"
#include "modules/org/model_text.hpp"
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

class JobSession final : public imports::Session {
 public:
  JobSession(Service& service, db::Tx& tx, imports::Place place)
      : service_(service), place_(std::move(place)), custom_(service.Custom(), tx, "job", place_.org_path) {}

  Verdict Check(db::Tx& tx, Row const& row) override {
    Verdict out{{}, {{"code", row.Text("code")}}, {}};
    auto custom = custom_.ValuesOf(row, out.problems);
    if (row.Has("competencies") && !ReadModelText(row.Text("competencies")))
      out.problems.push_back({"competencies", "bad_model"});
    if (!out.problems.empty()) return out;
    if (auto const known = store::JobByCode(tx, Scope(place_.who, "job.write"), row.Text("code"))) {
      out.existing = Existing{known->id, known->name, "code"};
      if (row.Has("org") && UnitOf(tx, row) != known->org_id) out.problems.push_back({"org", "job_stays"});
      auto const drafted = service_.DraftJob(tx, place_.who, known->id, PatchOf(row, *known, std::move(custom)));
      if (!drafted) out.problems = ProblemsIn(drafted.error());
      return out;
    }
    auto const unit = UnitOf(tx, row);
    if (unit.empty()) {
      out.problems.push_back({"org", "unknown_unit"});
    } else if (auto const drafted = service_.DraftJob(tx, place_.who, CreateOf(row, unit, std::move(custom)));
               !drafted) {
      out.problems = ProblemsIn(drafted.error());
    }
    return out;
  }

  Result<Written> Create(db::Tx& tx, Row const& row) override {
    BOLE_ASSIGN(auto const job, service_.AddJob(tx, place_.who, CreateOf(row, UnitOf(tx, row), CustomOf(row))));
    return Written{job.id, job.version, {}};
  }

  Result<Written> Update(db::Tx& tx, Row const& row, Existing const& existing) override {
    auto const before = store::Job(tx, Scope::Everything(), existing.id, false);
    if (!before) return NotFound("job");
    auto const custom = service_.Custom().Snapshot(tx, existing.id);
    auto const patch = PatchOf(row, *before, CustomOf(row));
    BOLE_ASSIGN(auto draft, service_.DraftJob(tx, place_.who, existing.id, patch));
    draft.job.version = before->version;
    bool const same = draft.custom.changes.empty() && ToJsonText(draft.job) == ToJsonText(*before);
    if (same) return Written{before->id, before->version, {}};
    BOLE_ASSIGN(auto const job, service_.ChangeJob(tx, place_.who, existing.id, patch));
    return Written{job.id, job.version, {{"job", WriteJson(*before)}, {"custom", custom}}};
  }

 private:
  static std::vector<imports::Problem> ProblemsIn(Error const& error) {
    if (error.fields.empty()) return {{"code", "not_found"}};
    auto out = fields::ImportProblems(error.fields);
    for (auto& problem : out)
      if (problem.column == "org_id")
        problem.column = "org";
      else if (problem.column.starts_with("competencies/"))
        problem.column = "competencies";
    return out;
  }
  // At or below the unit that is imported into; empty when there is no such unit.
  std::string UnitOf(db::Tx& tx, Row const& row) const {
    if (!row.Has("org")) return place_.org_id;
    auto const node = store::NodeByCode(tx, Scope(place_.who, "job.write"), row.Text("org"));
    return node && node->path.starts_with(place_.org_path) ? node->id : "";
  }
  // Checked before.
  [[nodiscard]] std::optional<json::object> CustomOf(Row const& row) const {
    std::vector<imports::Problem> ignored;
    return custom_.ValuesOf(row, ignored);
  }
  static std::optional<JobStatus> StatusOf(Row const& row) {
    auto const word = row.Given("status");
    if (!word) return std::nullopt;
    return *word == "archived" ? JobStatus::archived : JobStatus::active;
  }
  static org::CreateJob CreateOf(Row const& row, std::string const& unit, std::optional<json::object> custom) {
    org::CreateJob out;
    out.custom = std::move(custom);
    out.org_id = unit, out.code = row.Text("code"), out.name = row.Text("name"), out.name_en = row.Text("name_en");
    if (auto const family = row.Given("family")) out.family = *family;
    out.grade = row.Text("grade");
    out.duties = row.Text("duties"), out.requirements = row.Text("requirements");
    out.status = StatusOf(row).value_or(JobStatus::active);
    out.competencies = ReadModelText(row.Text("competencies")).value_or(std::vector<CompetencyWeight>{});
    return out;
  }
  static org::PatchJob PatchOf(Row const& row, JobView const& known, std::optional<json::object> custom) {
    org::PatchJob out;
    out.custom = std::move(custom);
    out.version = known.version;
    out.name = row.Given("name"), out.name_en = row.Given("name_en"), out.grade = row.Given("grade");
    out.duties = row.Given("duties"), out.requirements = row.Given("requirements");
    out.family = row.Given("family"), out.status = StatusOf(row);
    if (row.Has("competencies")) out.competencies = ReadModelText(row.Text("competencies"));
    return out;
  }

  Service& service_;
  imports::Place place_;
  fields::ImportColumns custom_;
};

class JobTarget final : public imports::Target {
 public:
  JobTarget(AppContext& context, Service& service) : context_(context), service_(service) {}

  [[nodiscard]] std::string key() const override { return "jobs"; }
  [[nodiscard]] std::string permission() const override { return "job.write"; }

  std::vector<Column> Columns(db::Tx& tx, std::string const& org_id) override {
    std::vector<Column> out{
        {.key = "code", .type = ColumnType::identifier, .required = true, .max_length = 40, .example = "TELLER"},
        {.key = "name", .required = true, .max_length = 120, .example = "柜员"},
        {.key = "name_en", .max_length = 120, .example = "Teller"},
        {.key = "family",
         .type = ColumnType::choice,
         .choices = FamilyWords(store::Families(tx)),
         .aliases = {"岗位族"},
         .example = "柜员"},
        {.key = "grade", .max_length = 40, .example = "P1"},
        {.key = "org", .type = ColumnType::identifier, .max_length = 40, .aliases = {"机构", "unit"}, .example = "BJ"},
        {.key = "duties", .max_length = 5000, .example = "办理柜面业务"},
        {.key = "requirements", .max_length = 5000, .example = "细心、守规"},
        {.key = "status", .type = ColumnType::choice, .choices = StatusWords(), .example = "在用"},
        {.key = "competencies", .max_length = 20'000, .example = "service | 服务意识 | Service | 100 | 4"}};
    imports::AddTexts(out, context_.messages, "org.import.job.", "org.import.job_help.");
    if (auto const node = store::Node(tx, Scope::Everything(), org_id))
      fields::ImportColumns(service_.Custom(), tx, "job", node->path).AppendTo(out);
    return out;
  }

  Result<std::unique_ptr<imports::Session>> Begin(db::Tx& tx, imports::Place const& place) override {
    return std::make_unique<JobSession>(service_, tx, place);
  }

  Fate Undo(db::Tx& tx, Principal const& /*who*/, imports::Trace const& trace) override {
    if (trace.updated && trace.before.empty()) return Fate::undone;  // it changed nothing
    auto const job = store::Job(tx, Scope::Everything(), trace.id, false);
    if (!job || job->version != trace.version) return Fate::changed;
    if (!trace.updated) {
      service_.Custom().Forget(tx, {trace.id});
      return store::DeleteJob(tx, trace.id), Fate::undone;
    }
    auto const *former = trace.before.if_contains("job"), *custom = trace.before.if_contains("custom");
    if (!former || !custom) return Fate::changed;
    auto before = FromJson<JobView>(*former);
    if (!before) return Fate::changed;
    before->version = job->version + 1;
    if (!store::Update(tx, *before, job->version)) return Fate::changed;
    return service_.Custom().Restore(tx, trace.id, *custom) ? Fate::undone : Fate::changed;
  }

 private:
  AppContext& context_;
  Service& service_;
};

}  // namespace

std::vector<imports::Choice> FamilyWords(std::vector<FamilyView> const& families) {
  // Further words that tables use for families of the product.
  static std::map<std::string, std::vector<std::string>> const kOthers{{"risk", {"风控"}},
                                                                       {"engineering", {"技术", "研发"}},
                                                                       {"store", {"Store"}},
                                                                       {"manager", {"Manager", "管理者"}},
                                                                       {"hr", {"HR", "人力"}}};
  std::vector<imports::Choice> out;
  for (auto const& family : families) {
    imports::Choice choice{family.key, {family.name_zh, family.name_en.empty() ? family.name_zh : family.name_en}};
    choice.retired = family.state == JobStatus::archived;
    if (auto const others = kOthers.find(family.key); others != kOthers.end())
      choice.words.insert(choice.words.end(), others->second.begin(), others->second.end());
    out.push_back(std::move(choice));
  }
  // An export writes what an import reads as the same family: its key where another one has the name.
  auto const meanings = imports::Meanings(out);
  for (auto& choice : out)
    for (std::size_t i = 0; i < 2; ++i)
      if (meanings.at(imports::Folded(choice.words[i])) != choice.value) choice.words[i] = choice.value;
  return out;
}

std::vector<imports::Choice> const& StatusWords() {
  static std::vector<imports::Choice> const all{{"active", {"在用", "In use", "启用"}},
                                                {"archived", {"已归档", "Archived", "停用"}}};
  return all;
}

std::unique_ptr<imports::Target> MakeJobTarget(AppContext& context, Service& service) {
  return std::make_unique<JobTarget>(context, service);
}

std::vector<std::unique_ptr<imports::Target>> MakeImportTargets(AppContext& context, Api& api) {
  auto& service = dynamic_cast<Service&>(api);
  std::vector<std::unique_ptr<imports::Target>> out;
  out.push_back(MakeUnitTarget(context, service));
  out.push_back(MakeJobTarget(context, service));
  out.push_back(MakePositionTarget(context, service));
  out.push_back(MakeGradeTarget(context, service));
  out.push_back(MakeFamilyTarget(context, service));
  out.push_back(MakeCompetencyTarget(context, service));
  out.push_back(MakeCalendarTarget(context, service));
  return out;
}

}  // namespace bole::org
