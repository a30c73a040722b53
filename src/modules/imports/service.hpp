#pragma once
#include "modules/imports/api.hpp"
#include "modules/imports/store.hpp"
#include "modules/imports/table_file.hpp"
#include "platform/i18n/messages.hpp"

namespace bole::imports {

inline constexpr std::chrono::days kKeptFor{30};
inline constexpr char const* kCheckJob = "imports.check";
inline constexpr char const* kRunJob = "imports.run";
inline constexpr char const* kUndoJob = "imports.undo";
inline constexpr char const* kExpireJob = "imports.expire";

struct NewImport {
  std::string target, org_id;
  std::optional<std::string> file_name;
};
BOOST_DESCRIBE_STRUCT(NewImport, (), (target, org_id, file_name))

// What all parts use.
struct Shared {
  AppContext& context;
  audit::Api& audit;
  RightsOf rights;
  std::vector<Target*> targets{};

  [[nodiscard]] Target* FindTarget(std::string_view key) const;  // null when there is none
  [[nodiscard]] std::string SealHead(Head const& head) const;
  [[nodiscard]] Result<Head> OpenHead(store::Batch const& batch) const;
  [[nodiscard]] std::string SealParams(std::map<std::string, std::string> const& params) const;
  [[nodiscard]] Result<std::map<std::string, std::string>> OpenParams(std::string const& sealed) const;
  // kConflict org.closed, kNotFound.
  Result<store::Unit> OpenUnit(db::Tx& tx, std::string const& org_id) const;
};

// What people ask for; jobs.hpp has what is done in the background. Thread-safe.
class Service {
 public:
  explicit Service(Shared& shared) : shared_(shared) {}

  Result<ImportDetail> Upload(Principal const& who, NewImport const& input, std::string const& file,
                              i18n::Locale locale);
  Result<Page<ImportView>> List(Principal const& who, store::Filter const& filter, i18n::Locale locale);
  Result<ImportDetail> Get(Principal const& who, std::string const& id, i18n::Locale locale);
  Items<ImportTarget> Targets(Principal const& who) const;
  // Remembers the mapping and checks every row in the background.
  Result<ImportDetail> PutLayout(Principal const& who, std::string const& id, PutImportLayout const& input,
                                 i18n::Locale locale);
  Result<ImportDetail> Start(Principal const& who, std::string const& id, i18n::Locale locale);
  Result<ImportDetail> Cancel(Principal const& who, std::string const& id, i18n::Locale locale);
  Result<ImportDetail> Undo(Principal const& who, std::string const& id, i18n::Locale locale);

  // files.cpp
  Result<std::string> Template(Principal const& who, std::string const& target, i18n::Locale locale);
  // The rows of the file that have a problem, as they are, and what is wrong with them.
  Result<std::string> ProblemsWorkbook(Principal const& who, std::string const& id, i18n::Locale locale);

 private:
  [[nodiscard]] std::vector<store::Visible> VisibleTo(Principal const& who) const;
  Result<store::Batch> Find(db::Tx& tx, Principal const& who, std::string const& id) const;
  // The same, for acts on the file: kForbidden import.not_yours, kGone import.file_gone.
  Result<store::Batch> FindOwn(db::Tx& tx, Principal const& who, std::string const& id) const;
  ImportView View(db::Tx& tx, Principal const& who, store::Batch const& batch, i18n::Locale locale) const;
  Result<ImportDetail> Detail(db::Tx& tx, Principal const& who, store::Batch const& batch, i18n::Locale locale) const;
  Result<std::vector<std::string>> CheckMapping(std::vector<Column> const& columns, Head const& head,
                                                std::vector<ImportChoice> const& mapping, i18n::Locale locale) const;
  void Enqueue(db::Tx& tx, char const* job, std::string const& id) const;
  // The act of the log about a batch; returns its id.
  std::string Record(db::Tx& tx, Principal const& who, char const* action, store::Batch const& batch) const;
  // Saves with the new state; kConflict import.wrong_state when another was faster.
  Result<> Move(db::Tx& tx, store::Batch& batch, ImportState to) const;

  Shared& shared_;
};

void RegisterRoutes(AppContext& context, Service& service);

}  // namespace bole::imports

namespace bole {
template <>
inline constexpr auto kRules<imports::NewImport> =
    std::tuple{Field<&imports::NewImport::target>{{.min_length = 1, .max_length = 40}},
               Field<&imports::NewImport::org_id>{{.min_length = 1, .max_length = 26}},
               Field<&imports::NewImport::file_name>{{.max_length = 200}}};
}
