#pragma once
#include "modules/fields/api.hpp"
#include "modules/imports/target.hpp"

namespace bole::fields {

// The custom fields of an entity at one unit as columns of an import, keys "custom.<key>". For one import, on one
// thread.
class ImportColumns {
 public:
  ImportColumns(Api& api, db::Tx& tx, std::string const& entity, std::string const& org_path);

  [[nodiscard]] bool empty() const { return columns_.empty(); }
  void AppendTo(std::vector<imports::Column>& columns) const;
  // The cells of a row as the member `custom` of a body; nullopt: the row has none.
  [[nodiscard]] std::optional<json::object> ValuesOf(imports::Row const& row,
                                                     std::vector<imports::Problem>& problems) const;

 private:
  Api& api_;
  std::vector<Column> columns_;
};

// Like imports::ProblemsOf; what stands at /custom/<key> is a problem of the column "custom.<key>".
[[nodiscard]] std::vector<imports::Problem> ImportProblems(FieldErrors errors);

}  // namespace bole::fields
