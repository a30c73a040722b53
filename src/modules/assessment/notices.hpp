#pragma once
#include <string_view>
#include <vector>

#include "modules/assessment/features.hpp"
#include "modules/assessment/texts.hpp"

namespace bole::assessment {

// A notice in both languages; an engine's code without a text of its own is shown as it is.
[[nodiscard]] Notice MakeNotice(Texts const& texts, std::string_view code, std::string_view severity,
                                std::string_view detail = "");
// What a reader must know about one answer: the engines' notices and what the scorer could not judge, each code once.
[[nodiscard]] std::vector<Notice> AnswerNotices(Texts const& texts, media::AnswerSignals const& signals,
                                                Usable const& usable, int set_aside);

}  // namespace bole::assessment
