#include "modules/privacy/retention.hpp"

#include <algorithm>

#include "platform/crypto/hash.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole::privacy {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr int kBatch = 200;

Instant EndOf(Date const& day) { return Instant(std::chrono::sys_days(day.value) + hours(24)); }

std::vector<DataKind> KindsOf(PolicyKind kind) {
  if (kind == PolicyKind::recordings) return {DataKind::recordings};
  return {DataKind::analysis};
}

}  // namespace

Result<> Retention::EachInterview(Instant on, bool& more, std::function<Result<bool>(Due const&)> const& visit) {
  auto& database = subjects_.context.database;
  std::map<std::string, std::int64_t> plan_days;  // by plan and revision
  for (std::string after; more;) {
    std::vector<Due> due;
    auto const batch = database.Read([&](db::Tx& tx) {
      auto rows = subjects_.modules.interviews.Kept(tx, after, kBatch);
      for (auto const& row : rows) {
        auto const add = [&](PolicyKind kind, std::int64_t kept) {
          due.push_back({kind,
                         {.candidate_id = row.candidate_id},
                         row.id,
                         row.org_id,
                         row.org_path,
                         row.ended_at + days(kept),
                         kept});
        };
        if (!row.recordings_erased_at) {
          // The candidate was told the plan's days: a longer policy of the branch does not count.
          auto const key = row.plan_id + ":" + std::to_string(row.plan_revision);
          if (!plan_days.contains(key)) {
            auto const plan = subjects_.modules.plans.PlanRevision(tx, row.plan_id, row.plan_revision);
            plan_days[key] = plan ? plan->document.retention_days : DefaultDays(PolicyKind::recordings);
          }
          add(PolicyKind::recordings,
              std::min(plan_days[key], subjects_.Days(tx, row.org_path, PolicyKind::recordings)));
        }
        if (!row.analysis_erased_at) add(PolicyKind::reports, subjects_.Days(tx, row.org_path, PolicyKind::reports));
      }
      return rows;
    });
    for (auto const& each : due) {
      if (each.due_at > on) continue;
      BOLE_ASSIGN(more, visit(each));
      if (!more) return {};
    }
    if (std::ssize(batch) < kBatch) return {};
    after = batch.back().id;
  }
  return {};
}

std::int64_t Retention::DaysOf(db::Tx& tx, people::PoolEntry const& place) {
  auto const kind = place.last_band == "reject" ? PolicyKind::rejected_candidates : PolicyKind::candidates;
  return subjects_.Days(tx, place.org_path, kind);
}

// A person goes when the last of his places may, and never while he is employed.
std::optional<Instant> Retention::PersonDue(db::Tx& tx, std::string const& person_id) {
  std::optional<Instant> out;
  for (auto const& place : subjects_.modules.people.PlacesOf(tx, person_id)) {
    auto const last =
        std::max(place.created_at, subjects_.modules.interviews.LastActivity(tx, place.id).value_or(place.created_at));
    auto const due = last + days(DaysOf(tx, place));
    if (!out || due > *out) out = due;
  }
  for (auto const& record : subjects_.FurtherRecordsOf(tx, person_id)) {
    if (!record.ended) return std::nullopt;
    auto const due = EndOf(*record.ended) + days(subjects_.Days(tx, record.org_path, PolicyKind::former_employees));
    if (!out || due > *out) out = due;
  }
  return out;
}

Result<> Retention::EachFormerEmployee(Instant on, bool& more, std::function<Result<bool>(Due const&)> const& visit) {
  auto const day = *ParseDate(FormatInstant(on - days(1)).substr(0, 10));
  for (auto* portion : subjects_.modules.portions) {
    for (std::string after; more;) {
      std::vector<Due> due;
      auto const batch = subjects_.context.database.Read([&](db::Tx& tx) {
        auto rows = portion->EndedBefore(tx, day, after, kBatch);
        for (auto const& row : rows) {
          auto const records = subjects_.RecordsOf(tx, row.person_id);
          if (records.front().id != row.id) continue;  // once a person; candidates come first
          auto const at = PersonDue(tx, row.person_id);
          if (at && *at <= on)
            due.push_back({PolicyKind::former_employees,
                           {.employee_id = row.id},
                           "",
                           row.org_id,
                           row.org_path,
                           *at,
                           subjects_.Days(tx, row.org_path, PolicyKind::former_employees)});
        }
        return rows;
      });
      for (auto const& each : due) {
        BOLE_ASSIGN(more, visit(each));
        if (!more) return {};
      }
      if (std::ssize(batch) < kBatch) break;
      after = batch.back().id;
    }
  }
  return {};
}

