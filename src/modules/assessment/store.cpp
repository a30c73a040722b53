#include "modules/assessment/store.hpp"

#include "platform/crypto/cipher.hpp"

namespace bole::assessment::store {
namespace {

constexpr char const* kSignals = "answer_analysis.signals";
constexpr char const* kAssessment = "answer_analysis.assessment";
constexpr char const* kTranscript = "answer_transcript.content";
constexpr char const* kReport = "interview_report.report";

struct AnalysisRow {
  std::string answer_id, interview_id;
  std::int64_t parts = 0;
  std::string signals, assessment;
  Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(AnalysisRow, (), (answer_id, interview_id, parts, signals, assessment, created_at))

struct ReportRow {
  std::string interview_id, report, model_id;
  std::int64_t model_version = 0;
  Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(ReportRow, (), (interview_id, report, model_id, model_version, created_at))

std::string OpenText(crypto::FieldCipher const& cipher, std::string const& sealed, char const* context) {
  auto text = cipher.Decrypt(sealed, context);
  if (!text) db::BadColumn(context, text.error().key);
  return *std::move(text);
}

template <class T>
std::string Seal(crypto::FieldCipher const& cipher, T const& document, char const* context) {
  return cipher.Encrypt(ToJsonText(document), context);
}

template <class T>
T Open(crypto::FieldCipher const& cipher, std::string const& sealed, char const* context) {
  db::Json<T> out;
  db::FromValue(db::Value{OpenText(cipher, sealed, context)}, out);
  return std::move(out.value);
}

}  // namespace

std::optional<std::int64_t> AnalysedParts(db::Tx& tx, std::string const& answer_id) {
  return tx.Scalar<std::int64_t>({"assessment.parts", "SELECT parts FROM answer_analysis WHERE answer_id = ?"},
                                 answer_id);
}

std::optional<Analysis> Store::FindAnalysis(db::Tx& tx, std::string const& answer_id) const {
  auto const row = tx.One<AnalysisRow>(
      {"assessment.analysis", "SELECT " + db::Columns<AnalysisRow>() + " FROM answer_analysis WHERE answer_id = ?"},
      answer_id);
  if (!row) return std::nullopt;
  return Analysis{row->answer_id,
                  row->interview_id,
                  row->parts,
                  Open<media::AnswerSignals>(cipher_, row->signals, kSignals),
                  Open<AnswerAssessment>(cipher_, row->assessment, kAssessment),
                  row->created_at};
}

void Store::Save(db::Tx& tx, Analysis const& analysis) const {
  tx.Execute({"assessment.analysis_replace", "DELETE FROM answer_analysis WHERE answer_id = ?"}, analysis.answer_id);
  tx.Insert("answer_analysis", AnalysisRow{analysis.answer_id, analysis.interview_id, analysis.parts,
                                           Seal(cipher_, analysis.signals, kSignals),
                                           Seal(cipher_, analysis.assessment, kAssessment), analysis.created_at});
}

std::optional<std::string> Store::Transcript(db::Tx& tx, std::string const& answer_id) const {
  auto const sealed = tx.Scalar<std::string>(
      {"assessment.transcript", "SELECT content FROM answer_transcript WHERE answer_id = ?"}, answer_id);
  if (!sealed) return std::nullopt;
  return OpenText(cipher_, *sealed, kTranscript);
}

void Store::SaveTranscript(db::Tx& tx, std::string const& answer_id, std::string const& content, Instant now) const {
  tx.Execute({"assessment.transcript_replace", "DELETE FROM answer_transcript WHERE answer_id = ?"}, answer_id);
  tx.Execute(
      {"assessment.transcript_save", "INSERT INTO answer_transcript (answer_id, content, created_at) VALUES (?, ?, ?)"},
      answer_id, cipher_.Encrypt(content, kTranscript), now);
}

std::optional<StoredReport> Store::FindReport(db::Tx& tx, std::string const& interview_id) const {
  auto const row = tx.One<ReportRow>(
      {"assessment.report", "SELECT " + db::Columns<ReportRow>() + " FROM interview_report WHERE interview_id = ?"},
      interview_id);
  if (!row) return std::nullopt;
  return StoredReport{row->interview_id, Open<Report>(cipher_, row->report, kReport), row->created_at};
}

void Store::Save(db::Tx& tx, StoredReport const& report) const {
  tx.Execute({"assessment.report_replace", "DELETE FROM interview_report WHERE interview_id = ?"}, report.interview_id);
  tx.Insert("interview_report", ReportRow{report.interview_id, Seal(cipher_, report.report, kReport),
                                          report.report.model.id, report.report.model.version_no, report.created_at});
}

std::int64_t EraseTranscript(db::Tx& tx, std::string const& answer_id) {
  return tx.Execute({"assessment.erase_transcript", "DELETE FROM answer_transcript WHERE answer_id = ?"}, answer_id);
}

std::int64_t EraseAnalyses(db::Tx& tx, std::string const& interview_id) {
  return tx.Execute({"assessment.clear_analysis", "DELETE FROM answer_analysis WHERE interview_id = ?"}, interview_id);
}

std::int64_t EraseReport(db::Tx& tx, std::string const& interview_id) {
  return tx.Execute({"assessment.clear_report", "DELETE FROM interview_report WHERE interview_id = ?"}, interview_id);
}

void DeleteAll(db::Tx& tx, std::string const& interview_id) {
  EraseAnalyses(tx, interview_id);
  EraseReport(tx, interview_id);
}

}  // namespace bole::assessment::store
