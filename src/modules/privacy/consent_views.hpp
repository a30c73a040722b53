#pragma once
#include <optional>
#include <string>
#include <vector>

#include "platform/reflect/reflect.hpp"

// Shapes of consents: their texts, the register.
namespace bole::privacy {

enum class ConsentAct { given, refused, withdrawn };
BOOST_DESCRIBE_ENUM(ConsentAct, given, refused, withdrawn)
enum class Channel { candidate, staff };
BOOST_DESCRIBE_ENUM(Channel, candidate, staff)
// Of a withdrawal: pending until its job ran; locked while a legal hold keeps the data.
enum class Outcome { none, pending, erased, locked };
BOOST_DESCRIBE_ENUM(Outcome, none, pending, erased, locked)

// One version of a consent's text. It never changes: who agreed to it can always read it again.
struct ConsentText {
  std::string version;  // shipped: a number; of a unit: "u" and a number
  Instant since{};
  std::string text_zh, text_en, purpose_zh, purpose_en;
  std::string effect_zh, effect_en;  // of withdrawing
  std::string org_id{}, org_name{};  // whose; empty: shipped
  bool locked = false;               // units below have no text of their own
  bool inherits = false;             // no text: from then on the one above holds here again
  std::string published_by_name{};
};
BOOST_DESCRIBE_STRUCT(ConsentText, (),
                      (version, since, text_zh, text_en, purpose_zh, purpose_en, effect_zh, effect_en, org_id, org_name,
                       locked, inherits, published_by_name))
struct ConsentKind {
  std::string key;
  bool required = false;
  std::string basis;
  std::vector<ConsentText> texts;
};
BOOST_DESCRIBE_STRUCT(ConsentKind, (), (key, required, basis, texts))
// A kind of consent as it is asked for in a unit.
struct ConsentTextsView {
  std::string key;
  bool required = false;
  std::string basis;
  ConsentText in_force;
  std::string locked_by_name;        // the unit above whose text holds; empty: none does
  bool may_publish = false;          // the reader, here
  std::vector<ConsentText> history;  // of the unit and those above, newest first, also what is still to come
};
BOOST_DESCRIBE_STRUCT(ConsentTextsView, (), (key, required, basis, in_force, locked_by_name, may_publish, history))
struct PublishConsentText {
  std::string org_id, consent;
  std::optional<Instant> since;  // absent: at once
  bool locked = false, inherits = false;
  std::string text_zh{}, text_en{}, purpose_zh{}, purpose_en{}, effect_zh{}, effect_en{};
};
BOOST_DESCRIBE_STRUCT(PublishConsentText, (),
                      (org_id, consent, since, locked, inherits, text_zh, text_en, purpose_zh, purpose_en, effect_zh,
                       effect_en))

struct ConsentView {
  std::string id, candidate_id, person_name, interview_id, org_id, org_name, consent, text_version;
  ConsentAct act = ConsentAct::given;
  Channel channel = Channel::candidate;
  Outcome outcome = Outcome::none;
  Instant at{};
  bool current = true;  // the text is the one asked for there today
  std::string text_zh{}, text_en{}, purpose_zh{}, purpose_en{}, basis{};
};
BOOST_DESCRIBE_STRUCT(ConsentView, (),
                      (id, candidate_id, person_name, interview_id, org_id, org_name, consent, text_version, act,
                       channel, outcome, at, current, text_zh, text_en, purpose_zh, purpose_en, basis))
struct WithdrawConsent {
  std::string interview_id, consent;
};
BOOST_DESCRIBE_STRUCT(WithdrawConsent, (), (interview_id, consent))

}  // namespace bole::privacy

namespace bole {
template <>
inline constexpr auto kRules<privacy::PublishConsentText> =
    std::tuple{Field<&privacy::PublishConsentText::org_id>{{.min_length = 1, .max_length = 26}},
               Field<&privacy::PublishConsentText::consent>{{.min_length = 1, .max_length = 40}},
               Field<&privacy::PublishConsentText::text_zh>{{.max_length = 4000}},
               Field<&privacy::PublishConsentText::text_en>{{.max_length = 4000}},
               Field<&privacy::PublishConsentText::purpose_zh>{{.max_length = 500}},
               Field<&privacy::PublishConsentText::purpose_en>{{.max_length = 500}},
               Field<&privacy::PublishConsentText::effect_zh>{{.max_length = 1000}},
               Field<&privacy::PublishConsentText::effect_en>{{.max_length = 1000}}};
template <>
inline constexpr auto kRules<privacy::WithdrawConsent> =
    std::tuple{Field<&privacy::WithdrawConsent::interview_id>{{.min_length = 1, .max_length = 26}},
               Field<&privacy::WithdrawConsent::consent>{{.min_length = 1, .max_length = 40}}};
}  // namespace bole
