#include "modules/plans/import_target.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "modules/imports/api.hpp"
#include "modules/org/import_targets.hpp"
#include "modules/plans/question_workbook.hpp"
#include "modules/plans/service.hpp"
#include "platform/app/context.hpp"

namespace bole::plans {
namespace {

using imports::Column;
using imports::ColumnType;
using imports::Existing;
using imports::Fate;
using imports::Problem;
using imports::Row;
using imports::Verdict;
using imports::Written;

void Assign(std::string& to, std::optional<std::string> const& from) {
  if (from) to = *from;
}
void Assign(int& to, std::optional<std::string> const& from) {
  if (from) to = std::stoi(*from);  // read as a whole number within its limits
}

class QuestionSession final : public imports::Session {
 public:
  QuestionSession(org::Api& org, Service& service, imports::Place const& place, org::OrgNodeView node)
      : org_(org), service_(service), who_(place.who), node_(std::move(node)) {}

  Verdict Check(db::Tx& tx, Row const& row) override {
    Verdict out{{}, {{"code", row.Text("code")}}, {}};
    if (!row.Has("competency") && (row.Has("points") || row.Has("anchors")))
      out.problems.push_back({"code", "no_question_row"});
    auto const known = store::QuestionByCode(tx, node_.id, row.Text("code"));
    if (known) out.existing = Existing{known->id, known->code, "code"};
    auto const content = ContentOf(tx, row, known, out.problems);
    FieldErrors errors;
    CheckQuestion(content, errors);
    if ((!known || known->family != content.family) && !org_.IsFamily(tx, content.family))
      errors.push_back({"/family", "unknown_family"});
    if (!known || known->competency != content.competency)
      service_.dimensions().CheckChosen(tx, content.competency, node_.path, "/competency", errors);
    for (auto problem : imports::ProblemsOf(errors)) {
      if (problem.column == "rubric") problem.column = "points";
      out.problems.push_back(std::move(problem));
    }
    return out;
  }

  Result<Written> Create(db::Tx& tx, Row const& row) override {
    std::vector<Problem> ignored;
    store::QuestionRow fresh;
    fresh.org_id = node_.id, fresh.code = row.Text("code");
    auto const made = service_.NewQuestion(tx, fresh, ContentOf(tx, row, {}, ignored), {who_.id, who_.name});
    return Written{made.id, made.version, {}};
  }

  Result<Written> Update(db::Tx& tx, Row const& row, Existing const& existing) override {
    auto const known = store::QuestionByCode(tx, node_.id, row.Text("code"));
    if (!known) return NotFound("question");
    std::vector<Problem> ignored;
    auto const before = store::Content(tx, known->id, known->revision);
    auto const content = ContentOf(tx, row, known, ignored);
    if (before && ContentJson(*before) == ContentJson(content)) return Written{existing.id, known->version, {}};
    service_.SaveQuestion(tx, *known, content, {who_.id, who_.name});
    return Written{existing.id, known->version + 1, {{"revision", known->revision}}};
  }

 private:
  // The known question with what the row says.
  QuestionContent ContentOf(db::Tx& tx, Row const& row, std::optional<store::QuestionRow> const& known,
                            std::vector<Problem>& problems) {
    QuestionContent out;
    if (known)
      if (auto const before = store::Content(tx, known->id, known->revision)) out = *before;
    Assign(out.family, row.Given("family"));
    if (row.Has("jobs")) out.job_ids = JobsOf(tx, row, problems);
    Assign(out.competency, row.Given("competency"));
    Assign(out.difficulty, row.Given("difficulty"));
    Assign(out.suggested_seconds, row.Given("suggested_seconds"));
    Assign(out.text_zh, row.Given("text_zh")), Assign(out.text_en, row.Given("text_en"));
    Assign(out.rubric.model_answer_zh, row.Given("model_answer_zh"));
    Assign(out.rubric.model_answer_en, row.Given("model_answer_en"));
    if (row.Has("points")) out.rubric.points = Lines<RubricPoint>(row, "points", ReadPointLine, "bad_point", problems);
    if (row.Has("anchors"))
      out.rubric.anchors = Lines<RubricAnchor>(row, "anchors", ReadAnchorLine, "bad_anchor", problems);
    return out;
  }

  // By code, else by name in either language.
  std::vector<std::string> JobsOf(db::Tx& tx, Row const& row, std::vector<Problem>& problems) {
    if (!jobs_) jobs_ = store::JobsFor(tx, node_.path);
    std::vector<std::string> out;
    for (auto const& word : row.List("jobs")) {
      auto const folded = imports::Folded(word);
      std::set<std::string> named;
      for (auto const& job : *jobs_)
        if (imports::Folded(job.name) == folded || imports::Folded(job.name_en) == folded) named.insert(job.id);
      for (auto const& job : *jobs_)
        if (imports::Folded(job.code) == folded) named = {job.id};
      if (named.size() != 1)
        problems.push_back({"jobs", named.empty() ? "unknown_job_name" : "ambiguous_job", {{"job", word}}});
      else if (std::find(out.begin(), out.end(), *named.begin()) == out.end())
        out.push_back(*named.begin());
    }
    return out;
  }

