#include <algorithm>

#include "modules/interviews/service.hpp"
#include "platform/config/config.hpp"
#include "platform/crypto/cipher.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "platform/documents/qr.hpp"
#include "platform/i18n/messages.hpp"

namespace bole::interviews {
namespace {

using std::chrono::days;

constexpr char const* kTokenContext = "interview.token";
constexpr char const* kChannels[] = {"link", "email", "sms"};

bool IsBefore(State state) {
  return state == State::invited || state == State::opened || state == State::identified || state == State::consented;
}

i18n::Locale LocaleOf(std::string const& language) {
  return i18n::ParseLocale(language).value_or(i18n::kDefaultLocale);
}

}  // namespace

Service::Service(AppContext const& context, audit::Api& audit, org::Api& org, people::Api& people, plans::Api& plans,
                 notify::Api& notify, CandidateEngines engines)
    : database_(context.database),
      clock_(context.clock),
      blobs_(context.blobs),
      queue_(context.queue),
      fields_(context.fields),
      messages_(context.messages),
      hub_(context.hub),
      bus_(context.bus),
      public_url_(context.config.PublicUrl()),
      audit_(audit),
      org_(org),
      people_(people),
      plans_(plans),
      notify_(notify),
      engines_(std::move(engines)) {}

std::string Service::LinkOf(Row const& row) const {
  auto const token = fields_.Decrypt(row.token_sealed, kTokenContext);
  return public_url_ + "/i/" + token.value_or("");
}

Result<> Service::Send(db::Tx& tx, Row const& row, std::string const& channel, char const* template_key) {
  BOLE_ASSIGN(auto const contact, people_.ContactOf(tx, Scope::Everything(), row.candidate_id));
  BOLE_ASSIGN(auto const node, org_.Node(tx, Scope::Everything(), row.org_id));
  BOLE_ASSIGN(auto const variables, Variables(tx, row));
  auto const locale = LocaleOf(row.language);
  bool const zh = locale == i18n::Locale::kZhCn;
  notify::Message message;
  message.channel = channel == "email" ? notify::Channel::email : notify::Channel::sms;
  message.to = channel == "email" ? contact.email : contact.phone;
  if (message.to.empty()) return Fail(ErrorCode::kInvalid, channel == "email" ? "invite.no_email" : "invite.no_phone");
  message.to_name = contact.name;
  message.locale = locale;
  message.template_key = template_key;
  message.org_id = row.org_id;
  message.related_id = row.id;
  message.person_id = contact.person_id;
  message.params = {{"candidate_name", contact.name},
                    {"company", zh ? variables.company_zh : variables.company_en},
                    {"branch", zh ? variables.branch_zh : variables.branch_en},
                    {"job", zh ? variables.job_zh : variables.job_en},
                    {"plan", zh || row.plan_name_en.empty() ? row.plan_name_zh : row.plan_name_en},
                    {"link", LinkOf(row)},
                    {"expires", FormatInZone(row.expires_at, node.zone, "%Y-%m-%d %H:%M")},
                    {"minutes", std::to_string(row.stages * 4 + 5)},
                    {"contact", row.created_by_name}};
  BOLE_TRY(notify_.Send(tx, message));
  return {};
}

Result<CreatedInterviews> Service::Invite(Principal const& who, i18n::Locale locale, CreateInterviews const& input) {
  for (std::size_t i = 0; i < input.channels.size(); ++i)
    if (std::find(std::begin(kChannels), std::end(kChannels), input.channels[i]) == std::end(kChannels))
      return FailField("/channels/" + std::to_string(i), "not_allowed");
  CreatedInterviews out;
  for (auto const& candidate_id : input.candidate_ids) {
    // One transaction a candidate: one without an address does not stop the others.
    auto invited = database_.Write([&](db::Tx& tx) -> Result<InvitedInterview> {
      BOLE_ASSIGN(auto const plan, plans_.PublishedPlan(tx, Scope(who, "plan.read"), input.plan_id));
      BOLE_ASSIGN(auto const candidate, people_.Find(tx, Scope(who, "interview.invite"), candidate_id));
      BOLE_ASSIGN(auto const contact, people_.ContactOf(tx, Scope::Everything(), candidate_id));
      if (contact.restricted) return Fail(ErrorCode::kConflict, "invite.restricted");
      auto const now = clock_.Now();
      auto const token = crypto::RandomToken();
      Row row;
      row.id = NewUlid(now);
      row.org_id = candidate.org_id;
      row.candidate_id = candidate.id;
      row.candidate_name = candidate.name;
      row.plan_id = plan.plan_id;
      row.plan_revision = plan.revision;
      row.plan_name_zh = plan.name_zh;
      row.plan_name_en = plan.name_en;
      row.job_name = plan.job_name;
      row.language = plans::LanguageFor(plan.document, candidate.locale);
      row.stages = std::ssize(plan.document.stages);
      row.current_stage = plan.document.stages.at(0).key;
      row.token_hash = crypto::Sha256Hex(token);
      row.token_sealed = fields_.Encrypt(token, kTokenContext);
      row.expires_at = now + days(input.valid_days.value_or(plan.document.valid_days));
      row.created_at = now;
      row.created_by = who.id;
      row.created_by_name = who.name;
      auto const record =
          audit_.Begin(tx, who, {"interview.invite", "interview", row.id, row.org_id, {{"plan", plan.plan_id}}});
      tx.Insert("interview", row);
      ExpireLater(tx, row);
      for (auto const& channel : input.channels)
        if (channel != "link") BOLE_TRY(Send(tx, row, channel, "invitation"));
      for (auto const& user_id : input.team) BOLE_TRY(people_.AddToTeam(tx, candidate, user_id));
      people_.RecordInvited(tx, candidate.id);
      people_.AddEvent(tx, candidate.id,
                       {now, "interview.invited", "file.interview_invited", {{"plan", plan.name_zh}}, row.id});
      Save(tx, row);
      audit_.Succeeded(tx, record);
      BOLE_ASSIGN(auto view, View(tx, Scope::Everything(), row.id));
      return InvitedInterview{std::move(view), LinkOf(row)};
    });
    if (invited)
      out.items.push_back(*std::move(invited));
    else
      out.failed.push_back({candidate_id, invited.error().key,
                            messages_.Text(locale, "error." + invited.error().key, invited.error().params)});
  }
  return out;
}

Result<Page<InterviewView>> Service::List(Principal const& who, store::Filter filter, std::string const& org_id) {
  return database_.Read([&](db::Tx& tx) -> Result<Page<InterviewView>> {
    Scope const all(who, "interview.read");
    Scope const scope = filter.mine ? all.AtMost(Reach::assigned, who.id) : all;
    if (!org_id.empty()) {
      BOLE_ASSIGN(auto const node, org_.Node(tx, scope.Units(), org_id));
      filter.org_path = node.path;
    }
    auto page = store::List(tx, scope, filter);
    AddDeliveries(tx, scope, page.items);
    return page;
  });
}

Result<InterviewView> Service::Get(Principal const& who, std::string const& id) {
  return database_.Read([&](db::Tx& tx) { return View(tx, Scope(who, "interview.read"), id); });
}

Result<InterviewView> Service::Change(Principal const& who, std::string const& id, char const* action,
                                      std::function<Result<>(db::Tx&, Row&)> const& change) {
  return database_.Write([&](db::Tx& tx) -> Result<InterviewView> {
    BOLE_ASSIGN(auto const seen, View(tx, Scope(who, "interview.invite"), id));
    auto row = *store::Find(tx, id);
    auto const record = audit_.Begin(tx, who, {action, "interview", id, seen.org_id, {}});
    BOLE_TRY(change(tx, row));
    Save(tx, row);
    audit_.Succeeded(tx, record);
    return View(tx, Scope::Everything(), id);
  });
}

Result<InterviewView> Service::Cancel(Principal const& who, std::string const& id) {
  return Change(who, id, "interview.cancel", [](db::Tx&, Row& row) -> Result<> {
    if (!IsBefore(row.state) && row.state != State::in_progress)
      return Fail(ErrorCode::kConflict, "interview.not_open");
    row.state = State::cancelled;
    return {};
  });
}

Result<InterviewView> Service::Remind(Principal const& who, std::string const& id) {
  return Change(who, id, "interview.remind", [&](db::Tx& tx, Row& row) -> Result<> {
    if (!IsBefore(row.state) || row.expires_at < clock_.Now()) return Fail(ErrorCode::kConflict, "interview.not_open");
    if (Restricted(tx, row.id)) return Fail(ErrorCode::kConflict, "invite.restricted");
    auto const mailed = Send(tx, row, "email", "reminder");
    if (!mailed && mailed.error().key == "invite.no_email") return Send(tx, row, "sms", "reminder");
    return mailed;
  });
}

Result<InterviewView> Service::Extend(Principal const& who, std::string const& id, ExtendInterview const& input) {
  return Change(who, id, "interview.extend", [&](db::Tx& tx, Row& row) -> Result<> {
    if (!IsBefore(row.state) && row.state != State::expired) return Fail(ErrorCode::kConflict, "interview.not_open");
    if (Restricted(tx, row.id)) return Fail(ErrorCode::kConflict, "invite.restricted");
    row.expires_at = std::max(row.expires_at, clock_.Now()) + days(input.days);
    if (row.state == State::expired) row.state = row.opened_at ? State::opened : State::invited;
    ExpireLater(tx, row);
    return {};
  });
}

Result<LinkView> Service::Link(Principal const& who, std::string const& id, audit::Purpose const& purpose) {
  return database_.Write([&](db::Tx& tx) -> Result<LinkView> {
    BOLE_ASSIGN(auto const seen, View(tx, Scope(who, "interview.invite"), id));
    audit_.RecordRead(tx, who, {"interview.link", "interview", id, seen.org_id, audit::WithPurpose(purpose)});
    auto const url = LinkOf(*store::Find(tx, id));
    BOLE_ASSIGN(auto svg, documents::QrSvg(url));
    return LinkView{url, std::move(svg)};
  });
}

HomeView Service::Home(Principal const& who) {
  return database_.Read([&](db::Tx& tx) {
    HomeView out;
    Scope const scope(who, "interview.read");
    for (auto const& [state, count] : store::Counts(tx, scope)) {
      if (IsBefore(state))
        out.counts.invited += count;
      else if (state == State::in_progress)
        out.counts.in_progress += count;
      else if (state == State::analysing || state == State::answered)
        out.counts.analysing += count;
      else if (state == State::ready)
        out.counts.ready += count;
      else if (state == State::expired)
        out.counts.expired += count;
    }
    out.counts.candidates = people_.CountCandidates(tx, Scope(who, "candidate.read"));
    out.counts.plans = plans_.CountPlans(tx, Scope(who, "plan.read"));
    out.to_review = store::List(tx, scope, {.state = State::ready, .limit = 8}).items;
    out.recent = store::List(tx, scope, {.limit = 8}).items;
    return out;
  });
}

std::shared_ptr<http::EventSubscription> Service::Live(Principal const& who) {
  return hub_.Subscribe(kInterviewTopic, [scope = Scope(who, "interview.read")](http::Event const& event) {
    return scope.Sees(event.scope, event.team);
  });
}

}  // namespace bole::interviews
