#include "modules/identity/import_target.hpp"

#include <set>

#include "base/text.hpp"
#include "modules/identity/grant_text.hpp"
#include "modules/identity/service.hpp"
#include "modules/org/import_targets.hpp"

namespace bole::identity {

// An account as an import found or made it, and the grants that it left.
struct AccountBefore {
  std::string name, email, org_id, locale, manager_id;
  bool active = true;
  std::vector<CreateGrant> grants;
  std::vector<std::string> after;
};
BOOST_DESCRIBE_STRUCT(AccountBefore, (), (name, email, org_id, locale, manager_id, active, grants, after))

namespace {

using imports::Column;
using imports::ColumnType;
using imports::Existing;
using imports::Fate;
using imports::Problem;
using imports::Row;
using imports::Verdict;
using imports::Written;

constexpr std::string_view kPermission = "user.write";

// What a row says. Members that it does not name are not there.
struct Wanted {
  PatchUser facts;
  std::optional<std::vector<CreateGrant>> grants;
  std::string manager;  // as written, when there is no such account yet
};

// What the form answers, at the columns of the table.
std::vector<Problem> AtColumns(Error const& error) {
  if (error.key == "user.own_grants") return {{"grants", "own_grants"}};
  if (error.key == "user.own_account") return {{"active", "own_account"}};
  if (error.key == "user.beyond_scope") return {{"user_name", "beyond_scope", error.params}};
  if (error.key.starts_with("duties.")) return {{"grants", "separated_duties"}};
  std::vector<Problem> out;
  for (auto const& field : error.fields) {
    auto column = field.pointer.substr(1);
    if (column.starts_with("grants/"))
      out.push_back({"grants", column.ends_with("/org_id") ? "outside_area" : field.code, field.params});
    else if (column == "org_id")
      out.push_back({"org", field.code == "not_found" ? "outside_area" : field.code, field.params});
    else
      out.push_back({column == "manager_id" ? "manager" : std::move(column), field.code, field.params});
  }
  if (out.empty()) out.push_back({"", "not_saved"});
  return out;
}

// Whether the account would be another one.
bool Changes(PatchUser const& facts, store::UserRow const& user) {
  auto const differs = [](auto const& given, auto const& known) { return given && *given != known; };
  return differs(facts.name, user.name) || differs(facts.email, user.email) || differs(facts.org_id, user.org_id) ||
         differs(facts.locale, user.locale) || differs(facts.active, user.active) ||
         differs(facts.manager_id, user.manager_id.value_or(""));
}

std::vector<std::string> GrantIds(db::Tx& tx, std::string const& user_id) {
  std::vector<std::string> out;
  for (auto const& grant : store::Grants(tx, user_id)) out.push_back(grant.id);
  return out;
}

AccountBefore Snapshot(db::Tx& tx, store::UserRow const& user) {
  AccountBefore out{user.name, user.email, user.org_id, user.locale, user.manager_id.value_or(""), user.active, {}, {}};
  for (auto const& grant : store::Grants(tx, user.id))
    out.grants.push_back({grant.role, grant.org_id, grant.valid_until, grant.valid_from});
  return out;
}

Written Left(db::Tx& tx, std::string const& user_id, AccountBefore before) {
  before.after = GrantIds(tx, user_id);
  return {user_id, store::UserById(tx, user_id)->version, WriteJson(before).as_object()};
}

class ImportSession final : public imports::Session {
 public:
  ImportSession(Service& service, db::Tx& tx, imports::Place place, std::string locale)
      : service_(service), place_(std::move(place)), locale_(std::move(locale)), roles_(tx) {}

  Verdict Check(db::Tx& tx, Row const& row) override {
    auto const user_name = UserName(row);
    Verdict out{{}, {{"user_name", user_name}}, {}, {}};
    bool const manager_above = above_.contains(AsciiLower(row.Text("manager")));
    above_.insert(user_name);
    auto const known = store::UserByName(tx, user_name);
    if (known && !IsHere(tx, *known)) {
      out.problems.push_back({"user_name", "account_elsewhere"});
      return out;
    }
    if (known) out.existing = Existing{known->id, known->name, "user_name"};
    auto const wanted = Read(tx, row, out.problems);
    // Who stands above in the file is there when the row is written.
    if (!wanted.manager.empty() && !manager_above) out.problems.push_back({"manager", "unknown_account"});
    if (!out.problems.empty()) return out;
    auto& accounts = service_.accounts;
    auto const note = [](std::vector<Problem>& problems, auto const& result) {
      if (result) return;
      for (auto& problem : AtColumns(result.error())) problems.push_back(std::move(problem));
    };
    if (!known) {
      note(out.problems, accounts.Draft(tx, place_.who, CreateOf(row, wanted)));
      return out;
    }
    if (Changes(wanted.facts, *known)) note(out.when_updated, accounts.Draft(tx, place_.who, known->id, wanted.facts));
    if (wanted.grants) note(out.when_updated, accounts.Compare(tx, place_.who, known->id, *wanted.grants));
    return out;
  }

