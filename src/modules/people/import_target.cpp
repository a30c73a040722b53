#include "modules/people/import_target.hpp"
#include "modules/people/file_store.hpp"

#include "modules/fields/import_columns.hpp"
#include "modules/imports/api.hpp"
#include "modules/people/service.hpp"
#include "platform/app/context.hpp"
#include "platform/crypto/cipher.hpp"
#include "platform/i18n/messages.hpp"

namespace bole::people {
namespace {

using imports::Column;
using imports::ColumnType;
using imports::Existing;
using imports::Fate;
using imports::Problem;
using imports::Row;
using imports::Verdict;
using imports::Written;

std::vector<imports::Choice> Genders() {
  return {
      {"female", {"女", "Female", "女性", "F"}}, {"male", {"男", "Male", "男性", "M"}}, {"other", {"其他", "Other"}}};
}
std::vector<imports::Choice> Sources() {
  return {{"job_site", {"招聘网站", "Job site"}},
          {"referral", {"内推", "Referral", "内部推荐"}},
          {"campus", {"校园招聘", "Campus", "校招"}},
          {"career_page", {"官网", "Career page", "招聘官网"}},
          {"walk_in", {"现场", "Walk-in", "上门"}},
          {"import", {"导入", "Import"}},
          {"other", {"其他", "Other"}}};
}
std::vector<imports::Choice> Languages() {
  return {{"zh-CN", {"中文", "Chinese", "简体中文", "zh"}}, {"en-US", {"英文", "English", "英语", "en"}}};
}

// What an import may change of a candidate beside the person.
struct Former {
  Source source = Source::other;
  std::vector<std::string> tags;
  std::optional<std::string> job_id;
  std::string locale, note;
};
BOOST_DESCRIBE_STRUCT(Former, (), (source, tags, job_id, locale, note))

// What an import knows of a row before it is written.
struct Candidate {
  CreateCandidate input;
  PersonFacts facts;
  store::PersonRow like;  // what the person is recognised by
  std::vector<Problem> problems;
};

class ImportSession final : public imports::Session {
 public:
  ImportSession(AppContext& context, Service& service, db::Tx& tx, imports::Place const& place, org::OrgNodeView node)
      : context_(context),
        service_(service),
        who_(place.who),
        node_(std::move(node)),
        custom_(service.Custom(), tx, "candidate", node_.path) {}

  void Prepare(db::Tx& tx, std::span<Row const> rows) override {
    rows_.clear();
    std::vector<store::PersonRow> like;
    for (auto const& row : rows) {
      auto& candidate = rows_[row.number] = ReadRow(tx, row);
      if (!candidate.problems.empty()) continue;
      candidate.like = service_.Indexes(candidate.facts);
      like.push_back(candidate.like);
    }
    known_.Load(tx, like, node_.id);
  }

  Verdict Check(db::Tx& tx, Row const& row) override {
    auto const& candidate = rows_.at(row.number);
    Verdict out{candidate.problems, {}, {}};
    if (!out.problems.empty()) return out;
    auto const& facts = candidate.facts;
    for (auto const& [column, value] :
         {std::pair("id_number", &facts.id_number), std::pair("phone", &facts.phone), std::pair("email", &facts.email)})
      if (!value->empty()) out.keys.emplace_back(column, *value);
    if (auto const same = known_.Duplicate(candidate.like)) out.existing = Existing{same->id, same->name, same->by};
    FieldErrors errors;
    if (!custom_.empty()) DraftOf(tx, candidate.input, out.existing ? out.existing->id : "", errors);
    out.problems = fields::ImportProblems(std::move(errors));
    if (out.existing) {
      FieldErrors hidden;
      RefuseHidden(Scope(who_, "candidate.import"), node_.path, ChangeOf(PatchOf(row, candidate)), hidden);
      out.when_updated = imports::ProblemsOf(hidden);
    }
    return out;
  }

