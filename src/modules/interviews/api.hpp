#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/app/context.hpp"
#include "platform/db/database.hpp"
#include "platform/reflect/reflect.hpp"
#include "platform/security/principal.hpp"

namespace bole {
class PersonalData;
}
namespace bole::audit {
class Api;
}
namespace bole::http {
class Authenticator;
}
namespace bole::notify {
class Api;
}
namespace bole::org {
class Api;
}
namespace bole::people {
class Api;
}
namespace bole::plans {
class Api;
}

// T3: invitations, the candidate's session and recordings.
namespace bole::interviews {

enum class State {
  invited,
  opened,
  identified,
  consented,
  in_progress,
  answered,
  analysing,
  ready,
  expired,
  cancelled,
  declined,
  failed
};
BOOST_DESCRIBE_ENUM(State, invited, opened, identified, consented, in_progress, answered, analysing, ready, expired,
                    cancelled, declined, failed)

struct Delivery {
  std::string channel, to_masked, state;
  std::optional<std::string> error;
  std::optional<Instant> at;
};
BOOST_DESCRIBE_STRUCT(Delivery, (), (channel, to_masked, state, error, at))

struct InterviewProgress {
  std::int64_t answered = 0, total = 0;
};
BOOST_DESCRIBE_STRUCT(InterviewProgress, (), (answered, total))

struct InterviewView {
  std::string id, candidate_id, candidate_name, plan_id;
  std::int64_t plan_revision = 1;
  std::string plan_name_zh, plan_name_en, job_name, org_id, org_name;
  State state = State::invited;
  InterviewProgress progress;
  std::optional<std::string> current_stage;
  std::vector<Delivery> deliveries;
  Instant expires_at{};
  std::optional<Instant> opened_at, started_at, finished_at, report_ready_at;
  std::optional<double> total;
  std::optional<std::string> band;
  Instant created_at{};
  std::string created_by_name;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(InterviewView, (),
                      (id, candidate_id, candidate_name, plan_id, plan_revision, plan_name_zh, plan_name_en, job_name,
                       org_id, org_name, state, progress, current_stage, deliveries, expires_at, opened_at, started_at,
                       finished_at, report_ready_at, total, band, created_at, created_by_name, version))

struct EnvironmentReport {
  bool camera_ok = false;
  std::int64_t width = 0, height = 0;
  double brightness = 0;
  std::int64_t faces = 0;
  bool microphone_ok = false;
  double level_db = 0, noise_db = 0, upload_kbps = 0;
  std::string user_agent, recorder_type;
  std::vector<std::string> advice;
};
BOOST_DESCRIBE_STRUCT(EnvironmentReport, (),
                      (camera_ok, width, height, brightness, faces, microphone_ok, level_db, noise_db, upload_kbps,
                       user_agent, recorder_type, advice))

// One run of the recorder: one blob "<answer id>-<part>".
struct Part {
  std::int64_t part = 0;
  std::string mime_type;
};
BOOST_DESCRIBE_STRUCT(Part, (), (part, mime_type))

enum class AnswerState { recording, closed, superseded };
BOOST_DESCRIBE_ENUM(AnswerState, recording, closed, superseded)

// An answer as the analysis sees it.
struct AnswerRecord {
  std::string id, interview_id, stage_key;
  std::int64_t attempt = 1;
  AnswerState state = AnswerState::recording;
  std::vector<Part> parts;
  std::int64_t duration_ms = 0;
};
[[nodiscard]] std::string BlobOf(std::string const& answer_id, std::int64_t part);

// A consent as it stands.
struct ConsentState {
  std::string key, version;
  bool granted = false;
  Instant at{};
  std::optional<Instant> withdrawn_at;
};

struct InterviewOwner {
  std::string candidate_id, org_id;
  State state = State::invited;
  std::string plan_name_zh, plan_name_en;
};

// What is left of an interview that began, for retention.
struct KeptInterview {
  std::string id, candidate_id, org_id, org_path, plan_id;
  std::int64_t plan_revision = 1;
  Instant ended_at{};  // finished, else begun
  std::optional<Instant> recordings_erased_at, analysis_erased_at;
};
BOOST_DESCRIBE_STRUCT(KeptInterview, (),
                      (id, candidate_id, org_id, org_path, plan_id, plan_revision, ended_at, recordings_erased_at,
                       analysis_erased_at))

// Durable news (EventBus), payload {"interview_id", "answer_id"?}.
inline constexpr char const* kAnswerOpened = "interviews.answer_opened";
inline constexpr char const* kAnswerClosed = "interviews.answer_closed";
inline constexpr char const* kInterviewFinished = "interviews.finished";
inline constexpr char const* kConsentsGiven = "interviews.consents_given";
inline constexpr char const* kInterviewTopic = "interviews";  // EventHub topic of InterviewView

// What the candidate's pages need of the media engines; functions so that tests need no models.
struct FrameCheck {
  int faces = 0;
  double face_ratio = 0;  // width of the largest face in the picture
  bool centred = false;
  double brightness = 0, sharpness = 0;
};
struct CandidateEngines {
  std::function<Result<FrameCheck>(std::string_view jpeg)> check_frame;
  std::function<Result<std::string>(std::string const& text, std::string const& language)> speak;  // 16-bit WAV
};

class Api {
 public:
  virtual ~Api() = default;
  virtual Result<InterviewView> View(db::Tx& tx, Scope const& scope, std::string const& id) = 0;
  virtual std::optional<AnswerRecord> Answer(db::Tx& tx, std::string const& answer_id) = 0;
  // Answers that count, in the order of the plan's stages.
  virtual std::vector<AnswerRecord> Answers(db::Tx& tx, std::string const& interview_id) = 0;
  virtual std::optional<EnvironmentReport> Environment(db::Tx& tx, std::string const& interview_id) = 0;
  // Every attempt at every stage, also those that were taken back: their recordings exist, too.
  virtual std::vector<AnswerRecord> AllAnswers(db::Tx& tx, std::string const& interview_id) = 0;
  // Whether the candidate agrees to `consent` ("recording", "analysis", "biometric") and has not withdrawn it.
  virtual bool Consented(db::Tx& tx, std::string const& interview_id, std::string const& consent) = 0;
  virtual bool Withdrawn(db::Tx& tx, std::string const& interview_id, std::string const& consent) = 0;
  // kNotFound consent; kConflict consent.not_given, consent.withdrawn. Without recording or analysis the interview
  // ends: it becomes declined, a person takes over. Erasing what exists is the caller's.
  virtual Result<> WithdrawConsent(db::Tx& tx, std::string const& interview_id, std::string const& consent) = 0;
  virtual std::vector<ConsentState> ConsentsOf(db::Tx& tx, std::string const& interview_id) = 0;
  virtual std::optional<InterviewOwner> OwnerOf(db::Tx& tx, std::string const& interview_id) = 0;
  virtual std::vector<std::string> InterviewsOf(db::Tx& tx, std::vector<std::string> const& candidate_ids) = 0;
  // In order of id behind `after_id`; without those of which nothing is left.
  virtual std::vector<KeptInterview> Kept(db::Tx& tx, std::string const& after_id, int limit) = 0;
  // When something last happened with the candidate: invited, begun or finished; an open invitation counts to its end.
  virtual std::optional<Instant> LastActivity(db::Tx& tx, std::string const& candidate_id) = 0;
  virtual bool AnalysisErased(db::Tx& tx, std::string const& interview_id) = 0;
  // Also true as soon as the consent to record is withdrawn.
  virtual bool RecordingsErased(db::Tx& tx, std::string const& interview_id) = 0;
  // The person asked that nothing new be done with the data.
  virtual bool Restricted(db::Tx& tx, std::string const& interview_id) = 0;
  virtual std::string Language(db::Tx& tx, std::string const& interview_id) = 0;
  // Identity was checked by a person (on site, at a kiosk) instead of by code or number.
  virtual Result<> MarkIdentified(db::Tx& tx, std::string const& interview_id) = 0;
  // The report is there: the interview becomes ready and the candidate's file shows it.
  virtual void ReportReady(db::Tx& tx, std::string const& interview_id, std::optional<double> total,
                           std::string const& band) = 0;
  virtual void Caption(std::string const& interview_id, std::string const& answer_id, std::string const& text,
                       double start, double end) = 0;
  virtual std::shared_ptr<http::Authenticator> CandidateAuthenticator() = 0;
};

[[nodiscard]] std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit, org::Api& org, people::Api& people,
                                            plans::Api& plans, notify::Api& notify, CandidateEngines engines);
// Interviews, answers and their recordings.
[[nodiscard]] std::unique_ptr<PersonalData> MakePersonalData(AppContext const& context, people::Api& people);

}  // namespace bole::interviews