  Result<Written> Create(db::Tx& tx, Row const& row) override {
    BOLE_ASSIGN(auto const wanted, Read(tx, row));
    BOLE_ASSIGN(auto const made, AtRow(service_.accounts.Add(tx, place_.who, CreateOf(row, wanted), "")));
    if (wanted.facts.active == false) {
      PatchUser close{.version = made.version};
      close.active = false;
      BOLE_TRY(service_.accounts.Change(tx, place_.who, made.id, close, ""));
    }
    return Left(tx, made.id, {});
  }

  Result<Written> Update(db::Tx& tx, Row const& row, Existing const& existing) override {
    BOLE_ASSIGN(auto wanted, Read(tx, row));
    auto const user = store::UserById(tx, existing.id);
    if (!user) return NotFound("user");
    auto before = Snapshot(tx, *user);
    auto& accounts = service_.accounts;
    bool changed = Changes(wanted.facts, *user);
    if (changed) {
      wanted.facts.version = user->version;
      BOLE_TRY(AtRow(accounts.Change(tx, place_.who, user->id, wanted.facts, "")));
    }
    if (wanted.grants) {
      BOLE_ASSIGN(auto const grants, AtRow(accounts.Compare(tx, place_.who, user->id, *wanted.grants)));
      if (!grants.Empty()) BOLE_TRY(accounts.SetGrants(tx, place_.who, user->id, *wanted.grants));
      changed = changed || !grants.Empty();
    }
    if (!changed) return Written{user->id, user->version, {}};
    return Left(tx, user->id, std::move(before));
  }

 private:
  static std::string UserName(Row const& row) { return AsciiLower(Trim(row.Text("user_name"))); }

  // What earlier rows of the file made impossible since the check.
  template <class T>
  static Result<T> AtRow(Result<T> result) {
    if (result || !result.error().fields.empty()) return result;
    auto const problem = AtColumns(result.error()).front();
    return FailFields({{"/" + problem.column, problem.code, problem.params}});
  }

  // At or below the unit that is imported into, and managed by the one who imports.
  bool IsHere(db::Tx& tx, store::UserRow const& user) const {
    auto const node = service_.shared.org.Node(tx, Scope(place_.who, kPermission), user.org_id);
    return node && node->path.starts_with(place_.org_path);
  }

  Wanted Read(db::Tx& tx, Row const& row, std::vector<Problem>& problems) const {
    Wanted out;
    auto& facts = out.facts;
    facts.name = row.Given("name"), facts.email = row.Given("email"), facts.locale = row.Given("locale");
    if (auto const active = row.Given("active")) facts.active = *active == "yes";
    if (auto const code = row.Given("org")) {
      auto const unit = store::UnitByCode(tx, *code);
      if (unit && unit->path.starts_with(place_.org_path))
        facts.org_id = unit->id;
      else
        problems.push_back({"org", "unknown_unit"});
    }
    if (auto const name = row.Given("manager")) {
      if (auto const manager = store::UserByName(tx, AsciiLower(*name)))
        facts.manager_id = manager->id;
      else
        out.manager = *name;
    }
    if (auto const text = row.Given("grants")) out.grants = ReadGrants(tx, *text, problems);
    return out;
  }
  Result<Wanted> Read(db::Tx& tx, Row const& row) const {
    std::vector<Problem> problems;
    auto out = Read(tx, row, problems);
    if (!out.manager.empty()) problems.push_back({"manager", "unknown_account"});
    if (problems.empty()) return out;
    FieldErrors errors;
    for (auto& problem : problems) errors.push_back({"/" + problem.column, problem.code, problem.params});
    return FailFields(std::move(errors));
  }

  std::vector<CreateGrant> ReadGrants(db::Tx& tx, std::string const& text, std::vector<Problem>& problems) const {
    std::vector<CreateGrant> out;
    std::size_t number = 0;
    for (auto const& line : Split(text, '\n')) {
      ++number;
      if (Trim(line).empty()) continue;
      auto const grant = ReadGrantLine(line);
      auto const role = grant ? roles_.KeyOf(grant->role) : std::nullopt;
      auto const unit = grant ? store::UnitByCode(tx, grant->unit) : std::nullopt;
      if (!grant)
        problems.push_back({"grants", "bad_grant", {{"line", std::to_string(number)}}});
      else if (!role)
        problems.push_back({"grants", "unknown_role", {{"role", grant->role}}});
      else if (!unit)
        problems.push_back({"grants", "outside_area"});
      else
        out.push_back({*role, unit->id, grant->until, grant->from});
      if (!problems.empty()) break;
    }
    return out;
  }

