// Shapes of the candidate API (/api/v1/candidate/*). Types only: no weight in the bundle.

export type Locale = 'zh-CN' | 'en-US';
export type IdentityMethod = 'code_email' | 'code_sms' | 'id_number';

export interface InvitationPage {
  state: string;
  candidate_name: string;
  company: string;
  company_en: string;
  org_name: string;
  org_name_en: string;
  job_name: string;
  job_name_en: string;
  plan_name_zh: string;
  plan_name_en: string;
  language: string;
  stages: number;
  total_minutes: number;
  expires_at: string;
  identity_methods: IdentityMethod[];
  contact: string;
  signed_in: boolean;
  recorded_zh: string;
  recorded_en: string;
  why_zh: string;
  why_en: string;
  who_sees_zh: string;
  who_sees_en: string;
  deleted_after_days: number;
}

export interface MyConsent {
  interview_id: string;
  plan_name_zh: string;
  plan_name_en: string;
  key: string;
  version: string;
  text_zh: string;
  text_en: string;
  effect_zh: string;
  effect_en: string;
  granted: boolean;
  given_at?: string | null;
  withdrawn_at?: string | null;
}

export type RightKind = 'access' | 'correction' | 'deletion' | 'restriction' | 'explanation' | 'objection' | 'portability';

/** What is kept about the person and who looked at it. */
export interface MyData {
  consents: MyConsent[];
  requests: { id: string; kind: RightKind; state: string; received_at: string; due_at: string; reason: string; first_due_at?: string | null; extension: string }[];
  exports: { id: string; size: number; expires_at: string }[];
  access: { at: string; who_zh: string; who_en: string; what_zh: string; what_en: string }[];
}

export interface CodeSent {
  to_masked: string;
  resend_after_s: number;
  expires_in_s: number;
}

export interface ConsentView {
  key: 'recording' | 'analysis' | 'biometric';
  version: string | number;
  required: boolean;
  title_zh: string;
  title_en: string;
  text_zh: string;
  text_en: string;
  granted?: boolean | null;
}

/** `url` is a path of this server, used as it is. */
export interface StageMedia {
  kind: 'picture' | 'video' | 'audio';
  media_type: string;
  url: string;
}

export interface CandidateStage {
  index: number;
  key: string;
  kind: string;
  title_zh: string;
  title_en: string;
  question_zh: string;
  question_en: string;
  prompt_zh: string;
  prompt_en: string;
  question_media?: StageMedia | null;
  /** Somebody says the prompt: played instead of reading its text aloud. */
  prompt_media?: StageMedia | null;
  preparation_seconds: number;
  time_limit_seconds: number;
  grace_seconds: number;
  retakes_left: number;
  state: 'pending' | 'current' | 'answered';
}

export interface AnswerState {
  id: string;
  stage_key: string;
  state: 'recording' | 'closed';
  next_piece: number;
  bytes: number;
  started_at: string;
  attempt: number;
}

export interface CandidateSession {
  interview_id: string;
  state: string;
  candidate_name: string;
  company: string;
  company_en: string;
  job_name: string;
  job_name_en: string;
  language: string;
  server_time: string;
  expires_at: string;
  consents: ConsentView[];
  environment_done: boolean;
  stages: CandidateStage[];
  current_stage?: number | null;
  answer?: AnswerState | null;
  piece_max_bytes: number;
  piece_ms: number;
  welcome_zh: string;
  welcome_en: string;
  closing_zh: string;
  closing_en: string;
  preview: boolean;
}

export interface FrameAdvice {
  faces: number;
  face_ratio: number;
  centred: boolean | number;
  brightness: number;
  sharpness: number;
  advice: string[];
}

export interface EnvironmentReport {
  camera_ok: boolean;
  width: number;
  height: number;
  brightness: number;
  faces: number;
  microphone_ok: boolean;
  level_db: number;
  noise_db: number;
  upload_kbps: number;
  user_agent: string;
  recorder_type: string;
  advice: string[];
}

export interface OpenedAnswer {
  id: string;
  part?: number;
  next_piece: number;
  attempt: number;
  deadline_ms: number;
}

export interface PieceAck {
  next_piece: number;
  bytes: number;
}

export interface FinishAnswer {
  parts: { part: number; pieces: number }[];
  duration_ms: number;
  reason: 'candidate' | 'time_limit' | 'resumed';
}

export interface Caption {
  answer_id: string;
  text: string;
  start: number;
  end: number;
  final: boolean;
}
