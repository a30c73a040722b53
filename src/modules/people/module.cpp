#include "modules/people/service.hpp"
#include "platform/app/context.hpp"

namespace bole::people {
namespace {

// The service with what hangs on it.
class Module final : public Api {
 public:
  Module(AppContext& context, audit::Api& audit, org::Api& org, fields::Api& fields)
      : service_(context, audit, org, fields), imports_(context, audit, org, service_) {
    RegisterRoutes(context, service_, imports_);
    fields.Offer({"candidate", "candidate.read", "candidate.reveal"});
    org.CountRows("candidates", store::CountCandidatesBelow);
    context.runner.Register("people.import", [this](jobs::JobContext& job) { return imports_.Run(job); });
  }

  Result<CandidateView> Find(db::Tx& tx, Scope const& scope, std::string const& id) override {
    return service_.Find(tx, scope, id);
  }
  Result<Contact> ContactOf(db::Tx& tx, Scope const& scope, std::string const& id) override {
    return service_.ContactOf(tx, scope, id);
  }
  Result<bool> VerifyIdNumber(db::Tx& tx, std::string const& id, std::string const& text) override {
    return service_.VerifyIdNumber(tx, id, text);
  }
  std::int64_t CountCandidates(db::Tx& tx, Scope const& scope) override { return service_.CountCandidates(tx, scope); }
  void RecordInvited(db::Tx& tx, std::string const& id) override { service_.RecordInvited(tx, id); }
  void RecordResult(db::Tx& tx, std::string const& id, double score, std::string const& band) override {
    service_.RecordResult(tx, id, score, band);
  }
  void ClearResult(db::Tx& tx, std::string const& id) override { service_.ClearResult(tx, id); }
  std::optional<std::string> PersonOf(db::Tx& tx, std::string const& id) override { return service_.PersonOf(tx, id); }
  std::vector<PoolEntry> PlacesOf(db::Tx& tx, std::string const& person_id) override {
    return service_.PlacesOf(tx, person_id);
  }
  std::vector<PoolEntry> EnteredBefore(db::Tx& tx, Instant before, std::string const& after_id, int limit) override {
    return service_.EnteredBefore(tx, before, after_id, limit);
  }
  void SetRestricted(db::Tx& tx, std::string const& person_id, bool restricted) override {
    service_.SetRestricted(tx, person_id, restricted);
  }
  void AddEvent(db::Tx& tx, std::string const& id, FileEvent const& event) override {
    service_.AddEvent(tx, id, event);
  }
  Result<CandidateView> Create(Principal const& who, CreateCandidate const& input) override {
    return service_.Create(who, input);
  }
  Result<std::vector<std::string>> BulkCreate(Principal const& who,
                                              std::vector<CreateCandidate> const& inputs) override {
    return service_.BulkCreate(who, inputs);
  }
  void SetInterviewHistory(InterviewHistory& history) override { service_.SetInterviewHistory(history); }

 private:
  Service service_;
  Imports imports_;
};

}  // namespace

std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit, org::Api& org, fields::Api& fields) {
  return std::make_unique<Module>(context, audit, org, fields);
}

}  // namespace bole::people
