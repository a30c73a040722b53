#include <algorithm>

#include "modules/interviews/service.hpp"
#include "platform/blob/blob_store.hpp"
#include "platform/events/events.hpp"
#include "platform/http/response.hpp"
#include "platform/i18n/messages.hpp"

namespace bole::interviews {
namespace {

// Limits of the picture check, chosen on 640×480 pictures: mean luma 0..255, widths relative to the picture.
constexpr double kDark = 60, kBright = 215, kSmallFace = 0.12, kLargeFace = 0.6;

}  // namespace

std::string Service::BothText(char const* key, i18n::Locale locale) const { return messages_.Text(locale, key); }

Result<plans::PromptVariables> Service::Variables(db::Tx& tx, Row const& row) {
  BOLE_ASSIGN(auto const node, org_.Node(tx, Scope::Everything(), row.org_id));
  auto const root = org_.Root(tx);
  auto const english = [](std::string const& en, std::string const& zh) { return en.empty() ? zh : en; };
  plans::PromptVariables out;
  out.candidate_name = row.candidate_name;
  out.branch_zh = node.name;
  out.branch_en = english(node.name_en, node.name);
  out.job_zh = out.job_en = row.job_name;
  BOLE_ASSIGN(auto const plan, plans_.PlanRevision(tx, row.plan_id, row.plan_revision));
  if (plan.job_id)
    if (auto const job = org_.Job(tx, Scope::Everything(), *plan.job_id)) out.job_en = english(job->name_en, job->name);
  if (root) {
    out.company_zh = root->name;
    out.company_en = english(root->name_en, root->name);
  }
  return out;
}

std::vector<ConsentAsked> Service::Asked(db::Tx& tx, Row const& row) {
  auto out = texts_->InForce(tx, row.org_id);
  for (auto& asked : out)
    for (auto const& given : row.consents.value)
      if (given.key == asked.key) asked = texts_->Version(tx, given.key, given.version).value_or(std::move(asked));
  return out;
}

Result<CandidateSession> Service::SessionOf(db::Tx& tx, Row const& row) {
  BOLE_ASSIGN(auto const plan, plans_.PlanRevision(tx, row.plan_id, row.plan_revision));
  BOLE_ASSIGN(auto const variables, Variables(tx, row));
  CandidateSession out;
  out.interview_id = row.id;
  out.state = boost::describe::enum_to_string(row.state, "");
  out.candidate_name = row.candidate_name;
  out.company = variables.company_zh, out.company_en = variables.company_en;
  out.job_name = variables.job_zh, out.job_name_en = variables.job_en;
  out.language = row.language;
  out.server_time = clock_.Now();
  out.expires_at = row.expires_at;
  for (auto& asked : Asked(tx, row)) {
    plans::Consent consent;
    if (!boost::describe::enum_from_string(asked.key.c_str(), consent.key)) continue;
    auto const title = "consent." + asked.key + ".title";
    consent.title_zh = messages_.Text(i18n::Locale::kZhCn, title);
    consent.title_en = messages_.Text(i18n::Locale::kEnUs, title);
    for (auto const& given : row.consents.value)
      if (given.key == asked.key) consent.granted = given.granted && !given.withdrawn_at;
    consent.version = std::move(asked.version), consent.required = asked.required;
    consent.text_zh = std::move(asked.text_zh), consent.text_en = std::move(asked.text_en);
    out.consents.push_back(std::move(consent));
  }
  out.environment_done = row.environment.has_value();
  out.stages = plans::StagesFor(plan.document, variables);
  for (auto& stage : out.stages)
    for (auto const& [from, to, what] : {std::tuple(&plan.question_media, &stage.question_media, "question"),
                                         std::tuple(&plan.prompt_media, &stage.prompt_media, "prompt")})
      if (auto const asset = from->find(stage.key); asset != from->end()) {
        *to = asset->second.media;
        // Browsers keep the content: the address names it, or the next interview on this device shows the last picture.
        (*to)->url = "/api/v1/candidate/stages/" + stage.key + "/media/" + what + "?v=" + asset->second.id;
      }
  auto const answers = store::Answers(tx, row.id);
  for (auto& stage : out.stages) {
    auto const attempts =
        std::count_if(answers.begin(), answers.end(), [&](auto const& a) { return a.stage_key == stage.key; });
    stage.retakes_left = std::max(0, stage.retakes_left - static_cast<int>(std::max<std::ptrdiff_t>(0, attempts - 1)));
    if (row.current_stage == stage.key) {
      stage.state = plans::CandidateStageState::current;
      out.current_stage = stage.index;
    } else if (stage.index < row.answered) {
      stage.state = plans::CandidateStageState::answered;
    }
  }
  for (auto const& answer : answers) {
    if (answer.state == AnswerState::superseded) continue;
    plans::CandidateAnswer view{answer.id, answer.stage_key};
    view.state =
        answer.state == AnswerState::recording ? plans::OpenAnswerState::recording : plans::OpenAnswerState::closed;
    view.started_at = answer.started_at;
    view.attempt = static_cast<int>(answer.attempt);
    for (auto const& part : answer.parts.value)
      if (auto const state = blobs_.Stat(BlobOf(answer.id, part.part))) {
        view.bytes += static_cast<std::int64_t>(state->size);
        view.next_piece = state->next_piece;
      }
    out.answer = view;  // the newest that counts
  }
  auto const fill = [&](std::string const& text, plans::TextLanguage language) {
    return plans::FillPrompt(text, variables, language);
  };
  out.welcome_zh = fill(plan.document.welcome_zh, plans::TextLanguage::zh);
  out.welcome_en = fill(plan.document.welcome_en, plans::TextLanguage::en);
  out.closing_zh = fill(plan.document.closing_zh, plans::TextLanguage::zh);
  out.closing_en = fill(plan.document.closing_en, plans::TextLanguage::en);
  return out;
}

Result<CandidateSession> Service::Session(Principal const& who) {
  return database_.Read([&](db::Tx& tx) -> Result<CandidateSession> {
    BOLE_ASSIGN(auto const row, Mine(tx, who));
    return SessionOf(tx, row);
  });
}

Result<CandidateSession> Service::GiveConsent(Principal const& who, GiveConsents const& input) {
  return database_.Write([&](db::Tx& tx) -> Result<CandidateSession> {
    BOLE_ASSIGN(auto row, Mine(tx, who));
    if (row.state != State::identified && row.state != State::consented)
      return Fail(ErrorCode::kConflict, "interview.not_open");
    auto const now = clock_.Now();
    FieldErrors errors;
    std::vector<store::ConsentGiven> given;
    for (auto const& asked : Asked(tx, row)) {
      auto const found =
          std::find_if(input.given.begin(), input.given.end(), [&](auto const& g) { return g.key == asked.key; });
      bool const granted = found != input.given.end() && found->granted;
      if (found != input.given.end() && found->version != asked.version) errors.push_back({"/given", "stale_version"});
      if (asked.required && !granted) errors.push_back({"/given/" + asked.key, "required"});
      given.push_back({asked.key, asked.version, granted, now, std::nullopt});
    }
    if (!errors.empty()) return FailFields(std::move(errors));
    auto const record = audit_.Begin(tx, who, {"consent.give", "interview", row.id, row.org_id, {}});
    row.consents.value = std::move(given);
    row.state = State::consented;
    Save(tx, row);
    bus_.Publish(tx, kConsentsGiven, row.id, {{"interview_id", row.id}});
    audit_.Succeeded(tx, record);
    return SessionOf(tx, row);
  });
}

Result<CandidateSession> Service::Decline(std::string const& token, Principal const& who,
                                          DeclineInterview const& input) {
  return database_.Write([&](db::Tx& tx) -> Result<CandidateSession> {
    BOLE_ASSIGN(auto row, who.kind == PrincipalKind::candidate ? Mine(tx, who) : ByToken(tx, token));
    if (row.state == State::declined) return SessionOf(tx, row);
    if (row.state != State::invited && row.state != State::opened && row.state != State::identified &&
        row.state != State::consented)
      return Fail(ErrorCode::kConflict, "interview.not_open");
    auto const record =
        audit_.Begin(tx, Principal::System("candidate"),
                     {"interview.decline", "interview", row.id, row.org_id, {{"want_person", input.want_person}}});
    row.state = State::declined;
    row.decline_reason = input.reason;
    row.wants_person = input.want_person;
    Save(tx, row);
    people_.AddEvent(tx, row.candidate_id,
                     {clock_.Now(),
                      "interview.declined",
                      input.want_person ? "file.interview_declined_wants_person" : "file.interview_declined",
                      {{"plan", row.plan_name_zh}},
                      row.id});
    audit_.Succeeded(tx, record);
    auto out = SessionOf(tx, row);
    // Without identity the link shows nothing but its state.
    if (out && who.kind != PrincipalKind::candidate) {
      out->candidate_name.clear();
      out->stages.clear();
    }
    return out;
  });
}

Result<FrameCheckView> Service::CheckFrame(std::string_view jpeg) {
  BOLE_ASSIGN(auto const seen, engines_.check_frame(jpeg));
  FrameCheckView out{seen.faces, seen.face_ratio, seen.centred, seen.brightness, seen.sharpness, {}};
  auto const advise = [&](bool wrong, char const* code) {
    if (wrong) out.advice.emplace_back(code);
  };
  advise(seen.brightness < kDark, "too_dark");
  advise(seen.brightness > kBright, "too_bright");
  advise(seen.faces == 0, "no_face");
  advise(seen.faces > 1, "several_faces");
  advise(seen.faces == 1 && !seen.centred, "not_centred");
  advise(seen.faces == 1 && seen.face_ratio < kSmallFace, "too_far");
  advise(seen.faces == 1 && seen.face_ratio > kLargeFace, "too_close");
  return out;
}

Result<CandidateSession> Service::SaveEnvironment(Principal const& who, EnvironmentReport const& input) {
  return database_.Write([&](db::Tx& tx) -> Result<CandidateSession> {
    BOLE_ASSIGN(auto row, Mine(tx, who));
    row.environment = db::Json<EnvironmentReport>{input};
    Save(tx, row);
    return SessionOf(tx, row);
  });
}

Result<std::string> Service::Speak(Principal const& who, std::string const& stage_key, i18n::Locale locale,
                                   bool question_only) {
  BOLE_ASSIGN(auto const session, Session(who));
  auto const stage =
      std::find_if(session.stages.begin(), session.stages.end(), [&](auto const& s) { return s.key == stage_key; });
  if (stage == session.stages.end()) return NotFound("stage");
  bool const zh = locale == i18n::Locale::kZhCn;
  auto const either = [&](std::string const& first, std::string const& second) {
    return first.empty() ? second : first;
  };
  auto const prompt = zh ? either(stage->prompt_zh, stage->prompt_en) : either(stage->prompt_en, stage->prompt_zh);
  auto const question =
      zh ? either(stage->question_zh, stage->question_en) : either(stage->question_en, stage->question_zh);
  return engines_.speak(question_only ? question : prompt + "\n" + question, zh ? "zh" : "en");
}

Result<http::Response> Service::StageMedia(Principal const& who, http::Request const& request,
                                           std::string const& stage_key, std::string const& what) {
  auto const id = database_.Read([&](db::Tx& tx) -> Result<std::string> {
    BOLE_ASSIGN(auto const row, Mine(tx, who));
    BOLE_ASSIGN(auto const plan, plans_.PlanRevision(tx, row.plan_id, row.plan_revision));
    auto const& media = what == "prompt" ? plan.prompt_media : plan.question_media;
    auto const asset = media.find(stage_key);
    if (asset == media.end() || (what != "prompt" && what != "question")) return NotFound("stage");
    return asset->second.id;
  });
  if (!id) return tl::unexpected<Error>(id.error());
  return plans_.ServeAsset(request, *id);
}

std::shared_ptr<http::EventSubscription> Service::Captions(Principal const& who) {
  return hub_.Subscribe("candidate:" + who.id);
}

}  // namespace bole::interviews
