#include "modules/interviews/sealed.hpp"

namespace bole::interviews {

SealedColumns Sealed() { return {{"interview", "token_sealed", "interview.token"}}; }

}  // namespace bole::interviews
