#include "app/bench_interviews.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "app/bench_http.hpp"
#include "app/demo_data.hpp"
#include "app/local_client.hpp"
#include "base/ids.hpp"
#include "modules/interviews/views.hpp"
#include "modules/org/api.hpp"
#include "modules/people/api.hpp"
#include "modules/plans/api.hpp"
#include "modules/plans/candidate_view.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"

namespace bole::app::bench {
namespace {

namespace iv = interviews;
constexpr std::size_t kInvitedAtOnce = 200;
constexpr char const* kQuestions[] = {"GEN-01", "GEN-02", "GEN-03", "GEN-04", "GEN-05"};

// As the identity route would have made it; the benchmark measures what comes afterwards.
struct SessionRow {
  std::string token_hash, interview_id;
  Instant created_at{}, expires_at{};
};
BOOST_DESCRIBE_STRUCT(SessionRow, (), (token_hash, interview_id, created_at, expires_at))

Result<org::OrgNodeView> Root(Modules& modules, db::Database& database) {
  auto root = database.Read([&](db::Tx& tx) { return modules.org->Root(tx); });
  if (!root) return NotFound("org_node");
  return *std::move(root);
}

}  // namespace

Result<std::string> PublishPlan(Site::Inside& inside, std::string const& language, int stages, int time_limit_seconds) {
  auto& database = *inside.platform->database;
  auto& plans = *inside.modules->plans;
  auto const who = Principal::System("bole bench");
  BOLE_ASSIGN(auto const root, Root(*inside.modules, database));
  plans::PlanDocument document;
  document.language = language;
  document.dimensions = {{"communication", "沟通表达", "Communication", 40},
                         {"expertise", "专业技能", "Expertise", 30},
                         {"problem_solving", "解决问题", "Problem solving", 30}};
  for (int i = 0; i < stages; ++i) {
    auto const question = database.Read([&](db::Tx& tx) { return plans.QuestionByCode(tx, kQuestions[i % 5]); });
    if (!question) return tl::unexpected<Error>(question.error());
    plans::PlanStage stage;
    stage.key = fmt::format("q{}", i + 1);
    stage.question_id = question->id, stage.question_revision = question->revision;
    stage.question_zh = question->text_zh, stage.question_en = question->text_en;
    stage.title_zh = stage.title_en = stage.key;
    stage.time_limit_seconds = time_limit_seconds;
    stage.dimensions = {"communication", "expertise", "problem_solving"};
    document.stages.push_back(std::move(stage));
  }
  BOLE_ASSIGN(auto const plan, plans.CreatePlan(who, {root.id, std::nullopt, "测量", "Benchmark", document}));
  BOLE_TRY(plans.PublishPlan(who, plan.id, {plan.version}));
  return plan.id;
}

Result<std::vector<ReadyCandidate>> MakeReady(Site::Inside& inside, std::string const& plan_id,
                                              std::string const& locale, int count) {
  auto& platform = *inside.platform;
  auto const who = Principal::System("bole bench");
  LocalClient const client(platform.routes);
  BOLE_ASSIGN(auto const root, Root(*inside.modules, *platform.database));
  std::vector<people::CreateCandidate> inputs(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    inputs[i].org_id = root.id;
    inputs[i].name = fmt::format("测量{}", i + 1);
    inputs[i].locale = locale;
  }
  BOLE_ASSIGN(auto const ids, inside.modules->people->BulkCreate(who, inputs));

  std::vector<ReadyCandidate> out;
  for (std::size_t from = 0; from < ids.size(); from += kInvitedAtOnce) {
    iv::CreateInterviews invite{{}, plan_id, {"link"}, 30};
    for (auto i = from; i < std::min(from + kInvitedAtOnce, ids.size()); ++i) invite.candidate_ids.push_back(ids[i]);
    BOLE_ASSIGN(auto const made, client.Post<iv::CreatedInterviews>(who, "/interviews", {}, invite));
    if (!made.failed.empty()) return Fail(ErrorCode::kInternal, made.failed[0].code);
    for (auto const& item : made.items) {
      auto const& id = item.interview.id;
      auto const token = crypto::RandomToken();
      BOLE_TRY(platform.database->Write([&](db::Tx& tx) {
        auto const now = platform.clock.Now();
        tx.Insert("interview_session", SessionRow{crypto::Sha256Hex(token), id, now, now + std::chrono::hours(24)});
        return inside.modules->interviews->MarkIdentified(tx, id);
      }));
      iv::GiveConsents const consents{{{"recording", "1", true}, {"analysis", "1", true}, {"biometric", "1", false}}};
      Principal const candidate{PrincipalKind::candidate, id, "", "candidate", {}};
      BOLE_TRY(client.Post<plans::CandidateSession>(candidate, "/candidate/consents", {}, consents));
      out.push_back({id, "bole_candidate=" + token});
    }
  }
  return out;
}

Result<std::string> StartAnswerAs(std::uint16_t port, std::string const& cookie, std::string const& stage) {
  Client client(port, {{"Cookie", cookie}, {"X-Bole-Client", "candidate"}});
  auto const answer =
      client.Ask("POST", "/api/v1/candidate/answers", ToJsonText(iv::StartAnswer{stage, "video/webm;codecs=vp8,opus"}));
  if (answer.status != 201)
    return Fail(ErrorCode::kInternal, "bench.unexpected",
                {{"status", std::to_string(answer.status)}, {"body", answer.body}});
  BOLE_ASSIGN(auto const started, FromJsonText<iv::StartedAnswer>(answer.body));
  return started.id;
}

Result<std::string> SignIn(Platform& platform, std::uint16_t port, std::string const& user_name) {
  Client client(port, {{"X-Bole-Client", "console"}});
  json::object const body{{"user_name", user_name}, {"password", DemoPassword(platform, user_name)}};
  auto const answer = client.Ask("POST", "/api/v1/session", json::serialize(body));
  if (answer.cookie.empty())
    return Fail(ErrorCode::kInternal, "bench.unexpected",
                {{"status", std::to_string(answer.status)}, {"body", answer.body}});
  return answer.cookie;
}

double CpuSeconds(pid_t process) {
  std::ifstream in("/proc/" + std::to_string(process) + "/stat");
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (text.rfind(')') == std::string::npos) return 0;
  std::istringstream fields(text.substr(text.rfind(')') + 1));
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;  // state … cmajflt
  double user = 0, system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

}  // namespace bole::app::bench
