#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <thread>

#include "app/commands.hpp"
#include "app/demo_data.hpp"
#include "app/local_client.hpp"
#include "app/spoken_recording.hpp"
#include "app/wiring.hpp"
#include "modules/assessment/api.hpp"
#include "modules/identity/api.hpp"
#include "modules/interviews/views.hpp"
#include "modules/org/api.hpp"
#include "modules/people/api.hpp"
#include "modules/personnel/api.hpp"
#include "modules/plans/api.hpp"
#include "modules/plans/candidate_view.hpp"

namespace bole::app {
namespace {

using Ids = std::map<std::string, std::string>;  // code of the demo files → id
namespace iv = interviews;

constexpr std::size_t kPieceBytes = 62'000;
constexpr Date kFounded{std::chrono::year(2020) / 1 / 1};

// Loads the files of share/content/demo through the same services and routes that people use.
class Loader {
 public:
  Loader(Platform& platform, Modules& modules)
      : platform_(platform),
        modules_(modules),
        client_(platform.routes),
        folder_(platform.config.resource_dir / "content/demo") {}

  Result<> MasterData() {
    BOLE_TRY(Nodes());
    BOLE_TRY(modules_.org->CatchUp());
    BOLE_TRY(Organisation());
    BOLE_TRY(Users());
    BOLE_TRY(modules_.plans->LoadShippedContent());
    BOLE_TRY(Jobs());
    BOLE_TRY(Positions());
    BOLE_TRY(Plans());
    BOLE_TRY(Candidates());
    BOLE_TRY(Teams());
    return Employees();
  }

  // Twelve finished interviews from spoken scripts, some invitations that are still open.
  Result<> Interviews() {
    std::vector<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::directory_iterator(folder_ / "interviews")) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    int done = 0;
    for (auto const& file : files) {
      BOLE_ASSIGN(auto const script, ReadDemoFile<DemoInterview>(file));
      BOLE_TRY(Interview(script, static_cast<unsigned>(done)));
      ++done;
      std::cout << fmt::format("  interview {}/{} recorded: {}\n", done, files.size(), script.code) << std::flush;
    }
    return OpenInvitations();
  }

 private:
  Result<> Nodes() {
    BOLE_ASSIGN(auto const data, ReadDemoFile<DemoOrg>(folder_ / "org.json"));
    for (auto const& node : data.nodes) {
      org::NewChange create;
      create.kind = org::ChangeKind::create;
      create.effective_date = kFounded;
      if (node.parent_code) create.target_id = orgs_[*node.parent_code];
      create.facts = org::NodeFacts{node.code, node.name, node.name_en, node.kind,
                                    node.city, node.zone, node.locale,  std::nullopt};
      BOLE_ASSIGN(auto const made, modules_.org->Change(system_, create));
      orgs_[node.code] = made.node_id;
    }
    return {};
  }

  // A rename in the past, a move to come, a calendar of another country, grades.
  Result<> Organisation() {
    BOLE_ASSIGN(organisation_, ReadDemoFile<DemoOrganisation>(folder_ / "organisation.json"));
    auto const today = std::chrono::floor<std::chrono::days>(platform_.clock.Now());
    for (auto const& change : organisation_.changes) {
      org::NewChange input;
      input.kind = change.kind;
      input.effective_date = Date{today + std::chrono::days(change.days)};
      input.reason = change.reason;
      input.node_id = orgs_[change.code];
      if (change.target_code) input.target_id = orgs_[*change.target_code];
      if (!change.name.empty()) {
        auto& facts = input.facts.emplace();
        facts.name = change.name, facts.name_en = change.name_en;
      }
      BOLE_TRY(modules_.org->Change(system_, input));
    }
    auto const& demo = organisation_.calendar;
    org::CreateCalendar const calendar{orgs_[demo.org_code], demo.code,          demo.name_zh,
                                       demo.name_en,         demo.rest_weekdays, demo.days};
    BOLE_ASSIGN(auto const made, client_.Post<org::CalendarView>(system_, "/org/calendars", {}, calendar));
    org::NewChange use;
    use.node_id = orgs_[demo.org_code];
    use.facts.emplace().calendar_id = made.id;
    BOLE_TRY(modules_.org->Change(system_, use));
    for (auto const& grade : organisation_.grades)
      BOLE_TRY(modules_.org->PutGrade(system_, grade.key,
                                      {0, grade.name_zh, grade.name_en, grade.rank, org::JobStatus::active}));
    return {};
  }

  Result<> Positions() {
    for (auto const& position : organisation_.positions)
      BOLE_TRY(modules_.org->CreatePosition(
          system_, {orgs_[position.org_code], jobs_[position.job_code], position.code, position.name, position.name_en,
                    position.headcount, kFounded, std::nullopt}));
    return {};
  }

