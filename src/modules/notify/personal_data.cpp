#include "platform/security/personal_data.hpp"

#include "modules/notify/outbox.hpp"
#include "platform/app/context.hpp"
#include "platform/crypto/cipher.hpp"

namespace bole::notify {
namespace {

class Held final : public PersonalData {
 public:
  explicit Held(crypto::FieldCipher const& fields) : fields_(fields) {}

  [[nodiscard]] std::string area() const override { return "messages"; }

  Result<DataPortion> Export(db::Tx& tx, DataSubject const& subject) override {
    json::array messages;
    for (auto const& row : Of(tx, subject)) {
      BOLE_ASSIGN(auto const to, fields_.Decrypt(row.recipient, kRecipient));
      BOLE_ASSIGN(auto const text, fields_.Decrypt(row.text_body, kText));
      json::object one{{"at", FormatInstant(row.sent_at.value_or(row.created_at))},
                       {"channel", boost::describe::enum_to_string(row.channel, "")},
                       {"to", to},
                       {"subject", row.subject},
                       {"state", boost::describe::enum_to_string(row.state, "")}};
      if (!IsKey(row.template_key)) one["text"] = text;
      messages.push_back(std::move(one));
    }
    return DataPortion{{{"messages", std::move(messages)}}, {}};
  }

  std::vector<std::string> Blobs(db::Tx&, DataSubject const&, DataKind) override { return {}; }

  DataCounts Erase(db::Tx& tx, DataSubject const& subject, DataKind kind) override {
    if (kind != DataKind::messages) return {};
    auto count =
        tx.Execute({"notify.erase", "DELETE FROM message WHERE person_id = ? AND person_id <> ''"}, subject.person_id);
    for (auto const& id : subject.interview_ids)
      count += tx.Execute({"notify.erase_related", "DELETE FROM message WHERE related_id = ?"}, id);
    return {{"message", count}};
  }

 private:
  static std::vector<MessageRow> Of(db::Tx& tx, DataSubject const& subject) {
    auto const select = "SELECT " + db::Columns<MessageRow>() + " FROM message WHERE ";
    auto out = tx.Select<MessageRow>({"notify.of_person", select + "person_id = ? AND person_id <> '' ORDER BY id"},
                                     subject.person_id);
    for (auto const& id : subject.interview_ids)  // written before messages knew the person
      for (auto& row :
           tx.Select<MessageRow>({"notify.of_interview", select + "related_id = ? AND person_id = '' ORDER BY id"}, id))
        out.push_back(std::move(row));
    return out;
  }

  crypto::FieldCipher const& fields_;
};

}  // namespace

std::unique_ptr<PersonalData> MakePersonalData(AppContext const& context) {
  return std::make_unique<Held>(context.fields);
}

}  // namespace bole::notify
