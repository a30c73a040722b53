#include "platform/security/personal_data.hpp"

#include "modules/fields/model.hpp"
#include "modules/fields/secrets.hpp"
#include "platform/app/context.hpp"
#include "platform/crypto/cipher.hpp"

namespace bole::fields {
namespace {

class Held final : public PersonalData {
 public:
  explicit Held(crypto::FieldCipher const& cipher) : cipher_(cipher) {}

  [[nodiscard]] std::string area() const override { return "custom_fields"; }

  Result<DataPortion> Export(db::Tx& tx, DataSubject const& subject) override {
    std::map<std::string, std::map<std::string, std::vector<store::FoundValue>>> records;
    for (auto& row : store::Values(tx, subject.candidate_ids)) records[row.record_id][row.field_id].push_back(row);
    json::object document;
    for (auto const& [record_id, values] : records) {
      json::array items;
      for (auto const& [field_id, rows] : values) {
        auto const found = store::FindDefinition(tx, field_id);
        if (!found) continue;
        BOLE_ASSIGN(auto const texts, OpenValue(cipher_, rows));
        items.push_back({{"field", found->field.key},
                         {"title_zh", found->field.title_zh},
                         {"title_en", found->field.title_en},
                         {"value", ToJson(found->field, texts)}});
      }
      document[record_id] = std::move(items);
    }
    return DataPortion{std::move(document), {}};
  }

  std::vector<std::string> Blobs(db::Tx&, DataSubject const&, DataKind) override { return {}; }

  DataCounts Erase(db::Tx& tx, DataSubject const& subject, DataKind kind) override {
    if (kind != DataKind::profile) return {};
    return {{"field_value", store::Erase(tx, subject.candidate_ids)}};
  }

 private:
  crypto::FieldCipher const& cipher_;
};

}  // namespace

std::unique_ptr<PersonalData> MakePersonalData(AppContext const& context) {
  return std::make_unique<Held>(context.fields);
}

}  // namespace bole::fields
