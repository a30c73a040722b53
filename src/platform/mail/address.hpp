#pragma once
#include <string_view>

namespace bole::mail {

// May this be handed to an SMTP server? ASCII only, no quoted local parts: stricter than RFC 5321, safe in a header.
[[nodiscard]] bool IsMailAddress(std::string_view address);

}  // namespace bole::mail
