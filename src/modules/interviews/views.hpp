#pragma once
#include "modules/interviews/api.hpp"

// Inputs and answers of the routes.
namespace bole::interviews {

struct CreateInterviews {
  std::vector<std::string> candidate_ids;
  std::string plan_id;
  std::vector<std::string> channels;  // link | email | sms
  std::optional<std::int64_t> valid_days;
  std::vector<std::string> team{};  // accounts to put on the candidates: interviewers, hiring manager
};
BOOST_DESCRIBE_STRUCT(CreateInterviews, (), (candidate_ids, plan_id, channels, valid_days, team))

struct InvitedInterview {
  InterviewView interview;
  std::string link;
};
BOOST_DESCRIBE_STRUCT(InvitedInterview, (), (interview, link))

struct NotInvited {
  std::string candidate_id, code, message;
};
BOOST_DESCRIBE_STRUCT(NotInvited, (), (candidate_id, code, message))

struct CreatedInterviews {
  std::vector<InvitedInterview> items;
  std::vector<NotInvited> failed;
};
BOOST_DESCRIBE_STRUCT(CreatedInterviews, (), (items, failed))

struct ExtendInterview {
  std::int64_t days = 0;
};
BOOST_DESCRIBE_STRUCT(ExtendInterview, (), (days))

struct LinkView {
  std::string url, qr_svg;
};
BOOST_DESCRIBE_STRUCT(LinkView, (), (url, qr_svg))

struct HomeCounts {
  std::int64_t invited = 0, in_progress = 0, analysing = 0, ready = 0, expired = 0, candidates = 0, plans = 0;
};
BOOST_DESCRIBE_STRUCT(HomeCounts, (), (invited, in_progress, analysing, ready, expired, candidates, plans))

struct HomeView {
  HomeCounts counts;
  std::vector<InterviewView> to_review, recent;
};
BOOST_DESCRIBE_STRUCT(HomeView, (), (counts, to_review, recent))

struct InvitationPage {
  State state = State::invited;
  std::string candidate_name, company, company_en, org_name, org_name_en, job_name, job_name_en;
  std::string plan_name_zh, plan_name_en, language;
  std::int64_t stages = 0, total_minutes = 0;
  Instant expires_at{};
  std::vector<std::string> identity_methods;
  std::string contact;
  bool signed_in = false;
  std::string recorded_zh, recorded_en, why_zh, why_en, who_sees_zh, who_sees_en;
  std::int64_t deleted_after_days = 0;
};
BOOST_DESCRIBE_STRUCT(InvitationPage, (),
                      (state, candidate_name, company, company_en, org_name, org_name_en, job_name, job_name_en,
                       plan_name_zh, plan_name_en, language, stages, total_minutes, expires_at, identity_methods,
                       contact, signed_in, recorded_zh, recorded_en, why_zh, why_en, who_sees_zh, who_sees_en,
                       deleted_after_days))

struct RequestCode {
  std::string method;
};
BOOST_DESCRIBE_STRUCT(RequestCode, (), (method))

struct CodeSent {
  std::string to_masked;
  std::int64_t resend_after_s = 0, expires_in_s = 0;
};
BOOST_DESCRIBE_STRUCT(CodeSent, (), (to_masked, resend_after_s, expires_in_s))

struct VerifyIdentity {
  std::string method;
  std::optional<std::string> code, id_number;
};
BOOST_DESCRIBE_STRUCT(VerifyIdentity, (), (method, code, id_number))

struct GivenConsent {
  std::string key, version;
  bool granted = false;
};
BOOST_DESCRIBE_STRUCT(GivenConsent, (), (key, version, granted))

struct GiveConsents {
  std::vector<GivenConsent> given;
};
BOOST_DESCRIBE_STRUCT(GiveConsents, (), (given))

struct DeclineInterview {
  std::string reason;
  bool want_person = false;
};
BOOST_DESCRIBE_STRUCT(DeclineInterview, (), (reason, want_person))

struct FrameCheckView {
  std::int64_t faces = 0;
  double face_ratio = 0;
  bool centred = false;
  double brightness = 0, sharpness = 0;
  std::vector<std::string> advice;
};
BOOST_DESCRIBE_STRUCT(FrameCheckView, (), (faces, face_ratio, centred, brightness, sharpness, advice))

struct UploadProbe {
  std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(UploadProbe, (), (bytes))

struct StartAnswer {
  std::string stage_key, mime_type;
};
BOOST_DESCRIBE_STRUCT(StartAnswer, (), (stage_key, mime_type))

struct StartedAnswer {
  std::string id;
  std::int64_t part = 0, next_piece = 0, attempt = 1;
  std::int64_t deadline_ms = 0;  // recording time that is left, milliseconds
};
BOOST_DESCRIBE_STRUCT(StartedAnswer, (), (id, part, next_piece, attempt, deadline_ms))

struct PieceView {
  std::int64_t next_piece = 0, bytes = 0;
};
BOOST_DESCRIBE_STRUCT(PieceView, (), (next_piece, bytes))

struct FinishedPart {
  std::int64_t part = 0, pieces = 0;
};
BOOST_DESCRIBE_STRUCT(FinishedPart, (), (part, pieces))

struct FinishAnswer {
  std::vector<FinishedPart> parts;
  std::int64_t duration_ms = 0;
  std::string reason;  // candidate | time_limit | resumed
};
BOOST_DESCRIBE_STRUCT(FinishAnswer, (), (parts, duration_ms, reason))

}  // namespace bole::interviews

namespace bole {
template <>
inline constexpr auto kRules<interviews::CreateInterviews> =
    std::tuple{Field<&interviews::CreateInterviews::candidate_ids>{{.min_length = 1, .max_length = 500}},
               Field<&interviews::CreateInterviews::plan_id>{{.min_length = 1, .max_length = 26}},
               Field<&interviews::CreateInterviews::channels>{{.min_length = 1, .max_length = 3}},
               Field<&interviews::CreateInterviews::valid_days>{{.min = 1, .max = 90}},
               Field<&interviews::CreateInterviews::team>{{.max_length = 20}}};
template <>
inline constexpr auto kRules<interviews::ExtendInterview> =
    std::tuple{Field<&interviews::ExtendInterview::days>{{.min = 1, .max = 90, .required = true}}};
template <>
inline constexpr auto kRules<interviews::VerifyIdentity> =
    std::tuple{Field<&interviews::VerifyIdentity::method>{{.min_length = 1, .max_length = 20}},
               Field<&interviews::VerifyIdentity::code>{{.max_length = 12, .secret = true}},
               Field<&interviews::VerifyIdentity::id_number>{{.max_length = 30, .pii = true}}};
template <>
inline constexpr auto kRules<interviews::RequestCode> =
    std::tuple{Field<&interviews::RequestCode::method>{{.min_length = 1, .max_length = 20}}};
template <>
inline constexpr auto kRules<interviews::GiveConsents> =
    std::tuple{Field<&interviews::GiveConsents::given>{{.min_length = 1, .max_length = 10}}};
template <>
inline constexpr auto kRules<interviews::DeclineInterview> =
    std::tuple{Field<&interviews::DeclineInterview::reason>{{.max_length = 500}}};
template <>
inline constexpr auto kRules<interviews::StartAnswer> =
    std::tuple{Field<&interviews::StartAnswer::stage_key>{{.min_length = 1, .max_length = 60}},
               Field<&interviews::StartAnswer::mime_type>{{.min_length = 1, .max_length = 120}}};
template <>
inline constexpr auto kRules<interviews::FinishedPart> =
    std::tuple{Field<&interviews::FinishedPart::part>{{.min = 0, .max = 99, .required = true}},
               Field<&interviews::FinishedPart::pieces>{{.min = 0, .max = 100'000, .required = true}}};
template <>
inline constexpr auto kRules<interviews::FinishAnswer> =
    std::tuple{Field<&interviews::FinishAnswer::parts>{{.min_length = 1, .max_length = 100}},
               Field<&interviews::FinishAnswer::duration_ms>{{.min = 0, .max = 3'600'000}},
               Field<&interviews::FinishAnswer::reason>{{.max_length = 20}}};
template <>
inline constexpr auto kRules<interviews::EnvironmentReport> =
    std::tuple{Field<&interviews::EnvironmentReport::user_agent>{{.max_length = 500}},
               Field<&interviews::EnvironmentReport::recorder_type>{{.max_length = 120}},
               Field<&interviews::EnvironmentReport::advice>{{.max_length = 20}}};
}  // namespace bole
