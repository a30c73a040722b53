#include "modules/imports/sealed.hpp"

namespace bole::imports {

SealedColumns Sealed() {
  return {{"import_batch", "head"},
          {.table = "import_problem", .column = "params", .key = "batch_id"},
          {.table = "import_row", .column = "before", .key = "batch_id"}};
}

}  // namespace bole::imports