  Result<> Users() {
    BOLE_ASSIGN(auto const data, ReadDemoFile<DemoUsers>(folder_ / "users.json"));
    for (auto const& user : data.users) {
      identity::CreateUser input{user.user_name,
                                 user.name,
                                 user.email,
                                 orgs_[user.org_code],
                                 user.locale,
                                 DemoPassword(platform_, user.user_name),
                                 {}};
      for (auto const& grant : user.grants) input.grants.push_back({grant.role, orgs_[grant.org_code], std::nullopt});
      if (user.manager) input.manager_id = users_[*user.manager];
      BOLE_ASSIGN(auto const made, modules_.identity->CreateUser(system_, input));
      users_[user.user_name] = made.id;
    }
    return {};
  }

  // Interviewers and hiring managers see the candidates they work on.
  Result<> Teams() {
    BOLE_ASSIGN(auto const data, ReadDemoFile<DemoUsers>(folder_ / "users.json"));
    for (auto const& user : data.users)
      for (auto const& code : user.candidates.value_or(std::vector<std::string>{}))
        BOLE_TRY(client_.Send(system_, {http::Method::kPut,
                                        "/candidates/{id}/team/{user_id}",
                                        {{"id", candidates_[code]}, {"user_id", users_[user.user_name]}},
                                        R"({"owner":false})"}));
    return {};
  }

  Result<> Jobs() {
    BOLE_ASSIGN(auto const data, ReadDemoFile<DemoJobs>(folder_ / "jobs.json"));
    for (auto const& job : data.jobs) {
      BOLE_ASSIGN(auto const made,
                  modules_.org->CreateJob(system_, {orgs_[job.org_code], job.code, job.name, job.name_en, job.family,
                                                    job.grade, job.duties, job.requirements, job.competencies}));
      jobs_[job.code] = made.id;
    }
    return {};
  }

  Result<> Plans() {
    BOLE_ASSIGN(auto const data, ReadDemoFile<DemoPlans>(folder_ / "plans.json"));
    std::map<std::string, plans::PlanView> made;
    for (auto const& plan : data.plans) {
      auto& view = made[plan.code];
      BOLE_ASSIGN(view, Plan(plan));
      plans_[plan.code] = view.id;
      if (!plan.edits.empty()) BOLE_TRY(Edit(view, plan.edits));
      if (plan.publish) {
        BOLE_ASSIGN(view, modules_.plans->PublishPlan(system_, view.id, {view.version}));
      }
    }
    for (auto const& plan : data.plans) {
      if (plan.next.empty()) continue;
      auto& view = made[plan.code];
      BOLE_TRY(Edit(view, plan.next));
      BOLE_TRY(modules_.plans->PublishPlan(system_, view.id, {view.version}));
    }
    return {};
  }

  Result<plans::PlanView> Plan(DemoPlan const& plan) {
    std::optional<std::string> const job = jobs_[plan.job_code];
    if (!plan.base_code.empty())
      return modules_.plans->DerivePlan(system_, plans_[plan.base_code],
                                        {orgs_[plan.org_code], plan.name_zh, plan.name_en, job});
    plans::CreatePlan input{orgs_[plan.org_code], job, plan.name_zh, plan.name_en, std::nullopt, plan.template_key};
    if (plan.template_key.empty()) {
      BOLE_ASSIGN(input.document, DocumentOf(plan.document));
    }
    return modules_.plans->CreatePlan(system_, input);
  }

  // Saves the edits as a draft; `plan` is what was saved.
  Result<> Edit(plans::PlanView& plan, json::object const& edits) {
    BOLE_ASSIGN(auto const document,
                FromJson<plans::PlanDocument>(Edited(WriteJson(plan.document).as_object(), edits)));
    BOLE_ASSIGN(plan, modules_.plans->PutPlan(system_, plan.id,
                                              {plan.version, plan.name_zh, plan.name_en, plan.job_id, document}));
    return {};
  }

  // The files name questions by code; a plan names them by id and revision.
  Result<plans::PlanDocument> DocumentOf(json::object document) {
    std::vector<std::string> codes;
    for (auto& stage : document.at("stages").as_array()) {
      auto const* code = stage.as_object().if_contains("question_code");
      codes.emplace_back(code ? std::string(code->as_string()) : "");
      stage.as_object().erase("question_code");
    }
    BOLE_ASSIGN(auto out, FromJson<plans::PlanDocument>(document));
    for (std::size_t i = 0; i < codes.size(); ++i) {
      if (codes[i].empty()) continue;
      BOLE_ASSIGN(auto const question,
                  platform_.database->Read([&](db::Tx& tx) { return modules_.plans->QuestionByCode(tx, codes[i]); }));
      auto& stage = out.stages[i];
      stage.question_id = question.id;
      stage.question_revision = question.revision;
      if (stage.question_zh.empty()) stage.question_zh = question.text_zh;
      if (stage.question_en.empty()) stage.question_en = question.text_en;
    }
    return out;
  }

