#include <algorithm>

#include "base/text.hpp"
#include "modules/people/service.hpp"
#include "platform/app/context.hpp"
#include "platform/app/export_mark.hpp"
#include "platform/crypto/cipher.hpp"
#include "platform/i18n/messages.hpp"

// What only reads: lists, details, the person's file, contact data, export.
namespace bole::people {
namespace {

constexpr std::size_t kExportLimit = 100'000;

}  // namespace

Result<CandidateView> Service::Find(db::Tx& tx, Scope const& scope, std::string const& id) {
  if (auto view = store::Candidate(tx, scope, id)) return *view;
  return NotFound("candidate");
}

CandidateView Service::WithCustom(db::Tx& tx, Scope const& scope, CandidateView view) {
  if (auto const node = org_.Node(tx, Scope::Everything(), view.org_id))
    view.custom = fields_.Values(tx, scope, {"candidate", view.id, view.org_id, node->path});
  return view;
}

Result<Contact> Service::ContactOf(db::Tx& tx, Scope const& scope, std::string const& id) {
  BOLE_ASSIGN(auto const view, Find(tx, scope, id));
  BOLE_ASSIGN(auto const facts, Open(*store::PersonOf(tx, id)));
  return Contact{view.id,
                 view.person_id,
                 view.org_id,
                 view.org_name,
                 view.name,
                 view.locale,
                 facts.phone,
                 facts.email,
                 !facts.id_number.empty(),
                 store::IsRestricted(tx, view.person_id)};
}

std::optional<std::string> Service::PersonOf(db::Tx& tx, std::string const& id) {
  auto const row = store::Row(tx, id);
  return row ? std::optional(row->person_id) : std::nullopt;
}

bool Service::IsRestricted(db::Tx& tx, std::string const& candidate_id) {
  auto const person = PersonOf(tx, candidate_id);
  return person && store::IsRestricted(tx, *person);
}

Result<bool> Service::VerifyIdNumber(db::Tx& tx, std::string const& candidate_id, std::string const& text) {
  auto const given = ParseIdNumber(text, Today(context_.clock.Now()));
  if (!given) return Fail(ErrorCode::kInvalid, "identity.bad_id_number");
  auto const person = store::PersonOf(tx, candidate_id);
  if (!person) return NotFound("candidate");
  return !person->id_number_index.empty() &&
         person->id_number_index == context_.fields.BlindIndex(given->number, "person.id_number");
}

Result<store::CandidateFilter> Service::Filter(db::Tx& tx, Principal const& who, CandidateQuery const& query,
                                               std::string_view permission) {
  store::CandidateFilter out;
  out.job_id = query.job_id.value_or("");
  out.source = query.source;
  out.tag = std::string(Trim(query.tag.value_or("")));
  out.limit = query.limit.value_or(50);
  out.cursor = query.cursor.value_or("");
  if (query.org_id && !query.org_id->empty()) {
    BOLE_ASSIGN(auto const node, org_.Node(tx, Scope(who, permission).Units(), *query.org_id));
    out.org_path = node.path;
  }
  BOLE_ASSIGN(out.custom, fields_.Filters(tx, Scope(who, permission), "candidate", query.custom));
  std::string const q(Trim(query.q.value_or("")));
  if (q.empty()) return out;
  auto const key = SearchKeyOf(q, Today(context_.clock.Now()));
  switch (key.kind) {
    case SearchKey::Kind::id_number:
      out.id_number_index = context_.fields.BlindIndex(key.value, "person.id_number");
      break;
    case SearchKey::Kind::phone:
      out.phone_index = context_.fields.BlindIndex(key.value, "person.phone");
      break;
    case SearchKey::Kind::email:
      out.email_index = context_.fields.BlindIndex(key.value, "person.email");
      break;
    case SearchKey::Kind::name:
      out.name_prefix = key.value;
  }
  return out;
}

Result<Page<CandidateView>> Service::List(Principal const& who, CandidateQuery const& query) {
  return context_.database.Read([&](db::Tx& tx) -> Result<Page<CandidateView>> {
    BOLE_ASSIGN(auto const filter, Filter(tx, who, query, "candidate.read"));
    Scope const scope(who, "candidate.read");
    return store::Candidates(tx, query.mine.value_or(false) ? scope.AtMost(Reach::assigned, who.id) : scope, filter);
  });
}

Result<CandidateView> Service::Get(Principal const& who, std::string const& id) {
  return context_.database.Read([&](db::Tx& tx) -> Result<CandidateView> {
    Scope const scope(who, "candidate.read");
    BOLE_ASSIGN(auto view, Find(tx, scope, id));
    return WithCustom(tx, scope, std::move(view));
  });
}

Result<RevealedContact> Service::Reveal(Principal const& who, std::string const& id, audit::Purpose const& purpose) {
  return context_.database.Write([&](db::Tx& tx) -> Result<RevealedContact> {
    Scope const scope(who, "candidate.reveal");
    BOLE_ASSIGN(auto const view, Find(tx, scope, id));
    BOLE_TRY(audit::RequirePurpose(purpose));
    BOLE_ASSIGN(auto const node, org_.Node(tx, Scope::Everything(), view.org_id));
    bool const contact = scope.Level(FieldClass::contact, node.path) == FieldLevel::reveal;
    bool const id_number = scope.Level(FieldClass::id_number, node.path) == FieldLevel::reveal;
    bool const pay = scope.Level(FieldClass::pay, node.path) == FieldLevel::reveal;
    if (!contact && !id_number && !pay) return Fail(ErrorCode::kForbidden, "candidate.fields_closed");
    auto const record =
        audit_.Begin(tx, who, {"candidate.reveal", "candidate", id, view.org_id, audit::WithPurpose(purpose)});
    BOLE_ASSIGN(auto const facts, Open(*store::PersonOf(tx, id)));
    BOLE_ASSIGN(auto custom, fields_.Reveal(tx, scope, {"candidate", id, view.org_id, node.path}));
    audit_.Succeeded(tx, record);
    return RevealedContact{contact ? facts.phone : view.phone_masked, contact ? facts.email : view.email_masked,
                           id_number ? facts.id_number : view.id_number_masked, std::move(custom)};
  });
}

Result<PersonFile> Service::File(Principal const& who, std::string const& id, audit::Purpose const& purpose) {
  auto file = context_.database.Read([&](db::Tx& tx) -> Result<PersonFile> {
    PersonFile out;
    Scope const scope(who, "candidate.read");
    BOLE_ASSIGN(auto found, Find(tx, scope, id));
    out.candidate = WithCustom(tx, scope, std::move(found));
    out.events = store::Events(tx, id);
    if (history_) {
      out.interviews = history_->Interviews(tx, who, id);
      auto more = history_->Events(tx, who, id);
      out.events.insert(out.events.end(), more.begin(), more.end());
      std::stable_sort(out.events.begin(), out.events.end(), [](auto const& a, auto const& b) { return a.at > b.at; });
    }
    return out;
  });
  if (!file) return file;
  audit::Entry const read{"candidate.read", "candidate", id, file->candidate.org_id, audit::WithPurpose(purpose)};
  if (audit_.IsNewRead(who, read)) context_.database.Write([&](db::Tx& tx) { audit_.RecordRead(tx, who, read); });
  return file;
}

Result<std::string> Service::Export(Principal const& who, CandidateQuery const& query, documents::TableFormat format,
                                    i18n::Locale locale, audit::Purpose const& purpose) {
  BOLE_TRY(audit::RequirePurpose(purpose));
  auto const& messages = context_.messages;
  auto const title = [&](char const* key) { return messages.Text(locale, std::string("candidate.column.") + key); };
  documents::TableWriter book(format, messages.Text(locale, "candidate.sheet"), context_.clock.Now());
  documents::XlsxSheet sheet{.name = messages.Text(locale, "candidate.sheet"), .columns = {}};
  for (auto const* key : {"id", "name", "gender", "birth_date", "phone", "email", "id_number", "org", "job", "source",
                          "tags", "interviews", "last_score", "last_band", "note", "created_at"})
    sheet.columns.push_back({.title = title(key), .width = std::string_view(key) == "id" ? 28.0 : 18.0});
  Scope const whole(who, "candidate.export");
  Scope const scope = query.mine.value_or(false) ? whole.AtMost(Reach::assigned, who.id) : whole;
  auto const custom = context_.database.Read([&](db::Tx& tx) -> Result<std::vector<fields::Column>> {
    BOLE_ASSIGN(auto const filter, Filter(tx, who, query, "candidate.export"));
    return fields_.Columns(tx, scope, "candidate", filter.org_path, locale);
  });
  if (!custom) return tl::unexpected<Error>(custom.error());
  for (auto const& column : *custom) sheet.columns.push_back({.title = column.title, .width = 18.0});
  book.AddSheet(sheet);
  auto const word = [&](std::string const& group, std::string const& value) {
    return value.empty() ? "" : messages.Text(locale, "candidate." + group + "." + value);
  };
  // Before the data: who asked is known even when reading fails.
  auto const record = context_.database.Write([&](db::Tx& tx) {
    auto id = audit_.Begin(
        tx, who, {"candidate.export", "candidate", "", query.org_id.value_or(""), audit::WithPurpose(purpose)});
    audit_.Succeeded(tx, id);
    return id;
  });
  book.Watermark(ExportMark(messages, locale, who, context_.clock.Now(), record));
  std::vector<std::string> concerned;
  BOLE_TRY(context_.database.Read([&](db::Tx& tx) -> Result<> {
    BOLE_ASSIGN(auto filter, Filter(tx, who, query, "candidate.export"));
    filter.limit = 500, filter.cursor.clear();
    for (bool more = true; more;) {
      auto const page = store::Candidates(tx, scope, filter);
      std::vector<std::string> ids;
      for (auto const& c : page.items) ids.push_back(c.id);
      auto const texts = fields_.Texts(tx, scope, *custom, ids, locale);
      for (auto const& c : page.items) {
        concerned.push_back(c.id);
        if (concerned.size() > kExportLimit)
          return Fail(ErrorCode::kTooLarge, "candidate.export_too_large", {{"limit", std::to_string(kExportLimit)}});
        std::string tags;
        for (auto const& tag : c.tags) tags += (tags.empty() ? "" : ", ") + tag;
        using Value = documents::XlsxValue;
        std::vector<Value> cells{c.id,
                                 c.name,
                                 word("gender", c.gender),
                                 c.birth_date ? Value{*c.birth_date} : Value{},
                                 c.phone_masked,
                                 c.email_masked,
                                 c.id_number_masked,
                                 c.org_name,
                                 c.job_name,
                                 word("source", boost::describe::enum_to_string(c.source, "")),
                                 tags,
                                 static_cast<double>(c.interviews),
                                 c.last_score ? Value{*c.last_score} : Value{},
                                 word("band", c.last_band.value_or("")),
                                 c.note,
                                 FormatInstant(c.created_at)};
        if (auto const own = texts.find(c.id); own != texts.end())
          cells.insert(cells.end(), own->second.begin(), own->second.end());
        book.AddRow(cells);
      }
      more = page.next_cursor.has_value();
      filter.cursor = page.next_cursor.value_or("");
    }
    return {};
  }));
  context_.database.Write([&](db::Tx& tx) {
    auto const done = audit::BeginOnMany(
        audit_, tx, who, {"candidate.exported", "candidate", "", query.org_id.value_or(""), {{"export", record}}},
        {"candidate", std::move(concerned)});
    audit_.Succeeded(tx, done);
  });
  return book.Finish();
}

}  // namespace bole::people
