#include "app/idempotency.hpp"

#include "platform/crypto/cipher.hpp"
#include "platform/crypto/hash.hpp"

namespace bole::app {
namespace {

constexpr std::chrono::minutes kClaimLapses{2};
constexpr std::chrono::hours kKeep{24};
constexpr char const* kBody = "http_idempotency.body";

struct Row {
  std::string id, fingerprint;
  std::int64_t status = 0;
  std::string content_type, body;
  Instant at{};
};
BOOST_DESCRIBE_STRUCT(Row, (), (id, fingerprint, status, content_type, body, at))

std::string IdOf(http::IdempotencyKey const& key) {
  return crypto::Sha256Hex(key.principal + "\n" + key.route + "\n" + key.key);
}

class Store final : public http::IdempotencyStore {
 public:
  Store(db::Database& database, Clock const& clock, crypto::FieldCipher const& fields)
      : database_(database), clock_(clock), fields_(fields) {}

  Result<Claim> Begin(http::IdempotencyKey const& key) override {
    return database_.Write([&](db::Tx& tx) -> Result<Claim> {
      auto const now = clock_.Now();
      tx.Execute({"idempotency.expire", "DELETE FROM http_idempotency WHERE at < ? OR (status = 0 AND at < ?)"},
                 now - kKeep, now - kClaimLapses);
      auto const row = tx.One<Row>(
          {"idempotency.find", "SELECT " + db::Columns<Row>() + " FROM http_idempotency WHERE id = ?"}, IdOf(key));
      if (!row) {
        tx.Insert("http_idempotency", Row{IdOf(key), key.fingerprint, 0, "", "", now});
        return Claim{State::kFresh, std::nullopt};
      }
      if (row->fingerprint != key.fingerprint) return Claim{State::kMismatch, std::nullopt};
      if (row->status == 0) return Claim{State::kBusy, std::nullopt};
      // Rows of the version before, for a day, are plain.
      bool const sealed = row->body.starts_with(crypto::kSealedPrefix);
      BOLE_ASSIGN(auto body, sealed ? fields_.Decrypt(row->body, kBody) : Result<std::string>(row->body));
      return Claim{State::kReplay,
                   http::StoredResponse{static_cast<int>(row->status), row->content_type, std::move(body)}};
    });
  }

  Result<> Finish(http::IdempotencyKey const& key, http::StoredResponse const& response) override {
    database_.Write([&](db::Tx& tx) {
      tx.Execute(
          {"idempotency.finish", "UPDATE http_idempotency SET status = ?, content_type = ?, body = ? WHERE id = ?"},
          response.status, response.content_type, fields_.Encrypt(response.body, kBody), IdOf(key));
    });
    return {};
  }

  void Abandon(http::IdempotencyKey const& key) override {
    database_.Write([&](db::Tx& tx) {
      tx.Execute({"idempotency.abandon", "DELETE FROM http_idempotency WHERE id = ? AND status = 0"}, IdOf(key));
    });
  }

 private:
  db::Database& database_;
  Clock const& clock_;
  crypto::FieldCipher const& fields_;
};

}  // namespace

std::shared_ptr<http::IdempotencyStore> MakeIdempotencyStore(db::Database& database, Clock const& clock,
                                                             crypto::FieldCipher const& fields) {
  return std::make_shared<Store>(database, clock, fields);
}

}  // namespace bole::app
