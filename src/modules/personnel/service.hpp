#pragma once
#include "modules/people/persons.hpp"
#include "modules/personnel/api.hpp"
#include "modules/personnel/model.hpp"
#include "modules/personnel/store.hpp"
#include "platform/documents/table_writer.hpp"
#include "platform/i18n/messages.hpp"

namespace bole::http {
class Routes;
}

namespace bole::personnel {

// What a list or an export asks for; `q` is a part of a name or number, or a whole phone, e-mail or ID number.
struct EmployeeQuery {
  std::optional<std::string> q, org_id, job_id, person_id, manager_id;
  std::optional<EmployeeState> state;
  std::optional<int> limit;
  std::optional<std::string> cursor;
  std::map<std::string, std::string> custom;
};
BOOST_DESCRIBE_STRUCT(EmployeeQuery, (), (q, org_id, job_id, person_id, manager_id, state, limit, cursor, custom))

// Use cases. Thread-safe; each call is one transaction unless it takes one.
class Service final : public Api {
 public:
  Service(AppContext& context, audit::Api& audit, org::Api& org, people::Api& people, fields::Api& fields);

  Result<EmployeeView> Find(db::Tx& tx, Scope const& scope, std::string const& id) override;
  bool Knows(db::Tx& tx, std::string const& person_id) override { return !store::OfPerson(tx, person_id).empty(); }

  // reading.cpp
  Result<Page<EmployeeView>> List(Principal const& who, EmployeeQuery const& query);
  Result<EmployeeView> Get(Principal const& who, std::string const& id);
  Result<EmployeeFile> File(Principal const& who, std::string const& id, audit::Purpose const& purpose);
  Result<RevealedEmployee> Reveal(Principal const& who, std::string const& id, audit::Purpose const& purpose);
  // export.cpp: a table of everything the list would show; audited.
  Result<std::string> Export(Principal const& who, EmployeeQuery const& query, documents::TableFormat format,
                             i18n::Locale locale, audit::Purpose const& purpose);

  // service.cpp
  void HandOver(db::Tx& tx, org::HandOver const& over);
  Result<EmployeeView> Create(Principal const& who, CreateEmployee const& input) override;
  Result<EmployeeView> Rehire(Principal const& who, std::string const& id, RehireEmployee const& input);
  Result<EmployeeView> Patch(Principal const& who, std::string const& id, PatchEmployee const& input);
  Result<EmployeeView> Leave(Principal const& who, std::string const& id, LeaveEmployee const& input);
  // kConflict employee.not_leaving; employee.employed when the person was hired again.
  Result<EmployeeView> Stay(Principal const& who, std::string const& id, StayEmployee const& input);

  // For imports, in their transaction and audited by them.
  struct Place {
    Principal who;
    std::string_view permission;
    std::string event;  // "hired" or "imported"
  };
  // The employment of a row that is new, checked: everything but the person.
  store::EmployeeRow DraftRow(db::Tx& tx, Place const& place, RehireEmployee const& terms, FieldErrors& errors);
  // The person's employment that overlaps with the row, as the caller may know it.
  std::optional<Error> Employed(db::Tx& tx, Scope const& scope, std::string const& person_id,
                                store::EmployeeRow const& row);
  void Enter(db::Tx& tx, Place const& place, store::EmployeeRow const& row);
  // `changed`: names of what differs now; of custom fields as "custom.<key>".
  Result<EmployeeView> Change(db::Tx& tx, Place const& place, std::string const& id, PatchEmployee const& input,
                              std::vector<std::string>& changed);
  [[nodiscard]] fields::Api& Custom() { return fields_; }
  [[nodiscard]] people::Persons& Persons() { return people::PersonsOf(people_); }
  // Of the unit; the group's day when it is unknown.
  Date TodayAt(std::string const& zone);

 private:
  Result<store::EmployeeFilter> Filter(db::Tx& tx, Principal const& who, EmployeeQuery const& query,
                                       std::string_view permission);
  std::vector<EmployeeView> ToViews(db::Tx& tx, Scope const& scope, std::vector<store::ListRow> const& rows);
  // Writes the end of an employment, or that it has none, if nobody changed it since `version`.
  Result<EmployeeView> StoreEnd(db::Tx& tx, Principal const& who, store::EmployeeRow row, std::int64_t version,
                                char const* action, EmployeeEvent event);
  EmployeeView WithCustom(db::Tx& tx, Scope const& scope, EmployeeView view);
  // What differs from `before` (absent: a new one) has to be right.
  void CheckRow(db::Tx& tx, Scope const& scope, org::OrgNodeView const& node, store::EmployeeRow& row,
                store::EmployeeRow const* before, FieldErrors& errors);

  AppContext& context_;
  audit::Api& audit_;
  org::Api& org_;
  people::Api& people_;
  fields::Api& fields_;
};

void RegisterRoutes(AppContext& context, Service& service);

}  // namespace bole::personnel

namespace bole {
template <>
inline constexpr auto kRules<personnel::EmployeeQuery> =
    std::tuple{Field<&personnel::EmployeeQuery::q>{{.max_length = 100, .pii = true}},
               Field<&personnel::EmployeeQuery::org_id>{{.max_length = 26}},
               Field<&personnel::EmployeeQuery::job_id>{{.max_length = 26}},
               Field<&personnel::EmployeeQuery::person_id>{{.max_length = 26}},
               Field<&personnel::EmployeeQuery::manager_id>{{.max_length = 26}},
               Field<&personnel::EmployeeQuery::custom>{
                   {.doc = "custom.<key>=<value> for filterable custom fields", .max_length = 10}},
               Field<&personnel::EmployeeQuery::limit>{{.min = 1, .max = 200}},
               Field<&personnel::EmployeeQuery::cursor>{{.max_length = 26}}};
}
