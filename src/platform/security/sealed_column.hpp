#pragma once
#include <string>
#include <vector>

namespace bole {

// A column of texts that FieldCipher sealed. Each module names its own in sealed.cpp and app/sealed.cpp collects them:
// from that list master keys are rotated. A column that is missing there keeps its old key from being retired, and
// fails the tests.
struct SealedColumn {
  std::string table, column;
  std::string context{};         // of FieldCipher; empty: "table.column"
  std::string key = "id";        // an indexed text column that narrows the search for a row; need not be unique
  bool context_has_key = false;  // the context is followed by ":" and the key
};
using SealedColumns = std::vector<SealedColumn>;

}  // namespace bole
