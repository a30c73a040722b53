#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "modules/people/api.hpp"
#include "platform/i18n/messages.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole::people {

class Service;

enum class ImportMode { partial, all };  // all: one broken row keeps every row out
BOOST_DESCRIBE_ENUM(ImportMode, partial, all)
enum class ImportState { running, done, failed };
BOOST_DESCRIBE_ENUM(ImportState, running, done, failed)

struct ImportError {
  std::int64_t row = 0;  // as Excel counts; 0: the file itself
  std::string column, code, message, value;
};
BOOST_DESCRIBE_STRUCT(ImportError, (), (row, column, code, message, value))

struct ImportView {
  std::string id, file_name;
  bool dry_run = false;
  ImportMode mode = ImportMode::partial;
  ImportState state = ImportState::running;
  std::int64_t rows_total = 0, rows_done = 0, rows_ok = 0, rows_failed = 0, rows_duplicate = 0;
  std::vector<ImportError> errors;  // the first 100
  Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(ImportView, (),
                      (id, file_name, dry_run, mode, state, rows_total, rows_done, rows_ok, rows_failed, rows_duplicate,
                       errors, created_at))

struct ImportQuery {
  std::string org_id;
  std::optional<bool> dry_run;
  std::optional<ImportMode> mode;
  std::optional<std::string> file_name;
};
BOOST_DESCRIBE_STRUCT(ImportQuery, (), (org_id, dry_run, mode, file_name))

// Candidates from Excel. The upload is kept as a blob; a job reads it and writes the rows in batches, each batch
// together with its progress, so that a killed server goes on where it stopped.
class Imports {
 public:
  Imports(AppContext& context, audit::Api& audit, org::Api& org, Service& people);

  Result<ImportView> Start(Principal const& who, ImportQuery const& query, std::string const& workbook,
                           i18n::Locale locale);
  Result<ImportView> Get(Principal const& who, std::string const& id, i18n::Locale locale);
  Result<std::string> ErrorsWorkbook(Principal const& who, std::string const& id, i18n::Locale locale);
  // An empty workbook with headings, choices and instructions in the language.
  Result<std::string> Template(i18n::Locale locale);
  Result<> Run(jobs::JobContext& job);  // the job people.import

 private:
  AppContext& context_;
  audit::Api& audit_;
  org::Api& org_;
  Service& people_;
};

}  // namespace bole::people

namespace bole {
template <>
inline constexpr auto kRules<people::ImportQuery> =
    std::tuple{Field<&people::ImportQuery::org_id>{{.min_length = 1, .max_length = 26}},
               Field<&people::ImportQuery::file_name>{{.max_length = 200}}};
}
