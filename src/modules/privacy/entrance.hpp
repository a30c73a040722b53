#pragma once
#include "modules/privacy/subjects.hpp"

namespace bole::privacy {

inline constexpr char const* kSendLinksJob = "privacy.send_links";

// How somebody without a working link of an interview comes to his own data: a link goes to an address that is known to
// be his, opens once within half an hour, and gives a session of an hour in which nothing else can be done. Whoever
// shares an address with others gets a link for each. Thread-safe.
class Entrance {
 public:
  explicit Entrance(Subjects& subjects) : subjects_(subjects) {}

  // Takes the same time and answers alike whether anybody has the address: a job looks. kInvalid bad_address.
  Result<LinkAsked> Ask(i18n::Locale locale, AskForLink const& input);
  // By staff, in the person's language. kConflict privacy.no_address; kTooMany privacy.link_too_soon.
  Result<LinkSent> SendTo(Principal const& who, PersonRef const& ref);
  struct Opened {
    std::string session_token;
    Principal who;
  };
  Result<Opened> Open(OpenLink const& input);  // kGone privacy.link_over
  Result<> Leave(Principal const& who);
  std::shared_ptr<Principal const> Recognise(std::string_view session_token);
  std::shared_ptr<http::Authenticator> Authenticator();

  // The job's body. What was sent too often is not sent again, and nobody is told.
  Result<> SendLinks(std::string const& sealed_address, i18n::Locale locale);

 private:
  struct To {
    notify::Channel channel = notify::Channel::email;
    std::string address;
    i18n::Locale locale = i18n::kDefaultLocale;
  };
  std::optional<Error> TooSoon(db::Tx& tx, std::string const& person_id);
  Result<> Send(db::Tx& tx, Principal const& who, Subject const& subject, To const& to);

  Subjects& subjects_;
};

}  // namespace bole::privacy
