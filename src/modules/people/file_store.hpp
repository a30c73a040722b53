#pragma once
#include "modules/people/file_views.hpp"
#include "platform/db/database.hpp"

// SQL of candidates' files. Files that are not complete are seen by UnfinishedFiles and the erasure only.
namespace bole::people::store {

struct FileRow {
  std::string id, candidate_id;
  CandidateFileKind kind = CandidateFileKind::resume;
  std::string name, media_type;
  std::int64_t bytes = 0, pages = 0;
  bool has_text = false;
  std::string content_index;
  bool complete = false;
  std::string created_by, created_by_name;
  Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(FileRow, (),
                      (id, candidate_id, kind, name, media_type, bytes, pages, has_text, content_index, complete,
                       created_by, created_by_name, created_at))
[[nodiscard]] CandidateFileView ViewOf(FileRow const& row);
[[nodiscard]] std::vector<std::string> BlobsOf(FileRow const& row);
[[nodiscard]] std::string TextBlob(std::string const& file_id);

void Insert(db::Tx& tx, FileRow const& row);
bool SetComplete(db::Tx& tx, std::string const& id, bool complete);  // false when the row is gone
void DeleteFile(db::Tx& tx, std::string const& id);
std::vector<FileRow> Files(db::Tx& tx, std::string const& candidate_id);  // newest first
std::vector<FileRow> AllFiles(db::Tx& tx, std::string const& candidate_id);
std::optional<FileRow> File(db::Tx& tx, std::string const& candidate_id, std::string const& id);
std::int64_t EraseFiles(db::Tx& tx, std::string const& person_id);  // of all candidates of the person; how many
std::vector<FileRow> UnfinishedFiles(db::Tx& tx, Instant before);
// Of other candidates with the same content, at most 20, oldest first.
std::vector<std::string> CandidatesWithContent(db::Tx& tx, std::string const& content_index,
                                               std::string const& except_candidate_id);

}  // namespace bole::people::store