  Result<Written> Create(db::Tx& tx, Row const& row) override {
    auto const& candidate = rows_.at(row.number);
    auto const match = known_.Find(candidate.like);
    BOLE_ASSIGN(auto const id,
                service_.Admit(tx, {node_, "imported"}, candidate.input, candidate.facts, match ? &*match : nullptr));
    if (!custom_.empty()) {
      FieldErrors errors;
      auto const draft = DraftOf(tx, candidate.input, "", errors);
      if (!errors.empty()) return FailFields(std::move(errors));
      service_.Custom().Store(tx, {"candidate", id, node_.id, node_.path}, draft);
    }
    Written out{id, 1, {}};
    if (match) {  // the person was known elsewhere, and what was unknown is filled in
      auto const after = *store::Person(tx, match->person.id);
      if (Fingerprint(after) != Fingerprint(match->person))
        out.before = {{"person", WriteJson(match->person)}, {"after", Fingerprint(after)}};
      known_.Forget(after);
    }
    return out;
  }

  Result<Written> Update(db::Tx& tx, Row const& row, Existing const& existing) override {
    auto const before = *store::Row(tx, existing.id);
    auto const person = *store::PersonOf(tx, existing.id);
    auto patch = PatchOf(row, rows_.at(row.number));
    patch.version = before.version;
    auto const custom = service_.Custom().Snapshot(tx, existing.id);
    json::object details;
    BOLE_ASSIGN(auto const after, service_.Change(tx, who_, existing.id, patch, "candidate.import", details));
    auto const now = *store::PersonOf(tx, existing.id);
    known_.Forget(now);
    return Written{
        existing.id,
        after.version,
        {{"candidate", WriteJson(Former{before.source, before.tags.value, before.job_id, before.locale, before.note})},
         {"person", WriteJson(person)},
         {"custom", custom},
         {"after", Fingerprint(now)}}};
  }

  // Changes with everything that is said of the person.
  static std::string Fingerprint(store::PersonRow const& p) {
    return p.name + "|" + p.gender + "|" + (p.birth_date ? FormatDate(*p.birth_date) : "") + "|" + p.phone_index + "|" +
           p.email_index + "|" + p.id_number_index;
  }

 private:
  // Persons and candidates of the unit who may be the same as those of the prepared rows.
  class Known {
   public:
    void Load(db::Tx& tx, std::vector<store::PersonRow> const& like, std::string const& org_id) {
      persons_ = store::PersonsLike(tx, like);
      by_id_number_.clear(), by_phone_.clear(), by_email_.clear(), candidates_.clear();
      std::vector<std::string> ids;
      for (std::size_t i = 0; i < persons_.size(); ++i) {
        auto const& p = persons_[i];
        ids.push_back(p.id);
        if (!p.id_number_index.empty()) by_id_number_.emplace(p.id_number_index, i);
        if (!p.phone_index.empty()) by_phone_.emplace(p.phone_index, i);
        if (!p.email_index.empty()) by_email_.emplace(p.email_index, i);
      }
      candidates_ = store::CandidatesOf(tx, ids, org_id);
    }
    [[nodiscard]] std::optional<store::Match> Find(store::PersonRow const& like) const {
      std::vector<store::PersonRow const*> maybe;
      Collect(by_id_number_, like.id_number_index, maybe);
      Collect(by_phone_, like.phone_index, maybe);
      Collect(by_email_, like.email_index, maybe);
      return store::SamePerson(like, maybe);
    }
    // The candidate of the unit who is this person, or has the same number or address.
    [[nodiscard]] std::optional<store::Same> Duplicate(store::PersonRow const& like) const {
      if (auto const match = Find(like))
        if (auto const at = candidates_.find(match->person.id); at != candidates_.end())
          return store::Same{at->second, match->person.name, match->by};
      for (auto const& [map, value, by] :
           {std::tuple(&by_id_number_, &like.id_number_index, "id_number"),
            std::tuple(&by_phone_, &like.phone_index, "phone"), std::tuple(&by_email_, &like.email_index, "email")}) {
        std::vector<store::PersonRow const*> found;
        Collect(*map, *value, found);
        for (auto const* person : found)
          if (auto const at = candidates_.find(person->id); at != candidates_.end())
            return store::Same{at->second, person->name, by};
      }
      return std::nullopt;
    }
    // A person who was changed is looked up as he is now.
    void Forget(store::PersonRow const& now) {
      for (auto& person : persons_)
        if (person.id == now.id) person = now;
    }

