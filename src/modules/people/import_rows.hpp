#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/people/model.hpp"
#include "platform/documents/xlsx_reader.hpp"
#include "platform/documents/xlsx_writer.hpp"
#include "platform/i18n/messages.hpp"

// Reads the rows of a candidate workbook: headings in Chinese or English, any order, words of either language.
namespace bole::people {

inline constexpr std::size_t kMaxImportRows = 100'000;

struct RowProblem {
  std::string column;  // "C"
  std::string code;
  std::map<std::string, std::string> params;
  std::string value;
};
struct ImportRow {
  std::int64_t number = 0;  // as Excel counts
  CreateCandidate input;    // org_id empty; job_id holds the job's code
  PersonFacts facts;
  std::map<std::string, std::string> columns;  // member → column letter, for problems found later
  std::vector<RowProblem> problems;
};
struct ImportSheet {
  std::vector<ImportRow> rows;
  std::vector<RowProblem> header_problems;  // unknown columns: told, not fatal
};

// kInvalid import.no_name_column, import.too_many_rows{limit}, import.empty or what ReadXlsx says.
[[nodiscard]] Result<ImportSheet> ReadCandidateRows(std::string_view workbook, Date const& today);
[[nodiscard]] Result<std::string> CandidateTemplate(i18n::Messages const& messages, i18n::Locale locale, Instant now);

}  // namespace bole::people
