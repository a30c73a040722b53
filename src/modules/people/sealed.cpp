#include "modules/people/sealed.hpp"

namespace bole::people {

SealedColumns Sealed() { return {{"person", "phone"}, {"person", "email"}, {"person", "id_number"}}; }

}  // namespace bole::people
