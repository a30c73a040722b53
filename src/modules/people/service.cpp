#include "modules/people/service.hpp"

#include "base/text.hpp"
#include "platform/app/context.hpp"
#include "platform/crypto/cipher.hpp"

namespace bole::people {
namespace {

constexpr char const* kPhone = "person.phone";
constexpr char const* kEmail = "person.email";
constexpr char const* kIdNumber = "person.id_number";
constexpr std::size_t kBulk = 1000;

template <class T>
void Assign(T& target, std::optional<T> const& value) {
  if (value) target = *value;
}

void CheckLocale(std::string const& locale, FieldErrors& errors) {
  if (locale != "zh-CN" && locale != "en-US") errors.push_back({"/locale", "not_allowed"});
}

PersonFacts FactsOf(CreateCandidate const& input) {
  return {input.name,
          input.gender.value_or(""),
          input.birth_date,
          input.phone.value_or(""),
          input.email.value_or(""),
          input.id_number.value_or("")};
}

FileEvent Event(Instant at, std::string const& kind) { return {at, kind, "candidate.event." + kind, {}, {}}; }

}  // namespace

Error DuplicateError(store::Same const& same) {
  return Error{ErrorCode::kConflict,
               "candidate.duplicate",
               {},
               {{"existing_id", same.id}, {"existing_name", same.name}, {"by", same.by}}};
}

Service::Service(AppContext& context, audit::Api& audit, org::Api& org, fields::Api& fields)
    : context_(context), audit_(audit), org_(org), fields_(fields) {}

store::PersonRow Service::Seal(PersonFacts const& facts, store::PersonRow row) const {
  auto const& fields = context_.fields;
  row.name = facts.name, row.gender = facts.gender, row.birth_date = facts.birth_date;
  row.phone = fields.Encrypt(facts.phone, kPhone);
  row.phone_index = fields.BlindIndex(facts.phone, kPhone);
  row.phone_masked = MaskPhone(facts.phone);
  row.email = fields.Encrypt(facts.email, kEmail);
  row.email_index = fields.BlindIndex(facts.email, kEmail);
  row.email_masked = MaskEmail(facts.email);
  row.id_number = fields.Encrypt(facts.id_number, kIdNumber);
  row.id_number_index = fields.BlindIndex(facts.id_number, kIdNumber);
  row.id_number_masked = MaskIdNumber(facts.id_number);
  return row;
}

Result<PersonFacts> Service::Open(store::PersonRow const& row) const {
  PersonFacts out{row.name, row.gender, row.birth_date, "", "", ""};
  BOLE_ASSIGN(out.phone, context_.fields.Decrypt(row.phone, kPhone));
  BOLE_ASSIGN(out.email, context_.fields.Decrypt(row.email, kEmail));
  BOLE_ASSIGN(out.id_number, context_.fields.Decrypt(row.id_number, kIdNumber));
  return out;
}

// A job serves its own node and everything below it.
bool Service::JobServes(db::Tx& tx, std::string const& job_id, org::OrgNodeView const& node) {
  auto const job = org_.Job(tx, Scope::Everything(), job_id);
  if (!job) return false;
  auto const owner = org_.Node(tx, Scope::Everything(), job->org_id);
  return owner && (node.path.starts_with(owner->path) || owner->path.starts_with(node.path));
}

PersonFacts Service::Check(db::Tx& tx, CreateCandidate const& input, org::OrgNodeView const* node,
                           FieldErrors& errors) {
  auto facts = CheckFacts(FactsOf(input), Today(context_.clock.Now()), errors);
  CheckTags(input.tags, errors);
  CheckLocale(input.locale, errors);
  if (node && input.job_id && !input.job_id->empty() && !JobServes(tx, *input.job_id, *node))
    errors.push_back({"/job_id", "not_found"});
  return facts;
}

store::PersonRow Service::Indexes(PersonFacts const& facts) const {
  store::PersonRow out;
  out.name = facts.name, out.gender = facts.gender, out.birth_date = facts.birth_date;
  out.phone_index = context_.fields.BlindIndex(facts.phone, kPhone);
  out.email_index = context_.fields.BlindIndex(facts.email, kEmail);
  out.id_number_index = context_.fields.BlindIndex(facts.id_number, kIdNumber);
  return out;
}

std::optional<store::Same> Service::Duplicate(db::Tx& tx, std::string const& org_id, PersonFacts const& facts) {
  auto const like = Indexes(facts);
  if (auto const match = store::FindPerson(tx, like, ""))
    if (auto const id = store::CandidateOfPerson(tx, match->person.id, org_id))
      return store::Same{*id, match->person.name, match->by};
  return store::FindCandidate(tx, like, org_id, "");
}

Result<store::PersonRow> Service::Known(db::Tx& tx, PersonFacts const& facts, store::Match const* match) {
  store::PersonRow subject;
  if (match) {
    BOLE_ASSIGN(auto known, Open(match->person));
    if (known.phone.empty()) known.phone = facts.phone;
    if (known.email.empty()) known.email = facts.email;
    if (known.id_number.empty()) known.id_number = facts.id_number;
    if (known.gender.empty()) known.gender = facts.gender;
    if (!known.birth_date) known.birth_date = facts.birth_date;
    subject = Seal(known, match->person);
    store::Update(tx, subject);
    return subject;
  }
  auto const now = context_.clock.Now();
  subject = Seal(facts, {});
  subject.id = NewUlid(now), subject.created_at = now;
  store::Insert(tx, subject);
  return subject;
}

// The same person in another branch: one person, a second candidate.
Result<std::string> Service::Admit(db::Tx& tx, Place const& place, CreateCandidate const& input,
                                   PersonFacts const& facts, store::Match const* match) {
  auto const now = context_.clock.Now();
  BOLE_ASSIGN(auto subject, Known(tx, facts, match));
  FieldErrors ignored;
  store::CandidateRow row;
  row.id = NewUlid(now), row.person_id = subject.id, row.org_id = place.node.id;
  row.name_key = NameKey(facts.name), row.given_key = GivenKey(facts.name);
  row.source = input.source, row.tags = {CheckTags(input.tags, ignored)};
  if (input.job_id && !input.job_id->empty()) row.job_id = input.job_id;
  row.locale = input.locale, row.note = input.note, row.created_at = now;
  store::Insert(tx, row);
  store::AddEvent(tx, row.id, Event(now, place.event));
  subject.name = facts.name, subject.birth_date = facts.birth_date;
  if (auto const similar = store::FindSimilar(tx, subject, place.node.id)) {
    auto event = Event(now, "similar");
    event.params["existing_id"] = *similar;
    store::AddEvent(tx, row.id, event);
  }
  return row.id;
}

Result<CandidateView> Service::Create(Principal const& who, CreateCandidate const& input) {
  return context_.database.Write([&](db::Tx& tx) -> Result<CandidateView> {
    FieldErrors errors;
    Scope const scope(who, "candidate.write");
    auto const node = org_.OpenNode(tx, scope.Units(), input.org_id);
    if (!node) errors.push_back(org::UnitError("/org_id", node.error()));
    auto const facts = Check(tx, input, node ? &*node : nullptr, errors);
    fields::Record custom{"candidate", "", input.org_id, node ? node->path : ""};
    fields::Draft draft;
    if (node) draft = fields_.Check(tx, scope, custom, input.custom, fields::Writing::create, errors);
    if (!errors.empty()) return FailFields(std::move(errors));
    if (auto const same = Duplicate(tx, node->id, facts)) return tl::unexpected<Error>(DuplicateError(*same));
    json::object details;
    if (!draft.changes.empty()) details["custom"] = draft.Keys();
    auto const known = store::FindPerson(tx, Indexes(facts), "");
    BOLE_ASSIGN(custom.id, Admit(tx, {*node}, input, facts, known ? &*known : nullptr));
    auto const record =
        audit_.Begin(tx, who, {"candidate.create", "candidate", custom.id, node->id, std::move(details)});
    fields_.Store(tx, custom, draft);
    if (who.kind == PrincipalKind::user) store::PutMember(tx, {who.id, custom.id, true, context_.clock.Now()});
    audit_.Succeeded(tx, record);
    return WithCustom(tx, scope, *store::Candidate(tx, Scope::Everything(), custom.id));
  });
}

Result<std::vector<std::string>> Service::BulkCreate(Principal const& who, std::vector<CreateCandidate> const& inputs) {
  std::vector<std::string> out;
  for (std::size_t begin = 0; begin < inputs.size(); begin += kBulk) {
    BOLE_TRY(context_.database.Write([&](db::Tx& tx) -> Result<> {
      out.resize(begin);  // the transaction may be tried again
      std::map<std::string, org::OrgNodeView> nodes;
      auto const now = context_.clock.Now();
      auto const end = std::min(inputs.size(), begin + kBulk);
      auto const record =
          audit_.Begin(tx, who, {"candidate.bulk_create", "candidate", "", "", {{"count", end - begin}}});
      for (auto i = begin; i < end; ++i) {
        auto const& input = inputs[i];
        auto node = nodes.find(input.org_id);
        if (node == nodes.end()) {
          BOLE_ASSIGN(auto found, org_.OpenNode(tx, Scope(who, "candidate.write"), input.org_id));
          node = nodes.emplace(input.org_id, std::move(found)).first;
        }
        FieldErrors errors;
        auto const facts = Check(tx, input, nullptr, errors);
        if (input.custom) errors.push_back({"/custom", "not_allowed"});  // loaders bring none
        for (auto& error : errors) error.pointer.insert(0, "/" + std::to_string(i));
        if (!errors.empty()) return FailFields(std::move(errors));
        auto person = Seal(facts, {});
        person.id = NewUlid(now), person.created_at = now;
        store::Insert(tx, person);
        store::CandidateRow const row{NewUlid(now),
                                      person.id,
                                      node->second.id,
                                      NameKey(facts.name),
                                      GivenKey(facts.name),
                                      input.source,
                                      {CheckTags(input.tags, errors)},
                                      input.job_id,
                                      input.locale,
                                      input.note,
                                      0,
                                      {},
                                      {},
                                      now,
                                      1};
        store::Insert(tx, row);
        store::AddEvent(tx, row.id, Event(now, "created"));
        out.push_back(row.id);
      }
      audit_.Succeeded(tx, record);
      return {};
    }));
  }
  return out;
}

Result<CandidateView> Service::Patch(Principal const& who, std::string const& id, PatchCandidate const& input) {
  return context_.database.Write([&](db::Tx& tx) -> Result<CandidateView> {
    json::object details;
    BOLE_ASSIGN(auto after, Change(tx, who, id, input, "candidate.write", details));
    auto const record = audit_.Begin(tx, who, {"candidate.update", "candidate", id, after.org_id, std::move(details)});
    audit_.Succeeded(tx, record);
    return WithCustom(tx, Scope(who, "candidate.write"), std::move(after));
  });
}

PersonChange ChangeOf(PatchCandidate const& in) {
  return {in.name, in.gender, in.birth_date, in.phone, in.email, in.id_number};
}

Result<CandidateView> Service::Change(db::Tx& tx, Principal const& who, std::string const& id,
                                      PatchCandidate const& input, std::string_view permission, json::object& details) {
  Scope const scope(who, permission);
  BOLE_ASSIGN(auto const before, Find(tx, scope, id));
  if (before.version != input.version) return Fail(ErrorCode::kConflict, "conflict.stale");
  auto row = *store::Row(tx, id);
  auto person = *store::PersonOf(tx, id);
  BOLE_ASSIGN(auto const known, Open(person));
  auto facts = Changed(known, ChangeOf(input));
  auto const old = row;
  Assign(row.source, input.source);
  Assign(row.locale, input.locale);
  Assign(row.note, input.note);
  if (input.job_id) row.job_id = input.job_id->empty() ? std::nullopt : input.job_id;
  FieldErrors errors;
  BOLE_ASSIGN(auto const node, org_.Node(tx, Scope::Everything(), row.org_id));
  RefuseHidden(scope, node.path, ChangeOf(input), errors);
  facts = CheckFacts(facts, Today(context_.clock.Now()), errors);
  if (input.tags) row.tags = {CheckTags(*input.tags, errors)};
  CheckLocale(row.locale, errors);
  if (row.job_id != old.job_id && row.job_id && !JobServes(tx, *row.job_id, node))
    errors.push_back({"/job_id", "not_found"});
  fields::Record const custom{"candidate", id, row.org_id, node.path};
  auto const draft = fields_.Check(tx, scope, custom, input.custom, fields::Writing::update, errors);
  if (!errors.empty()) return FailFields(std::move(errors));
  if (!draft.changes.empty()) details["custom"] = draft.Keys();
  auto changed = Differences(known, facts);
  if (old.source != row.source) changed.emplace_back("source");
  if (old.tags.value != row.tags.value) changed.emplace_back("tags");
  if (old.job_id != row.job_id) changed.emplace_back("job_id");
  if (old.locale != row.locale) changed.emplace_back("locale");
  if (old.note != row.note) changed.emplace_back("note");
  if (!changed.empty()) details["changed"] = WriteJson(changed);

  person = Seal(facts, person);
  if (auto const same = store::FindCandidate(tx, person, row.org_id, person.id))
    return tl::unexpected<Error>(DuplicateError(*same));
  if (auto const match = store::FindPerson(tx, person, person.id); match && match->by == "id_number")
    return FailField("/id_number", "taken");
  row.name_key = NameKey(facts.name), row.given_key = GivenKey(facts.name);
  row.version = input.version + 1;
  if (!store::Update(tx, row, input.version)) return Fail(ErrorCode::kConflict, "conflict.stale");
  store::Update(tx, person);
  store::RenameCandidates(tx, person);
  fields_.Store(tx, custom, draft);
  store::AddEvent(tx, id, Event(context_.clock.Now(), "updated"));
  return Find(tx, scope, id);
}

}  // namespace bole::people
