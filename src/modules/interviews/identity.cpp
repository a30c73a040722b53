#include "modules/interviews/service.hpp"

#include "base/text.hpp"
#include "platform/crypto/cipher.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "platform/http/hooks.hpp"

// How a candidate shows who he is: a one-time code to the address we know, or the ID number we know.
namespace bole::interviews {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr seconds kResendAfter{60};
constexpr int kMaxSends = 6;
constexpr minutes kCodeLives{10};
constexpr int kMaxAttempts = 5;
constexpr minutes kLockFor{30};
constexpr hours kSessionLives{24};

class CookieAuthenticator final : public http::Authenticator {
 public:
  explicit CookieAuthenticator(Service& service) : service_(service) {}
  Result<std::shared_ptr<Principal const>> Authenticate(http::Request const& request) override {
    auto const token = request.Cookie("bole_candidate");
    // Staff pages and candidate pages may be open in one browser: each cookie speaks only for its own routes.
    if (token.empty() || !request.path.starts_with("/api/v1/candidate/")) return nullptr;
    return service_.Recognise(std::string(token));
  }

 private:
  Service& service_;
};

std::string MaskName(std::string const& name) {
  auto const letters = DecodeUtf8(name);
  if (letters.empty()) return {};
  auto const space = name.find(' ');
  if (space != std::string::npos) return name.substr(0, space) + " *";
  return EncodeUtf8(letters.substr(0, 1)) + std::string(letters.size() > 2 ? "**" : "*");
}

Result<> CheckOpen(store::InterviewRow const& row, Instant now) {
  switch (row.state) {
    case State::cancelled:
      return Fail(ErrorCode::kGone, "invitation.cancelled");
    case State::expired:
      return Fail(ErrorCode::kGone, "invitation.expired");
    case State::invited:
    case State::opened:
    case State::identified:
    case State::consented:
      if (row.expires_at < now) return Fail(ErrorCode::kGone, "invitation.expired");
      return {};
    default:
      return {};  // under way, finished and declined ones show their state behind the same link
  }
}

bool IsOver(State state) {
  return state == State::analysing || state == State::answered || state == State::ready || state == State::failed;
}

// A one-time code is bound to its interview, so that it opens no other one.
std::string HashCode(std::string const& interview_id, std::string const& code) {
  return crypto::Sha256Hex(interview_id + ":" + code);
}

}  // namespace

Result<Service::Row> Service::ByToken(db::Tx& tx, std::string const& token) {
  if (token.size() < 20 || token.size() > 100) return Fail(ErrorCode::kNotFound, "invitation.unknown");
  auto row = store::FindByToken(tx, crypto::Sha256Hex(token));
  if (!row) return Fail(ErrorCode::kNotFound, "invitation.unknown");
  return *row;
}

