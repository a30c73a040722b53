#include "modules/people/sealed.hpp"

namespace bole::people {

SealedColumns Sealed() {
  return {{"person", "phone"},
          {"person", "email"},
          {"person", "id_number"},
          {.table = "candidate_import_error", .column = "value", .key = "import_id"}};
}

}  // namespace bole::people
