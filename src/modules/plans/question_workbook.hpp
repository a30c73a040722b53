#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "modules/imports/api.hpp"
#include "modules/plans/model.hpp"
#include "platform/documents/table_writer.hpp"
#include "platform/documents/xlsx_reader.hpp"
#include "platform/i18n/messages.hpp"

// The question bank as a workbook of three sheets: questions, key points, anchors; the latter two name their question
// by code. In one table (CSV) points and anchors are lines in a cell of their question, their parts between "|".
namespace bole::plans {

// "key | 中文 | English | synonym; synonym | weight"; weight may be missing.
[[nodiscard]] std::string PointLine(RubricPoint const& point);
[[nodiscard]] std::optional<RubricPoint> ReadPointLine(std::string_view line);
// "8 | 中文 | English"
[[nodiscard]] std::string AnchorLine(RubricAnchor const& anchor);
[[nodiscard]] std::optional<RubricAnchor> ReadAnchorLine(std::string_view line);

// Hands out the sheet of questions with the other two folded into it; false when there is no other sheet of ours.
// A point or anchor without question comes as a row of its own behind the last. Errors of ReadXlsx.
[[nodiscard]] Result<bool> FoldQuestions(std::string_view workbook, documents::RowFunction const& on_row);

// How dimensions are written in tables.
[[nodiscard]] std::vector<imports::Choice> DimensionWords(std::vector<DimensionView> const& dimensions);

struct QuestionFile {
  documents::TableFormat format = documents::TableFormat::xlsx;
  i18n::Locale locale = i18n::Locale::kZhCn;
  Instant at{};
  std::vector<imports::Choice> families, dimensions;  // how they are written
  std::set<std::string> shared_job_names;             // jobs of these names are written by their codes
  std::string watermark;
};
[[nodiscard]] Result<std::string> WriteQuestions(std::vector<QuestionView> const& questions, QuestionFile const& file,
                                                 i18n::Messages const& messages);

}  // namespace bole::plans
