#include <algorithm>

#include "modules/org/import_targets.hpp"
#include "modules/org/model_text.hpp"
#include "modules/org/service.hpp"
#include "platform/i18n/messages.hpp"

// Grades, job families and competencies as tables: what the group keeps once for everybody. They are taken out of use,
// never deleted; so does Undo with those that an import added.
namespace bole::org {
namespace {

using imports::Column;
using imports::ColumnType;
using imports::Existing;
using imports::Fate;
using imports::Row;
using imports::Verdict;
using imports::Written;

std::vector<Column> Named(std::string const& key, std::string const& zh, std::string const& en) {
  return {{.key = "key", .type = ColumnType::identifier, .required = true, .max_length = 60, .example = key},
          {.key = "name_zh", .required = true, .max_length = 60, .example = zh},
          {.key = "name_en", .max_length = 60, .example = en}};
}

Column Status() { return {.key = "status", .type = ColumnType::choice, .choices = StatusWords(), .example = "在用"}; }

Column Rank() { return {.key = "rank", .type = ColumnType::integer, .min = 0, .max = 1000, .example = "10"}; }

template <class Put>
void ReadNames(Row const& row, Put& put) {
  put.name_zh = row.Given("name_zh").value_or(put.name_zh), put.name_en = row.Given("name_en").value_or(put.name_en);
  if (auto const word = row.Given("status")) put.state = *word == "archived" ? JobStatus::archived : JobStatus::active;
}

struct Grades {
  using View = GradeView;
  static constexpr char const *kTarget = "grades", *kTexts = "grade";
  static std::vector<Column> Columns() {
    auto out = Named("P1", "一级", "Grade 1");
    out.push_back(Rank()), out.push_back(Status());
    return out;
  }
  static std::optional<View> Find(db::Tx& tx, std::string const& key) { return store::Grade(tx, key); }
  static bool Store(db::Tx& tx, View const& view, std::int64_t expected) { return store::Update(tx, view, expected); }
  static Result<View> Draft(Service& service, Row const& row, View const* known) {
    org::PutGrade put;
    if (known) put = {known->version, known->name_zh, known->name_en, known->rank, known->state};
    ReadNames(row, put);
    if (row.Has("rank")) put.rank = std::stoll(row.Text("rank"));
    return service.DraftGrade(row.Text("key"), put);
  }
};

struct Families {
  using View = FamilyView;
  static constexpr char const *kTarget = "job_families", *kTexts = "family";
  static std::vector<Column> Columns() {
    auto out = Named("welder", "焊工", "Welder");
    out.push_back(Rank()), out.push_back(Status());
    out.push_back({.key = "competencies", .max_length = 20'000, .example = "service | 服务意识 | Service | 100 | 4"});
    return out;
  }
  static std::optional<View> Find(db::Tx& tx, std::string const& key) { return store::Family(tx, key); }
  static bool Store(db::Tx& tx, View const& view, std::int64_t expected) { return store::Update(tx, view, expected); }
  static Result<View> Draft(Service& service, db::Tx& tx, Row const& row, View const* known) {
    org::PutFamily put;
    if (known) put = {known->version, known->name_zh, known->name_en, known->rank, known->state, known->competencies};
    ReadNames(row, put);
    if (row.Has("rank")) put.rank = std::stoll(row.Text("rank"));
    if (row.Has("competencies")) {
      auto model = ReadModelText(row.Text("competencies"));
      if (!model) return FailField("/competencies", "bad_model");
      put.competencies = *std::move(model);
    }
    return service.DraftFamily(tx, row.Text("key"), put);
  }
};

struct Competencies {
  using View = CompetencyView;
  static constexpr char const *kTarget = "competencies", *kTexts = "competency";
  static std::vector<Column> Columns() {
    auto out = Named("service", "服务意识", "Service");
    out.push_back({.key = "description_zh", .max_length = 500, .example = "为客户着想"});
    out.push_back({.key = "description_en", .max_length = 500, .example = "Thinks of the customer"});
    for (int level = 1; level <= 5; ++level)
      for (auto const* language : {"_zh", "_en"})
        out.push_back({.key = "level" + std::to_string(level) + language, .max_length = 500});
    out.push_back(Status());
    return out;
  }
  static std::optional<View> Find(db::Tx& tx, std::string const& key) { return store::Competency(tx, key); }
  static bool Store(db::Tx& tx, View const& view, std::int64_t expected) { return store::Update(tx, view, expected); }
  static Result<View> Draft(Service& service, Row const& row, View const* known) {
    org::PutCompetency put;
    if (known)
      put = {known->version,        known->name_zh, known->name_en, known->description_zh,
             known->description_en, known->levels,  known->state};
    ReadNames(row, put);
    put.description_zh = row.Given("description_zh").value_or(put.description_zh);
    put.description_en = row.Given("description_en").value_or(put.description_en);
    for (std::int64_t level = 1; level <= 5; ++level) {
      auto const name = "level" + std::to_string(level);
      auto const zh = row.Given(name + "_zh"), en = row.Given(name + "_en");
      if (!zh && !en) continue;
      auto at = std::find_if(put.levels.begin(), put.levels.end(), [&](auto const& one) { return one.level >= level; });
      if (at == put.levels.end() || at->level != level) at = put.levels.insert(at, {level, "", ""});
      at->anchor_zh = zh.value_or(at->anchor_zh), at->anchor_en = en.value_or(at->anchor_en);
    }
    return service.DraftCompetency(row.Text("key"), put);
  }
};

template <class Kind>
Result<typename Kind::View> DraftOf(Service& service, db::Tx& tx, Row const& row, typename Kind::View const* known) {
  if constexpr (requires { Kind::Draft(service, tx, row, known); })
    return Kind::Draft(service, tx, row, known);
  else
    return Kind::Draft(service, row, known);
}

template <class Kind>
class LibrarySession final : public imports::Session {
 public:
  LibrarySession(Service& service, imports::Place place) : service_(service), place_(std::move(place)) {}

  Verdict Check(db::Tx& tx, Row const& row) override {
    auto const key = row.Text("key");
    Verdict out{{}, {{"key", key}}, {}};
    auto const known = Kind::Find(tx, key);
    if (known) out.existing = Existing{key, known->name_zh, "key"};
    auto const draft = DraftOf<Kind>(service_, tx, row, known ? &*known : nullptr);
    if (draft) return out;
    out.problems = imports::ProblemsOf(draft.error().fields);
    for (auto& problem : out.problems)
      if (problem.column == "state") problem.column = "status";
    return out;
  }
  Result<Written> Create(db::Tx& tx, Row const& row) override {
    BOLE_ASSIGN(auto const draft, DraftOf<Kind>(service_, tx, row, nullptr));
    BOLE_ASSIGN(auto const view, service_.Keep(tx, place_.who, draft));
    return Written{view.key, view.version, {}};
  }
  Result<Written> Update(db::Tx& tx, Row const& row, Existing const& existing) override {
    auto const before = Kind::Find(tx, existing.id);
    if (!before) return NotFound(Kind::kTexts);
    BOLE_ASSIGN(auto draft, DraftOf<Kind>(service_, tx, row, &*before));
    auto same = draft;
    same.version = before->version;
    if (ToJsonText(same) == ToJsonText(*before)) return Written{before->key, before->version, {}};
    BOLE_ASSIGN(auto const view, service_.Keep(tx, place_.who, draft));
    return Written{view.key, view.version, WriteJson(*before).as_object()};
  }

 private:
  Service& service_;
  imports::Place place_;
};

template <class Kind>
class LibraryTarget final : public imports::Target {
 public:
  LibraryTarget(AppContext& context, Service& service) : context_(context), service_(service) {}

  [[nodiscard]] std::string key() const override { return Kind::kTarget; }
  [[nodiscard]] std::string permission() const override { return "job.write"; }
  std::vector<Column> Columns(db::Tx& /*tx*/, std::string const& /*org_id*/) override {
    auto out = Kind::Columns();
    imports::AddTexts(out, context_.messages, "org.import.library.", "org.import.library_help.");
    return out;
  }
  Result<std::unique_ptr<imports::Session>> Begin(db::Tx& tx, imports::Place const& place) override {
    BOLE_TRY(service_.AtGroup(tx, place.who, "job.write"));
    return std::make_unique<LibrarySession<Kind>>(service_, place);
  }
  Fate Undo(db::Tx& tx, Principal const& who, imports::Trace const& trace) override {
    if (trace.updated && trace.before.empty()) return Fate::undone;  // it changed nothing
    auto const known = Kind::Find(tx, trace.id);
    if (!known || known->version != trace.version || !service_.AtGroup(tx, who, "job.write")) return Fate::changed;
    auto back = *known;
    if (trace.updated) {
      auto before = FromJson<typename Kind::View>(trace.before);
      if (!before) return Fate::changed;
      back = *std::move(before);
    } else {
      back.state = JobStatus::archived;
    }
    back.version = known->version + 1;
    return Kind::Store(tx, back, known->version) ? Fate::undone : Fate::changed;
  }

 private:
  AppContext& context_;
  Service& service_;
};

}  // namespace

std::unique_ptr<imports::Target> MakeGradeTarget(AppContext& context, Service& service) {
  return std::make_unique<LibraryTarget<Grades>>(context, service);
}
std::unique_ptr<imports::Target> MakeFamilyTarget(AppContext& context, Service& service) {
  return std::make_unique<LibraryTarget<Families>>(context, service);
}
std::unique_ptr<imports::Target> MakeCompetencyTarget(AppContext& context, Service& service) {
  return std::make_unique<LibraryTarget<Competencies>>(context, service);
}

}  // namespace bole::org
