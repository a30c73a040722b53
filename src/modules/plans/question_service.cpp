#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "modules/org/import_targets.hpp"
#include "modules/plans/question_workbook.hpp"
#include "modules/plans/service.hpp"
#include "platform/app/context.hpp"
#include "platform/app/export_mark.hpp"

namespace bole::plans {
namespace {

template <class T>
void Assign(T& target, std::optional<T> const& value) {
  if (value) target = *value;
}

}  // namespace

std::string SearchText(std::string const& code, QuestionContent const& content) {
  return AsciiLower(code + " " + content.text_zh + " " + content.text_en);
}

QuestionView Service::NewQuestion(db::Tx& tx, store::QuestionRow row, QuestionContent content,
                                  store::Author const& author) {
  auto const now = context_.clock.Now();
  if (row.id.empty()) row.id = NewUlid(now);
  row.revision = 1, row.version = 1, row.created_at = row.updated_at = now;
  row.family = content.family, row.competency = content.competency, row.difficulty = content.difficulty;
  row.search_text = SearchText(row.code, content);
  content.question_id = row.id, content.revision = 1;
  store::Insert(tx, row);
  store::InsertRevision(tx, content, now, author);
  store::SetJobs(tx, row.id, content.job_ids);
  return *store::Question(tx, Scope::Everything(), row.id);
}

bool Service::SaveQuestion(db::Tx& tx, store::QuestionRow row, QuestionContent content, store::Author const& author) {
  auto const before = store::Content(tx, row.id, row.revision);
  bool const same = before && ContentJson(*before) == ContentJson(content);
  auto const now = context_.clock.Now();
  if (!same) {
    content.question_id = row.id, content.revision = ++row.revision;
    store::InsertRevision(tx, content, now, author);
    store::SetJobs(tx, row.id, content.job_ids);
  }
  row.family = content.family, row.competency = content.competency, row.difficulty = content.difficulty;
  row.search_text = SearchText(row.code, content);
  row.updated_at = now;
  auto const expected = row.version++;
  store::Update(tx, row, expected);
  return !same;
}

Result<Page<QuestionView>> Service::Questions(Principal const& who, store::QuestionFilter filter) {
  return context_.database.Read([&](db::Tx& tx) -> Result<Page<QuestionView>> {
    BOLE_TRY(JobOf(tx, who, filter));
    return store::Questions(tx, Scope(who, "question.read"), filter);
  });
}

Result<std::string> Service::ExportQuestions(Principal const& who, store::QuestionFilter filter,
                                             documents::TableFormat format, i18n::Locale locale) {
  constexpr std::size_t kMost = 50'000;
  std::vector<imports::Choice> families, dimensions;
  std::set<std::string> shared_names;
  auto const questions = context_.database.Read([&](db::Tx& tx) -> Result<std::vector<QuestionView>> {
    BOLE_TRY(JobOf(tx, who, filter));
    shared_names = store::SharedJobNames(tx);
    families = org::FamilyWords(org_.Families(tx));
    dimensions = DimensionWords(dimensions_.Seen(tx, Scope(who, "question.read")));
    std::vector<QuestionView> out;
    filter.limit = 200, filter.cursor.clear();
    for (bool more = true; more;) {
      auto page = store::Questions(tx, Scope(who, "question.read"), filter);
      out.insert(out.end(), page.items.begin(), page.items.end());
      more = page.next_cursor.has_value() && out.size() < kMost;
      filter.cursor = page.next_cursor.value_or("");
    }
    return out;
  });
  BOLE_TRY(questions);
  auto const record = context_.database.Write([&](db::Tx& tx) {
    auto id = audit_.Begin(tx, who, {"question.export", "question", "", "", {{"rows", questions->size()}}});
    audit_.Succeeded(tx, id);
    return id;
  });
  auto const now = context_.clock.Now();
  return WriteQuestions(*questions,
                        {format, locale, now, std::move(families), std::move(dimensions), std::move(shared_names),
                         ExportMark(context_.messages, locale, who, now, record)},
                        context_.messages);
}

Result<QuestionView> Service::Question(Principal const& who, std::string const& id,
                                       std::optional<std::int64_t> revision) {
  return context_.database.Read([&](db::Tx& tx) -> Result<QuestionView> {
    if (auto view = store::Question(tx, Scope(who, "question.read"), id, revision)) return *view;
    return NotFound("question");
  });
}

Result<QuestionView> Service::QuestionByCode(db::Tx& tx, std::string const& code) {
  auto const root = org_.Root(tx);
  auto const row = root ? store::QuestionByCode(tx, root->id, code) : std::nullopt;
  if (!row) return NotFound("question");
  return *store::Question(tx, Scope::Everything(), row->id);
}

Result<QuestionView> Service::CreateQuestion(Principal const& who, plans::CreateQuestion const& input) {
  return context_.database.Write([&](db::Tx& tx) -> Result<QuestionView> {
    FieldErrors errors;
    auto const node = org_.OpenNode(tx, Scope(who, "question.write"), input.org_id);
    if (!node) errors.push_back(org::UnitError("/org_id", node.error()));
    auto const asset = input.asset_id && !input.asset_id->empty() ? input.asset_id : std::nullopt;
    QuestionContent content{"",
                            1,
                            input.text_zh,
                            input.text_en,
                            input.kind,
                            asset,
                            input.family,
                            input.competency,
                            input.difficulty,
                            input.suggested_seconds,
                            input.rubric,
                            input.job_ids};
    CheckQuestion(content, errors);
    if (!org_.IsFamily(tx, content.family)) errors.push_back({"/family", "unknown_family"});
    if (node) CheckJobs(tx, content.job_ids, {}, node->path, errors);
    if (node) dimensions_.CheckChosen(tx, content.competency, node->path, "/competency", errors);
    if (node) CheckQuestionAsset(tx, content, node->path, context_.clock.Now(), errors);
    if (node && store::QuestionByCode(tx, node->id, input.code)) errors.push_back({"/code", "taken"});
    if (!errors.empty()) return FailFields(std::move(errors));
    store::QuestionRow row;
    row.id = NewUlid(context_.clock.Now()), row.org_id = node->id, row.code = input.code;
    auto const record =
        audit_.Begin(tx, who, {"question.create", "question", row.id, node->id, {{"code", input.code}}});
    auto view = NewQuestion(tx, row, content, {who.id, who.name});
    audit_.Succeeded(tx, record);
    return view;
  });
}

Result<> Service::JobOf(db::Tx& tx, Principal const& who, store::QuestionFilter& filter) {
  if (filter.job_id.empty()) return {};
  BOLE_ASSIGN(auto const job, org_.Job(tx, Scope(who, "question.read"), filter.job_id));
  filter.job_family = job.family;
  return {};
}

void Service::CheckJobs(db::Tx& tx, std::vector<std::string> const& job_ids, std::vector<std::string> const& before,
                        std::string const& node_path, FieldErrors& errors) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < job_ids.size(); ++i) {
    auto const at = "/job_ids/" + std::to_string(i);
    if (!seen.insert(job_ids[i]).second) errors.push_back({at, "taken"});
    if (std::find(before.begin(), before.end(), job_ids[i]) != before.end()) continue;
    auto const job = org_.Job(tx, Scope::Everything(), job_ids[i]);
    auto const owner = job ? org_.Node(tx, Scope::Everything(), job->org_id) : NotFound("job");
    if (!owner || !node_path.starts_with(owner->path))
      errors.push_back({at, "not_found"});
    else if (job->status == org::JobStatus::archived)
      errors.push_back({at, "archived_job"});
  }
}