Result<> Retention::EachPerson(Instant on, bool& more, std::function<Result<bool>(Due const&)> const& visit) {
  for (std::string after; more;) {
    std::vector<Due> due;
    auto const batch = subjects_.context.database.Read([&](db::Tx& tx) {
      auto rows = subjects_.modules.people.EnteredBefore(tx, on - days(1), after, kBatch);
      for (auto const& row : rows) {
        auto const places = subjects_.modules.people.PlacesOf(tx, row.person_id);
        if (places.front().id != row.id) continue;  // once a person
        auto const at = PersonDue(tx, row.person_id);
        auto const kind = row.last_band == "reject" ? PolicyKind::rejected_candidates : PolicyKind::candidates;
        if (at && *at <= on)
          due.push_back({kind, {.candidate_id = row.id}, "", row.org_id, row.org_path, *at, DaysOf(tx, row)});
      }
      return rows;
    });
    for (auto const& each : due) {
      BOLE_ASSIGN(more, visit(each));
      if (!more) return {};
    }
    if (std::ssize(batch) < kBatch) return {};
    after = batch.back().id;
  }
  return {};
}

Result<> Retention::EachDue(Instant on, std::function<Result<bool>(Due const&)> const& visit) {
  bool more = true;
  // First: what goes with the person needs no item of its own.
  BOLE_TRY(EachPerson(on, more, visit));
  BOLE_TRY(EachFormerEmployee(on, more, visit));
  return EachInterview(on, more, visit);
}

bool Retention::Held(db::Tx& tx, Due const& due) {
  auto const subject =
      due.interview_id.empty() ? subjects_.Whole(tx, due.ref) : subjects_.OfInterview(tx, due.interview_id);
  if (!subject) return false;
  return due.interview_id.empty() ? !subjects_.CheckKept(tx, subject->data) : subjects_.OnHold(tx, subject->data);
}

Result<> Retention::EraseDue(Due const& due, std::string const& run_id) {
  auto const count = [&](db::Tx& tx, Subject const& subject, DataCounts const& counts) -> Result<> {
    tx.Insert("retention_item", store::ItemRow{NewUlid(subjects_.context.clock.Now()),
                                               run_id,
                                               due.kind,
                                               {counts},
                                               crypto::Sha256Hex(subject.data.person_id),
                                               due.org_id,
                                               due.days});
    subjects_.Count(tx, counts, "retention");
    return {};
  };
  if (due.interview_id.empty()) return erasures_.ErasePerson(due.ref, count);
  auto& database = subjects_.context.database;
  std::vector<std::string> blobs;
  BOLE_TRY(database.Read([&](db::Tx& tx) -> Result<> {
    BOLE_ASSIGN(auto const subject, subjects_.OfInterview(tx, due.interview_id));
    blobs = subjects_.Blobs(tx, subject.data, KindsOf(due.kind));
    return {};
  }));
  BOLE_TRY(subjects_.Destroy(blobs));
  return database.Write([&](db::Tx& tx) -> Result<> {
    BOLE_ASSIGN(auto const subject, subjects_.OfInterview(tx, due.interview_id));
    return count(tx, subject, subjects_.Erase(tx, subject.data, KindsOf(due.kind)));
  });
}

