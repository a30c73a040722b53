#include "platform/security/personal_data.hpp"

#include <algorithm>

#include "modules/assessment/notices.hpp"
#include "modules/assessment/report_documents.hpp"
#include "modules/assessment/service.hpp"

namespace bole::assessment {
namespace {

constexpr char const* kWithdrawn = "biometric.withdrawn";

class Held final : public PersonalData {
 public:
  Held(AppContext const& context, interviews::Api& interviews)
      : messages_(context.messages), store_(context.fields), interviews_(interviews) {}

  [[nodiscard]] std::string area() const override { return "assessment"; }

  Result<DataPortion> Export(db::Tx& tx, DataSubject const& subject) override {
    DataPortion out;
    json::array reports;
    for (auto const& id : subject.interview_ids) {
      for (auto const& answer : interviews_.AllAnswers(tx, id))
        if (auto text = store_.Transcript(tx, answer.id))
          out.files.push_back({"transcripts/" + id + "/" + answer.stage_key + ".srt", *std::move(text)});
      auto stored = store_.FindReport(tx, id);
      if (!stored) continue;
      BOLE_ASSIGN(auto interview, interviews_.View(tx, Scope::Everything(), id));
      auto const report = MakeReportView(std::move(interview), *std::move(stored));
      auto const locale = interviews_.Language(tx, id) == "en" ? i18n::Locale::kEnUs : i18n::Locale::kZhCn;
      BOLE_ASSIGN(auto pdf, ReportPdf(report, locale, messages_));
      out.files.push_back({"reports/" + id + "/report.pdf", std::move(pdf)});
      out.files.push_back({"reports/" + id + "/transcript.txt", TranscriptText(report, locale, messages_)});
      reports.push_back(WriteJson(report));
    }
    out.document["reports"] = std::move(reports);
    return out;
  }

  std::vector<std::string> Blobs(db::Tx& tx, DataSubject const& subject, DataKind kind) override {
    std::vector<std::string> out;
    if (kind != DataKind::recordings) return out;
    for (auto const& id : subject.interview_ids)
      for (auto const& answer : interviews_.AllAnswers(tx, id)) out.push_back(PlayableBlob(answer.id));
    return out;
  }

  DataCounts Erase(db::Tx& tx, DataSubject const& subject, DataKind kind) override {
    DataCounts out;
    for (auto const& id : subject.interview_ids) {
      if (kind == DataKind::analysis) {
        for (auto const& answer : interviews_.AllAnswers(tx, id))
          out["answer_transcript"] += store::EraseTranscript(tx, answer.id);
        out["answer_analysis"] += store::EraseAnalyses(tx, id);
        out["interview_report"] += store::EraseReport(tx, id);
      } else if (kind == DataKind::biometric) {
        out["face_signals"] += EraseFaces(tx, id);
      }
    }
    return out;
  }

 private:
  // Signals, views and reports without what was measured of the face; the report says so.
  std::int64_t EraseFaces(db::Tx& tx, std::string const& interview_id) {
    std::int64_t count = 0;
    for (auto const& answer : interviews_.AllAnswers(tx, interview_id)) {
      auto analysis = store_.FindAnalysis(tx, answer.id);
      if (!analysis || (!analysis->signals.face.present && analysis->signals.face.sampled_frames == 0)) continue;
      analysis->signals.face = {};
      analysis->assessment.report.face = {};
      std::erase_if(analysis->assessment.features,
                    [](auto const& f) { return f.key == "smile" || f.key == "head_steadiness"; });
      store_.Save(tx, *analysis);
      ++count;
    }
    auto stored = store_.FindReport(tx, interview_id);
    if (!stored) return count;
    for (auto& answer : stored->report.answers) answer.face = {};
    auto& notices = stored->report.notices;
    if (std::none_of(notices.begin(), notices.end(), [](auto const& notice) { return notice.code == kWithdrawn; }))
      notices.push_back(MakeNotice(Texts(messages_), kWithdrawn, "info", ""));
    store_.Save(tx, *stored);
    return count;
  }

  i18n::Messages const& messages_;
  store::Store store_;
  interviews::Api& interviews_;
};

}  // namespace

std::unique_ptr<PersonalData> MakePersonalData(AppContext const& context, interviews::Api& interviews) {
  return std::make_unique<Held>(context, interviews);
}

}  // namespace bole::assessment
