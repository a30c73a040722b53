#include "platform/security/personal_data.hpp"

#include "modules/people/file_store.hpp"
#include "modules/people/store.hpp"
#include "platform/app/context.hpp"
#include "platform/crypto/cipher.hpp"

namespace bole::people {
namespace {

class Held final : public PersonalData {
 public:
  explicit Held(crypto::FieldCipher const& fields) : fields_(fields) {}

  [[nodiscard]] std::string area() const override { return "person"; }

  Result<DataPortion> Export(db::Tx& tx, DataSubject const& subject) override {
    auto const person = store::Person(tx, subject.person_id);
    if (!person) return NotFound("candidate");
    BOLE_ASSIGN(auto const phone, fields_.Decrypt(person->phone, "person.phone"));
    BOLE_ASSIGN(auto const email, fields_.Decrypt(person->email, "person.email"));
    BOLE_ASSIGN(auto const id_number, fields_.Decrypt(person->id_number, "person.id_number"));
    json::object document{{"name", person->name},
                          {"gender", person->gender},
                          {"birth_date", person->birth_date ? FormatDate(*person->birth_date) : ""},
                          {"phone", phone},
                          {"email", email},
                          {"id_number", id_number},
                          {"known_since", FormatInstant(person->created_at)}};
    DataPortion out;
    json::array candidates;
    for (auto const& id : subject.candidate_ids) {
      auto const row = store::Row(tx, id);
      if (!row) continue;
      json::array events;
      for (auto const& event : store::Events(tx, id))
        events.push_back({{"at", FormatInstant(event.at)}, {"kind", event.kind}});
      json::array files;
      for (auto const& file : store::Files(tx, id)) {
        files.push_back({{"id", file.id},
                         {"kind", boost::describe::enum_to_string(file.kind, "")},
                         {"name", file.name},
                         {"media_type", file.media_type},
                         {"created_at", FormatInstant(file.created_at)}});
        out.files.push_back({"files/" + file.id + "/" + file.name, "", {file.id}});
      }
      candidates.push_back({{"id", row->id},
                            {"org_id", row->org_id},
                            {"source", boost::describe::enum_to_string(row->source, "")},
                            {"tags", WriteJson(row->tags.value)},
                            {"language", row->locale},
                            {"note", row->note},
                            {"created_at", FormatInstant(row->created_at)},
                            {"events", std::move(events)},
                            {"files", std::move(files)}});
    }
    document["candidates"] = std::move(candidates);
    out.document = std::move(document);
    return out;
  }

  std::vector<std::string> Blobs(db::Tx& tx, DataSubject const& subject, DataKind kind) override {
    std::vector<std::string> out;
    if (kind != DataKind::profile) return out;
    for (auto const& id : subject.candidate_ids)
      for (auto const& file : store::AllFiles(tx, id))
        for (auto& blob : store::BlobsOf(file)) out.push_back(std::move(blob));
    return out;
  }

  DataCounts Erase(db::Tx& tx, DataSubject const& subject, DataKind kind) override {
    if (kind != DataKind::profile) return {};
    auto const files = store::EraseFiles(tx, subject.person_id);
    auto out = store::ErasePerson(tx, subject.person_id);
    if (files > 0) out["candidate_file"] = files;
    return out;
  }

 private:
  crypto::FieldCipher const& fields_;
};

}  // namespace

std::unique_ptr<PersonalData> MakePersonalData(AppContext const& context) {
  return std::make_unique<Held>(context.fields);
}

}  // namespace bole::people