  Result<> Candidates() {
    BOLE_ASSIGN(auto const data, ReadDemoFile<DemoCandidates>(folder_ / "candidates.json"));
    std::vector<people::CreateCandidate> inputs;
    int number = 0;
    for (auto const& candidate : data.candidates) {
      people::CreateCandidate input;
      input.org_id = orgs_[candidate.org_code];
      input.name = candidate.name;
      input.phone = candidate.phone;
      input.email = candidate.email;
      if (!candidate.gender.empty()) input.gender = candidate.gender;
      // The last digit but one of an ID number says the sex: odd for men.
      int const serial = 2 * ++number + (candidate.gender == "male" ? 1 : 0);
      if (candidate.locale == "zh-CN" && candidate.birth_date) {
        input.birth_date = candidate.birth_date;
        id_numbers_[candidate.code] = MakeIdNumber(data.id_area_code, *candidate.birth_date, serial);
        input.id_number = id_numbers_[candidate.code];
      }
      input.source = candidate.source;
      input.tags = candidate.tags;
      input.job_id = jobs_[candidate.job_code];
      input.locale = candidate.locale;
      input.note = candidate.note;
      inputs.push_back(std::move(input));
    }
    BOLE_ASSIGN(auto const ids, modules_.people->BulkCreate(system_, inputs));
    for (std::size_t i = 0; i < ids.size(); ++i) candidates_[data.candidates[i].code] = ids[i];
    return {};
  }

  Result<> Employees() {
    BOLE_ASSIGN(auto const data, ReadDemoFile<DemoEmployees>(folder_ / "employees.json"));
    auto const today = std::chrono::floor<std::chrono::days>(platform_.clock.Now());
    Ids made;
    for (auto const& employee : data.employees) {
      personnel::CreateEmployee input;
      input.number = employee.number, input.org_id = orgs_[employee.org_code];
      if (!employee.candidate_code.empty()) input.candidate_id = candidates_[employee.candidate_code];
      if (!employee.name.empty()) input.name = employee.name;
      if (!employee.gender.empty()) input.gender = employee.gender;
      input.birth_date = employee.birth_date, input.phone = employee.phone;
      if (!employee.job_code.empty()) input.job_id = jobs_[employee.job_code];
      input.grade = employee.grade, input.employment = employee.employment;
      input.hired_on = Date{today + std::chrono::days(employee.hired_days)};
      if (employee.probation_days) input.probation_until = Date{today + std::chrono::days(*employee.probation_days)};
      if (!employee.manager_number.empty()) input.manager_id = made[employee.manager_number];
      BOLE_ASSIGN(auto const view, modules_.personnel->Create(system_, input));
      made[employee.number] = view.id;
    }
    return {};
  }

  Result<iv::InvitedInterview> Invite(std::string const& candidate, std::string const& plan) {
    auto who = system_;
    who.name = "沈望舒";
    iv::CreateInterviews const input{{candidates_[candidate]}, plans_[plan], {"link"}, 30};
    BOLE_ASSIGN(auto made, client_.Post<iv::CreatedInterviews>(who, "/interviews", {}, input));
    if (!made.failed.empty()) return Fail(ErrorCode::kInvalid, made.failed[0].code);
    return std::move(made.items.at(0));
  }

  Result<> Interview(DemoInterview const& script, unsigned variant) {
    BOLE_ASSIGN(auto const invited, Invite(script.candidate_code, script.plan_code));
    Principal const nobody;
    auto const token = invited.link.substr(invited.link.rfind('/') + 1);
    http::Pairs const link{{"x-bole-invitation", token}};
    Principal const candidate{PrincipalKind::candidate, invited.interview.id, "", "candidate", {}};
    BOLE_TRY(client_.Send(nobody, {http::Method::kGet, "/candidate/invitation", {}, "", "", link}));
    BOLE_TRY(MarkIdentified(invited.interview.id));
    iv::GiveConsents const consents{{{"recording", "1", true}, {"analysis", "1", true}, {"biometric", "1", true}}};
    BOLE_TRY(client_.Post<plans::CandidateSession>(candidate, "/candidate/consents", {}, consents));
    iv::EnvironmentReport const room{
        true, 480, 360, 168, 1, true, -22.5, -61.0, 4200, "demo", "video/webm;codecs=vp8,opus", {}};
    BOLE_TRY(client_.Post<plans::CandidateSession>(candidate, "/candidate/environment", {}, room));
    for (auto const& answer : script.answers) BOLE_TRY(Answer(candidate, script, answer, variant));
    return {};
  }

