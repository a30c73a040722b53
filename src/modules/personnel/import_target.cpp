#include "modules/personnel/import_target.hpp"

#include <set>

#include "modules/fields/import_columns.hpp"
#include "modules/imports/api.hpp"
#include "modules/personnel/service.hpp"
#include "platform/app/context.hpp"

namespace bole::personnel {
namespace {

using imports::Column;
using imports::ColumnType;
using imports::Existing;
using imports::Fate;
using imports::Problem;
using imports::Row;
using imports::Verdict;
using imports::Written;

constexpr std::string_view kPermission = "employee.import";

std::vector<imports::Choice> Genders() {
  return {
      {"female", {"女", "Female", "女性", "F"}}, {"male", {"男", "Male", "男性", "M"}}, {"other", {"其他", "Other"}}};
}
std::vector<imports::Choice> Employments() {
  return {{"full_time", {"全职", "Full time", "正式", "合同制"}},
          {"part_time", {"非全日制", "Part time", "兼职"}},
          {"intern", {"实习", "Intern", "实习生"}},
          {"contractor", {"外包", "Contractor", "劳务派遣", "派遣"}}};
}

// What a row says, before it is known whether it is a new employment.
struct Wanted {
  RehireEmployee terms;
  people::PersonFacts facts;
  std::string manager_number;
  std::optional<std::string> known;  // the person, when there is one
  std::vector<Problem> problems;
};

// A problem of /org_id stands at the column "org".
std::vector<Problem> ProblemsOf(FieldErrors errors) {
  for (auto& error : errors)
    for (std::string const name : {"org", "job", "position", "manager"})
      if (error.pointer == "/" + name + "_id") error.pointer = "/" + name;
  return fields::ImportProblems(std::move(errors));
}

class ImportSession final : public imports::Session {
 public:
  ImportSession(Service& service, db::Tx& tx, imports::Place const& place, org::OrgNodeView node)
      : service_(service),
        place_{place.who, kPermission, "imported"},
        node_(std::move(node)),
        custom_(service.Custom(), tx, "employee", node_.path) {}

  Verdict Check(db::Tx& tx, Row const& row) override {
    auto wanted = Read(tx, row);
    Verdict out{std::move(wanted.problems), {{"number", row.Text("number")}}, {}, {}};
    bool const manager_above = above_.contains(wanted.manager_number);
    above_.insert(row.Text("number"));
    if (!wanted.facts.id_number.empty()) out.keys.emplace_back("id_number", wanted.facts.id_number);
    if (!out.problems.empty()) return out;
    Scope const scope(place_.who, kPermission);
    auto const known = store::ByNumber(tx, row.Text("number"));
    if (known && !service_.Find(tx, scope, known->id)) {
      out.problems.push_back({"number", "taken"});
      return out;
    }
    FieldErrors errors;
    if (known) {
      auto const view = *service_.Find(tx, scope, known->id);
      out.existing = Existing{known->id, view.name, "number"};
      FieldErrors hidden;
      auto const patch = PatchOf(row, wanted);
      people::RefuseHidden(scope, node_.path, {{}, {}, {}, patch.phone, patch.email, patch.id_number}, hidden);
      out.when_updated = ProblemsOf(std::move(hidden));
    } else {
      auto const draft = service_.DraftRow(tx, place_, wanted.terms, errors);
      if (wanted.known)
        if (auto const refused = service_.Employed(tx, scope, *wanted.known, draft))
          out.problems.push_back({"name", "employed_already", refused->params});
      Draft(tx, wanted.terms, "", errors);
    }
    // Who stands above in the file is there when the row is written.
    if (!wanted.manager_number.empty() && !wanted.terms.manager_id && !manager_above)
      errors.push_back({"/manager", "unknown_manager"});
    for (auto& problem : ProblemsOf(std::move(errors))) out.problems.push_back(std::move(problem));
    return out;
  }

  Result<Written> Create(db::Tx& tx, Row const& row) override {
    auto const wanted = Read(tx, row);
    FieldErrors errors;
    auto draft = service_.DraftRow(tx, place_, wanted.terms, errors);
    auto const values = Draft(tx, wanted.terms, "", errors);
    if (!wanted.manager_number.empty() && !draft.manager_id) errors.push_back({"/manager_id", "unknown_manager"});
    if (!errors.empty()) return FailFields(std::move(errors));
    if (wanted.known)
      if (auto refused = service_.Employed(tx, Scope(place_.who, kPermission), *wanted.known, draft))
        return tl::unexpected<Error>(std::move(*refused));
    BOLE_ASSIGN(auto person, service_.Persons().AdmitPerson(tx, wanted.facts));
    draft.person_id = person.id;
    service_.Enter(tx, place_, draft);
    service_.Custom().Store(tx, {"employee", draft.id, draft.org_id, node_.path}, values);
    Written out{draft.id, 1, {}};
    if (!person.before.is_null())  // known elsewhere, and what was unknown is filled in
      out.before = {{"person", std::move(person.before)}, {"after", service_.Persons().Snapshot(tx, person.id)}};
    return out;
  }

