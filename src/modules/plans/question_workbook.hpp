#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "modules/plans/model.hpp"
#include "platform/i18n/messages.hpp"

// The question bank as a workbook of three sheets: questions, key points, anchors; the latter two name their question
// by code. Headings and words may be Chinese or English; sheets are recognised by their headings.
namespace bole::plans {

struct QuestionRowRead {
  std::int64_t number = 0;  // as Excel counts; 0: only named by a key point or anchor
  std::string code;
  QuestionContent content;
  struct Problem {
    std::string sheet, column, code, value;
    std::int64_t row = 0;
    std::map<std::string, std::string> params{};
  };
  std::vector<Problem> problems;
};

inline constexpr std::size_t kMaxQuestionRows = 5'000;

// kInvalid import.no_question_sheet, import.empty, import.too_many_rows{limit} or what ReadXlsx says.
[[nodiscard]] Result<std::vector<QuestionRowRead>> ReadQuestions(std::string_view workbook);
[[nodiscard]] Result<std::string> WriteQuestions(std::vector<QuestionView> const& questions,
                                                 i18n::Messages const& messages, i18n::Locale locale, Instant now);

}  // namespace bole::plans