   private:
    using Index = std::multimap<std::string, std::size_t>;
    void Collect(Index const& index, std::string const& value, std::vector<store::PersonRow const*>& out) const {
      if (value.empty()) return;
      auto const [from, to] = index.equal_range(value);
      for (auto at = from; at != to; ++at) out.push_back(&persons_[at->second]);
    }
    std::vector<store::PersonRow> persons_;
    Index by_id_number_, by_phone_, by_email_;
    std::map<std::string, std::string> candidates_;  // person → candidate in the unit
  };

  // What the row says of a candidate who is there; without the version.
  static PatchCandidate PatchOf(Row const& row, Candidate const& candidate) {
    PatchCandidate patch;
    patch.name = candidate.facts.name;
    patch.gender = row.Given("gender"), patch.phone = row.Given("phone"), patch.email = row.Given("email");
    patch.id_number = row.Given("id_number"), patch.note = row.Given("note"), patch.locale = row.Given("locale");
    if (row.Has("birth_date")) patch.birth_date = candidate.facts.birth_date;
    if (row.Has("source")) patch.source = candidate.input.source;
    if (row.Has("tags")) patch.tags = candidate.input.tags;
    if (row.Has("job")) patch.job_id = candidate.input.job_id;
    patch.custom = candidate.input.custom;
    return patch;
  }

  // Of a row that is a new candidate, or the one with this id.
  fields::Draft DraftOf(db::Tx& tx, CreateCandidate const& input, std::string const& id, FieldErrors& errors) {
    return service_.Custom().Check(tx, Scope(who_, "candidate.import"), {"candidate", id, node_.id, node_.path},
                                   input.custom, id.empty() ? fields::Writing::create : fields::Writing::update,
                                   errors);
  }

  Candidate ReadRow(db::Tx& tx, Row const& row) {
    Candidate out;
    auto& in = out.input;
    in.source = Source::import;
    if (auto const source = row.Text("source"); !source.empty())
      boost::describe::enum_from_string(source.c_str(), in.source);
    if (auto const locale = row.Given("locale")) in.locale = *locale;
    in.tags = row.List("tags"), in.note = row.Text("note");
    if (auto const code = row.Given("job")) {
      in.job_id = JobOf(tx, *code);
      if (!in.job_id) out.problems.push_back({"job", "unknown_job"});
    }
    FieldErrors errors;
    auto const birth = row.Given("birth_date");
    out.facts = CheckFacts({row.Text("name"), row.Text("gender"), birth ? ParseDate(*birth) : std::nullopt,
                            row.Text("phone"), row.Text("email"), row.Text("id_number")},
                           Today(context_.clock.Now()), errors);
    in.tags = CheckTags(in.tags, errors);
    if (in.tags.size() > 20) errors.push_back({"/tags", "too_many", {{"max", "20"}}});
    in.name = out.facts.name;
    in.custom = custom_.ValuesOf(row, out.problems);
    for (auto& problem : imports::ProblemsOf(errors)) out.problems.push_back(std::move(problem));
    return out;
  }

  std::optional<std::string> JobOf(db::Tx& tx, std::string const& code) {
    auto const [at, fresh] = jobs_.try_emplace(code);
    if (fresh) {
      auto const job = store::JobByCode(tx, code);
      if (job && service_.JobServes(tx, *job, node_)) at->second = job;
    }
    return at->second;
  }

  AppContext& context_;
  Service& service_;
  Principal who_;
  org::OrgNodeView node_;
  std::map<std::int64_t, Candidate> rows_;
  Known known_;
  std::map<std::string, std::optional<std::string>> jobs_;
  fields::ImportColumns custom_;
};

class CandidateTarget final : public imports::Target {
 public:
  CandidateTarget(AppContext& context, org::Api& org, Service& service, PersonKept kept)
      : context_(context), org_(org), service_(service), kept_(std::move(kept)) {}

  [[nodiscard]] std::string key() const override { return "candidates"; }
  [[nodiscard]] std::string permission() const override { return "candidate.import"; }
  [[nodiscard]] std::string concerns() const override { return "candidate"; }