  template <class T>
  static std::vector<T> Lines(Row const& row, char const* column, std::optional<T> (*read)(std::string_view),
                              char const* code, std::vector<Problem>& problems) {
    std::vector<T> out;
    for (int number = 1; auto const& line : Split(row.Text(column), '\n')) {
      if (Trim(line).empty()) continue;
      if (auto item = read(line))
        out.push_back(*std::move(item));
      else
        problems.push_back({column, code, {{"line", std::to_string(number)}}});
      ++number;
    }
    return out;
  }

  org::Api& org_;
  Service& service_;
  Principal who_;
  org::OrgNodeView node_;
  std::optional<std::vector<QuestionJob>> jobs_;  // of the unit, once a row names one
};

class QuestionTarget final : public imports::Target {
 public:
  QuestionTarget(AppContext& context, org::Api& org, Service& service)
      : context_(context), org_(org), service_(service) {}

  [[nodiscard]] std::string key() const override { return "questions"; }
  [[nodiscard]] std::string permission() const override { return "question.write"; }

  std::vector<Column> Columns(db::Tx& tx, std::string const& org_id) override {
    auto const node = org_.Node(tx, Scope::Everything(), org_id);
    std::vector<Column> out{
        {.key = "code",
         .type = ColumnType::identifier,
         .required = true,
         .max_length = 40,
         .aliases = {"编码"},
         .example = "TELLER-01"},
        {.key = "family",
         .type = ColumnType::choice,
         .choices = org::FamilyWords(org_.Families(tx)),
         .aliases = {"岗位族", "岗位类别", "job family"},
         .example = "柜员"},
        {.key = "jobs", .type = ColumnType::list, .max_length = 120, .aliases = {"职位", "岗位", "job"}},
        {.key = "competency",
         .type = ColumnType::choice,
         .required = true,
         .choices = DimensionWords(service_.dimensions().For(tx, node ? node->path : "/")),
         .aliases = {"考察能力"},
         .example = "沟通表达"},
        {.key = "difficulty", .type = ColumnType::integer, .min = 1, .max = 5, .example = "3"},
        {.key = "suggested_seconds",
         .type = ColumnType::integer,
         .min = 10,
         .max = 900,
         .aliases = {"建议时长", "seconds"},
         .example = "120"},
        {.key = "text_zh", .max_length = 2000, .aliases = {"题目"}, .example = "请介绍自己。"},
        {.key = "text_en", .max_length = 2000, .example = "Introduce yourself."},
        {.key = "model_answer_zh", .max_length = 5000, .aliases = {"参考答案"}},
        {.key = "model_answer_en", .max_length = 5000},
        {.key = "points",
         .max_length = 20'000,
         .aliases = {"要点"},
         .example = "facts | 事实 | facts | 真实; 具体 | 2"},
        {.key = "anchors", .max_length = 20'000, .example = "8 | 结构清楚 | clear structure"}};
    imports::AddTexts(out, context_.messages, "question.column.", "question.help.");
    return out;
  }

  Result<std::unique_ptr<imports::Session>> Begin(db::Tx& tx, imports::Place const& place) override {
    BOLE_ASSIGN(auto node, org_.OpenNode(tx, Scope(place.who, permission()), place.org_id));
    return std::make_unique<QuestionSession>(org_, service_, place, std::move(node));
  }

  Result<bool> Read(std::string_view bytes, documents::RowFunction const& on_row) override {
    return FoldQuestions(bytes, on_row);
  }

  Fate Undo(db::Tx& tx, Principal const& who, imports::Trace const& trace) override {
    auto const row = store::OwnQuestion(tx, Scope::Everything(), trace.id);
    if (!row || row->version != trace.version) return Fate::changed;
    if (!trace.updated) {
      if (store::IsInPlans(tx, trace.id)) return Fate::in_use;
      store::DeleteQuestion(tx, trace.id);
      return Fate::undone;
    }
    auto const* revision = trace.before.if_contains("revision");
    if (!revision) return Fate::undone;  // the row said what was there already
    auto const content = store::Content(tx, trace.id, revision->to_number<std::int64_t>());
    if (!content) return Fate::changed;
    service_.SaveQuestion(tx, *row, *content,
                          {who.id, who.name});  // revisions stay: the former content is the next one
    return Fate::undone;
  }

 private:
  AppContext& context_;
  org::Api& org_;
  Service& service_;
};

}  // namespace

std::unique_ptr<imports::Target> MakeImportTarget(AppContext& context, org::Api& org, Api& api) {
  return std::make_unique<QuestionTarget>(context, org, dynamic_cast<Service&>(api));
}

}  // namespace bole::plans
