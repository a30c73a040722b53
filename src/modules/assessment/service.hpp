#pragma once
#include <chrono>
#include <map>
#include <mutex>

#include "modules/assessment/api.hpp"
#include "modules/assessment/store.hpp"
#include "platform/blob/blob_store.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole::http {
class Routes;
struct Request;
struct Response;
}  // namespace bole::http

namespace bole::assessment {

// A report on its way out of the product, and the record of the evidence log that says so.
struct TakenOut {
  ReportView report;
  std::string record;
  Instant at{};
};

// Follows recordings, scores them and keeps reports. Thread-safe.
class Service final : public Api {
 public:
  // `ask_after`: how long a recording may be silent before somebody looks whether the candidate is still there.
  Service(AppContext const& context, audit::Api& audit, interviews::Api& interviews, plans::Api& plans,
          AnalysisEngines engines, std::chrono::milliseconds ask_after = std::chrono::milliseconds(1500));

  // Job bodies; idempotent.
  Result<> Follow(std::string const& answer_id, std::stop_token stop);
  Result<> Analyse(std::string const& answer_id, int attempt, std::stop_token stop);
  Result<> Compose(std::string const& interview_id);
  Result<> MakePlayable(std::string const& answer_id);

  // Records the reading when there is a report.
  Result<ReportView> Report(Principal const& who, std::string const& interview_id,
                            audit::Purpose const& purpose = {}) override;
  // The report for a file to take away.
  Result<TakenOut> Export(Principal const& who, std::string const& interview_id, char const* file,
                          audit::Purpose const& purpose);
  void ImportTranscript(db::Tx& tx, std::string const& answer_id, std::string const& content) override;
  Result<> SetTranscript(Principal const& who, std::string const& interview_id, std::string const& answer_id,
                         std::string const& content);
  Result<> Reanalyse(Principal const& who, std::string const& interview_id);
  // What the candidate saw with the question of a stage: the picture or video that the plan's revision showed.
  Result<http::Response> QuestionMedia(Principal const& who, http::Request const& request,
                                       std::string const& interview_id, std::string const& stage_key);
  // The recording as the best there is: the seekable file, else the raw first part. Records the reading.
  struct Recording {
    std::string blob_id, media_type;
    std::uint64_t size = 0;
  };
  Result<Recording> Media(Principal const& who, std::string const& interview_id, std::string const& answer_id,
                          audit::Purpose const& purpose = {});
  Result<std::unique_ptr<blob::Reader>> OpenBlob(std::string const& blob_id) { return blobs_.Open(blob_id); }

 private:
  // Whole: every part was read to its end. Not whole: nobody records any more, try when the answer closes.
  bool MayAnalyse(db::Tx& tx, std::string const& interview_id);
  Result<bool> Run(std::string const& answer_id, bool follow, std::stop_token stop);
  Result<AnswerInput> InputFor(db::Tx& tx, interviews::AnswerRecord const& answer);
  Result<AssessmentFrame> FrameFor(db::Tx& tx, std::string const& interview_id);
  Result<> Keep(interviews::AnswerRecord const& answer, media::AnswerSignals signals);
  Result<ReportView> Load(Scope const& scope, std::string const& interview_id);
  void RecordRead(Principal const& who, audit::Entry const& read);
  bool GoesOn(std::string const& answer_id, std::int64_t part, int idle_rounds);
  std::shared_ptr<std::mutex> Turn(std::string const& answer_id);

  db::Database& database_;
  Clock const& clock_;
  blob::BlobStore& blobs_;
  jobs::JobQueue& queue_;
  store::Store store_;
  ExpressionPolicy expression_;
  audit::Api& audit_;
  interviews::Api& interviews_;
  plans::Api& plans_;
  AnalysisEngines engines_;
  std::chrono::milliseconds ask_after_;
  std::mutex mutex_;
  std::map<std::string, std::weak_ptr<std::mutex>> turns_;  // one analysis per answer at a time
};

// The recording made for playing.
[[nodiscard]] std::string PlayableBlob(std::string const& answer_id);
[[nodiscard]] ReportView MakeReportView(interviews::InterviewView interview, store::StoredReport stored);

inline constexpr char const* kFollowJob = "assessment.follow";
inline constexpr char const* kAnalyseJob = "assessment.analyse";
inline constexpr char const* kComposeJob = "assessment.compose";
inline constexpr char const* kPlayableJob = "assessment.playable";

void RegisterRoutes(http::Routes& routes, Service& service, i18n::Messages const& messages);

}  // namespace bole::assessment