Result<InvitationPage> Service::Invitation(std::string const& token, Principal const& who) {
  return database_.Write([&](db::Tx& tx) -> Result<InvitationPage> {
    BOLE_ASSIGN(auto row, ByToken(tx, token));
    auto const now = clock_.Now();
    BOLE_TRY(CheckOpen(row, now));
    if (row.state == State::invited) {
      row.state = State::opened;
      row.opened_at = now;
      Save(tx, row);
    }
    BOLE_ASSIGN(auto const plan, plans_.PlanRevision(tx, row.plan_id, row.plan_revision));
    BOLE_ASSIGN(auto const contact, people_.ContactOf(tx, Scope::Everything(), row.candidate_id));
    InvitationPage out;
    out.state = row.state;
    out.candidate_name = MaskName(row.candidate_name);
    BOLE_ASSIGN(auto const names, Variables(tx, row));
    out.company = names.company_zh, out.company_en = names.company_en;
    out.org_name = names.branch_zh, out.org_name_en = names.branch_en;
    out.job_name = names.job_zh, out.job_name_en = names.job_en;
    out.plan_name_zh = row.plan_name_zh;
    out.plan_name_en = row.plan_name_en;
    out.language = row.language;
    out.stages = row.stages;
    std::int64_t total_seconds = 0;
    for (auto const& stage : plan.document.stages)
      total_seconds += stage.preparation_seconds + stage.time_limit_seconds + stage.grace_seconds;
    out.total_minutes = (total_seconds + 59) / 60 + 5;  // guide, device check and practice
    out.expires_at = row.expires_at;
    if (!contact.email.empty()) out.identity_methods.emplace_back("code_email");
    if (!contact.phone.empty()) out.identity_methods.emplace_back("code_sms");
    if (contact.has_id_number) out.identity_methods.emplace_back("id_number");
    out.contact = row.created_by_name;
    out.signed_in = who.kind == PrincipalKind::candidate && who.id == row.id;
    out.deleted_after_days = plan.document.retention_days;
    auto const both = [&](char const* key, std::string& zh, std::string& en) {
      zh = BothText(key, i18n::Locale::kZhCn);
      en = BothText(key, i18n::Locale::kEnUs);
    };
    both("candidate.recorded", out.recorded_zh, out.recorded_en);
    both("candidate.why", out.why_zh, out.why_en);
    both("candidate.who_sees", out.who_sees_zh, out.who_sees_en);
    return out;
  });
}

Result<CodeSent> Service::SendCode(std::string const& token, i18n::Locale locale, RequestCode const& input) {
  bool const by_mail = input.method == "code_email";
  if (!by_mail && input.method != "code_sms") return FailField("/method", "not_allowed");
  return database_.Write([&](db::Tx& tx) -> Result<CodeSent> {
    BOLE_ASSIGN(auto const row, ByToken(tx, token));
    auto const now = clock_.Now();
    BOLE_TRY(CheckOpen(row, now));
    BOLE_ASSIGN(auto const contact, people_.ContactOf(tx, Scope::Everything(), row.candidate_id));
    auto const& to = by_mail ? contact.email : contact.phone;
    if (to.empty()) return FailField("/method", "not_available");
    auto code = store::Code(tx, row.id).value_or(store::CodeRow{.interview_id = row.id});
    if (code.locked_until && *code.locked_until > now)
      return Fail(ErrorCode::kTooMany, "identity.too_many_attempts",
                  {{"retry_after_s", std::to_string((*code.locked_until - now) / seconds(1) + 1)}});
    if (code.sent_count > 0 && now < code.sent_at + kResendAfter)
      return Fail(ErrorCode::kTooMany, "identity.code_too_soon",
                  {{"retry_after_s", std::to_string((code.sent_at + kResendAfter - now) / seconds(1) + 1)}});
    if (now > code.sent_at + hours(24)) code.sent_count = 0;
    if (code.sent_count >= kMaxSends) return Fail(ErrorCode::kTooMany, "identity.too_many");
    auto const secret = crypto::OneTimeCode();
    code.code_hash = HashCode(row.id, secret);
    code.sent_at = now;
    ++code.sent_count;
    code.expires_at = now + kCodeLives;
    code.attempts = 0;
    store::SaveCode(tx, code);
    notify::Message message;
    message.channel = by_mail ? notify::Channel::email : notify::Channel::sms;
    message.to = to;
    message.to_name = contact.name;
    message.locale = locale;
    message.template_key = "code";
    message.org_id = row.org_id;
    message.person_id = contact.person_id;
    auto const root = org_.Root(tx);
    message.params = {
        {"company", root ? root->name : ""}, {"code", secret}, {"minutes", std::to_string(kCodeLives.count())}};
    BOLE_TRY(notify_.Send(tx, message));
    audit_.Record(tx, Principal::System("candidate"),
                  {"identity.code", "interview", row.id, row.org_id, {{"method", input.method}}});
    return CodeSent{by_mail ? notify::MaskEmail(to) : notify::MaskPhone(to), kResendAfter.count(),
                    std::chrono::duration_cast<seconds>(kCodeLives).count()};
  });
}

