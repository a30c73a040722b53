#include <fmt/format.h>

#include "modules/assessment/report_documents.hpp"
#include "platform/documents/pdf_writer.hpp"

namespace bole::assessment {
namespace {

using documents::PdfWriter;
using i18n::Locale;
namespace palette = documents::palette;

documents::Colour BandColour(std::string const& band) {
  if (band == "recommend") return palette::kGood;
  if (band == "reinterview") return palette::kWarning;
  if (band == "reject") return palette::kBad;
  return palette::kMuted;
}

std::string Time(double seconds) {
  auto const whole = static_cast<long>(seconds);
  return fmt::format("{:02}:{:02}", whole / 60, whole % 60);
}

// One report in one language.
class Pages {
 public:
  Pages(ReportView const& report, Locale locale, i18n::Messages const& texts, std::string const& watermark)
      : report_(report), locale_(locale), texts_(texts), pdf_(Options(watermark)) {}

  Result<std::string> Make() {
    Head();
    Findings();
    Dimensions();
    Answers();
    Background();
    return pdf_.Finish();
  }

 private:
  std::string T(std::string const& key, i18n::Params const& params = {}) const {
    return texts_.Text(locale_, "report." + key, params);
  }
  std::string const& Pick(std::string const& zh, std::string const& en) const {
    auto const& first = locale_ == Locale::kZhCn ? zh : en;
    return first.empty() ? (locale_ == Locale::kZhCn ? en : zh) : first;
  }
  std::string Score(std::optional<double> const& score) const {
    return score ? fmt::format("{:.1f}", *score) : T("no_score");
  }
  documents::PdfOptions Options(std::string const& watermark) const {
    documents::PdfOptions out;
    out.title = T("title", {{"name", report_.interview.candidate_name}});
    out.language = std::string(i18n::LocaleName(locale_));
    out.created = report_.created_at.value_or(Instant{});
    out.header_left = report_.interview.org_name;
    out.header_right = report_.interview.job_name;
    out.footer_left = T("confidential");
    out.watermark = watermark;
    return out;
  }

  void Head() {
    auto const& interview = report_.interview;
    pdf_.Title(interview.candidate_name,
               fmt::format("{} · {}", interview.job_name, Pick(interview.plan_name_zh, interview.plan_name_en)));
    pdf_.Verdict({Score(report_.total), T("of_ten"), T("band." + report_.band.value_or("insufficient")),
                  BandColour(report_.band.value_or("")), Pick(report_.verdict_zh, report_.verdict_en)});
    pdf_.KeyValues({{T("finished"),
                     interview.finished_at ? FormatInZone(*interview.finished_at, "UTC", "%Y-%m-%d %H:%M UTC") : ""},
                    {T("certainty"), T("certainty." + report_.certainty)},
                    {T("model"), fmt::format("{} v{}", report_.model.name, report_.model.version_no)},
                    {T("organisation"), interview.org_name}});
    for (auto const& notice : report_.notices)
      pdf_.Notice(Pick(notice.text_zh, notice.text_en),
                  notice.severity == "warning" ? palette::kWarning : palette::kMuted);
    std::vector<documents::PdfAxis> axes;
    std::vector<documents::PdfBar> bars;
    for (auto const& dimension : report_.dimensions) {
      auto const& name = Pick(dimension.name_zh, dimension.name_en);
      auto const share = dimension.score ? std::optional(*dimension.score / 10) : std::nullopt;
      axes.push_back({name, share});
      bars.push_back(
          {name, share, Score(dimension.score), T("weight", {{"weight", fmt::format("{:g}", dimension.weight)}})});
    }
    pdf_.RadarWithBars(axes, bars);
  }

  void Finding(assessment::Finding const& finding, documents::Colour colour) {
    pdf_.Bullets({Pick(finding.text_zh, finding.text_en)}, colour);
    for (auto const& evidence : finding.evidence)
      if (!evidence.quote.empty()) pdf_.Quote(evidence.quote, Source(evidence), colour);
  }

  std::string Source(Evidence const& evidence) const {
    std::size_t number = 0;
    for (auto const& answer : report_.answers) {
      ++number;
      if (answer.answer_id == evidence.answer_id)
        return T("source", {{"number", std::to_string(number)}, {"time", Time(evidence.start)}});
    }
    return Time(evidence.start);
  }

