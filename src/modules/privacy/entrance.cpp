#include "modules/privacy/entrance.hpp"

#include "modules/people/persons.hpp"
#include "platform/config/config.hpp"
#include "platform/crypto/cipher.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "platform/http/hooks.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole::privacy {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr minutes kLinkLives{30};
constexpr hours kSessionLives{1};
constexpr seconds kNextLinkAfter{60};
constexpr std::int64_t kMostLinksADay = 5;
constexpr char const* kAddress = "privacy_link.address";

class CookieAuthenticator final : public http::Authenticator {
 public:
  explicit CookieAuthenticator(Entrance& entrance) : entrance_(entrance) {}
  Result<std::shared_ptr<Principal const>> Authenticate(http::Request const& request) override {
    auto const token = request.Cookie("bole_person");
    if (token.empty() || !request.path.starts_with("/api/v1/person/")) return nullptr;
    return entrance_.Recognise(token);
  }

 private:
  Entrance& entrance_;
};

}  // namespace

Result<LinkAsked> Entrance::Ask(i18n::Locale locale, AskForLink const& input) {
  if (!people::IsAddress(input.address)) return FailField("/address", "bad_address");
  auto& context = subjects_.context;
  context.database.Write([&](db::Tx& tx) {
    context.queue.Enqueue(tx, {.type = kSendLinksJob,
                               .payload = {{"address", context.fields.Encrypt(input.address, kAddress)},
                                           {"locale", i18n::LocaleName(locale)}}});
  });
  return LinkAsked{kLinkLives.count()};
}

std::optional<Error> Entrance::TooSoon(db::Tx& tx, std::string const& person_id) {
  auto const now = subjects_.context.clock.Now();
  auto const links = store::Links(tx, person_id, now - hours(24));
  auto free_at = links.last ? *links.last + kNextLinkAfter : now;
  if (links.count >= kMostLinksADay) free_at = std::max(free_at, *links.first + hours(24));
  if (free_at <= now) return std::nullopt;
  return Error{ErrorCode::kTooMany,
               "privacy.link_too_soon",
               {},
               {{"retry_after_s", std::to_string(std::chrono::ceil<seconds>(free_at - now).count())}}};
}

Result<> Entrance::Send(db::Tx& tx, Principal const& who, Subject const& subject, To const& to) {
  auto& context = subjects_.context;
  auto const now = context.clock.Now();
  auto const root = subjects_.modules.org.Root(tx);
  BOLE_ASSIGN(auto const unit, subjects_.modules.org.Node(tx, Scope::Everything(), subject.org_id));
  bool const zh = to.locale == i18n::Locale::kZhCn;
  auto const name = [&](org::OrgNodeView const& node) { return zh || node.name_en.empty() ? node.name : node.name_en; };
  auto const record = subjects_.modules.audit.Begin(tx, who, ActOn(subject.ref, "privacy.link", subject.org_id));
  auto const token = crypto::RandomToken();
  store::ForgetEntrances(tx, now - hours(24));
  tx.Insert("privacy_link",
            store::LinkRow{crypto::Sha256Hex(token), subject.data.person_id, now, now + kLinkLives, std::nullopt});
  notify::Message message;
  message.channel = to.channel, message.to = to.address, message.to_name = subject.name, message.locale = to.locale;
  message.template_key = "my_data", message.org_id = subject.org_id, message.person_id = subject.data.person_id;
  message.params = {{"name", subject.name},
                    {"company", root ? name(*root) : ""},
                    {"unit", name(unit)},
                    {"minutes", std::to_string(kLinkLives.count())},
                    {"link", context.config.PublicUrl() + "/my#" + token}};  // what follows # reaches no server's log
  BOLE_TRY(subjects_.modules.notify.Send(tx, message));
  subjects_.modules.audit.Succeeded(tx, record);
  return {};
}

