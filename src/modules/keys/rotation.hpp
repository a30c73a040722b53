#pragma once
#include <mutex>
#include <set>

#include "modules/audit/api.hpp"
#include "modules/keys/api.hpp"
#include "platform/crypto/key_ring.hpp"
#include "platform/db/database.hpp"

namespace bole::keys {

inline constexpr char const* kContinueJob = "keys.continue";

class Rotation final : public Api {
 public:
  Rotation(AppContext& context, audit::Api& audit, crypto::KeyRing& ring, SealedColumns columns)
      : context_(context), audit_(audit), ring_(ring), columns_(std::move(columns)) {}

  Result<EncryptionView> Status() override;
  Result<std::string> Begin(Principal const& who) override;
  Result<Progress> Continue(Principal const& who, std::stop_token stop,
                            std::function<void(Progress const&)> const& tell) override;
  Result<> Retire(Principal const& who, std::string const& id) override;
  void Resume() override;
  // Status, at most half a minute old: counting reads every sealed column.
  Result<EncryptionView> RecentStatus();

 private:
  struct Pass {
    std::string rotation_id;
    std::stop_token stop;
    std::function<void(Progress const&)> const& tell;
    Progress progress{};
    std::set<std::string> unreadable{};
    bool changed = false;
  };
  std::string OpenRow(db::Tx& tx, Principal const& who);
  [[nodiscard]] std::int64_t Remaining(EncryptionView const& status) const;
  Result<> ResealColumn(SealedColumn const& column, Pass& pass);
  Result<> RenewRecordings(Pass& pass);
  void Finish(Principal const& who, Pass const& pass);

  AppContext& context_;
  audit::Api& audit_;
  crypto::KeyRing& ring_;
  SealedColumns const columns_;
  std::mutex recent_mutex_;
  std::optional<EncryptionView> recent_;
  Instant recent_at_{};
};

}  // namespace bole::keys
