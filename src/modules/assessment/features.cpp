#include "modules/assessment/features.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/text.hpp"
#include "media/text/sentences.hpp"
#include "modules/assessment/feature_keys.hpp"
#include "modules/assessment/lexicon.hpp"

namespace bole::assessment {
namespace {

constexpr double kMade = 0.5;            // a rubric point counts as made
constexpr double kBrokenClipping = 0.3;  // share of clipped samples that ruins a recording
constexpr std::size_t kQuotes = 3;

struct Measured {
  bool applies = true;
  double value = 0;
  std::vector<Evidence> evidence{};
};

Evidence Quote(std::string const& answer_id, Utterance const& said, std::string_view feature) {
  Evidence out;
  out.answer_id = answer_id;
  out.quote = said.text;
  out.start = said.start, out.end = said.end;
  out.feature = std::string(feature);
  return out;
}

class Meter {
 public:
  Meter(AnswerInput const& answer, Utterances const& said, ContentTarget const& target, ContentScore const& content)
      : answer_(answer), said_(said), target_(target), content_(content), voice_(answer.signals.voice) {}

  Measured Measure(std::string_view key) const {
    if (key == kRubricCoverage) return Coverage();
    if (key == kReferenceMatch) return {!target_.references.empty(), content_.reference};
    if (key == "structure") return Cues({Cue::situation, Cue::task, Cue::action, Cue::result}, true, key);
    if (key == "connectives") return Cues({Cue::order, Cue::contrast, Cue::cause, Cue::example}, false, key);
    if (key == "specificity") return Specificity(key);
    if (key == "domain_terms") return DomainTerms();
    if (key == "vocabulary") return {true, static_cast<double>(Distinct().size())};
    if (key == "answer_length") return {true, Length()};
    if (key == "time_used") return {answer_.time_limit_seconds > 0, voice_.speech_seconds / answer_.time_limit_seconds};
    if (key == "speech_rate") return {true, Rate()};
    if (key == "fillers") return {true, voice_.filler_count * 60.0 / voice_.speech_seconds};
    if (key == "pause_ratio") return {true, voice_.pause_ratio};
    if (key == "longest_pause") return LongestPause();
    if (key == "pitch_variation") return {voice_.pitch_mean_hz > 0, voice_.pitch_sd_semitones};
    if (key == "energy_variation") return {true, voice_.energy_sd_db};
    if (key == "smile")
      return {answer_.signals.face.smile_ratio.has_value(), answer_.signals.face.smile_ratio.value_or(0)};
    if (key == "head_steadiness") return {true, answer_.signals.face.yaw_sd};
    return {false, 0};
  }

 private:
  Measured Coverage() const {
    Measured out{!target_.points.empty(), content_.coverage};
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < content_.points.size(); ++i)
      if (content_.points[i].utterance >= 0 && content_.points[i].covered >= kMade) order.push_back(i);
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return content_.points[a].covered > content_.points[b].covered; });
    for (auto i : order) {
      if (out.evidence.size() == kQuotes) break;
      auto evidence = Quote(answer_.answer_id, At(content_.points[i].utterance), kRubricCoverage);
      evidence.note_zh = target_.points[i].point.text_zh;
      evidence.note_en = target_.points[i].point.text_en;
      out.evidence.push_back(std::move(evidence));
    }
    return out;
  }

  // Kinds of cue, or distinct phrases, that occur.
  Measured Cues(std::set<Cue> const& wanted, bool kinds, std::string_view key) const {
    Measured out;
    std::set<Cue> seen_kinds;
    std::set<std::string_view> seen;
    for (auto const& item : said_.items) {
      for (auto const& cue : CuePhrases()) {
        if (!wanted.contains(cue.cue) || seen.contains(cue.text) || !ContainsPhrase(item.lower, cue.text)) continue;
        bool const fresh = seen_kinds.insert(cue.cue).second;
        seen.insert(cue.text);
        if (fresh && out.evidence.size() < 2) out.evidence.push_back(Quote(answer_.answer_id, item, key));
      }
    }
    out.value = static_cast<double>(kinds ? seen_kinds.size() : seen.size());
    return out;
  }

  Measured Specificity(std::string_view key) const {
    Measured out;
    std::set<std::string> items;
    for (auto const& item : said_.items) {
      auto const before = items.size();
      for (auto const& quantity : media::FindQuantities(item.text)) items.insert(quantity.text);
      for (auto const& cue : CuePhrases())
        if (cue.cue == Cue::example && cue.text.size() > 3 && ContainsPhrase(item.lower, cue.text))
          items.insert(std::string(cue.text));
      for (auto const* when : {"去年", "今年", "上个月", "周五", "月底", "last year", "last month", "last march"})
        if (ContainsPhrase(item.lower, when)) items.insert(when);
      if (items.size() > before && out.evidence.size() < 2) out.evidence.push_back(Quote(answer_.answer_id, item, key));
    }
    out.value = static_cast<double>(items.size());
    return out;
  }

  Measured DomainTerms() const {
    std::set<std::string> asked, terms;
    for (auto const& item : target_.question.items) asked.insert(item.content.begin(), item.content.end());
    for (auto const& reference : target_.references)
      for (auto const& item : reference.items) terms.insert(item.content.begin(), item.content.end());
    for (auto const& point : target_.points) {
      terms.insert(point.content.begin(), point.content.end());
      for (auto const& words : point.phrase_words) terms.insert(words.begin(), words.end());
    }
    double found = 0;
    for (auto const& word : Distinct())
      if (terms.contains(word) && !asked.contains(word) && CountCodePoints(word) > 1) ++found;
    return {!terms.empty(), found};
  }

  Measured LongestPause() const {
    Measured out{true, voice_.longest_pause};
    media::Interval longest;
    for (auto const& pause : answer_.signals.transcript.pauses)
      if (pause.end - pause.start > longest.end - longest.start) longest = pause;
    if (longest.end > longest.start) {
      Evidence clip;
      clip.answer_id = answer_.answer_id;
      clip.kind = "clip";
      clip.start = longest.start, clip.end = longest.end;
      clip.feature = "longest_pause";
      clip.value = voice_.longest_pause;
      out.evidence.push_back(std::move(clip));
    }
    return out;
  }

  std::set<std::string> Distinct() const {
    std::set<std::string> out;
    for (auto const& item : said_.items) out.insert(item.content.begin(), item.content.end());
    return out;
  }
  // Characters of Chinese speech, words of English.
  double Length() const {
    double out = 0;
    for (auto const& item : said_.items)
      for (auto const& word : item.words)
        out += media::HanShare(word) > 0 ? static_cast<double>(CountCodePoints(word)) : 1;
    return out;
  }
  double Rate() const {
    return voice_.words_per_minute > 0 ? voice_.words_per_minute : Length() * 60 / voice_.speech_seconds;
  }
  Utterance const& At(int index) const { return said_.items[static_cast<std::size_t>(index)]; }

  AnswerInput const& answer_;
  Utterances const& said_;
  ContentTarget const& target_;
  ContentScore const& content_;
  media::VoiceSignals const& voice_;
};

