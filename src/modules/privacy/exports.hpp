#pragma once
#include <functional>
#include <stop_token>

#include "modules/privacy/subjects.hpp"

namespace bole::privacy {

// The copy of everything about one person: a zip made in the background, kept encrypted until it expires. Thread-safe.
class Exports {
 public:
  explicit Exports(Subjects& subjects) : subjects_(subjects) {}

  Result<Page<PersonExportView>> List(Principal const& who, store::Filter const& filter);
  Result<PersonExportView> Create(Principal const& who, CreatePersonExport const& input);
  // The blob of a finished export; records the download. kGone privacy.export_expired.
  struct File {
    std::string blob_id;
    std::int64_t size = 0;
  };
  Result<File> Download(Principal const& who, std::string const& id, audit::Purpose const& purpose = {});
  Result<File> DownloadMine(Principal const& who, std::string const& id);
  std::vector<MyExport> Mine(db::Tx& tx, std::string const& person_id);

  // Job bodies; idempotent.
  Result<> Make(std::string const& id, std::function<void(double)> const& progress, std::stop_token stop);
  Result<> Expire();
  // Exports are data about the person as well: their files go with it.
  std::vector<std::string> BlobsOf(db::Tx& tx, std::string const& person_id);
  void ExpireAll(db::Tx& tx, std::string const& person_id);

 private:
  PersonExportView View(db::Tx& tx, store::ExportRow const& row);
  Result<File> Open(db::Tx& tx, Principal const& who, store::ExportRow const& row, audit::Purpose const& purpose = {});
  void GiveUp(std::string const& id, Error const& error);

  Subjects& subjects_;
};

[[nodiscard]] std::string ExportBlob(std::string const& export_id);

inline constexpr char const* kExportJob = "privacy.export";
inline constexpr char const* kExpireJob = "privacy.expire_exports";

}  // namespace bole::privacy