  identity::CreateUser CreateOf(Row const& row, Wanted const& wanted) const {
    identity::CreateUser out;
    auto const& facts = wanted.facts;
    out.user_name = UserName(row), out.name = facts.name.value_or(""), out.email = facts.email.value_or("");
    out.org_id = facts.org_id.value_or(place_.org_id), out.locale = facts.locale.value_or(locale_);
    out.manager_id = facts.manager_id, out.grants = wanted.grants.value_or(std::vector<CreateGrant>{});
    return out;
  }

  Service& service_;
  imports::Place place_;
  std::string locale_;  // of the unit
  RoleWords roles_;
  std::set<std::string> above_;  // user names of the rows that were checked
};

class AccountTarget final : public imports::Target {
 public:
  AccountTarget(AppContext& context, Service& service, AccountNamed named)
      : context_(context), service_(service), named_(std::move(named)) {}

  [[nodiscard]] std::string key() const override { return "users"; }
  [[nodiscard]] std::string permission() const override { return std::string(kPermission); }
  std::vector<Column> Columns(db::Tx& /*tx*/, std::string const& /*org_id*/) override {
    return AccountColumns(context_);
  }

  Result<std::unique_ptr<imports::Session>> Begin(db::Tx& tx, imports::Place const& place) override {
    BOLE_ASSIGN(auto const node, service_.shared.org.OpenNode(tx, Scope(place.who, kPermission), place.org_id));
    return std::make_unique<ImportSession>(service_, tx, place, node.locale);
  }

  Fate Undo(db::Tx& tx, Principal const& who, imports::Trace const& trace) override {
    if (trace.updated && trace.before.empty()) return Fate::undone;  // it changed nothing
    auto const user = store::UserById(tx, trace.id);
    auto const before = FromJson<AccountBefore>(trace.before);
    if (!user || !before || user->version != trace.version || GrantIds(tx, trace.id) != before->after)
      return Fate::changed;
    auto& accounts = service_.accounts;
    if (!trace.updated) return accounts.Withdraw(tx, who, trace.id, named_(tx, trace.id)) ? Fate::undone : Fate::in_use;
    if (!accounts.SetGrants(tx, who, trace.id, before->grants)) return Fate::in_use;
    PatchUser back{.version = user->version};
    back.name = before->name, back.email = before->email, back.locale = before->locale;
    back.org_id = before->org_id, back.manager_id = before->manager_id, back.active = before->active;
    if (Changes(back, *user) && !accounts.Change(tx, who, trace.id, back, "")) return Fate::in_use;
    return Fate::undone;
  }

 private:
  AppContext& context_;
  Service& service_;
  AccountNamed named_;
};

}  // namespace

std::vector<imports::Choice> const& ActiveWords() {
  static std::vector<imports::Choice> const all{{"yes", {"启用", "Active", "正常", "是"}},
                                                {"no", {"停用", "Switched off", "已停用", "inactive", "否"}}};
  return all;
}

std::vector<Column> AccountColumns(AppContext& context) {
  auto const id = ColumnType::identifier;
  std::vector<Column> out{
      {.key = "user_name",
       .type = id,
       .required = true,
       .max_length = 60,
       .aliases = {"登录名", "账号", "login", "account"},
       .example = "zhang.san"},
      {.key = "name", .required = true, .max_length = 80, .aliases = {"full name"}, .example = "张三"},
      {.key = "org", .type = id, .max_length = 40, .aliases = {"机构", "部门", "unit"}, .example = "BJ-01"},
      {.key = "email", .max_length = 200, .aliases = {"电子邮箱", "e-mail"}, .example = "zhang.san@example.com"},
      {.key = "locale", .type = ColumnType::choice, .choices = org::LocaleWords(), .example = "中文"},
      {.key = "manager", .type = id, .max_length = 60, .aliases = {"上级", "reports to"}, .example = "li.si"},
      {.key = "active", .type = ColumnType::choice, .choices = ActiveWords(), .example = "启用"},
      {.key = "grants", .max_length = 8'000, .aliases = {"角色", "roles"}, .example = "面试官@BJ-01[2026-01-01..]"}};
  imports::AddTexts(out, context.messages, "user.import.heading.", "user.import.help.");
  return out;
}

std::unique_ptr<imports::Target> MakeImportTarget(AppContext& context, Api& api, AccountNamed named) {
  return std::make_unique<AccountTarget>(context, static_cast<Service&>(api), std::move(named));
}

}  // namespace bole::identity