  std::vector<Column> Columns(db::Tx& tx, std::string const& org_id) override {
    std::vector<Column> out{
        {.key = "name", .required = true, .max_length = 80, .aliases = {"full name"}, .example = "张三"},
        {.key = "phone",
         .type = ColumnType::identifier,
         .max_length = 30,
         .aliases = {"手机", "电话", "联系电话", "手机号码", "mobile", "phone number"},
         .example = "13812345678"},
        {.key = "email",
         .max_length = 254,
         .aliases = {"电子邮箱", "电子邮件", "e-mail"},
         .example = "zhang.san@example.com"},
        {.key = "id_number",
         .type = ColumnType::identifier,
         .max_length = 30,
         .aliases = {"身份证", "证件号码", "身份证号码", "id card"},
         .example = "99010119950412001X"},
        {.key = "gender", .type = ColumnType::choice, .choices = Genders(), .aliases = {"sex"}, .example = "女"},
        {.key = "birth_date", .type = ColumnType::date, .aliases = {"生日", "date of birth"}, .example = "1995-04-12"},
        {.key = "source", .type = ColumnType::choice, .choices = Sources(), .example = "校园招聘"},
        {.key = "tags", .type = ColumnType::list, .max_length = 40, .example = "重点，校招"},
        {.key = "job", .max_length = 40, .aliases = {"岗位", "job code"}, .example = "TELLER"},
        {.key = "locale",
         .type = ColumnType::choice,
         .choices = Languages(),
         .aliases = {"language"},
         .example = "中文"},
        {.key = "note", .max_length = 2000, .aliases = {"notes", "remarks"}}};
    imports::AddTexts(out, context_.messages, "candidate.import.heading.", "candidate.import.help.");
    if (auto const node = org_.Node(tx, Scope::Everything(), org_id))
      fields::ImportColumns(service_.Custom(), tx, "candidate", node->path).AppendTo(out);
    return out;
  }

  Result<std::unique_ptr<imports::Session>> Begin(db::Tx& tx, imports::Place const& place) override {
    BOLE_ASSIGN(auto node, org_.OpenNode(tx, Scope(place.who, permission()), place.org_id));
    return std::make_unique<ImportSession>(context_, service_, tx, place, std::move(node));
  }

  Fate Undo(db::Tx& tx, Principal const& /*who*/, imports::Trace const& trace) override {
    auto const row = store::Row(tx, trace.id);
    if (!row || row->version != trace.version) return Fate::changed;
    auto const person = *store::PersonOf(tx, trace.id);
    auto const before = Before(trace);
    if (trace.updated) {
      if (!before || trace.before.at("after").as_string() != ImportSession::Fingerprint(person)) return Fate::changed;
      auto const former = FromJson<Former>(trace.before.at("candidate"));
      if (!former) return Fate::changed;
      auto restored = *row;
      restored.source = former->source, restored.tags = {former->tags}, restored.job_id = former->job_id;
      restored.locale = former->locale, restored.note = former->note;
      restored.name_key = NameKey(before->name), restored.given_key = GivenKey(before->name);
      restored.version = row->version + 1;
      if (!store::Update(tx, restored, row->version)) return Fate::changed;
      if (auto const* custom = trace.before.if_contains("custom")) service_.Custom().Restore(tx, trace.id, *custom);
      store::Update(tx, *before);
      store::RenameCandidates(tx, *before);
      return Fate::undone;
    }
    if (row->interviews > 0 || !store::AllFiles(tx, trace.id).empty() || kept_(tx, person.id)) return Fate::in_use;
    service_.Custom().Forget(tx, {trace.id});
    store::EraseCandidate(tx, trace.id);
    if (store::PlacesOf(tx, person.id).empty())
      store::ErasePerson(tx, person.id);
    else if (before && trace.before.at("after").as_string() == ImportSession::Fingerprint(person))
      store::Update(tx, *before);
    return Fate::undone;
  }

 private:
  static std::optional<store::PersonRow> Before(imports::Trace const& trace) {
    auto const* value = trace.before.if_contains("person");
    if (!value) return std::nullopt;
    auto row = FromJson<store::PersonRow>(*value);
    return row ? std::optional(*std::move(row)) : std::nullopt;
  }

  AppContext& context_;
  org::Api& org_;
  Service& service_;
  PersonKept kept_;
};

}  // namespace

std::unique_ptr<imports::Target> MakeImportTarget(AppContext& context, org::Api& org, Service& service,
                                                  PersonKept kept) {
  return std::make_unique<CandidateTarget>(context, org, service, std::move(kept));
}

}  // namespace bole::people
