#include "modules/assessment/notices.hpp"

#include <algorithm>

namespace bole::assessment {
namespace {

constexpr std::string_view kLowConfidence = "speech.low_confidence";

bool IsWarning(std::string_view code) { return code != "speech.imported" && code != "answer.addressed_scorer"; }

}  // namespace

Notice MakeNotice(Texts const& texts, std::string_view code, std::string_view severity, std::string_view detail) {
  auto const key = "notice." + std::string(code);
  auto const text = texts.Has(key) ? texts.Say(key, {{"detail", Same(detail)}})
                                   : texts.Say("notice.other", {{"code", Same(code)}, {"detail", Same(detail)}});
  return {std::string(code), std::string(severity), text.zh, text.en};
}

std::vector<Notice> AnswerNotices(Texts const& texts, media::AnswerSignals const& signals, Usable const& usable,
                                  int set_aside) {
  std::vector<Notice> out;
  auto const add = [&](std::string_view code, std::string_view detail = "") {
    if (std::any_of(out.begin(), out.end(), [&](auto const& notice) { return notice.code == code; })) return;
    out.push_back(MakeNotice(texts, code, IsWarning(code) ? "warning" : "info", detail));
  };
  for (auto const& notice : signals.notices) {
    // The engine doubts its words earlier than the model stops judging them.
    bool const judged = notice.code == kLowConfidence && usable.words;
    add(judged ? "speech.doubtful" : std::string_view(notice.code), notice.detail);
  }
  if (signals.transcript.source == "imported") add("speech.imported");
  if (usable.silent) add("answer.silent");
  if (usable.noisy) add("audio.noisy");
  if (usable.unsure) add(kLowConfidence);
  if (usable.no_transcript && out.empty()) add("speech.none");
  if (set_aside > 0) add("answer.addressed_scorer");
  return out;
}

}  // namespace bole::assessment
