#pragma once
#include <string>
#include <vector>

#include "platform/reflect/reflect.hpp"

// Shapes of a candidate's files as clients see them.
namespace bole::people {

enum class CandidateFileKind { resume, attachment };
BOOST_DESCRIBE_ENUM(CandidateFileKind, resume, attachment)

struct CandidateFileView {
  std::string id, candidate_id;
  CandidateFileKind kind = CandidateFileKind::resume;
  std::string name, media_type;
  std::int64_t bytes = 0, pages = 0;  // pages 0: of a kind that has none
  bool has_text = false;              // false for pictures and scans
  std::string created_by, created_by_name;
  Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(CandidateFileView, (),
                      (id, candidate_id, kind, name, media_type, bytes, pages, has_text, created_by, created_by_name,
                       created_at))

// Somebody else with the very same file: perhaps the same person.
struct SameFile {
  std::string candidate_id, name, org_name;
};
BOOST_DESCRIBE_STRUCT(SameFile, (), (candidate_id, name, org_name))

struct UploadedFile {
  CandidateFileView file;
  std::vector<SameFile> possible_duplicates;  // only candidates that the caller may see
};
BOOST_DESCRIBE_STRUCT(UploadedFile, (), (file, possible_duplicates))

struct CandidateFileText {
  std::vector<std::string> pages;
};
BOOST_DESCRIBE_STRUCT(CandidateFileText, (), (pages))

struct FileUpload {
  std::string name;
  CandidateFileKind kind = CandidateFileKind::resume;
};
BOOST_DESCRIBE_STRUCT(FileUpload, (), (name, kind))

}  // namespace bole::people

namespace bole {
template <>
inline constexpr auto kRules<people::FileUpload> =
    std::tuple{Field<&people::FileUpload::name>{{.doc = "Name of the file", .min_length = 1, .max_length = 255}}};
}  // namespace bole
