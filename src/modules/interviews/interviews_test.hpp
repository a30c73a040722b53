#pragma once
#include "modules/interviews/service.hpp"
#include "platform/app/testing.hpp"
#include "platform/http/hooks.hpp"
#include "platform/mail/mail.hpp"

// For the tests of interviews and of what stands on them: a group with two branches, one candidate in the north, and a
// published plan of two stages ("intro" with one retake, "q1" without).
namespace bole::interviews {

struct SentMail final : mail::MailSender {
  Result<> Send(mail::Message const& message) override { return sent.push_back(message), Result<>{}; }
  std::vector<mail::Message> sent;
};
struct SentSms final : mail::SmsSender {
  Result<> Send(mail::Sms const& sms) override { return sent.push_back(sms), Result<>{}; }
  std::vector<mail::Sms> sent;
};

// Texts as shipped, without the module that manages them.
struct FixedTexts final : ConsentTexts {
  std::vector<ConsentAsked> InForce(db::Tx&, std::string const&) override { return asked; }
  std::optional<ConsentAsked> Version(db::Tx&, std::string const& consent, std::string const& version) override {
    for (auto const& each : known)
      if (each.key == consent && each.version == version) return each;
    return std::nullopt;
  }
  std::vector<ConsentAsked> known{{"recording", "1", true, "录制", "Record"},
                                  {"analysis", "1", true, "分析", "Analyse"},
                                  {"biometric", "1", false, "人脸", "Face"}};
  std::vector<ConsentAsked> asked = known;
};

class InterviewsTest : public bole::testing::ModuleTest {
 protected:
  static constexpr char const* kIdNumber = "11010519491231002X";
  static constexpr char const* kWebm = "video/webm;codecs=vp8,opus";

  void SetUp() override {
    db.MigrateModules({"jobs", "audit", "org", "identity", "notify", "people", "plans", "interviews", "assessment"});
    AskWith(*api, texts);
    root = Node(std::nullopt, "HQ");
    north = Node(root.id, "BJ");
    south = Node(root.id, "SZ");
    if (auto const loaded = plans->LoadShippedContent(); !loaded) throw std::runtime_error(loaded.error().key);
    people::CreateCandidate person;
    person.org_id = north.id, person.name = "张小雨", person.phone = "13812341234", person.email = "zhang@example.com";
    person.id_number = kIdNumber;
    candidate = people->Create(system, person).value();
    plan_id = PublishPlan();
  }

  org::OrgNodeView Node(std::optional<std::string> parent, std::string const& code) {
    return orgs->CreateNode(system, {parent, code, code, code, org::OrgKind::branch, "", "Asia/Shanghai", "zh-CN"})
        .value();
  }
  std::string PublishPlan(std::optional<std::string> const& job_id = std::nullopt) {
    plans::PlanDocument document;
    document.dimensions = {{"communication", "沟通", "Communication", 60}, {"service", "服务", "Service", 40}};
    for (auto const* key : {"intro", "q1"}) {
      plans::PlanStage stage;
      stage.key = key, stage.title_zh = stage.title_en = key, stage.prompt_zh = "{candidate_name}，请回答。";
      stage.kind = document.stages.empty() ? plans::StageKind::introduction : plans::StageKind::question;
      stage.question_zh = "遇到投诉怎么办？", stage.dimensions = {"communication", "service"};
      stage.time_limit_seconds = 30, stage.retakes = document.stages.empty() ? 1 : 0;
      document.stages.push_back(stage);
    }
    auto const plan = plans->CreatePlan(system, {root.id, job_id, "初面", "First", document}).value();
    return plans->PublishPlan(system, plan.id, {plan.version}).value().id;
  }
  static Principal Hr(std::string const& path) {
    return User({"org.read", "candidate.read", "plan.read", "interview.read", "interview.invite", "report.read",
                 "report.export"},
                path);
  }

  struct Invited {
    std::string id, token;
  };
  Invited Invite(std::vector<std::string> const& channels = {"link"}) {
    clock.Advance(std::chrono::milliseconds(1));
    auto const made =
        service.Invite(Hr(root.path), i18n::Locale::kEnUs, {{candidate.id}, plan_id, channels, std::nullopt}).value();
    if (made.items.size() != 1) throw std::runtime_error("not invited: " + made.failed.at(0).code);
    auto const& link = made.items[0].link;
    return {made.items[0].interview.id, link.substr(link.rfind('/') + 1)};
  }
  static Principal As(std::string const& interview_id) {
    return {PrincipalKind::candidate, interview_id, "", "candidate", {}};
  }
  static GiveConsents Consents(bool analysis = true) {
    return {{{"recording", "1", true}, {"analysis", "1", analysis}, {"biometric", "1", false}}};
  }
  void Identify(std::string const& interview_id) {
    auto const done = db->Write([&](db::Tx& tx) { return service.MarkIdentified(tx, interview_id); });
    if (!done) throw std::runtime_error(done.error().key);
  }
  // Identity shown, consents given: may answer.
  Principal Ready() {
    auto const invited = Invite();
    Identify(invited.id);
    (void)service.GiveConsent(As(invited.id), Consents()).value();
    return As(invited.id);
  }
  std::string StartAnswerOf(Principal const& who, std::string const& stage) {
    clock.Advance(std::chrono::milliseconds(1));  // ids of answers ascend
    return service.Start(who, {stage, kWebm}).value().id;
  }
  // Two pieces of the first part, then handed in.
  std::string AnswerStage(Principal const& who, std::string const& stage) {
    auto const id = StartAnswerOf(who, stage);
    (void)service.Piece(who, id, 0, 0, "first ").value();
    (void)service.Piece(who, id, 0, 1, "second").value();
    (void)service.Finish(who, id, {{{0, 2}}, 2000, "candidate"}).value();
    return id;
  }
  State StateOf(std::string const& interview_id) { return service.Get(Hr(root.path), interview_id).value().state; }

  Principal const system = Principal::System("test");
  SentMail mail;
  SentSms sms;
  std::unique_ptr<audit::Api> audits = audit::Register(context);
  std::unique_ptr<org::Api> orgs = org::Register(context, *audits);
  std::unique_ptr<people::Api> people = people::Register(context, *audits, *orgs);
  std::unique_ptr<plans::Api> plans = plans::Register(context, *audits, *orgs);
  std::unique_ptr<notify::Api> notes = notify::Register(context, *audits, mail, sms);
  FixedTexts texts;
  FrameCheck seen{1, 0.3, true, 120, 50};
  std::unique_ptr<Api> api = Register(context, *audits, *orgs, *people, *plans, *notes,
                                      {[this](std::string_view) -> Result<FrameCheck> { return seen; },
                                       [](std::string const& text, std::string const& language) -> Result<std::string> {
                                         return language + ":" + text;
                                       }});
  Service& service = static_cast<Service&>(*api);
  org::OrgNodeView root, north, south;
  people::CandidateView candidate;
  std::string plan_id;
};

}  // namespace bole::interviews
