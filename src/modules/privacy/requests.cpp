#include "modules/privacy/requests.hpp"

#include "base/text.hpp"
#include "platform/config/config.hpp"
#include "platform/crypto/cipher.hpp"

namespace bole::privacy {
namespace {

using std::chrono::days;

constexpr char const* kContent = "subject_request.content";
constexpr char const* kReason = "subject_request.reason";
constexpr char const* kExtension = "subject_request.extension";
constexpr char const* kNote = "subject_request_step.note";
constexpr std::size_t kMostOpen = 10;  // of one person through the link

bool IsOpen(RequestState state) { return state == RequestState::received || state == RequestState::in_progress; }

// GDPR article 12(3): two further months, whichever they are. PIPL names none; as long again is still timely.
std::int64_t MostExtension(Law law) { return law == Law::gdpr ? 59 : 15; }

bool MayFollow(RequestState from, RequestState to) {
  return IsOpen(from) && to != RequestState::received && from != to;
}

}  // namespace

Law Requests::DefaultLaw() const {
  return subjects_.context.config.policy.jurisdiction == "eu" ? Law::gdpr : Law::pipl;
}

SubjectRequestView Requests::View(db::Tx& tx, store::RequestRow const& row) {
  auto const& fields = subjects_.context.fields;
  SubjectRequestView out;
  out.id = row.id, out.person_name = subjects_.NameOf(tx, row.person_id);
  out.candidate_id = row.candidate_id, out.employee_id = row.employee_id;
  out.org_id = row.org_id, out.org_name = subjects_.OrgName(tx, row.org_id);
  out.kind = row.kind, out.law = row.law, out.channel = row.channel, out.state = row.state;
  out.content = fields.Decrypt(row.content, kContent).value_or("");
  out.reason = fields.Decrypt(row.reason, kReason).value_or("");
  out.received_at = row.received_at, out.due_at = row.due_at, out.closed_at = row.closed_at;
  out.first_due_at = row.first_due_at;
  out.extension = fields.Decrypt(row.extension, kExtension).value_or("");
  if (IsOpen(row.state) && !row.first_due_at && subjects_.context.clock.Now() <= row.due_at)
    out.may_extend_days = MostExtension(row.law);
  out.overdue = (row.closed_at ? *row.closed_at : subjects_.context.clock.Now()) > row.due_at;
  out.version = row.version;
  return out;
}

Result<Page<SubjectRequestView>> Requests::List(Principal const& who, store::Filter const& filter) {
  return subjects_.context.database.Read([&](db::Tx& tx) -> Result<Page<SubjectRequestView>> {
    return db::MapPage<SubjectRequestView>(store::Requests(tx, Scope(who, "privacy.read"), filter),
                                           [&](auto const& row) { return View(tx, row); });
  });
}

Result<SubjectRequestView> Requests::Get(Principal const& who, std::string const& id) {
  return subjects_.context.database.Read([&](db::Tx& tx) -> Result<SubjectRequestView> {
    auto const row = store::Request(tx, Scope(who, "privacy.read"), id);
    if (!row) return NotFound("request");
    auto out = View(tx, *row);
    for (auto const& step : store::Steps(tx, id))
      out.steps.push_back({step.at, step.by_kind, step.by_name, step.state,
                           subjects_.context.fields.Decrypt(step.note, kNote).value_or("")});
    return out;
  });
}

void Requests::AddStep(db::Tx& tx, Principal const& who, store::RequestRow const& row, std::string const& note) {
  auto const now = subjects_.context.clock.Now();
  tx.Insert("subject_request_step",
            store::StepRow{NewUlid(now), row.id, now, boost::describe::enum_to_string(who.kind, ""), who.id, who.name,
                           row.state, subjects_.context.fields.Encrypt(note, kNote)});
}

store::RequestRow Requests::Insert(db::Tx& tx, Principal const& who, Subject const& subject, RequestKind kind, Law law,
                                   Channel channel, std::string const& content) {
  auto const now = subjects_.context.clock.Now();
  store::RequestRow row;
  row.id = NewUlid(now), row.person_id = subject.data.person_id;
  row.candidate_id = subject.ref.candidate_id, row.employee_id = subject.ref.employee_id;
  row.org_id = subject.org_id, row.kind = kind, row.law = law, row.channel = channel, row.received_at = now;
  row.content = subjects_.context.fields.Encrypt(content, kContent);
  auto const policy = law == Law::gdpr ? PolicyKind::request_gdpr : PolicyKind::request_pipl;
  row.due_at = now + days(subjects_.Days(tx, subject.org_path, policy));
  auto const record = subjects_.modules.audit.Begin(
      tx, who,
      ActOn(subject.ref, "privacy.request", subject.org_id, {{"kind", boost::describe::enum_to_string(kind, "")}}));
  tx.Insert("subject_request", row);
  AddStep(tx, who, row, "");
  subjects_.modules.audit.Succeeded(tx, record);
  return row;
}

Result<SubjectRequestView> Requests::Create(Principal const& who, CreateSubjectRequest const& input) {
  return subjects_.context.database.Write([&](db::Tx& tx) -> Result<SubjectRequestView> {
    BOLE_ASSIGN(auto const ref, RefIn(input.candidate_id, input.employee_id));
    BOLE_ASSIGN(auto const subject, subjects_.Seen(tx, who, "privacy.manage", ref));
    return View(tx,
                Insert(tx, who, subject, input.kind, input.law.value_or(DefaultLaw()), Channel::staff, input.content));
  });
}

Result<MyRequest> Requests::CreateMine(Principal const& who, RequestMine const& input) {
  return subjects_.context.database.Write([&](db::Tx& tx) -> Result<MyRequest> {
    BOLE_ASSIGN(auto const subject, subjects_.Self(tx, who));
    std::size_t open = 0;
    for (auto const& mine : Mine(tx, subject.data.person_id)) open += IsOpen(mine.state);
    if (open >= kMostOpen) return Fail(ErrorCode::kTooMany, "privacy.too_many_requests");
    auto const row = Insert(tx, who, subject, input.kind, DefaultLaw(), Channel::candidate, input.content);
    return ForPerson(row);
  });
}

std::vector<MyRequest> Requests::Mine(db::Tx& tx, std::string const& person_id) {
  std::vector<MyRequest> out;
  for (auto const& row : store::Requests(tx, Scope::Everything(), {.person_id = person_id, .limit = 100}).items)
    out.push_back(ForPerson(row));
  return out;
}

MyRequest Requests::ForPerson(store::RequestRow const& row) {
  auto const& fields = subjects_.context.fields;
  return {row.id,           row.kind,
          row.state,        row.received_at,
          row.due_at,       fields.Decrypt(row.reason, kReason).value_or(""),
          row.first_due_at, fields.Decrypt(row.extension, kExtension).value_or("")};
}

Result<SubjectRequestView> Requests::Extend(Principal const& who, std::string const& id,
                                            ExtendSubjectRequest const& input) {
  BOLE_TRY(subjects_.context.database.Write([&](db::Tx& tx) -> Result<> {
    auto row = store::Request(tx, Scope(who, "privacy.manage"), id);
    if (!row) return NotFound("request");
    if (row->version != input.version) return Fail(ErrorCode::kConflict, "conflict.stale");
    if (!IsOpen(row->state)) return Fail(ErrorCode::kConflict, "privacy.request_state");
    if (row->first_due_at) return Fail(ErrorCode::kConflict, "privacy.request_extended");
    if (subjects_.context.clock.Now() > row->due_at) return Fail(ErrorCode::kConflict, "privacy.request_overdue");
    FieldErrors errors;
    if (auto const most = MostExtension(row->law); input.days < 1 || input.days > most)
      errors.push_back({"/days", "out_of_range", {{"min", "1"}, {"max", std::to_string(most)}}});
    if (Trim(input.reason).empty()) errors.push_back({"/reason", "required"});
    if (!errors.empty()) return FailFields(std::move(errors));
    auto const record = subjects_.modules.audit.Begin(
        tx, who, ActOn(RefOf(*row), "privacy.request_extended", row->org_id, {{"days", input.days}}));
    row->first_due_at = row->due_at;
    row->due_at += days(input.days);
    row->extension = subjects_.context.fields.Encrypt(input.reason, kExtension);
    ++row->version;
    if (!store::Update(tx, *row, input.version)) return Fail(ErrorCode::kConflict, "conflict.stale");
    AddStep(tx, who, *row, input.reason);
    subjects_.modules.audit.Succeeded(tx, record);
    return {};
  }));
  return Get(who, id);
}

Result<SubjectRequestView> Requests::Move(Principal const& who, std::string const& id,
                                          MoveSubjectRequest const& input) {
  BOLE_TRY(subjects_.context.database.Write([&](db::Tx& tx) -> Result<> {
    auto row = store::Request(tx, Scope(who, "privacy.manage"), id);
    if (!row) return NotFound("request");
    if (row->version != input.version) return Fail(ErrorCode::kConflict, "conflict.stale");
    if (!MayFollow(row->state, input.state)) return Fail(ErrorCode::kConflict, "privacy.request_state");
    if (input.state == RequestState::refused && Trim(input.note).empty()) return FailField("/note", "required");
    auto const record =
        subjects_.modules.audit.Begin(tx, who,
                                      ActOn(RefOf(*row), "privacy.request_moved", row->org_id,
                                            {{"state", boost::describe::enum_to_string(input.state, "")}}));
    row->state = input.state;
    ++row->version;
    if (!IsOpen(input.state)) row->closed_at = subjects_.context.clock.Now();
    if (input.state == RequestState::refused) row->reason = subjects_.context.fields.Encrypt(input.note, kReason);
    if (!store::Update(tx, *row, input.version)) return Fail(ErrorCode::kConflict, "conflict.stale");
    AddStep(tx, who, *row, input.note);
    if (input.state == RequestState::done && row->kind == RequestKind::restriction)
      subjects_.modules.people.SetRestricted(tx, row->person_id, true);
    subjects_.modules.audit.Succeeded(tx, record);
    return {};
  }));
  return Get(who, id);
}

void Requests::Done(db::Tx& tx, Principal const& who, std::string const& id) {
  auto row = store::Request(tx, Scope::Everything(), id);
  if (!row || !IsOpen(row->state)) return;
  row->state = RequestState::done;
  row->closed_at = subjects_.context.clock.Now();
  auto const version = row->version++;
  store::Update(tx, *row, version);
  AddStep(tx, who, *row, "");
}

}  // namespace bole::privacy
