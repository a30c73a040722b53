#include <algorithm>

#include "base/text.hpp"
#include "modules/audit/api.hpp"
#include "platform/http/request.hpp"
#include "platform/http/url.hpp"

namespace bole::audit {

std::vector<std::string> const& Purposes() {
  static std::vector<std::string> const codes{"recruiting", "interview",  "candidate_request",
                                              "dispute",    "employment", "compliance_audit",
                                              "statistics", "support",    "other"};
  return codes;
}

Result<Purpose> PurposeOf(http::Request const& request) {
  auto const header = request.Header("x-bole-purpose");
  auto const semicolon = header.find(';');
  Purpose out;
  out.code = std::string(Trim(header.substr(0, semicolon)));
  if (out.code.empty()) return out;
  auto const& known = Purposes();
  if (std::find(known.begin(), known.end(), out.code) == known.end())
    return Fail(ErrorCode::kInvalid, "purpose.unknown");
  if (semicolon != std::string_view::npos) {
    auto const note = http::PercentDecode(Trim(header.substr(semicolon + 1)));
    if (!note || !IsValidUtf8(*note) || HasControlCharacters(*note) || CountCodePoints(*note) > kMaxPurposeNote)
      return Fail(ErrorCode::kInvalid, "purpose.bad_note", {{"max", std::to_string(kMaxPurposeNote)}});
    out.note = std::string(Trim(*note));
  }
  if (out.code == "other" && out.note.empty()) return Fail(ErrorCode::kInvalid, "purpose.note_required");
  return out;
}

Result<> RequirePurpose(Purpose const& purpose) {
  if (purpose.code.empty()) return Fail(ErrorCode::kInvalid, "purpose.required");
  return {};
}

json::object WithPurpose(Purpose const& purpose, json::object details) {
  if (!purpose.code.empty()) details["purpose"] = purpose.code;
  if (!purpose.note.empty()) details["purpose_note"] = purpose.note;
  return details;
}

}  // namespace bole::audit
