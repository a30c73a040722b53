#pragma once
#include "modules/privacy/subjects.hpp"

namespace bole::privacy {

// Who looked at a person's data, out of the evidence log: by role, never by name. Newest first, at most 200.
[[nodiscard]] std::vector<AccessEntry> AccessTo(Subjects& subjects, db::Tx& tx, DataSubject const& subject);

}  // namespace bole::privacy
