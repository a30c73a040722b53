#pragma once
#include "modules/identity/api.hpp"
#include "modules/imports/api.hpp"

namespace bole::identity {

// Whether records of other modules name an account, so that it cannot be deleted.
using AccountNamed = std::function<bool(db::Tx& tx, std::string const& user_id)>;

// Accounts for module imports. `api`: the one that Register returned; it outlives the target.
[[nodiscard]] std::unique_ptr<imports::Target> MakeImportTarget(AppContext& context, Api& api, AccountNamed named);

// Of the table, for import and export.
[[nodiscard]] std::vector<imports::Column> AccountColumns(AppContext& context);
[[nodiscard]] std::vector<imports::Choice> const& ActiveWords();

}  // namespace bole::identity