  // Identity was shown "on site": the demonstration has no mailbox to read a code from.
  Result<> MarkIdentified(std::string const& interview_id) {
    return platform_.database->Write([&](db::Tx& tx) -> Result<> {
      modules_.audit->Record(tx, system_, {"identity.on_site", "interview", interview_id, {}, {}});
      return modules_.interviews->MarkIdentified(tx, interview_id);
    });
  }

  Result<> Answer(Principal const& candidate, DemoInterview const& script, DemoAnswer const& answer, unsigned variant) {
    BOLE_ASSIGN(auto const recording, Speak(*modules_.engines, answer.text, script.language, variant));
    iv::StartAnswer const start{answer.stage_key, "video/webm;codecs=vp8,opus"};
    BOLE_ASSIGN(auto const started, client_.Post<iv::StartedAnswer>(candidate, "/candidate/answers", {}, start));
    // Where no model hears the language, the script is the transcript, and the report says that it was imported.
    if (modules_.engines->Speech(script.language).empty())
      platform_.database->Write(
          [&](db::Tx& tx) { modules_.assessment->ImportTranscript(tx, started.id, recording.subtitles); });
    std::string_view const bytes(reinterpret_cast<char const*>(recording.webm.data()), recording.webm.size());
    std::int64_t piece = 0;
    for (std::size_t at = 0; at < bytes.size(); at += kPieceBytes, ++piece)
      BOLE_TRY(client_.Send(candidate, {http::Method::kPut,
                                        "/candidate/answers/{id}/parts/{part}/pieces/{piece}",
                                        {{"id", started.id}, {"part", "0"}, {"piece", std::to_string(piece)}},
                                        std::string(bytes.substr(at, kPieceBytes)),
                                        "application/octet-stream"}));
    iv::FinishAnswer const finish{{{0, piece}}, static_cast<std::int64_t>(recording.seconds * 1000), "candidate"};
    BOLE_TRY(client_.Post<plans::CandidateSession>(candidate, "/candidate/answers/{id}/finish", {{"id", started.id}},
                                                   finish));
    return {};
  }

  Result<> OpenInvitations() {
    int made = 0;
    for (auto const& [candidate, plan] :
         {std::pair("C020", "PLAN-TELLER"), std::pair("C021", "PLAN-TELLER"), std::pair("C022", "PLAN-ACM")}) {
      BOLE_ASSIGN(auto const invited, Invite(candidate, plan));
      if (made++ == 0) BOLE_TRY(RememberDemoLink(platform_, invited.interview.id));
    }
    return {};
  }

  Platform& platform_;
  Modules& modules_;
  LocalClient client_;
  DemoOrganisation organisation_;
  std::filesystem::path folder_;
  Principal system_ = Principal::System("demo");
  Ids orgs_, users_, jobs_, plans_, candidates_, id_numbers_;
};

// Blocks until every interview has its report, telling how far it is.
void WaitForReports(Platform& platform) {
  std::int64_t last = -1;
  for (;;) {
    auto const open = platform.database->Read([](db::Tx& tx) {
      return *tx.Scalar<std::int64_t>({"demo.open", "SELECT COUNT(*) FROM interview WHERE state = 'analysing'"});
    });
    if (open != last) std::cout << fmt::format("  reports to come: {}\n", open) << std::flush;
    last = open;
    if (open == 0) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
  }
}

}  // namespace

int LoadDemo(Platform& platform, bool interviews) {
  if (!MigrateDatabase(platform)) return 2;
  Modules modules(platform);
  if (platform.database->Read([&](db::Tx& tx) { return modules.org->Root(tx); })) {
    std::cout << "This database already has a group; the demonstration is loaded into an empty one only.\n";
    return 0;
  }
  Loader loader(platform, modules);
  std::cout << "Loading organisation, accounts, jobs, questions, plans, candidates and employees\n" << std::flush;
  if (auto const done = loader.MasterData(); !done) return Complain("cannot load the demonstration", done.error());
  if (!interviews) return 0;
  std::cout << "Recording and analysing twelve interviews\n" << std::flush;
  // No live workers: an answer is analysed when it is complete, with the transcript that came after its recording.
  platform.runner.Start({{"default", 2}}, true);
  if (auto const done = loader.Interviews(); !done) return Complain("cannot record the interviews", done.error());
  WaitForReports(platform);
  platform.runner.Stop();
  return 0;
}

}  // namespace bole::app
