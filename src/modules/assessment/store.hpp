#pragma once
#include "modules/assessment/input.hpp"
#include "modules/assessment/model.hpp"
#include "platform/db/database.hpp"

namespace bole::crypto {
class FieldCipher;
}

// All SQL of the module.
namespace bole::assessment::store {

struct Analysis {
  std::string answer_id, interview_id;
  std::int64_t parts = 0;  // how many parts of the recording it covers
  media::AnswerSignals signals;
  AnswerAssessment assessment;
  Instant created_at{};
};

struct StoredReport {
  std::string interview_id;
  Report report;
  Instant created_at{};
};

// Parts covered by the analysis of an answer; nothing when there is none.
std::optional<std::int64_t> AnalysedParts(db::Tx& tx, std::string const& answer_id);

// What was said is sensitive: signals, assessments, transcripts and reports are encrypted documents.
class Store {
 public:
  explicit Store(crypto::FieldCipher const& cipher) : cipher_(cipher) {}
  std::optional<Analysis> FindAnalysis(db::Tx& tx, std::string const& answer_id) const;
  void Save(db::Tx& tx, Analysis const& analysis) const;
  std::optional<std::string> Transcript(db::Tx& tx, std::string const& answer_id) const;
  void SaveTranscript(db::Tx& tx, std::string const& answer_id, std::string const& content, Instant now) const;
  std::optional<StoredReport> FindReport(db::Tx& tx, std::string const& interview_id) const;
  void Save(db::Tx& tx, StoredReport const& report) const;

 private:
  crypto::FieldCipher const& cipher_;
};

void DeleteAll(db::Tx& tx, std::string const& interview_id);
// All of one answer; rows that went.
std::int64_t EraseTranscript(db::Tx& tx, std::string const& answer_id);
std::int64_t EraseAnalyses(db::Tx& tx, std::string const& interview_id);
std::int64_t EraseReport(db::Tx& tx, std::string const& interview_id);

}  // namespace bole::assessment::store
