#pragma once
#include <algorithm>

#include "modules/personnel/api.hpp"
#include "modules/privacy/service.hpp"
#include "platform/blob/blob_store.hpp"

namespace bole::privacy {

// Tests include "modules/assessment/service.hpp" and "modules/interviews/interviews_test.hpp" before this.
// One candidate of the north with a finished interview: recordings, analyses with faces, a transcript, a report and
// messages, as every module would have left them.
class PrivacyTest : public interviews::InterviewsTest {
 protected:
  static constexpr char const* kSpoken = "我会先道歉，再核对账目。";

  void SetUp() override {
    InterviewsTest::SetUp();
    db.MigrateModules({"identity", "personnel", "privacy"});
    interviews::AskWith(*api, privacy.texts);
    RegisterRoutes(routes, privacy);
    RegisterPersonRoutes(routes, privacy);
    runner.Register(kMirrorJob, [this](jobs::JobContext& job) {
      return privacy.consents.Mirror(std::string(job.payload().at("interview_id").as_string()));
    });
    runner.Register(kCarryOutJob, [this](jobs::JobContext& job) {
      return privacy.consents.CarryOut(std::string(job.payload().at("consent_id").as_string()));
    });
    runner.Register(kExportJob, [this](jobs::JobContext& job) {
      return privacy.exports.Make(
          std::string(job.payload().at("export_id").as_string()), [&job](double share) { job.Progress(share); },
          job.stop());
    });
    runner.Register(kExpireJob, [this](jobs::JobContext&) { return privacy.exports.Expire(); });
    runner.Register(kEraseJob, [this](jobs::JobContext& job) {
      return privacy.erasures.CarryOut(std::string(job.payload().at("erasure_id").as_string()));
    });
    runner.Register(kSendLinksJob, [this](jobs::JobContext& job) {
      return privacy.entrance.SendLinks(std::string(job.payload().at("address").as_string()), i18n::Locale::kZhCn);
    });
    runner.Register(kRetentionJob, [](jobs::JobContext&) { return Result<>{}; });
    bus.Subscribe(interviews::kConsentsGiven, kMirrorJob);
  }

  static Principal Officer(std::string const& path, std::string id = "01OFFICER00000000000000001") {
    auto out = User({"privacy.read", "privacy.manage", "privacy.erase", "candidate.read", "interview.read"}, path);
    out.id = std::move(id), out.name = "officer";
    return out;
  }
  static Principal Second(std::string const& path) { return Officer(path, "01OFFICER00000000000000002"); }
  static Principal Behind(std::string const& interview_id) {
    auto out = As(interview_id);
    out.grants.push_back({"candidate", "/"});
    return out;
  }

