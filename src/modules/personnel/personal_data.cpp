#include "platform/security/personal_data.hpp"

#include "modules/personnel/service.hpp"
#include "platform/app/context.hpp"

namespace bole::personnel {
namespace {

template <class E>
std::string Word(E value) {
  return boost::describe::enum_to_string(value, "");
}

std::string Day(std::optional<Date> const& date) { return date ? FormatDate(*date) : ""; }

class Held final : public PersonalData {
 public:
  Held(Clock const& clock, Service& service) : clock_(clock), service_(service) {}

  [[nodiscard]] std::string area() const override { return "personnel"; }

  Result<DataPortion> Export(db::Tx& tx, DataSubject const& subject) override {
    json::array employments;
    for (auto const& row : store::OfPerson(tx, subject.person_id)) {
      BOLE_ASSIGN(auto const view, service_.Find(tx, Scope::Everything(), row.id));
      json::array events;
      for (auto const& event : store::Events(tx, row.id)) {
        json::array fields(event.fields.begin(), event.fields.end());
        events.push_back({{"at", FormatInstant(event.at)}, {"kind", event.kind}, {"fields", std::move(fields)}});
      }
      auto const everything = Scope::Everything();
      fields::Record const record{"employee", row.id, row.org_id, PathOf(tx, row.id)};
      auto custom = service_.Custom().Values(tx, everything, record);
      BOLE_ASSIGN(auto const clear, service_.Custom().Reveal(tx, everything, record));
      for (auto const& member : clear) custom[member.key()] = member.value();
      employments.push_back({{"number", row.number},
                             {"unit", view.org_name},
                             {"job", view.job_name},
                             {"position", view.position_name},
                             {"grade", row.grade},
                             {"employment", Word(row.employment)},
                             {"hired_on", FormatDate(row.hired_on)},
                             {"probation_until", Day(row.probation_until)},
                             {"left_on", Day(row.left_on)},
                             {"leave_reason", row.leave_reason ? Word(*row.leave_reason) : ""},
                             {"custom_fields", std::move(custom)},
                             {"events", std::move(events)}});
    }
    return DataPortion{{{"employments", std::move(employments)}}, {}};
  }

  std::vector<DataRecord> Records(db::Tx& tx, std::string const& person_id) override {
    std::vector<DataRecord> out;
    for (auto const& row : store::OfPerson(tx, person_id))
      out.push_back({"employee", row.id, person_id, row.org_id, PathOf(tx, row.id), row.left_on});
    return out;
  }

  std::vector<DataRecord> EndedBefore(db::Tx& tx, Date const& day, std::string const& after_id, int limit) override {
    std::vector<DataRecord> out;
    for (auto const& row : store::LeftBefore(tx, day, after_id, limit))
      out.push_back({"employee", row.id, row.person_id, row.org_id, row.org_path, row.left_on});
    return out;
  }

  std::optional<std::string> PersonOf(db::Tx& tx, std::string_view kind, std::string const& id) override {
    auto const row = kind == "employee" ? store::Employee(tx, Scope::Everything(), id) : std::nullopt;
    return row ? std::optional(row->person_id) : std::nullopt;
  }

  std::vector<std::string> Blobs(db::Tx&, DataSubject const&, DataKind) override { return {}; }

  std::optional<Error> Keeps(db::Tx& tx, DataSubject const& subject) override {
    auto const today = *ParseDate(FormatInstant(clock_.Now()).substr(0, 10));
    for (auto const& row : store::OfPerson(tx, subject.person_id))
      if (MustKeep(row.left_on, today)) return Error{ErrorCode::kConflict, "employee.kept", {}, {}};
    return std::nullopt;
  }

  DataCounts Erase(db::Tx& tx, DataSubject const& subject, DataKind kind) override {
    if (kind != DataKind::profile) return {};
    std::vector<std::string> ids;
    for (auto const& row : store::OfPerson(tx, subject.person_id)) ids.push_back(row.id);
    auto const values = service_.Custom().Forget(tx, ids);
    auto out = store::ErasePerson(tx, subject.person_id);
    out["field_value"] = values;
    return out;
  }

 private:
  static std::string PathOf(db::Tx& tx, std::string const& id) {
    auto const row = store::Employee(tx, Scope::Everything(), id);
    return row ? row->org_path : "";
  }

  Clock const& clock_;
  Service& service_;
};

}  // namespace

std::unique_ptr<PersonalData> MakePersonalData(AppContext const& context, Api& api) {
  return std::make_unique<Held>(context.clock, dynamic_cast<Service&>(api));
}

}  // namespace bole::personnel