Result<> Retention::Run(Date const& day, std::function<bool()> const& stopped) {
  auto& database = subjects_.context.database;
  auto& clock = subjects_.context.clock;
  auto run = database.Write([&](db::Tx& tx) {
    if (auto const known = store::Run(tx, day)) return *known;
    store::RunRow row;
    row.id = NewUlid(clock.Now()), row.day = day, row.started_at = clock.Now();
    tx.Insert("retention_run", row);
    return row;
  });
  if (run.state == "done") return {};
  run.held = 0;
  BOLE_TRY(EachDue(clock.Now(), [&](Due const& due) -> Result<bool> {
    if (stopped()) return Fail(ErrorCode::kUnavailable, "job.stopped");
    if (database.Read([&](db::Tx& tx) { return Held(tx, due); })) {
      ++run.held;
      return true;
    }
    auto const erased = EraseDue(due, run.id);
    // Gone by another hand, or held since: both are none of this run's business.
    if (!erased && erased.error().code != ErrorCode::kNotFound && erased.error().key != "privacy.on_hold")
      return tl::unexpected<Error>(erased.error());
    return true;
  }));
  return AgainOnRace(database.Write([&](db::Tx& tx) -> Result<> {
    auto const items = store::Items(tx, run.id);
    run.erased = std::ssize(items);
    Certify(tx, run, items);
    run.state = "done", run.finished_at = clock.Now();
    store::Update(tx, run);
    store::DeleteItems(tx, run.id);
    for (auto const& locked : store::LockedConsents(tx, "")) {  // whose hold ended by its date
      auto const subject = subjects_.OfInterview(tx, locked.interview_id);
      if (subject && !subjects_.OnHold(tx, subject->data)) consents_.CarryOutLocked(tx, locked.person_id);
    }
    subjects_.modules.audit.Record(tx, Principal::System("privacy"),
                                   {"privacy.retention", "retention_run", run.id, "", {{"erased", run.erased}}});
    Schedule(tx, Date{std::chrono::sys_days(day.value) + days(1)});
    return {};
  }));
}

void Retention::Certify(db::Tx& tx, store::RunRow& run, std::vector<store::ItemRow> const& items) {
  auto const root = subjects_.modules.org.Root(tx);
  if (!root || items.empty()) return;
  auto const day = FormatDate(run.day);
  Erased all{.why = "retention", .basis = day};
  std::map<std::pair<std::string, std::string>, Erased> persons;  // by person and unit: units keep by their own policy
  for (auto const& item : items) {
    for (auto const& [what, number] : item.counts.value) all.counts[what] += number;
    if (item.subject.empty()) continue;  // erased before persons were certified
    auto& person = persons[{item.subject, item.org_id}];
    person.why = "retention_person", person.basis = day, person.subject = item.subject;
    person.policies[boost::describe::enum_to_string(item.kind, "")] = item.days;
    for (auto const& [what, number] : item.counts.value) person.counts[what] += number;
  }
  for (auto const& [key, person] : persons) certificates_.Issue(tx, key.second, person);
  run.certificate_id = certificates_.Issue(tx, root->id, all);
}

void Retention::Schedule(db::Tx& tx, Date const& day) {
  auto const text = FormatDate(day);
  subjects_.context.queue.Enqueue(tx,
                                  {.type = kRetentionJob,
                                   .payload = {{"day", text}},
                                   .key = text,
                                   .run_at = Instant(std::chrono::sys_days(day.value) + hours(18)),  // 02:00 in China
                                   .max_attempts = 20});
}

Result<RetentionPreview> Retention::Preview(Principal const& who, Date const& on) {
  constexpr std::size_t kShown = 200;
  Scope const scope(who, "privacy.read");
  RetentionPreview out{on, {}, {}};
  BOLE_TRY(EachDue(Instant(std::chrono::sys_days(on.value) + hours(24)), [&](Due const& due) -> Result<bool> {
    if (!scope.Covers(due.org_path)) return true;
    auto count =
        std::find_if(out.counts.begin(), out.counts.end(), [&](auto const& each) { return each.kind == due.kind; });
    if (count == out.counts.end()) count = out.counts.insert(out.counts.end(), DueCount{due.kind, 0, 0});
    auto const held = subjects_.context.database.Read([&](db::Tx& tx) { return Held(tx, due); });
    ++(held ? count->held : count->due);
    if (out.items.size() < kShown) {
      auto const name = subjects_.context.database.Read(
          [&](db::Tx& tx) { return subjects_.NameOf(tx, subjects_.PersonOf(tx, due.ref).value_or("")); });
      out.items.push_back(
          {due.kind, due.ref.candidate_id, name, due.interview_id, due.due_at, held, due.ref.employee_id});
    }
    return true;
  }));
  return out;
}

}  // namespace bole::privacy