Result<> Entrance::SendLinks(std::string const& sealed_address, i18n::Locale locale) {
  auto& people = subjects_.modules.people;
  BOLE_ASSIGN(auto const address, subjects_.context.fields.Decrypt(sealed_address, kAddress));
  return subjects_.context.database.Write([&](db::Tx& tx) -> Result<> {
    for (auto const& person_id : people.PersonsReachedBy(tx, address)) {
      auto const ref = subjects_.AnyOf(tx, person_id);
      if (!ref || TooSoon(tx, person_id)) continue;
      BOLE_ASSIGN(auto const subject, subjects_.Whole(tx, *ref));
      BOLE_ASSIGN(auto const facts, people::PersonsOf(people).OpenPerson(tx, person_id));
      bool const mail = address.find('@') != std::string::npos;
      // To the address as it is known, not as it was typed.
      BOLE_TRY(Send(tx, Principal::System("person"), subject,
                    {mail ? notify::Channel::email : notify::Channel::sms, mail ? facts.email : facts.phone, locale}));
    }
    return {};
  });
}

Result<LinkSent> Entrance::SendTo(Principal const& who, PersonRef const& ref) {
  auto& people = subjects_.modules.people;
  return subjects_.context.database.Write([&](db::Tx& tx) -> Result<LinkSent> {
    BOLE_ASSIGN(auto const subject, subjects_.Seen(tx, who, "privacy.manage", ref));
    BOLE_ASSIGN(auto const facts, people::PersonsOf(people).OpenPerson(tx, subject.data.person_id));
    To to{facts.email.empty() ? notify::Channel::sms : notify::Channel::email,
          facts.email.empty() ? facts.phone : facts.email};
    if (auto const& known = subject.data.candidate_ids; !known.empty()) {
      BOLE_ASSIGN(auto const contact, people.ContactOf(tx, Scope::Everything(), known.back()));
      to.locale = i18n::ParseLocale(contact.locale).value_or(to.locale);
    }
    if (to.address.empty()) return Fail(ErrorCode::kConflict, "privacy.no_address");
    if (auto refused = TooSoon(tx, subject.data.person_id)) return tl::unexpected<Error>(std::move(*refused));
    BOLE_TRY(Send(tx, who, subject, to));
    return LinkSent{
        to.channel,
        to.channel == notify::Channel::email ? notify::MaskEmail(to.address) : notify::MaskPhone(to.address),
        kLinkLives.count()};
  });
}

Result<Entrance::Opened> Entrance::Open(OpenLink const& input) {
  auto& context = subjects_.context;
  return context.database.Write([&](db::Tx& tx) -> Result<Opened> {
    auto const now = context.clock.Now();
    auto const link = store::Link(tx, crypto::Sha256Hex(input.token));
    if (!link || link->used_at || link->expires_at <= now) return Fail(ErrorCode::kGone, "privacy.link_over");
    Opened out{crypto::RandomToken(), {}};
    store::SessionRow const session{crypto::Sha256Hex(out.session_token), link->person_id, now + kSessionLives};
    out.who = {PrincipalKind::person, link->person_id, session.token_hash, "person", {}};
    BOLE_ASSIGN(auto const subject, subjects_.Self(tx, out.who));
    auto const record = subjects_.modules.audit.Begin(tx, out.who, ActOn(subject.ref, "privacy.open", subject.org_id));
    store::UseLink(tx, link->token_hash, now);
    tx.Insert("privacy_session", session);
    subjects_.modules.audit.Succeeded(tx, record);
    return out;
  });
}

Result<> Entrance::Leave(Principal const& who) {
  subjects_.context.database.Write([&](db::Tx& tx) { store::EndSession(tx, who.session_id); });
  return {};
}

std::shared_ptr<Principal const> Entrance::Recognise(std::string_view session_token) {
  auto const session =
      subjects_.context.database.Read([&](db::Tx& tx) { return store::Session(tx, crypto::Sha256Hex(session_token)); });
  if (!session || session->expires_at <= subjects_.context.clock.Now()) return nullptr;
  return std::make_shared<Principal const>(
      Principal{PrincipalKind::person, session->person_id, session->token_hash, "person", {}});
}

std::shared_ptr<http::Authenticator> Entrance::Authenticator() { return std::make_shared<CookieAuthenticator>(*this); }

}  // namespace bole::privacy