  Result<Written> Update(db::Tx& tx, Row const& row, Existing const& existing) override {
    auto const before = *store::Row(tx, existing.id);
    auto const person = service_.Persons().Snapshot(tx, before.person_id);
    auto const custom = service_.Custom().Snapshot(tx, existing.id);
    auto const wanted = Read(tx, row);
    if (!wanted.manager_number.empty() && !wanted.terms.manager_id) return FailField("/manager_id", "unknown_manager");
    auto patch = PatchOf(row, wanted);
    patch.version = before.version;
    std::vector<std::string> changed;
    BOLE_ASSIGN(auto const after, service_.Change(tx, place_, existing.id, patch, changed));
    return Written{existing.id,
                   after.version,
                   {{"employee", WriteJson(before)},
                    {"person", person},
                    {"custom", custom},
                    {"after", service_.Persons().Snapshot(tx, before.person_id)}}};
  }

 private:
  fields::Draft Draft(db::Tx& tx, RehireEmployee const& terms, std::string const& id, FieldErrors& errors) {
    return service_.Custom().Check(tx, Scope(place_.who, kPermission), {"employee", id, node_.id, node_.path},
                                   terms.custom, fields::Writing::create, errors);
  }

  // Only what the file says. The name may be another one; the unit is that of the import or below.
  static PatchEmployee PatchOf(Row const& row, Wanted const& wanted) {
    PatchEmployee patch;
    auto const& terms = wanted.terms;
    patch.name = wanted.facts.name;
    patch.gender = row.Given("gender"), patch.phone = row.Given("phone"), patch.email = row.Given("email");
    patch.id_number = row.Given("id_number");
    if (row.Has("birth_date")) patch.birth_date = wanted.facts.birth_date;
    if (row.Has("org")) patch.org_id = terms.org_id;
    if (row.Has("job")) patch.job_id = terms.job_id;
    if (row.Has("position")) patch.position_id = terms.position_id;
    if (row.Has("grade")) patch.grade = terms.grade;
    if (row.Has("employment")) patch.employment = terms.employment;
    if (row.Has("hired_on")) patch.hired_on = terms.hired_on;
    if (row.Has("probation_until")) patch.probation_until = terms.probation_until;
    if (row.Has("manager")) patch.manager_id = terms.manager_id;
    patch.custom = terms.custom;
    return patch;
  }

  Wanted Read(db::Tx& tx, Row const& row) {
    Wanted out;
    auto& terms = out.terms;
    terms.number = row.Text("number"), terms.grade = row.Given("grade"), terms.org_id = node_.id;
    if (auto const employment = row.Text("employment"); !employment.empty())
      boost::describe::enum_from_string(employment.c_str(), terms.employment);
    terms.hired_on = ParseDate(row.Text("hired_on")).value_or(Date{});
    terms.probation_until = ParseDate(row.Text("probation_until"));
    if (auto const code = row.Given("org")) {
      auto const unit = store::UnitByCode(tx, *code);
      if (unit && unit->path.starts_with(node_.path))
        terms.org_id = unit->id;
      else
        out.problems.push_back({"org", "unknown_unit"});
    }
    if (auto const code = row.Given("job"))
      if (terms.job_id = store::JobByCode(tx, *code); !terms.job_id) out.problems.push_back({"job", "unknown_job"});
    if (auto const code = row.Given("position"))
      if (terms.position_id = store::PositionByCode(tx, *code); !terms.position_id)
        out.problems.push_back({"position", "not_found"});
    out.manager_number = row.Text("manager");
    if (!out.manager_number.empty())
      if (auto const manager = store::ByNumber(tx, out.manager_number)) terms.manager_id = manager->id;
    FieldErrors errors;
    auto const birth = row.Given("birth_date");
    out.facts =
        service_.Persons().CheckPerson({row.Text("name"), row.Text("gender"), birth ? ParseDate(*birth) : std::nullopt,
                                        row.Text("phone"), row.Text("email"), row.Text("id_number")},
                                       errors);
    terms.custom = custom_.ValuesOf(row, out.problems);
    for (auto& problem : imports::ProblemsOf(errors)) out.problems.push_back(std::move(problem));
    if (out.problems.empty()) out.known = service_.Persons().Recognise(tx, out.facts);
    return out;
  }

  Service& service_;
  Service::Place place_;
  org::OrgNodeView node_;
  fields::ImportColumns custom_;
  std::set<std::string> above_;  // numbers of the rows that were checked
};

class EmployeeTarget final : public imports::Target {
 public:
  EmployeeTarget(AppContext& context, org::Api& org, Service& service, PersonKept kept)
      : context_(context), org_(org), service_(service), kept_(std::move(kept)) {}

