#pragma once
#include "modules/fields/store.hpp"

namespace bole::http {
class Routes;
}

namespace bole::fields {

// Use cases. Thread-safe; calls without a Tx are one transaction.
class Service final : public Api {
 public:
  Service(AppContext& context, audit::Api& audit) : context_(context), audit_(audit) {}

  void Offer(Entity entity) override { entities_.push_back(std::move(entity)); }

  // values.cpp: values of records
  Draft Check(db::Tx& tx, Scope const& scope, Record const& record, std::optional<json::object> const& input,
              Writing writing, FieldErrors& errors) override;
  void Store(db::Tx& tx, Record const& record, Draft const& draft) override;
  json::object Values(db::Tx& tx, Scope const& scope, Record const& record) override;
  Result<json::object> Reveal(db::Tx& tx, Scope const& scope, Record const& record) override;
  json::value Snapshot(db::Tx& tx, std::string const& record_id) override;
  bool Restore(db::Tx& tx, std::string const& record_id, json::value const& snapshot) override;
  void Move(db::Tx& tx, std::vector<std::string> const& ids, std::string const& org_id) override {
    for (auto const& id : ids) store::Move(tx, id, org_id);
  }
  std::int64_t Forget(db::Tx& tx, std::vector<std::string> const& ids) override { return store::Erase(tx, ids); }

  // columns.cpp: lists, exports, imports
  Result<std::vector<ValueFilter>> Filters(db::Tx& tx, Scope const& scope, std::string const& entity,
                                           std::map<std::string, std::string> const& query) override;
  std::vector<Column> Columns(db::Tx& tx, Scope const& scope, std::string const& entity, std::string const& org_path,
                              i18n::Locale locale) override;
  std::map<std::string, std::vector<std::string>> Texts(db::Tx& tx, Scope const& scope,
                                                        std::vector<Column> const& columns,
                                                        std::vector<std::string> const& record_ids,
                                                        i18n::Locale locale) override;
  std::optional<json::value> Parse(Column const& column, std::string const& text, std::string const& pointer,
                                   FieldErrors& errors) override;

  // definitions.cpp
  Items<FieldEntity> Entities(Principal const& who) const;
  // Of the whole scope, or those that hold at one unit. kNotFound for an entity or unit one does not see.
  Result<Items<CustomFieldView>> List(Principal const& who, std::string const& entity, std::string const& org_id);
  Result<CustomFieldView> Create(Principal const& who, CreateCustomField const& input);
  Result<CustomFieldView> Change(Principal const& who, std::string const& id, PutCustomField const& input);
  Result<CustomFieldView> SetState(Principal const& who, std::string const& id, std::int64_t version, FieldState state);

  // forms.cpp
  Result<FormView> Form(Principal const& who, std::string const& entity, std::string const& org_id);
  Result<FormView> PutForm(Principal const& who, std::string const& entity, fields::PutForm const& input);

 private:
  // Units in which `who` reads the entity or manages its fields.
  [[nodiscard]] Result<std::vector<Scope>> Visible(Principal const& who, std::string const& entity) const;
  [[nodiscard]] Entity const* Find(std::string const& key) const;
  Result<store::Definition> ToChange(db::Tx& tx, Principal const& who, std::string const& id, std::int64_t version);
  Result<FormView> FormAt(db::Tx& tx, Principal const& who, Entity const& entity, store::Unit const& unit);
  // The active definitions that hold at a path, and where they stand.
  std::vector<CustomFieldView> ActiveAt(db::Tx& tx, std::string const& entity, std::string const& org_path);
  std::vector<FormSection> SectionsOf(db::Tx& tx, std::string const& entity,
                                      std::vector<CustomFieldView> const& active);

  AppContext& context_;
  audit::Api& audit_;
  std::vector<Entity> entities_;
};

// Whether one path lies at or below the other, in either direction: what is defined there concerns who works here.
[[nodiscard]] bool Related(Scope const& scope, std::string const& org_path);
void RegisterRoutes(http::Routes& routes, Service& service);

}  // namespace bole::fields
