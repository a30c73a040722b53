#include "platform/security/personal_data.hpp"

#include "modules/imports/api.hpp"
#include "modules/imports/store.hpp"

namespace bole::imports {
namespace {

// What a file says of a person is in the person's own records; files that named an erased person go at once, with what
// they kept to be undone.
class Held final : public PersonalData {
 public:
  [[nodiscard]] std::string area() const override { return "imports"; }

  Result<DataPortion> Export(db::Tx& tx, DataSubject const& subject) override {
    json::array files;
    for (auto const& id : store::BatchesOf(tx, subject.candidate_ids)) {
      auto const batch = store::Find(tx, id);
      files.push_back({{"file_name", batch->file_name}, {"uploaded_at", FormatInstant(batch->created_at)}});
    }
    return DataPortion{{{"files", std::move(files)}}, {}};
  }

  std::vector<std::string> Blobs(db::Tx& tx, DataSubject const& subject, DataKind kind) override {
    return kind == DataKind::profile ? store::BatchesOf(tx, subject.candidate_ids) : std::vector<std::string>{};
  }

  DataCounts Erase(db::Tx& tx, DataSubject const& subject, DataKind kind) override {
    if (kind != DataKind::profile) return {};
    return {{"import_file", store::Forget(tx, store::BatchesOf(tx, subject.candidate_ids), subject.candidate_ids)}};
  }
};

}  // namespace

std::unique_ptr<PersonalData> MakePersonalData() { return std::make_unique<Held>(); }

}  // namespace bole::imports
