#include "modules/org/export_table.hpp"
#include "modules/plans/plan_query.hpp"
#include "modules/plans/plan_rows.hpp"
#include "platform/i18n/messages.hpp"

// Plans of the caller's units as the table that the import reads.
namespace bole::plans {

struct PlanExportQuery {
  std::optional<documents::TableFormat> format;
  std::optional<std::string> q;
  std::optional<PlanStatus> status;
  std::optional<std::string> org_id, job_id;
  std::optional<bool> standard, behind, submitted;
  std::optional<std::string> family;
  std::optional<std::string> base_plan_id;
};
BOOST_DESCRIBE_STRUCT(PlanExportQuery, (),
                      (format, q, status, org_id, job_id, standard, behind, submitted, family, base_plan_id))

}  // namespace bole::plans

namespace bole {
template <>
inline constexpr auto kRules<plans::PlanExportQuery> =
    std::tuple{Field<&plans::PlanExportQuery::q>{{.max_length = 100}},
               Field<&plans::PlanExportQuery::status>{{.doc = "Absent: all but archived ones"}},
               Field<&plans::PlanExportQuery::org_id>{{.max_length = 26}},
               Field<&plans::PlanExportQuery::job_id>{{.max_length = 26}},
               Field<&plans::PlanExportQuery::base_plan_id>{{.max_length = 26}}};
}  // namespace bole

namespace bole::plans {
namespace {

using http::Request;
using http::Response;

class PlanWriter {
 public:
  PlanWriter(Service& service, org::Api& org, db::Tx& tx, documents::TableWriter& book, bool chinese)
      : service_(service), org_(org), tx_(tx), book_(book), chinese_(chinese) {}

  // A row for each stage; how many.
  std::size_t Add(PlanView const& plan) {
    auto const& unit = UnitOf(plan.org_id);
    auto const& document = plan.document;
    auto const job = plan.job_id ? org_.Job(tx_, Scope::Everything(), *plan.job_id) : NotFound("job");
    DimensionNames const names(document.dimensions, unit.dimensions,
                               job ? job->competencies : std::vector<org::CompetencyWeight>{});
    std::vector<documents::XlsxValue> const facts{unit.code,
                                                  plan.name_zh,
                                                  plan.name_en,
                                                  job ? job->code : "",
                                                  imports::WordOf(PlanLanguageWords(), document.language, chinese_),
                                                  Number(document.valid_days),
                                                  Number(document.retention_days),
                                                  WriteWeights(document.dimensions, names, chinese_),
                                                  document.bands.recommend,
                                                  document.bands.reinterview,
                                                  Word(PlanStatusWords(), plan.status),
                                                  Number(plan.revision)};
    for (std::size_t i = 0; i < document.stages.size(); ++i) {
      auto cells = facts;
      AddStage(cells, i, document.stages[i], names, unit.path);
      book_.AddRow(cells);
    }
    return document.stages.size();
  }

 private:
  struct Unit {
    std::string code, path;
    std::vector<DimensionView> dimensions;
  };

  Unit const& UnitOf(std::string const& id) {
    auto const [at, fresh] = units_.try_emplace(id);
    if (!fresh) return at->second;
    if (auto const node = org_.Node(tx_, Scope::Everything(), id)) at->second = {node->code, node->path, {}};
    at->second.dimensions = service_.dimensions().For(tx_, at->second.path);
    return at->second;
  }

  void AddStage(std::vector<documents::XlsxValue>& cells, std::size_t index, PlanStage const& stage,
                DimensionNames const& names, std::string const& node_path) {
    auto const question = stage.question_id ? WordOfQuestion(tx_, *stage.question_id, node_path) : "";
    for (auto const& cell : std::initializer_list<documents::XlsxValue>{
             Number(index + 1), stage.key, Word(StageKindWords(), stage.kind), stage.title_zh, stage.title_en, question,
             stage.question_zh, stage.question_en, stage.prompt_zh, stage.prompt_en, Number(stage.preparation_seconds),
             Number(stage.time_limit_seconds), Number(stage.grace_seconds), Number(stage.retakes),
             WriteStageDimensions(stage, names, chinese_), stage.weight})
      cells.push_back(cell);
  }

  template <class T>
  static double Number(T value) {
    return static_cast<double>(value);
  }
  template <class T>
  [[nodiscard]] std::string Word(std::vector<imports::Choice> const& words, T value) const {
    return imports::WordOf(words, org::Name(value), chinese_);
  }

  Service& service_;
  org::Api& org_;
  db::Tx& tx_;
  documents::TableWriter& book_;
  bool chinese_;
  std::map<std::string, Unit> units_;
};

Result<std::size_t> AddPlans(db::Tx& tx, org::Api& org, Principal const& who, PlanExportQuery const& q,
                             PlanWriter& writer) {
  Scope const scope(who, "plan.read");
  std::string path;
  if (q.org_id && !q.org_id->empty()) {
    BOLE_ASSIGN(auto const node, org.Node(tx, scope, *q.org_id));
    path = node.path;
  }
  auto filter = PlanFilterOf(q);
  filter.org_path = path, filter.limit = 200;
  std::size_t rows = 0;
  for (bool more = true; more;) {
    auto const page = store::OwnPlans(tx, scope, filter);
    for (auto const& plan : page.items)
      if (q.status || plan.status != PlanStatus::archived) rows += writer.Add(plan);
    more = page.next_cursor.has_value();
    filter.cursor = page.next_cursor.value_or("");
  }
  return rows;
}

Result<Response> Export(AppContext& context, Service& service, audit::Api& audit, org::Api& org, Request const& r,
                        PlanExportQuery const& q) {
  bool const chinese = r.locale == i18n::Locale::kZhCn;
  auto const format = q.format.value_or(documents::TableFormat::xlsx);
  auto const title = context.messages.Text(r.locale, "plan.file.export");
  documents::TableWriter book(format, title, context.clock.Now());
  book.AddSheet(org::SheetOf(PlanExportColumns(context.messages), title, chinese));
  BOLE_ASSIGN(auto const rows, context.database.Read([&](db::Tx& tx) {
    PlanWriter writer(service, org, tx, book, chinese);
    return AddPlans(tx, org, r.who(), q, writer);
  }));
  return org::SendTable(context, audit, r, book, {format, title, "plan", rows});
}

}  // namespace

void RegisterPlanExport(AppContext& context, Service& service, audit::Api& audit, org::Api& org) {
  context.routes.Raw<PlanExportQuery>(
      http::Method::kGet, "/plans/export",
      {.permission = "plan.read",
       .tag = "plans",
       .summary = "Stages of the plans of one's units as xlsx or csv (audited)"},
      {{}, documents::TableMediaTypes()},
      [&](Request const& r, PlanExportQuery const& q) { return Export(context, service, audit, org, r, q); });
}

}  // namespace bole::plans
