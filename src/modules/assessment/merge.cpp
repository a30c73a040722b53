#include "modules/assessment/merge.hpp"

#include <algorithm>

namespace bole::assessment {
namespace {

using media::AnswerSignals;

// Weighted mean of two averages.
double Mean(double a, double weight_a, double b, double weight_b) {
  return weight_a + weight_b > 0 ? (a * weight_a + b * weight_b) / (weight_a + weight_b) : 0;
}

void Append(media::Transcript& into, media::Transcript from, double shift, double speech_before, double speech_now) {
  if (into.source == "none") {
    into.source = from.source;
    into.engine = from.engine;
    into.language = from.language;
  }
  into.confidence = Mean(into.confidence, speech_before, from.confidence, speech_now);
  for (auto& sentence : from.sentences) {
    sentence.start += shift;
    sentence.end += shift;
    for (auto& word : sentence.words) {
      word.start += shift;
      word.end += shift;
    }
    into.sentences.push_back(std::move(sentence));
  }
  for (auto const& pause : from.pauses) into.pauses.push_back({pause.start + shift, pause.end + shift});
}

void Append(media::VoiceSignals& into, media::VoiceSignals const& from) {
  double const a = into.speech_seconds, b = from.speech_seconds;
  into.present = into.present || from.present;
  for (auto const member :
       {&media::VoiceSignals::pause_ratio, &media::VoiceSignals::words_per_minute, &media::VoiceSignals::pitch_mean_hz,
        &media::VoiceSignals::pitch_sd_semitones, &media::VoiceSignals::energy_mean_db,
        &media::VoiceSignals::energy_sd_db, &media::VoiceSignals::snr_db, &media::VoiceSignals::clipping_ratio})
    into.*member = Mean(into.*member, a, from.*member, b);
  into.longest_pause = std::max(into.longest_pause, from.longest_pause);
  into.filler_count += from.filler_count;
  into.speech_seconds = a + b;
}

void Append(media::FaceSignals& into, media::FaceSignals from, double shift) {
  double const a = into.sampled_frames, b = from.sampled_frames;
  into.present = into.present || from.present;
  for (auto const member :
       {&media::FaceSignals::face_ratio, &media::FaceSignals::several_ratio, &media::FaceSignals::centred_ratio,
        &media::FaceSignals::brightness_mean, &media::FaceSignals::black_ratio, &media::FaceSignals::yaw_sd,
        &media::FaceSignals::pitch_sd})
    into.*member = Mean(into.*member, a, from.*member, b);
  if (from.smile_ratio) into.smile_ratio = Mean(into.smile_ratio.value_or(0), a, *from.smile_ratio, b);
  if (from.blink_per_minute) into.blink_per_minute = Mean(into.blink_per_minute.value_or(0), a, *from.blink_per_minute, b);
  into.sampled_frames += from.sampled_frames;
  for (auto& sample : from.timeline) {
    sample.t += shift;
    into.timeline.push_back(sample);
  }
}

}  // namespace

AnswerSignals MergeParts(std::vector<AnswerSignals> parts) {
  AnswerSignals out = std::move(parts.at(0));
  for (std::size_t i = 1; i < parts.size(); ++i) {
    auto& part = parts[i];
    double const shift = out.media.duration;
    Append(out.transcript, std::move(part.transcript), shift, out.voice.speech_seconds, part.voice.speech_seconds);
    Append(out.voice, part.voice);
    Append(out.face, std::move(part.face), shift);
    out.media.duration += part.media.duration;
    if (out.media.container.empty()) out.media = part.media;
    for (auto& notice : part.notices) {
      auto const same = [&](auto const& known) { return known.code == notice.code; };
      if (std::none_of(out.notices.begin(), out.notices.end(), same)) out.notices.push_back(std::move(notice));
    }
    if (out.engines.empty()) out.engines = std::move(part.engines);
  }
  if (parts.size() > 1) out.notices.push_back({"answer.in_parts", std::to_string(parts.size())});
  return out;
}

}  // namespace bole::assessment
