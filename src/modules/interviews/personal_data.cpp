#include "platform/security/personal_data.hpp"

#include "modules/interviews/store.hpp"
#include "modules/people/api.hpp"

namespace bole::interviews {
namespace {

// The extension of a recording by its media type: "video/mp4;codecs=…" → ".mp4".
std::string Extension(std::string const& mime) { return mime.starts_with("video/mp4") ? ".mp4" : ".webm"; }

class Held final : public PersonalData {
 public:
  Held(Clock const& clock, people::Api& people) : clock_(clock), people_(people) {}

  [[nodiscard]] std::string area() const override { return "interviews"; }

  Result<DataPortion> Export(db::Tx& tx, DataSubject const& subject) override {
    DataPortion out;
    json::array interviews;
    for (auto const& id : subject.interview_ids) {
      auto const row = store::Find(tx, id);
      if (!row) continue;
      json::array answers;
      for (auto const& answer : store::Answers(tx, id)) {
        answers.push_back({{"id", answer.id},
                           {"stage", answer.stage_key},
                           {"attempt", answer.attempt},
                           {"started_at", FormatInstant(answer.started_at)},
                           {"duration_ms", answer.duration_ms}});
        if (row->recordings_erased_at) continue;
        for (auto const& part : answer.parts.value)
          out.files.push_back({"recordings/" + id + "/" + answer.stage_key + "-" + std::to_string(answer.attempt) +
                                   "-" + std::to_string(part.part) + Extension(part.mime_type),
                               "",
                               {BlobOf(answer.id, part.part)}});
      }
      json::object one{{"id", row->id},
                       {"name", row->candidate_name},
                       {"plan", row->plan_name_zh},
                       {"job", row->job_name},
                       {"language", row->language},
                       {"state", boost::describe::enum_to_string(row->state, "")},
                       {"invited_at", FormatInstant(row->created_at)},
                       {"consents", WriteJson(row->consents.value)},
                       {"decline_reason", row->decline_reason},
                       {"wants_person", row->wants_person},
                       {"answers", std::move(answers)}};
      if (row->started_at) one["started_at"] = FormatInstant(*row->started_at);
      if (row->finished_at) one["finished_at"] = FormatInstant(*row->finished_at);
      if (row->environment) one["device"] = WriteJson(row->environment->value);
      if (row->total) one["total"] = *row->total;
      if (row->band) one["band"] = *row->band;
      interviews.push_back(std::move(one));
    }
    out.document["interviews"] = std::move(interviews);
    return out;
  }

  std::vector<std::string> Blobs(db::Tx& tx, DataSubject const& subject, DataKind kind) override {
    std::vector<std::string> out;
    if (kind != DataKind::recordings) return out;
    for (auto const& id : subject.interview_ids)
      for (auto const& answer : store::Answers(tx, id))
        for (auto const& part : answer.parts.value) out.push_back(BlobOf(answer.id, part.part));
    return out;
  }

  DataCounts Erase(db::Tx& tx, DataSubject const& subject, DataKind kind) override {
    DataCounts out;
    for (auto const& id : subject.interview_ids) {
      auto row = store::Find(tx, id);
      if (!row) continue;
      if (kind == DataKind::recordings && !row->recordings_erased_at) {
        for (auto const& answer : store::Answers(tx, id)) out["recording"] += std::ssize(answer.parts.value);
        row->recordings_erased_at = clock_.Now();
        store::Save(tx, *row);
      } else if (kind == DataKind::analysis && !row->analysis_erased_at) {
        EraseResult(tx, *row);
      } else if (kind == DataKind::profile) {
        for (auto const& [what, count] : store::EraseInterview(tx, id)) out[what] += count;
      }
    }
    return out;
  }

 private:
  // The candidate's list shows the result before this one again, or none.
  void EraseResult(db::Tx& tx, store::InterviewRow& row) {
    row.analysis_erased_at = clock_.Now();
    row.total.reset(), row.band.reset(), row.environment.reset();
    store::Save(tx, row);
    auto const last = store::LastWithResult(tx, row.candidate_id);
    auto const before = last ? store::Find(tx, *last) : std::nullopt;
    if (before)
      people_.RecordResult(tx, row.candidate_id, *before->total, before->band.value_or(""));
    else
      people_.ClearResult(tx, row.candidate_id);
  }

  Clock const& clock_;
  people::Api& people_;
};

}  // namespace

std::unique_ptr<PersonalData> MakePersonalData(AppContext const& context, people::Api& people) {
  return std::make_unique<Held>(context.clock, people);
}

}  // namespace bole::interviews
