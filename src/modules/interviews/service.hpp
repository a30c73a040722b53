#pragma once
#include "modules/interviews/consent_texts.hpp"
#include "modules/interviews/live_answers.hpp"
#include "modules/interviews/store.hpp"
#include "modules/interviews/views.hpp"
#include "modules/notify/api.hpp"
#include "modules/people/api.hpp"
#include "modules/plans/api.hpp"
#include "modules/plans/candidate_view.hpp"
#include "platform/http/event_hub.hpp"

namespace bole::crypto {
class FieldCipher;
}
namespace bole::http {
class Routes;
}

namespace bole::interviews {

using plans::CandidateSession;

struct Verified {
  CandidateSession session;
  std::string token;  // for the cookie; never stored
};

// Use cases of staff (invite.cpp), candidates (identity.cpp, candidate.cpp, answers.cpp) and other modules
// (progress.cpp). Thread-safe; one transaction a call.
class Service final : public Api, public people::InterviewHistory {
 public:
  Service(AppContext const& context, audit::Api& audit, org::Api& org, people::Api& people, plans::Api& plans,
          notify::Api& notify, CandidateEngines engines);

  // Staff.
  Result<CreatedInterviews> Invite(Principal const& who, i18n::Locale locale, CreateInterviews const& input);
  Result<Page<InterviewView>> List(Principal const& who, store::Filter filter, std::string const& org_id);
  Result<InterviewView> Get(Principal const& who, std::string const& id);
  Result<InterviewView> Cancel(Principal const& who, std::string const& id);
  Result<InterviewView> Remind(Principal const& who, std::string const& id);
  Result<InterviewView> Extend(Principal const& who, std::string const& id, ExtendInterview const& input);
  Result<LinkView> Link(Principal const& who, std::string const& id, audit::Purpose const& purpose = {});
  HomeView Home(Principal const& who);
  std::shared_ptr<http::EventSubscription> Live(Principal const& who);

  // Candidate, before and after identity.
  Result<InvitationPage> Invitation(std::string const& token, Principal const& who);
  Result<CodeSent> SendCode(std::string const& token, i18n::Locale locale, RequestCode const& input);
  Result<Verified> Verify(std::string const& token, VerifyIdentity const& input);
  std::shared_ptr<Principal const> Recognise(std::string const& session_token);
  Result<CandidateSession> Session(Principal const& who);
  Result<CandidateSession> GiveConsent(Principal const& who, GiveConsents const& input);
  Result<CandidateSession> Decline(std::string const& token, Principal const& who, DeclineInterview const& input);
  Result<FrameCheckView> CheckFrame(std::string_view jpeg);
  Result<CandidateSession> SaveEnvironment(Principal const& who, EnvironmentReport const& input);
  Result<http::Response> StageMedia(Principal const& who, http::Request const& request, std::string const& stage_key,
                                    std::string const& what);
  Result<std::string> Speak(Principal const& who, std::string const& stage_key, i18n::Locale locale,
                            bool question_only);
  std::shared_ptr<http::EventSubscription> Captions(Principal const& who);

  // Answers.
  Result<StartedAnswer> Start(Principal const& who, StartAnswer const& input);
  Result<PieceView> Piece(Principal const& who, std::string const& answer_id, std::int64_t part, std::int64_t piece,
                          std::string_view bytes);
  Result<CandidateSession> Finish(Principal const& who, std::string const& answer_id, FinishAnswer const& input);
  Result<CandidateSession> Retake(Principal const& who, std::string const& answer_id);