Result<Verified> Service::Verify(std::string const& token, VerifyIdentity const& input) {
  bool const by_code = input.method == "code" || input.method == "code_email" || input.method == "code_sms";
  if (!by_code && input.method != "id_number") return FailField("/method", "not_allowed");
  // A failed attempt must be counted although the answer is an error: the outcome leaves the transaction as a value.
  std::optional<Error> refused;
  auto out = database_.Write([&](db::Tx& tx) -> Result<Verified> {
    BOLE_ASSIGN(auto row, ByToken(tx, token));
    auto const now = clock_.Now();
    BOLE_TRY(CheckOpen(row, now));
    auto code = store::Code(tx, row.id).value_or(store::CodeRow{.interview_id = row.id, .expires_at = now});
    if (code.locked_until && *code.locked_until > now)
      return Fail(ErrorCode::kTooMany, "identity.too_many_attempts",
                  {{"retry_after_s", std::to_string((*code.locked_until - now) / seconds(1) + 1)}});
    bool matches = false;
    if (by_code) {
      if (code.code_hash.empty() || code.expires_at <= now) return Fail(ErrorCode::kInvalid, "identity.code_expired");
      matches = crypto::ConstantTimeEqual(HashCode(row.id, input.code.value_or("")), code.code_hash);
    } else {
      BOLE_ASSIGN(matches, people_.VerifyIdNumber(tx, row.candidate_id, input.id_number.value_or("")));
    }
    auto const record = audit_.Begin(tx, Principal::System("candidate"),
                                     {"identity.verify", "interview", row.id, row.org_id, {{"method", input.method}}});
    if (!matches) {
      if (++code.attempts >= kMaxAttempts) {
        code.attempts = 0;
        code.code_hash.clear();
        code.locked_until = now + kLockFor;
        refused = Error{ErrorCode::kTooMany,
                        "identity.too_many_attempts",
                        {},
                        {{"retry_after_s", std::to_string(kLockFor / seconds(1))}}};
      } else {
        refused = Error{ErrorCode::kInvalid,
                        by_code ? "identity.wrong_code" : "identity.id_mismatch",
                        {},
                        {{"attempts_left", std::to_string(kMaxAttempts - code.attempts)}}};
      }
      store::SaveCode(tx, code);
      return Verified{};
    }
    code.code_hash.clear();  // works once
    code.attempts = 0;
    code.locked_until.reset();
    store::SaveCode(tx, code);
    if (row.state == State::opened || row.state == State::invited) {
      row.state = State::identified;
      Save(tx, row);
    }
    Verified done;
    done.token = crypto::RandomToken();
    tx.Insert("interview_session", store::SessionRow{crypto::Sha256Hex(done.token), row.id, now, now + kSessionLives});
    audit_.Succeeded(tx, record);
    BOLE_ASSIGN(done.session, SessionOf(tx, row));
    return done;
  });
  if (refused) return tl::unexpected<Error>(*refused);
  return out;
}

std::shared_ptr<Principal const> Service::Recognise(std::string const& session_token) {
  auto const session = database_.Read([&](db::Tx& tx) { return store::Session(tx, crypto::Sha256Hex(session_token)); });
  if (!session || session->expires_at <= clock_.Now()) return nullptr;
  return std::make_shared<Principal const>(
      Principal{PrincipalKind::candidate, session->interview_id, session->token_hash, "candidate", {}});
}

std::shared_ptr<http::Authenticator> Service::CandidateAuthenticator() {
  return std::make_shared<CookieAuthenticator>(*this);
}

Result<Service::Row> Service::Mine(db::Tx& tx, Principal const& who) {
  auto row = store::Find(tx, who.id);
  if (!row || who.kind != PrincipalKind::candidate) return Fail(ErrorCode::kUnauthenticated, "session.ended");
  if (!IsOver(row->state)) BOLE_TRY(CheckOpen(*row, clock_.Now()));
  return *row;
}

}  // namespace bole::interviews
