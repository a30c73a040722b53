#include "modules/assessment/report_documents.hpp"

#include <fmt/format.h>

#include <cmath>

#include "platform/documents/docx_writer.hpp"

namespace bole::assessment {
namespace {

using i18n::Locale;

std::string const& Pick(Locale locale, std::string const& zh, std::string const& en) {
  auto const& first = locale == Locale::kZhCn ? zh : en;
  return first.empty() ? (locale == Locale::kZhCn ? en : zh) : first;
}

std::string Clock(double seconds) {
  auto const whole = static_cast<long>(std::max(0.0, seconds));
  return fmt::format("{:02}:{:02}", whole / 60, whole % 60);
}

std::string SrtTime(double seconds) {
  auto const ms = static_cast<long long>(std::llround(std::max(0.0, seconds) * 1000));
  return fmt::format("{:02}:{:02}:{:02},{:03}", ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60, ms % 1000);
}

// "1. Introduction — Please tell us …"
std::string Question(AnswerReport const& answer, std::size_t number, Locale locale) {
  auto const& title = Pick(locale, answer.title_zh, answer.title_en);
  auto const& question = Pick(locale, answer.question_zh, answer.question_en);
  return fmt::format("{}. {}{}{}", number, title, title.empty() || question.empty() ? "" : " — ", question);
}

std::string SourceNote(AnswerReport const& answer, Locale locale, i18n::Messages const& texts) {
  return texts.Text(locale, "report.transcript." + answer.transcript.source, {{"engine", answer.transcript.engine}});
}

}  // namespace

std::string TranscriptText(ReportView const& report, Locale locale, i18n::Messages const& texts,
                           std::string const& watermark) {
  auto out = fmt::format("{} · {}\n{}\n", report.interview.candidate_name, report.interview.job_name,
                         Pick(locale, report.interview.plan_name_zh, report.interview.plan_name_en));
  std::size_t number = 0;
  for (auto const& answer : report.answers) {
    out += fmt::format("\n{}\n({})\n", Question(answer, ++number, locale), SourceNote(answer, locale, texts));
    for (auto const& sentence : answer.transcript.sentences)
      out += fmt::format("[{}] {}\n", Clock(sentence.start), sentence.text);
  }
  if (!watermark.empty()) out += fmt::format("\n— {}\n", watermark);
  return out;
}

std::string TranscriptSrt(ReportView const& report) {
  std::string out;
  double shift = 0;
  int number = 0;
  for (auto const& answer : report.answers) {
    for (auto const& sentence : answer.transcript.sentences)
      out += fmt::format("{}\n{} --> {}\n{}\n\n", ++number, SrtTime(shift + sentence.start),
                         SrtTime(shift + sentence.end), sentence.text);
    shift += answer.duration;
  }
  return out;
}

Result<std::string> TranscriptDocx(ReportView const& report, Locale locale, i18n::Messages const& texts,
                                   std::string const& watermark) {
  documents::DocxWriter writer(texts.Text(locale, "report.transcript.title"), std::string(i18n::LocaleName(locale)),
                               report.created_at.value_or(Instant{}));
  writer.Watermark(watermark);
  writer.Title(fmt::format("{} · {}", report.interview.candidate_name, report.interview.job_name));
  std::size_t number = 0;
  for (auto const& answer : report.answers) {
    writer.Heading(2, Question(answer, ++number, locale));
    writer.Runs({{.text = SourceNote(answer, locale, texts), .muted = true}});
    for (auto const& sentence : answer.transcript.sentences)
      writer.Spoken(Clock(sentence.start), report.interview.candidate_name, sentence.text);
  }
  return writer.Finish();
}

}  // namespace bole::assessment