  // Other modules.
  void AskWith(ConsentTexts& texts) { texts_ = &texts; }
  Result<InterviewView> View(db::Tx& tx, Scope const& scope, std::string const& id) override;
  std::optional<AnswerRecord> Answer(db::Tx& tx, std::string const& answer_id) override;
  std::vector<AnswerRecord> Answers(db::Tx& tx, std::string const& interview_id) override;
  std::optional<EnvironmentReport> Environment(db::Tx& tx, std::string const& interview_id) override;
  std::vector<AnswerRecord> AllAnswers(db::Tx& tx, std::string const& interview_id) override;
  bool Withdrawn(db::Tx& tx, std::string const& interview_id, std::string const& consent) override;
  Result<> WithdrawConsent(db::Tx& tx, std::string const& interview_id, std::string const& consent) override;
  std::vector<ConsentState> ConsentsOf(db::Tx& tx, std::string const& interview_id) override;
  std::optional<InterviewOwner> OwnerOf(db::Tx& tx, std::string const& interview_id) override;
  std::vector<std::string> InterviewsOf(db::Tx& tx, std::vector<std::string> const& candidate_ids) override {
    return store::OfCandidates(tx, candidate_ids);
  }
  std::vector<KeptInterview> Kept(db::Tx& tx, std::string const& after_id, int limit) override {
    return store::Kept(tx, after_id, limit);
  }
  std::optional<Instant> LastActivity(db::Tx& tx, std::string const& candidate_id) override {
    return store::LastActivity(tx, candidate_id);
  }
  bool AnalysisErased(db::Tx& tx, std::string const& interview_id) override;
  bool RecordingsErased(db::Tx& tx, std::string const& interview_id) override;
  bool Restricted(db::Tx& tx, std::string const& interview_id) override;
  bool Consented(db::Tx& tx, std::string const& interview_id, std::string const& consent) override;
  std::string Language(db::Tx& tx, std::string const& interview_id) override;
  Result<> MarkIdentified(db::Tx& tx, std::string const& interview_id) override;
  void ReportReady(db::Tx& tx, std::string const& interview_id, std::optional<double> total,
                   std::string const& band) override;
  void Caption(std::string const& interview_id, std::string const& answer_id, std::string const& text, double start,
               double end) override;
  std::shared_ptr<http::Authenticator> CandidateAuthenticator() override;
  std::vector<json::object> Interviews(db::Tx& tx, Principal const& who, std::string const& candidate_id) override;
  std::vector<people::FileEvent> Events(db::Tx& tx, Principal const& who, std::string const& candidate_id) override;
  // Marks invitations that ran out; returns how many. Run by the job that every invitation brings with it.
  int ExpireOverdue();

 private:
  using Row = store::InterviewRow;
  Result<Row> ByToken(db::Tx& tx, std::string const& token);
  Result<Row> Mine(db::Tx& tx, Principal const& who);
  // Each consent as it was given, or as it is asked for today.
  std::vector<ConsentAsked> Asked(db::Tx& tx, Row const& row);
  Result<CandidateSession> SessionOf(db::Tx& tx, Row const& row);
  Result<plans::PromptVariables> Variables(db::Tx& tx, Row const& row);
  void Save(db::Tx& tx, Row& row);  // and tells open pages after the commit
  void ExpireLater(db::Tx& tx, Row const& row);
  void AddDeliveries(db::Tx& tx, Scope const& scope, std::vector<InterviewView>& views);
  Result<InterviewView> Change(Principal const& who, std::string const& id, char const* action,
                               std::function<Result<>(db::Tx&, Row&)> const& change);
  Result<> Send(db::Tx& tx, Row const& row, std::string const& channel, char const* template_key);
  [[nodiscard]] std::string LinkOf(Row const& row) const;
  Result<LiveAnswer> Recording(Principal const& who, std::string const& answer_id);
  [[nodiscard]] std::string BothText(char const* key, i18n::Locale locale) const;

  db::Database& database_;
  Clock const& clock_;
  blob::BlobStore& blobs_;
  jobs::JobQueue& queue_;
  crypto::FieldCipher const& fields_;
  i18n::Messages const& messages_;
  http::EventHub& hub_;
  EventBus& bus_;
  std::string public_url_;
  audit::Api& audit_;
  org::Api& org_;
  people::Api& people_;
  plans::Api& plans_;
  notify::Api& notify_;
  CandidateEngines engines_;
  ConsentTexts* texts_ = nullptr;
  LiveAnswers live_;
};

inline constexpr char const* kExpireJob = "interviews.expire";

void RegisterStaffRoutes(http::Routes& routes, Service& service);
void RegisterCandidateRoutes(http::Routes& routes, Service& service);

}  // namespace bole::interviews
