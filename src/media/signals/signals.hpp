#pragma once
#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

// What the engines observe in one recording. Plain values: times in seconds from the start of the recording,
// ratios 0..1, angles in degrees, levels in dBFS. An engine that did not run leaves its part empty and adds a notice.
namespace bole::media {

struct Word {
  std::string text;
  double start = 0, end = 0;
  double confidence = 0;  // 0..1; 1 for imported text
};
BOOST_DESCRIBE_STRUCT(Word, (), (text, start, end, confidence))

struct Sentence {
  std::string text;  // with punctuation
  double start = 0, end = 0;
  double confidence = 0;
  std::vector<Word> words;
};
BOOST_DESCRIBE_STRUCT(Sentence, (), (text, start, end, confidence, words))

struct Interval {
  double start = 0, end = 0;
};
BOOST_DESCRIBE_STRUCT(Interval, (), (start, end))

struct Transcript {
  std::string source = "none";  // recognised | imported | none
  std::string engine;           // e.g. "pocketsphinx-en-us"
  std::string language;         // zh | en | "" when unknown
  double confidence = 0;        // mean over words, weighted by duration
  std::vector<Sentence> sentences;
  std::vector<Interval> pauses;  // silence of at least 0.5 s between speech
};
BOOST_DESCRIBE_STRUCT(Transcript, (), (source, engine, language, confidence, sentences, pauses))

struct VoiceSignals {
  bool present = false;  // false: no audio track, or nothing decoded
  double speech_seconds = 0;
  double pause_ratio = 0;  // silence between first and last speech
  double longest_pause = 0;
  double words_per_minute = 0;  // characters per minute for zh; 0 without transcript
  int filler_count = 0;         // 嗯 呃 那个 / um uh er …
  double pitch_mean_hz = 0, pitch_sd_semitones = 0;
  double energy_mean_db = 0, energy_sd_db = 0;
  double snr_db = 0;
  double clipping_ratio = 0;
};
BOOST_DESCRIBE_STRUCT(VoiceSignals, (),
                      (present, speech_seconds, pause_ratio, longest_pause, words_per_minute, filler_count,
                       pitch_mean_hz, pitch_sd_semitones, energy_mean_db, energy_sd_db, snr_db, clipping_ratio))

struct FaceSample {
  double t = 0;
  int faces = 0;
  double x = 0, y = 0, w = 0, h = 0;  // largest face, relative to the picture
  double yaw = 0, pitch = 0, roll = 0;
  double brightness = 0;  // mean luma of the picture, 0..255
  double smile = 0;       // probability of the expression "happy"; 0 when expression is off
};
BOOST_DESCRIBE_STRUCT(FaceSample, (), (t, faces, x, y, w, h, yaw, pitch, roll, brightness, smile))

struct FaceSignals {
  bool present = false;  // false: no video track, or nothing decoded
  int sampled_frames = 0;
  double face_ratio = 0, several_ratio = 0, centred_ratio = 0;
  double brightness_mean = 0, black_ratio = 0;
  double yaw_sd = 0, pitch_sd = 0;
  std::optional<double> smile_ratio;  // only when the expression policy allows it
  std::optional<double> blink_per_minute;
  std::vector<FaceSample> timeline;
};
BOOST_DESCRIBE_STRUCT(FaceSignals, (),
                      (present, sampled_frames, face_ratio, several_ratio, centred_ratio, brightness_mean, black_ratio,
                       yaw_sd, pitch_sd, smile_ratio, blink_per_minute, timeline))

struct MediaInfo {
  std::string container, video_codec, audio_codec;
  double duration = 0;
  int width = 0, height = 0;
};
BOOST_DESCRIBE_STRUCT(MediaInfo, (), (container, video_codec, audio_codec, duration, width, height))

// One fact about the recording that a reader must know: code is a message key `notice.<code>`.
struct SignalNotice {
  std::string code;  // speech.no_model, audio.silent, audio.missing, picture.black, picture.missing, media.truncated,
                     // media.broken …
  std::string detail;
};
BOOST_DESCRIBE_STRUCT(SignalNotice, (), (code, detail))

struct EngineUse {
  std::string kind, name, version;
};
BOOST_DESCRIBE_STRUCT(EngineUse, (), (kind, name, version))

struct AnswerSignals {
  MediaInfo media;
  Transcript transcript;
  VoiceSignals voice;
  FaceSignals face;
  std::vector<SignalNotice> notices;
  std::vector<EngineUse> engines;
};
BOOST_DESCRIBE_STRUCT(AnswerSignals, (), (media, transcript, voice, face, notices, engines))

}  // namespace bole::media
