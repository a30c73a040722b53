#include "modules/privacy/sealed.hpp"

namespace bole::privacy {

SealedColumns Sealed() {
  return {{"subject_request", "content"},
          {"subject_request", "reason"},
          {"subject_request", "extension"},
          {"subject_request_step", "note"},
          {"legal_hold", "reason"}};
}

}  // namespace bole::privacy