  // Invited by mail, consented to everything, both stages answered and analysed.
  std::string Finished() {
    auto const invited = Invite({"email", "sms"});
    Identify(invited.id);
    (void)service
        .GiveConsent(As(invited.id), {{{"recording", "1", true}, {"analysis", "1", true}, {"biometric", "1", true}}})
        .value();
    for (auto const* stage : {"intro", "q1"}) Analysed(invited.id, AnswerStage(As(invited.id), stage));
    db->Write([&](db::Tx& tx) {
      assessment::Report report;
      report.total = 7.5, report.band = "recommend";
      report.answers.resize(1);
      report.answers[0].face.sampled_frames = 20;
      report.verdict_zh = kSpoken;
      results.Save(tx, assessment::store::StoredReport{invited.id, report, clock.Now()});
      api->ReportReady(tx, invited.id, 7.5, "recommend");
    });
    runner.RunDue();
    return invited.id;
  }
  void Analysed(std::string const& interview_id, std::string const& answer_id) {
    db->Write([&](db::Tx& tx) {
      assessment::store::Analysis analysis{answer_id, interview_id, 1, {}, {}, clock.Now()};
      analysis.signals.face.present = true, analysis.signals.face.sampled_frames = 20;
      analysis.assessment.report.face.sampled_frames = 20;
      results.Save(tx, analysis);
      results.SaveTranscript(tx, answer_id, kSpoken, clock.Now());
    });
    (void)blobs
        ->Put(assessment::PlayableBlob(answer_id), blob::ByteView(reinterpret_cast<std::uint8_t const*>("play"), 4))
        .value();
  }
  std::size_t BlobCount() {
    std::size_t out = 0;
    (void)blobs->List([&](std::string const&) { return ++out, true; });
    return out;
  }
  std::int64_t Rows(std::string const& table) {
    return *db->Read([&](db::Tx& tx) {
      return tx.Scalar<std::int64_t>({"test.count", "SELECT COUNT(*) FROM " + table});
    });
  }
  // Every text column of every table, "table.column: value" of the cells that hold one of the needles.
  std::vector<std::string> Traces(std::vector<std::string> const& needles) {
    return db->Read([&](db::Tx& tx) {
      std::string const columns =
          tx.dialect() == db::Dialect::sqlite
              ? "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' "
                "AND "
                "p.type = 'TEXT'"
              : "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() "
                "AND data_type = 'text'";
      std::vector<std::string> out;
      for (auto const& column : tx.Fetch({"test.columns", columns}, {}, {db::Kind::text, db::Kind::text})) {
        auto const table = std::get<std::string>(column[0]), name = std::get<std::string>(column[1]);
        for (auto const& needle : needles)
          for (auto const& cell :
               tx.Fetch({"test.trace", "SELECT " + name + " FROM " + table + " WHERE " + name + " LIKE ? ESCAPE '\\'"},
                        {db::Contains(needle)}, {db::Kind::text}))
            out.push_back(table + "." + name + ": " + std::get<std::string>(cell[0]));
      }
      return out;
    });
  }
  CertificateView LastCertificate() { return privacy.certificates.List(Officer(root.path), {}).value().items.at(0); }
  static Date Day(int year, unsigned month, unsigned day) {
    return Date{std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(day)};
  }

  // A module that must keep somebody as long as `on`.
  struct Keeper final : PersonalData {
    [[nodiscard]] std::string area() const override { return "keeper"; }
    Result<DataPortion> Export(db::Tx&, DataSubject const&) override { return DataPortion{}; }
    std::vector<std::string> Blobs(db::Tx&, DataSubject const&, DataKind) override { return {}; }
    DataCounts Erase(db::Tx&, DataSubject const&, DataKind) override { return {}; }
    std::optional<Error> Keeps(db::Tx&, DataSubject const&) override {
      return on ? std::optional(Error{ErrorCode::kConflict, "keeper.on"}) : std::nullopt;
    }
    bool on = false;
  };

  Keeper keeper;
  std::unique_ptr<personnel::Api> staff = personnel::Register(context, *audits, *orgs, *people);
  std::unique_ptr<identity::Api> users = identity::Register(context, *orgs, *audits);
  assessment::store::Store results{fields};
  std::unique_ptr<PersonalData> of_assessment = assessment::MakePersonalData(context, *api);
  std::unique_ptr<PersonalData> of_interviews = interviews::MakePersonalData(context, *people);
  std::unique_ptr<PersonalData> of_notify = notify::MakePersonalData(context);
  std::unique_ptr<PersonalData> of_personnel = personnel::MakePersonalData(context, *staff);
  std::unique_ptr<PersonalData> of_people = people::MakePersonalData(context);
  Service privacy{
      context,
      {*audits,
       *orgs,
       *users,
       *people,
       *api,
       *plans,
       *notes,
       {of_assessment.get(), of_interviews.get(), of_notify.get(), of_personnel.get(), of_people.get(), &keeper}},
      Catalogue::Load(ShareFolder() / "content/privacy/consents.json").value()};
};

}  // namespace bole::privacy