  [[nodiscard]] std::string key() const override { return "employees"; }
  [[nodiscard]] std::string permission() const override { return std::string(kPermission); }
  [[nodiscard]] std::string concerns() const override { return "employee"; }

  std::vector<Column> Columns(db::Tx& tx, std::string const& org_id) override {
    auto const id = ColumnType::identifier;
    std::vector<Column> out{
        {.key = "number",
         .type = id,
         .required = true,
         .max_length = 40,
         .aliases = {"员工编号", "员工号", "staff number", "employee id"},
         .example = "RH000123"},
        {.key = "name", .required = true, .max_length = 80, .aliases = {"full name"}, .example = "张三"},
        {.key = "phone",
         .type = id,
         .max_length = 30,
         .aliases = {"手机", "电话", "联系电话", "手机号码", "mobile", "phone number"},
         .example = "13812345678"},
        {.key = "email", .max_length = 254, .aliases = {"电子邮箱", "e-mail"}, .example = "zhang.san@example.com"},
        {.key = "id_number",
         .type = id,
         .max_length = 30,
         .aliases = {"身份证", "证件号码", "身份证号码", "id card"},
         .example = "99010119950412001X"},
        {.key = "gender", .type = ColumnType::choice, .choices = Genders(), .aliases = {"sex"}, .example = "女"},
        {.key = "birth_date", .type = ColumnType::date, .aliases = {"生日", "date of birth"}, .example = "1995-04-12"},
        {.key = "org", .type = id, .max_length = 40, .aliases = {"机构", "部门", "unit"}, .example = "BJ-01"},
        {.key = "job", .type = id, .max_length = 40, .aliases = {"岗位", "职位编码"}, .example = "TELLER"},
        {.key = "position", .type = id, .max_length = 40, .aliases = {"编制", "seat"}, .example = "BJ-01-T"},
        {.key = "grade", .type = id, .max_length = 40, .aliases = {"职级"}, .example = "P3"},
        {.key = "employment", .type = ColumnType::choice, .choices = Employments(), .example = "全职"},
        {.key = "hired_on",
         .type = ColumnType::date,
         .required = true,
         .aliases = {"入职时间", "hire date", "start date"},
         .example = "2026-01-05"},
        {.key = "probation_until", .type = ColumnType::date, .aliases = {"转正日期"}, .example = "2026-07-04"},
        {.key = "manager",
         .type = id,
         .max_length = 40,
         .aliases = {"上级工号", "manager number"},
         .example = "RH000100"}};
    imports::AddTexts(out, context_.messages, "employee.import.heading.", "employee.import.help.");
    if (auto const node = org_.Node(tx, Scope::Everything(), org_id))
      fields::ImportColumns(service_.Custom(), tx, "employee", node->path).AppendTo(out);
    return out;
  }

  Result<std::unique_ptr<imports::Session>> Begin(db::Tx& tx, imports::Place const& place) override {
    BOLE_ASSIGN(auto node, org_.OpenNode(tx, Scope(place.who, kPermission), place.org_id));
    return std::make_unique<ImportSession>(service_, tx, place, std::move(node));
  }

  Fate Undo(db::Tx& tx, Principal const& /*who*/, imports::Trace const& trace) override {
    auto const row = store::Row(tx, trace.id);
    if (!row || row->version != trace.version) return Fate::changed;
    auto& persons = service_.Persons();
    auto const* before = trace.before.if_contains("person");
    bool const same_person = before && trace.before.at("after") == persons.Snapshot(tx, row->person_id);
    if (trace.updated) {
      auto former = FromJson<store::EmployeeRow>(trace.before.at("employee"));
      if (!former || !same_person) return Fate::changed;
      former->version = row->version + 1;
      if (!store::Update(tx, *former, row->version)) return Fate::changed;
      if (auto const* custom = trace.before.if_contains("custom")) service_.Custom().Restore(tx, trace.id, *custom);
      persons.Restore(tx, *before);
      return Fate::undone;
    }
    if (kept_(tx, row->person_id)) return Fate::in_use;
    service_.Custom().Forget(tx, {trace.id});
    store::Erase(tx, trace.id);
    if (same_person)
      persons.Restore(tx, *before);
    else if (!before && store::OfPerson(tx, row->person_id).empty())
      persons.Remove(tx, row->person_id);
    return Fate::undone;
  }

 private:
  AppContext& context_;
  org::Api& org_;
  Service& service_;
  PersonKept kept_;
};

}  // namespace

std::unique_ptr<imports::Target> MakeImportTarget(AppContext& context, org::Api& org, Service& service,
                                                  PersonKept kept) {
  return std::make_unique<EmployeeTarget>(context, org, service, std::move(kept));
}

}  // namespace bole::personnel
