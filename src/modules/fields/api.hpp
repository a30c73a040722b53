#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "modules/fields/views.hpp"
#include "platform/db/scope_filter.hpp"
#include "platform/i18n/locale.hpp"

namespace bole {
struct AppContext;
class PersonalData;
namespace audit {
class Api;
}
namespace db {
class Tx;
}
}  // namespace bole

// T0: fields that HR adds to records of other modules, without code. It knows entities by key only; owners offer them.
namespace bole::fields {

// `read` shows a record and its fields. `reveal`: the permission behind the owner's audited reveal; empty: the entity
// has none, so that it cannot have sensitive fields.
struct Entity {
  std::string key, read, reveal;
};

// One record and its unit; `id` is empty before it exists.
struct Record {
  std::string entity, id, org_id, org_path;
};
enum class Writing { create, update };

// Checked values on their way into a record: only what differs from what is stored.
struct Draft {
  struct Change {
    CustomFieldView field;
    std::vector<std::string> texts;  // canonical; empty: no value
  };
  std::vector<Change> changes;
  // For the audit record: names of fields, never values.
  [[nodiscard]] json::array Keys() const;
};

// One `custom.<key>=<value>` of a list: keys from `from` to `to`, both included; equal for one value.
struct ValueFilter {
  std::string field_id, from, to;
  [[nodiscard]] bool exact() const { return from == to; }
};
// " AND EXISTS (…)": the record in `record_column` fits.
[[nodiscard]] db::Condition ValueCondition(ValueFilter const& filter, std::string const& record_column);
// "t.field_id = ? AND t.filter_key = ?" on table field_value: for lists that are led by the index of a filter.
[[nodiscard]] db::Condition KeyCondition(ValueFilter const& filter, std::string const& alias);

struct Column {
  CustomFieldView field;
  std::string title;  // in the language asked for
};

// Functions act in the caller's transaction, who has authorised and records it. Errors stand at /custom/<key>.
class Api {
 public:
  virtual ~Api() = default;
  virtual void Offer(Entity entity) = 0;  // before the first request

  // `input` is the member `custom` of a body: null, "" and [] remove a value, absent keys stay as they are.
  virtual Draft Check(db::Tx& tx, Scope const& scope, Record const& record, std::optional<json::object> const& input,
                      Writing writing, FieldErrors& errors) = 0;
  virtual void Store(db::Tx& tx, Record const& record, Draft const& draft) = 0;
  // Key → value; sensitive ones as masks, hidden ones not at all.
  virtual json::object Values(db::Tx& tx, Scope const& scope, Record const& record) = 0;
  // Sensitive values in clear as far as the scope reveals their class.
  virtual Result<json::object> Reveal(db::Tx& tx, Scope const& scope, Record const& record) = 0;

  // Errors at /custom.<key>.
  virtual Result<std::vector<ValueFilter>> Filters(db::Tx& tx, Scope const& scope, std::string const& entity,
                                                   std::map<std::string, std::string> const& query) = 0;

  // Active fields that hold somewhere in the scope, and at `org_path` unless it is empty. For exports and imports.
  virtual std::vector<Column> Columns(db::Tx& tx, Scope const& scope, std::string const& entity,
                                      std::string const& org_path, i18n::Locale locale) = 0;
  // Texts of the columns by record id, masked like Values.
  virtual std::map<std::string, std::vector<std::string>> Texts(db::Tx& tx, Scope const& scope,
                                                                std::vector<Column> const& columns,
                                                                std::vector<std::string> const& record_ids,
                                                                i18n::Locale locale) = 0;
  // A cell of an import as a value for Check; nullopt with an error at `pointer`. Options by key or either title.
  virtual std::optional<json::value> Parse(Column const& column, std::string const& text, std::string const& pointer,
                                           FieldErrors& errors) = 0;

  // All values of a record as they are stored, sealed ones sealed; and back, to take a change back. False: no snapshot.
  virtual json::value Snapshot(db::Tx& tx, std::string const& record_id) = 0;
  virtual bool Restore(db::Tx& tx, std::string const& record_id, json::value const& snapshot) = 0;
  // The records belong to another unit from now on.
  virtual void Move(db::Tx& tx, std::vector<std::string> const& record_ids, std::string const& org_id) = 0;
  virtual std::int64_t Forget(db::Tx& tx, std::vector<std::string> const& record_ids) = 0;
};

// For programs and tests without custom fields: there are none.
[[nodiscard]] Api& None();
[[nodiscard]] std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit);
// Values of a person's records.
[[nodiscard]] std::unique_ptr<PersonalData> MakePersonalData(AppContext const& context);

}  // namespace bole::fields
