#include "modules/people/file_store.hpp"

namespace bole::people::store {
namespace {

std::string Select(std::string_view rest) {
  return "SELECT " + db::Columns<FileRow>() + " FROM candidate_file " + std::string(rest);
}

}  // namespace

CandidateFileView ViewOf(FileRow const& row) {
  return {row.id,         row.candidate_id,    row.kind,      row.name,
          row.media_type, row.bytes,           row.pages,     row.has_text,
          row.created_by, row.created_by_name, row.created_at};
}

std::string TextBlob(std::string const& file_id) { return file_id + "_text"; }

std::vector<std::string> BlobsOf(FileRow const& row) {
  std::vector<std::string> out{row.id};
  if (row.has_text) out.push_back(TextBlob(row.id));
  return out;
}

void Insert(db::Tx& tx, FileRow const& row) { tx.Insert("candidate_file", row); }

bool SetComplete(db::Tx& tx, std::string const& id, bool complete) {
  return tx.Execute({"people.file_complete", "UPDATE candidate_file SET complete = ? WHERE id = ?"}, complete, id) == 1;
}

void DeleteFile(db::Tx& tx, std::string const& id) {
  tx.Execute({"people.file_delete", "DELETE FROM candidate_file WHERE id = ?"}, id);
}

std::vector<FileRow> Files(db::Tx& tx, std::string const& candidate_id) {
  return tx.Select<FileRow>({"people.files", Select("WHERE candidate_id = ? AND complete = 1 ORDER BY id DESC")},
                            candidate_id);
}

std::vector<FileRow> AllFiles(db::Tx& tx, std::string const& candidate_id) {
  return tx.Select<FileRow>({"people.all_files", Select("WHERE candidate_id = ? ORDER BY id")}, candidate_id);
}

std::optional<FileRow> File(db::Tx& tx, std::string const& candidate_id, std::string const& id) {
  return tx.One<FileRow>({"people.file", Select("WHERE id = ? AND candidate_id = ? AND complete = 1")}, id,
                         candidate_id);
}

std::int64_t EraseFiles(db::Tx& tx, std::string const& person_id) {
  return tx.Execute({"people.erase_files",
                     "DELETE FROM candidate_file WHERE candidate_id IN (SELECT id FROM candidate WHERE person_id = ?)"},
                    person_id);
}

std::vector<FileRow> UnfinishedFiles(db::Tx& tx, Instant before) {
  return tx.Select<FileRow>(
      {"people.unfinished_files", Select("WHERE complete = 0 AND created_at < ? ORDER BY created_at LIMIT 200")},
      before);
}

std::vector<std::string> CandidatesWithContent(db::Tx& tx, std::string const& content_index,
                                               std::string const& except_candidate_id) {
  std::vector<std::string> out;
  for (auto const& row : tx.Select<FileRow>(
           {"people.same_content", Select("WHERE content_index = ? AND candidate_id <> ? AND complete = 1 "
                                          "ORDER BY candidate_id LIMIT 20")},
           content_index, except_candidate_id))
    out.push_back(row.candidate_id);
  return out;
}

}  // namespace bole::people::store