  void Findings() {
    if (!report_.strengths.empty()) pdf_.Heading(2, T("strengths"));
    for (auto const& finding : report_.strengths) Finding(finding, palette::kGood);
    if (!report_.doubts.empty()) pdf_.Heading(2, T("doubts"));
    for (auto const& finding : report_.doubts) Finding(finding, palette::kWarning);
  }

  void Dimensions() {
    pdf_.Heading(1, T("dimensions"));
    using Align = documents::PdfColumn::Align;
    for (auto const& dimension : report_.dimensions) {
      pdf_.Heading(2, fmt::format("{} · {}", Pick(dimension.name_zh, dimension.name_en), Score(dimension.score)));
      pdf_.Paragraph(Pick(dimension.comment_zh, dimension.comment_en));
      documents::PdfTable table{{{T("feature"), 3},
                                 {T("value"), 1.5, Align::kRight},
                                 {T("feature_weight"), 0.9, Align::kRight},
                                 {T("contribution"), 2}}};
      for (auto const& feature : dimension.features)
        table.rows.push_back({{Pick(feature.name_zh, feature.name_en)},
                              {fmt::format("{:.3g} {}", feature.value, feature.unit)},
                              {fmt::format("{:.0f} %", feature.weight)},
                              {.text = fmt::format("{:.2f}", feature.contribution), .bar = feature.normalised}});
      if (!table.rows.empty()) pdf_.Table(table);
    }
  }

  void Answers() {
    pdf_.Heading(1, T("answers"));
    std::size_t number = 0;
    for (auto const& answer : report_.answers) {
      pdf_.Heading(2,
                   fmt::format("{}. {} · {}", ++number, Pick(answer.title_zh, answer.title_en), Score(answer.score)));
      pdf_.Paragraph(Pick(answer.question_zh, answer.question_en), {.italic = true, .colour = palette::kMuted});
      pdf_.Paragraph(Pick(answer.comment_zh, answer.comment_en));
      for (auto const& notice : answer.notices)
        pdf_.Notice(Pick(notice.text_zh, notice.text_en),
                    notice.severity == "warning" ? palette::kWarning : palette::kMuted);
      documents::PdfTable points{{{T("point"), 4}, {T("covered"), 1.7}, {T("quote"), 5}}};
      for (auto const& point : answer.points)
        points.rows.push_back({{Pick(point.text_zh, point.text_en)},
                               {.text = fmt::format("{:.0f} %", point.covered * 100), .bar = point.covered},
                               {point.quote.empty() ? "—" : fmt::format("{} “{}”", Time(point.start), point.quote)}});
      if (!points.rows.empty()) pdf_.Table(points);
      if (answer.transcript.sentences.empty()) continue;
      pdf_.Heading(3, texts_.Text(locale_, "report.transcript." + answer.transcript.source,
                                  {{"engine", answer.transcript.engine}}));
      std::string spoken;
      for (auto const& sentence : answer.transcript.sentences) spoken += sentence.text + " ";
      pdf_.Paragraph(spoken, {.size = 8.5, .colour = palette::kMuted});
    }
  }

  void Background() {
    pdf_.Heading(1, T("background"));
    if (report_.environment) {
      auto const& room = *report_.environment;
      pdf_.KeyValues({{T("picture"), fmt::format("{} × {}", room.width, room.height)},
                      {T("brightness"), fmt::format("{:.0f}", room.brightness)},
                      {T("microphone"), fmt::format("{:.0f} dB", room.level_db)},
                      {T("noise"), fmt::format("{:.0f} dB", room.noise_db)},
                      {T("upload"), fmt::format("{:.0f} kbit/s", room.upload_kbps)}});
    }
    std::vector<documents::PdfPair> engines;
    for (auto const& engine : report_.engines) engines.push_back({engine.kind, engine.name + " " + engine.version});
    if (!engines.empty()) pdf_.KeyValues(engines);
    pdf_.Notice(T("decision_by_people"), palette::kMuted);
  }

  ReportView const& report_;
  Locale locale_;
  i18n::Messages const& texts_;
  PdfWriter pdf_;
};

}  // namespace

Result<std::string> ReportPdf(ReportView const& report, Locale locale, i18n::Messages const& texts,
                              std::string const& watermark) {
  return Pages(report, locale, texts, watermark).Make();
}

}  // namespace bole::assessment
