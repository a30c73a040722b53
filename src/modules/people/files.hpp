#pragma once
#include "modules/audit/api.hpp"
#include "modules/org/api.hpp"
#include "modules/people/file_store.hpp"
#include "modules/people/views.hpp"
#include "platform/documents/text_reader.hpp"
#include "platform/reflect/page.hpp"

namespace bole::http {
struct Request;
struct Response;
}  // namespace bole::http

// Résumés and attachments of candidates.
namespace bole::people {

inline constexpr std::size_t kLargestFile = 20UL * 1024 * 1024;
inline constexpr std::size_t kMostFiles = 20;  // of one candidate
inline constexpr char const* kUnfinishedFilesJob = "people.unfinished_files";

// The name shown and offered for saving: one line without folders, 120 characters, ending as the content demands.
[[nodiscard]] std::string CleanFileName(std::string_view name, documents::FileKind kind);

// Use cases. Thread-safe. A candidate outside the scope is kNotFound.
class Files {
 public:
  Files(AppContext& context, audit::Api& audit, org::Api& org, documents::TextReader read)
      : context_(context), audit_(audit), org_(org), read_(std::move(read)) {}

  Result<Items<CandidateFileView>> List(Principal const& who, std::string const& candidate_id);
  // Errors: kConflict candidate.restricted, candidate.file_limit{limit}, candidate.file_known{name}; those of the
  // reader (document.*).
  Result<UploadedFile> Upload(Principal const& who, std::string const& candidate_id, FileUpload const& input,
                              std::string const& bytes);
  // A résumé shows contact data: who reads one may reveal it, says why, and is recorded with the file, every time.
  Result<http::Response> Content(Principal const& who, http::Request const& request, std::string const& candidate_id,
                                 std::string const& id, audit::Purpose const& purpose);
  Result<CandidateFileText> Text(Principal const& who, std::string const& candidate_id, std::string const& id,
                                 audit::Purpose const& purpose);
  Result<> Delete(Principal const& who, std::string const& candidate_id, std::string const& id);
  // What a crash left between row and blobs, after a day.
  Result<> RemoveUnfinished();

 private:
  Result<CandidateView> Find(db::Tx& tx, Principal const& who, std::string_view permission, std::string const& id);
  Result<CandidateView> Admits(db::Tx& tx, Principal const& who, std::string const& id, std::string const& index);
  Result<store::FileRow> Open(Principal const& who, std::string const& candidate_id, std::string const& id,
                              audit::Purpose const& purpose);
  Result<> Destroy(store::FileRow const& row);
  std::vector<SameFile> OthersWith(db::Tx& tx, Principal const& who, store::FileRow const& row,
                                   std::string const& person_id);

  AppContext& context_;
  audit::Api& audit_;
  org::Api& org_;
  documents::TextReader read_;
};

// Routes and the sweep. `read` meets foreign bytes: in the program documents::MakeIsolatedReader.
void RegisterFiles(AppContext& context, audit::Api& audit, org::Api& org, documents::TextReader read);
void ScheduleFileCleaning(AppContext const& context);  // the sweep, every night

}  // namespace bole::people