Result<QuestionView> Service::PatchQuestion(Principal const& who, std::string const& id,
                                            plans::PatchQuestion const& input) {
  return ChangeQuestion(who, "question.update", id, input);
}

Result<QuestionView> Service::ChangeQuestion(Principal const& who, char const* action, std::string const& id,
                                             plans::PatchQuestion const& input) {
  return context_.database.Write([&](db::Tx& tx) -> Result<QuestionView> {
    auto row = store::OwnQuestion(tx, Scope(who, "question.write"), id);
    if (!row) return NotFound("question");
    if (row->version != input.version) return Fail(ErrorCode::kConflict, "conflict.stale");
    auto content = *store::Content(tx, id, row->revision);
    auto const kind = content.kind;
    auto const asset = content.asset_id;
    auto const jobs = content.job_ids;
    Assign(row->code, input.code);
    Assign(row->status, input.status);
    Assign(content.text_zh, input.text_zh);
    Assign(content.text_en, input.text_en);
    Assign(content.kind, input.kind);
    if (input.asset_id) content.asset_id = input.asset_id->empty() ? std::nullopt : input.asset_id;
    Assign(content.family, input.family);
    Assign(content.competency, input.competency);
    Assign(content.difficulty, input.difficulty);
    Assign(content.suggested_seconds, input.suggested_seconds);
    Assign(content.rubric, input.rubric);
    Assign(content.job_ids, input.job_ids);
    FieldErrors errors;
    CheckQuestion(content, errors);
    BOLE_ASSIGN(auto const node, org_.Node(tx, Scope::Everything(), row->org_id));
    if (content.kind != kind || content.asset_id != asset)
      CheckQuestionAsset(tx, content, node.path, context_.clock.Now(), errors);
    if (content.family != row->family && !org_.IsFamily(tx, content.family))
      errors.push_back({"/family", "unknown_family"});
    CheckJobs(tx, content.job_ids, jobs, node.path, errors);
    if (content.competency != row->competency)
      dimensions_.CheckChosen(tx, content.competency, node.path, "/competency", errors);
    if (auto const other = store::QuestionByCode(tx, row->org_id, row->code); other && other->id != id)
      errors.push_back({"/code", "taken"});
    if (!errors.empty()) return FailFields(std::move(errors));
    auto const record = audit_.Begin(tx, who, {action, "question", id, row->org_id, {{"code", row->code}}});
    SaveQuestion(tx, *row, content, {who.id, who.name});
    audit_.Succeeded(tx, record);
    return *store::Question(tx, Scope::Everything(), id);
  });
}

}  // namespace bole::plans
