#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/plans/plan_document.hpp"

// What a candidate sees of a plan; the preview (plans) and the interview itself (interviews) share these shapes.
namespace bole::plans {

enum class ConsentKey { recording, analysis, biometric };
BOOST_DESCRIBE_ENUM(ConsentKey, recording, analysis, biometric)

struct Consent {
  ConsentKey key = ConsentKey::recording;
  std::string version;
  bool required = true;
  std::string title_zh, title_en, text_zh, text_en;
  std::optional<bool> granted;
};
BOOST_DESCRIBE_STRUCT(Consent, (), (key, version, required, title_zh, title_en, text_zh, text_en, granted))

enum class CandidateStageState { pending, current, answered };
BOOST_DESCRIBE_ENUM(CandidateStageState, pending, current, answered)

enum class StageMediaKind { picture, video, audio };
BOOST_DESCRIBE_ENUM(StageMediaKind, picture, video, audio)

// What belongs to a stage beside its texts; `url` is a path of this server.
struct StageMedia {
  StageMediaKind kind = StageMediaKind::picture;
  std::string media_type, url;
};
BOOST_DESCRIBE_STRUCT(StageMedia, (), (kind, media_type, url))

struct CandidateStage {
  std::int64_t index = 0;
  std::string key;
  StageKind kind = StageKind::question;
  std::string title_zh, title_en, question_zh, question_en, prompt_zh, prompt_en;
  int preparation_seconds = 0, time_limit_seconds = 0, grace_seconds = 0, retakes_left = 0;
  CandidateStageState state = CandidateStageState::pending;
  std::optional<StageMedia> question_media{}, prompt_media{};
};
BOOST_DESCRIBE_STRUCT(CandidateStage, (),
                      (index, key, kind, title_zh, title_en, question_zh, question_en, prompt_zh, prompt_en,
                       preparation_seconds, time_limit_seconds, grace_seconds, retakes_left, state, question_media,
                       prompt_media))

enum class OpenAnswerState { recording, closed };
BOOST_DESCRIBE_ENUM(OpenAnswerState, recording, closed)

struct CandidateAnswer {
  std::string id, stage_key;
  OpenAnswerState state = OpenAnswerState::recording;
  std::int64_t next_piece = 0, bytes = 0;
  Instant started_at{};
  int attempt = 1;
};
BOOST_DESCRIBE_STRUCT(CandidateAnswer, (), (id, stage_key, state, next_piece, bytes, started_at, attempt))

struct CandidateSession {
  std::string interview_id, state, candidate_name, company, company_en, job_name, job_name_en, language;
  Instant server_time{}, expires_at{};
  std::vector<Consent> consents;
  bool environment_done = false;
  std::vector<CandidateStage> stages;
  std::optional<std::int64_t> current_stage;
  std::optional<CandidateAnswer> answer;
  std::int64_t piece_max_bytes = 4 * 1024 * 1024;
  std::int64_t piece_ms = 1000;
  std::string welcome_zh, welcome_en, closing_zh, closing_en;
  bool preview = false;
};
BOOST_DESCRIBE_STRUCT(CandidateSession, (),
                      (interview_id, state, candidate_name, company, company_en, job_name, job_name_en, language,
                       server_time, expires_at, consents, environment_done, stages, current_stage, answer,
                       piece_max_bytes, piece_ms, welcome_zh, welcome_en, closing_zh, closing_en, preview))

// Values of {candidate_name} {branch} {job} {company}. Everything else in braces stays as it is; values are not read
// for placeholders again.
struct PromptVariables {
  std::string candidate_name, branch_zh, branch_en, job_zh, job_en, company_zh, company_en;
};
enum class TextLanguage { zh, en };
[[nodiscard]] std::string FillPrompt(std::string_view text, PromptVariables const& variables, TextLanguage language);

// The stages of a resolved document with filled prompts, all pending, `retakes` left each.
[[nodiscard]] std::vector<CandidateStage> StagesFor(PlanDocument const& document, PromptVariables const& variables);
// "zh-CN" or "en-US": the plan's own language, else the candidate's.
[[nodiscard]] std::string LanguageFor(PlanDocument const& document, std::string const& candidate_locale);

}  // namespace bole::plans
