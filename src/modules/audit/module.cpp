#include <condition_variable>
#include <thread>

#include "modules/audit/recent_reads.hpp"
#include "modules/audit/sequencer.hpp"
#include "modules/audit/service.hpp"
#include "platform/config/config.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/log/log.hpp"

namespace bole::audit {
namespace {

class EvidenceLog final : public Log {
 public:
  explicit EvidenceLog(AppContext& context) : context_(context), sequencer_(context), service_(context, *this) {
    context.runner.Register(kAnchorJob, [&context](jobs::JobContext& job) {
      return PostAnchor(context, job.payload().at("size").to_number<std::int64_t>());
    });
    RegisterRoutes(context.routes, service_);
  }
  ~EvidenceLog() override { Stop(); }

  std::string Begin(db::Tx& tx, Principal const& who, Entry const& entry) override {
    return Add(tx, who, entry, false);
  }

  void Succeeded(db::Tx& tx, std::string const& record_id) override {
    tx.Execute({"audit.succeeded", "UPDATE audit_record SET succeeded = 1 WHERE id = ? AND leaf_index IS NULL"},
               record_id);
  }

  void Record(db::Tx& tx, Principal const& who, Entry const& entry) override { Add(tx, who, entry, true); }

  void RecordRead(db::Tx& tx, Principal const& who, Entry const& entry) override {
    if (!IsNewRead(who, entry)) return;
    Record(tx, who, entry);
    tx.OnCommit([this, who, entry] { reads_.Add(who, entry, context_.clock.Now()); });
  }
  bool IsNewRead(Principal const& who, Entry const& entry) override {
    return !reads_.Has(who, entry, context_.clock.Now());
  }

  void Start() override {
    thread_ = std::jthread([this](std::stop_token const& stop) { Run(stop); });
  }
  void Stop() override {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
  }
  Result<> Seal() override {
    std::lock_guard const lock(sealing_);
    return sequencer_.Seal();
  }
  Result<std::string> RotateKey(Principal const& who) override {
    return context_.database.Write([&](db::Tx& tx) -> Result<std::string> {
      auto const record = Begin(tx, who, {"audit.rotate_key", "audit", ""});
      auto const now = context_.clock.Now();
      auto const log = store::LockLog(tx, context_.config.audit.suite, now);
      BOLE_ASSIGN(auto id, Signers(context_.fields).Rotate(tx, log.suite, now));
      Succeeded(tx, record);
      return id;
    });
  }

 private:
  std::string Add(db::Tx& tx, Principal const& who, Entry const& entry, bool succeeded) {
    auto const now = context_.clock.Now();
    auto details = entry.details;
    RecordRow row;
    row.id = NewUlid(now), row.at = now;
    row.actor_kind = boost::describe::enum_to_string(who.kind, "");
    row.actor_id = who.id, row.actor_name = who.name;
    row.action = entry.action, row.subject_kind = entry.subject_kind, row.subject_id = entry.subject_id;
    if (!who.actor_id.empty()) {  // somebody looks as another person: he acts, both names stand in the record
      row.actor_id = who.actor_id, row.actor_name = who.actor_name;
      details["viewing_as"] = json::object{{"id", who.id}, {"name", who.name}};
    }
    if (!entry.org_id.empty()) row.org_id = entry.org_id;
    row.succeeded = succeeded;
    row.details = ToText(details);
    tx.Insert("audit_record", row);
    return row.id;
  }

  void Run(std::stop_token const& stop) {
    std::chrono::seconds const interval(context_.config.audit.interval_seconds);
    std::mutex mutex;
    std::condition_variable_any wake;
    bool last = false;
    while (!last) {
      std::unique_lock lock(mutex);
      wake.wait_for(lock, stop, interval, [] { return false; });
      last = stop.stop_requested();
      SealOrLog();
    }
  }
  // Records wait in the database: what fails now is done by the next round.
  void SealOrLog() {
    try {
      if (auto const done = Seal(); !done) log::Error("audit.sequencer", {{"error", done.error().key}});
    } catch (std::exception const& error) {
      log::Error("audit.sequencer", {{"what", error.what()}});
    }
  }

  AppContext& context_;
  RecentReads reads_;
  Sequencer sequencer_;
  Service service_;
  std::mutex sealing_;
  std::jthread thread_;
};

}  // namespace

std::unique_ptr<Log> Register(AppContext& context) { return std::make_unique<EvidenceLog>(context); }

}  // namespace bole::audit