bool Observable(FeatureKind kind, Usable const& usable) {
  switch (kind) {
    case FeatureKind::content:
      return usable.words;
    case FeatureKind::delivery:
      return usable.voice;
    case FeatureKind::pace:
      return usable.voice && usable.words;
    case FeatureKind::picture:
      return usable.picture;
  }
  return false;
}

}  // namespace

Usable Judge(media::AnswerSignals const& signals, CertaintyRule const& rule) {
  Usable out;
  auto const& voice = signals.voice;
  auto const& transcript = signals.transcript;
  bool const imported = transcript.source == "imported";
  bool const text = std::any_of(transcript.sentences.begin(), transcript.sentences.end(),
                                [](auto const& sentence) { return !Trim(sentence.text).empty(); });
  bool const spoke = voice.present && voice.speech_seconds >= rule.min_speech_seconds;
  out.noisy = voice.present && (!(voice.snr_db >= rule.min_snr_db) || voice.clipping_ratio > kBrokenClipping);
  out.voice = spoke && !out.noisy;
  out.silent = voice.present && !spoke && !text;
  out.no_transcript = !text && !out.silent;
  out.confidence = !text ? 0 : imported ? 1 : std::clamp(transcript.confidence, 0.0, 1.0);
  out.unsure = text && !imported && !(transcript.confidence >= rule.min_confidence);
  out.words = text && (imported || (!out.unsure && !out.noisy));
  out.picture = signals.face.present && signals.face.sampled_frames >= 10 && signals.face.face_ratio >= 0.5;
  return out;
}

std::vector<AnswerFeature> MeasureFeatures(AnswerInput const& answer, Utterances const& said,
                                           ContentTarget const& target, ContentScore const& content,
                                           Usable const& usable) {
  Meter const meter(answer, said, target, content);
  std::vector<AnswerFeature> out;
  for (auto const& info : AllFeatures()) {
    AnswerFeature feature{std::string(info.key), "insufficient", 0, {}};
    auto measured = meter.Measure(info.key);
    if (!measured.applies) {
      feature.state = "not_applicable";
    } else if (Observable(info.kind, usable) && std::isfinite(measured.value)) {
      feature.state = "available";
      feature.value = measured.value;
      feature.evidence = std::move(measured.evidence);
    }
    out.push_back(std::move(feature));
  }
  return out;
}

std::string ShortQuote(std::string_view text) {
  auto const letters = DecodeUtf8(text);
  constexpr std::size_t kHan = 32, kLatin = 80;
  auto const most = media::HanShare(text) >= 0.3 ? kHan : kLatin;
  auto trim = [](std::u32string_view part) {
    while (!part.empty() && std::u32string_view(U"，,。.；;、：: ").find(part.back()) != std::u32string_view::npos)
      part.remove_suffix(1);
    return EncodeUtf8(part);
  };
  if (letters.size() <= most) return trim(letters);
  auto const head = std::u32string_view(letters).substr(0, most);
  auto cut = head.find_last_of(U"，,；;、：: ");
  if (cut == std::u32string_view::npos || cut < most / 2) cut = most;
  return trim(head.substr(0, cut)) + "…";
}

}  // namespace bole::assessment
