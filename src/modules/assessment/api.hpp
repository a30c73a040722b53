#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "media/decode/byte_source.hpp"
#include "modules/assessment/assessor.hpp"
#include "modules/assessment/model.hpp"
#include "modules/interviews/api.hpp"
#include "modules/plans/api.hpp"

// T3, above interviews: analysis of recordings, scoring, reports.
namespace bole::assessment {

struct ReportView {
  interviews::InterviewView interview;
  // none | analysing | ready | failed | withdrawn (by the candidate) | erased (by retention or on request)
  std::string status = "none";
  std::optional<Instant> created_at;
  ModelName model;
  std::optional<double> total;
  std::optional<std::string> band;
  std::string certainty = "insufficient";
  std::string verdict_zh, verdict_en;
  std::vector<Finding> strengths, doubts;
  std::vector<DimensionScore> dimensions;
  std::vector<AnswerReport> answers;
  std::optional<interviews::EnvironmentReport> environment;
  std::vector<Notice> notices;
  std::vector<media::EngineUse> engines;
};
BOOST_DESCRIBE_STRUCT(ReportView, (),
                      (interview, status, created_at, model, total, band, certainty, verdict_zh, verdict_en, strengths,
                       doubts, dimensions, answers, environment, notices, engines))

// One sentence heard so far.
using CaptionSink = std::function<void(std::string const& text, double start, double end)>;

struct AnalysisRequest {
  std::string language;  // zh | en
  ExpressionPolicy expression = ExpressionPolicy::off;
  std::optional<std::string> transcript;  // SRT or WebVTT instead of recognition
};

// Gives the parts of a recording in order and null after the last; may block while the candidate records.
using NextPart = std::function<media::ByteSource*()>;

// The media engines as this module needs them. All are thread-safe and load what they need on first use.
struct AnalysisEngines {
  std::function<Result<media::AnswerSignals>(NextPart const& parts, AnalysisRequest const& request,
                                             CaptionSink const& caption, std::stop_token stop)>
      analyse;
  // The parts of one answer as one file that a browser can seek in.
  std::function<Result<std::vector<std::byte>>(std::vector<media::ByteSource*> const& parts)> make_playable;
  std::function<Result<Assessor const*>()> assessor;
};

class Api {
 public:
  virtual ~Api() = default;
  virtual Result<ReportView> Report(Principal const& who, std::string const& interview_id,
                                    audit::Purpose const& purpose = {}) = 0;
  // Before the answer is analysed; for demonstration data and imports.
  virtual void ImportTranscript(db::Tx& tx, std::string const& answer_id, std::string const& content) = 0;
};

[[nodiscard]] std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit, interviews::Api& interviews,
                                            plans::Api& plans, AnalysisEngines engines);
// Analyses, transcripts, reports, and the recordings made for playing.
[[nodiscard]] std::unique_ptr<PersonalData> MakePersonalData(AppContext const& context, interviews::Api& interviews);

}  // namespace bole::assessment
