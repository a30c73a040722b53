#pragma once
#include "modules/notify/api.hpp"
#include "modules/privacy/views.hpp"

// Shapes of what a person sees and does about his own data.
namespace bole::privacy {

// One look at a person's data, or one change: who by role, never by name.
struct AccessEntry {
  Instant at{};
  std::string who_zh, who_en, what_zh, what_en, action;
};
BOOST_DESCRIBE_STRUCT(AccessEntry, (), (at, who_zh, who_en, what_zh, what_en, action))

struct MyConsent {
  std::string interview_id, plan_name_zh, plan_name_en;  // to which interview it was given
  std::string key, version, text_zh, text_en, effect_zh, effect_en;
  bool granted = false;
  std::optional<Instant> given_at, withdrawn_at;
};
BOOST_DESCRIBE_STRUCT(MyConsent, (),
                      (interview_id, plan_name_zh, plan_name_en, key, version, text_zh, text_en, effect_zh, effect_en,
                       granted, given_at, withdrawn_at))
struct MyRequest {
  std::string id;
  RequestKind kind = RequestKind::access;
  RequestState state = RequestState::received;
  Instant received_at{}, due_at{};
  std::string reason;
  std::optional<Instant> first_due_at{};
  std::string extension{};
};
BOOST_DESCRIBE_STRUCT(MyRequest, (), (id, kind, state, received_at, due_at, reason, first_due_at, extension))
struct MyExport {
  std::string id;
  std::int64_t size = 0;
  Instant expires_at{};
};
BOOST_DESCRIBE_STRUCT(MyExport, (), (id, size, expires_at))
// What a person sees of himself, behind an interview's link or one to his data.
struct MyData {
  std::vector<MyConsent> consents;
  std::vector<MyRequest> requests;
  std::vector<MyExport> exports;
  std::vector<AccessEntry> access;
};
BOOST_DESCRIBE_STRUCT(MyData, (), (consents, requests, exports, access))
struct WithdrawMine {
  std::string consent;
  std::optional<std::string> interview_id{};  // absent: the one whose link was used
};
BOOST_DESCRIBE_STRUCT(WithdrawMine, (), (consent, interview_id))
struct RequestMine {
  RequestKind kind = RequestKind::access;
  std::string content;
};
BOOST_DESCRIBE_STRUCT(RequestMine, (), (kind, content))

// Asks for a link to one's data, at an address that is known.
struct AskForLink {
  std::string address;  // phone number or e-mail address
};
BOOST_DESCRIBE_STRUCT(AskForLink, (), (address))
struct LinkAsked {
  std::int64_t minutes = 0;  // that a link works
};
BOOST_DESCRIBE_STRUCT(LinkAsked, (), (minutes))
struct OpenLink {
  std::string token;
};
BOOST_DESCRIBE_STRUCT(OpenLink, (), (token))
struct LinkSent {
  notify::Channel channel = notify::Channel::email;
  std::string to_masked;
  std::int64_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(LinkSent, (), (channel, to_masked, minutes))

}  // namespace bole::privacy

namespace bole {
template <>
inline constexpr auto kRules<privacy::AskForLink> =
    std::tuple{Field<&privacy::AskForLink::address>{{.min_length = 1, .max_length = 254, .pii = true}}};
template <>
inline constexpr auto kRules<privacy::OpenLink> =
    std::tuple{Field<&privacy::OpenLink::token>{{.min_length = 1, .max_length = 100, .secret = true}}};
template <>
inline constexpr auto kRules<privacy::WithdrawMine> =
    std::tuple{Field<&privacy::WithdrawMine::consent>{{.min_length = 1, .max_length = 40}},
               Field<&privacy::WithdrawMine::interview_id>{{.max_length = 26}}};
template <>
inline constexpr auto kRules<privacy::RequestMine> =
    std::tuple{Field<&privacy::RequestMine::kind>{{.required = true}},
               Field<&privacy::RequestMine::content>{{.max_length = 2000, .pii = true}}};
}  // namespace bole
