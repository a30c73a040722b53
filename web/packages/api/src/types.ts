// The shapes of the HTTP API, named exactly as the server's described structs. Each can be replaced by
// `components['schemas']['X']` of the generated client without touching a page.

export type Locale = 'zh-CN' | 'en-US';

export interface Page<T> {
  items: T[];
  next_cursor?: string | null;
  total: number;
  total_exact: boolean;
}

export interface Items<T> {
  items: T[];
}

export interface ProblemError {
  pointer: string;
  code: string;
  message: string;
}

export interface Problem {
  type?: string;
  title: string;
  status: number;
  code: string;
  detail?: string;
  errors?: ProblemError[];
  request_id?: string;
  params?: Record<string, unknown>;
}

// ---- session -------------------------------------------------------------------------------------------

export interface SignIn {
  user_name: string;
  password: string;
}

export interface SessionUser {
  id: string;
  user_name: string;
  name: string;
  locale: string;
  zone: string;
  org_id: string;
  org_name: string;
}

export interface SessionRole {
  key: string;
  name_zh: string;
  name_en: string;
  org_id: string;
  org_name: string;
}

export interface SessionView {
  user: SessionUser;
  permissions: string[];
  roles: SessionRole[];
  csrf_header: string;
}

// ---- home ----------------------------------------------------------------------------------------------

export interface HomeCounts {
  invited: number;
  in_progress: number;
  analysing: number;
  ready: number;
  expired: number;
  candidates: number;
  plans: number;
}

export interface HomeView {
  counts: HomeCounts;
  to_review: InterviewView[];
  recent: InterviewView[];
}

// ---- organisation --------------------------------------------------------------------------------------

export type OrgKind = 'group' | 'region' | 'branch' | 'department' | 'outlet';

export interface OrgNodeView {
  id: string;
  parent_id?: string | null;
  code: string;
  name: string;
  name_en: string;
  kind: OrgKind;
  city: string;
  zone: string;
  locale: string;
  path: string;
  depth: number;
  version: number;
}

export interface CreateOrgNode {
  parent_id: string;
  code: string;
  name: string;
  name_en: string;
  kind: OrgKind;
  city: string;
  zone: string;
  locale: string;
}

// ---- jobs ----------------------------------------------------------------------------------------------

export interface Competency {
  key: string;
  name_zh: string;
  name_en: string;
  weight: number;
}

export interface JobView {
  id: string;
  org_id: string;
  org_name: string;
  code: string;
  name: string;
  name_en: string;
  family: string;
  grade: string;
  duties: string;
  requirements: string;
  competencies: Competency[];
  status: 'active' | 'archived';
  version: number;
  created_at: string;
}

export type CreateJob = Omit<JobView, 'id' | 'org_name' | 'status' | 'version' | 'created_at'>;

// ---- users and roles -----------------------------------------------------------------------------------

export interface RoleView {
  key: string;
  name_zh: string;
  name_en: string;
  permissions: string[];
}

export interface GrantView {
  id: string;
  role: string;
  org_id: string;
  org_name: string;
  valid_until?: string | null;
}

export interface CreateGrant {
  role: string;
  org_id: string;
  valid_until?: string | null;
}

export interface UserView {
  id: string;
  user_name: string;
  name: string;
  email: string;
  org_id: string;
  org_name: string;
  locale: string;
  active: boolean;
  grants: GrantView[];
  version: number;
  last_sign_in_at?: string | null;
}

export interface CreateUser {
  user_name: string;
  name: string;
  email: string;
  org_id: string;
  locale: string;
  password: string;
  grants: CreateGrant[];
}

// ---- candidates ----------------------------------------------------------------------------------------

export interface CandidateView {
  id: string;
  person_id: string;
  org_id: string;
  org_name: string;
  name: string;
  gender: string;
  birth_date?: string | null;
  phone_masked: string;
  email_masked: string;
  id_number_masked: string;
  source: string;
  tags: string[];
  job_id?: string | null;
  job_name: string;
  locale: string;
  note: string;
  interviews: number;
  last_score?: number | null;
  last_band?: string | null;
  created_at: string;
  version: number;
}

export interface CreateCandidate {
  org_id: string;
  name: string;
  gender?: string;
  birth_date?: string | null;
  phone?: string;
  email?: string;
  id_number?: string;
  source: string;
  tags: string[];
  job_id?: string | null;
  locale: string;
  note: string;
}

export interface CandidateSecrets {
  phone: string;
  email: string;
  id_number: string;
}

export interface FileEvent {
  at: string;
  kind: string;
  title_key: string;
  params: Record<string, string | number>;
  interview_id?: string | null;
}

export interface PersonFile {
  candidate: CandidateView;
  events: FileEvent[];
  interviews: InterviewView[];
}

export interface ImportError {
  row: number;
  column: string;
  code: string;
  message: string;
  value: string;
}

export interface ImportView {
  id: string;
  file_name: string;
  dry_run: boolean;
  mode: 'partial' | 'all';
  state: 'running' | 'done' | 'failed';
  rows_total: number;
  rows_done: number;
  rows_ok: number;
  rows_failed: number;
  rows_duplicate: number;
  errors: ImportError[];
  created_at: string;
}

// ---- questions -----------------------------------------------------------------------------------------

export interface RubricPoint {
  key: string;
  text_zh: string;
  text_en: string;
  synonyms: string[];
  weight: number;
}

export interface RubricAnchor {
  score: number;
  text_zh: string;
  text_en: string;
}

export interface Rubric {
  points: RubricPoint[];
  anchors: RubricAnchor[];
  model_answer_zh: string;
  model_answer_en: string;
}

export interface QuestionView {
  id: string;
  org_id: string;
  code: string;
  revision: number;
  text_zh: string;
  text_en: string;
  kind: 'text' | 'picture' | 'video';
  asset_id?: string | null;
  family: string;
  competency: string;
  difficulty: number;
  suggested_seconds: number;
  rubric: Rubric;
  shipped: boolean;
  status: 'active' | 'archived';
  version: number;
  created_at: string;
  updated_at: string;
}

// ---- dimensions, scoring models ------------------------------------------------------------------------

export interface DimensionView {
  key: string;
  name_zh: string;
  name_en: string;
  description_zh: string;
  description_en: string;
}

export interface ScoringModelView {
  id: string;
  name: string;
  version_no: number;
  document: Record<string, unknown>;
  status: string;
  created_at: string;
}

// ---- plans ---------------------------------------------------------------------------------------------

export interface PlanDimension {
  key: string;
  name_zh: string;
  name_en: string;
  weight: number;
}

export interface PlanStage {
  key: string;
  kind: 'introduction' | 'question';
  question_id?: string | null;
  question_revision?: number | null;
  title_zh: string;
  title_en: string;
  question_zh: string;
  question_en: string;
  prompt_zh: string;
  prompt_en: string;
  preparation_seconds: number;
  time_limit_seconds: number;
  grace_seconds: number;
  retakes: number;
  dimensions: string[];
  weight: number;
}

export interface PlanBands {
  recommend: number;
  reinterview: number;
}

export interface PlanDocument {
  kind: 'structured';
  language: 'zh-CN' | 'en-US' | 'candidate';
  scoring_model_id?: string | null;
  bands: PlanBands;
  dimensions: PlanDimension[];
  stages: PlanStage[];
  welcome_zh: string;
  welcome_en: string;
  closing_zh: string;
  closing_en: string;
  valid_days: number;
  retention_days: number;
}

export interface PlanView {
  id: string;
  org_id: string;
  org_name: string;
  job_id?: string | null;
  job_name: string;
  name_zh: string;
  name_en: string;
  revision: number;
  status: 'draft' | 'published' | 'archived';
  has_draft: boolean;
  published_revision?: number | null;
  document: PlanDocument;
  version: number;
  created_at: string;
  updated_at: string;
}

export interface PlanCheck {
  problems: ProblemError[];
}

// ---- interviews ----------------------------------------------------------------------------------------

export type InterviewState =
  | 'invited' | 'opened' | 'identified' | 'consented' | 'in_progress' | 'answered'
  | 'analysing' | 'ready' | 'expired' | 'cancelled' | 'declined' | 'failed';

export interface DeliveryView {
  channel: string;
  to_masked: string;
  state: 'queued' | 'sent' | 'failed' | 'not_configured';
  error?: string | null;
  at?: string | null;
}

export interface InterviewView {
  id: string;
  candidate_id: string;
  candidate_name: string;
  plan_id: string;
  plan_revision: number;
  plan_name_zh: string;
  plan_name_en: string;
  job_name: string;
  org_id: string;
  org_name: string;
  state: InterviewState;
  progress: { answered: number; total: number };
  current_stage?: number | string | null;
  deliveries: DeliveryView[];
  expires_at: string;
  opened_at?: string | null;
  started_at?: string | null;
  finished_at?: string | null;
  report_ready_at?: string | null;
  total?: number | null;
  band?: string | null;
  created_at: string;
  created_by_name: string;
  version: number;
}

export interface CreateInterviews {
  candidate_ids: string[];
  plan_id: string;
  channels: string[];
  valid_days?: number;
}

export interface CreatedInterviews {
  items: { interview: InterviewView; link: string }[];
  failed: { candidate_id: string; code: string; message: string }[];
}

export interface InterviewLink {
  url: string;
  qr_svg: string;
}

// ---- report --------------------------------------------------------------------------------------------

export type Certainty = 'high' | 'medium' | 'low' | 'insufficient';

export interface Evidence {
  answer_id: string;
  kind: 'quote' | 'clip' | 'feature';
  quote: string;
  start: number;
  end: number;
  feature?: string | null;
  value?: number | null;
  note_zh: string;
  note_en: string;
}

export interface Finding {
  text_zh: string;
  text_en: string;
  evidence: Evidence[];
}

export interface FeatureScore {
  key: string;
  name_zh: string;
  name_en: string;
  value: number;
  unit: string;
  normalised: number;
  weight: number;
  contribution: number;
}

export interface DimensionScore {
  key: string;
  name_zh: string;
  name_en: string;
  weight: number;
  score?: number | null;
  certainty: Certainty;
  features: FeatureScore[];
  evidence: Evidence[];
  comment_zh: string;
  comment_en: string;
}

export interface Word {
  text: string;
  start: number;
  end: number;
  confidence: number;
}

export interface Sentence {
  text: string;
  start: number;
  end: number;
  confidence: number;
  words: Word[];
}

export interface Span {
  start: number;
  end: number;
}

export interface Transcript {
  source: 'recognised' | 'imported' | 'none';
  engine: string;
  language: string;
  sentences: Sentence[];
  pauses: Span[];
}

export interface PointCoverage {
  key: string;
  text_zh: string;
  text_en: string;
  covered: number;
  quote: string;
  start: number;
  end: number;
}

export interface VoiceSignals {
  speech_seconds: number;
  words_per_minute: number;
  pause_ratio: number;
  filler_count: number;
  pitch_mean_hz: number;
  pitch_sd_semitones: number;
  energy_mean_db: number;
  energy_sd_db: number;
  snr_db: number;
}

export interface FaceSample {
  t: number;
  faces: number;
  x: number;
  y: number;
  w: number;
  h: number;
  yaw: number;
  pitch: number;
  roll: number;
  brightness: number;
}

export interface FaceSignals {
  sampled_frames: number;
  face_ratio: number;
  several_ratio: number;
  centred_ratio: number;
  brightness_mean: number;
  smile_ratio?: number | null;
  yaw_sd: number;
  pitch_sd: number;
  blink_per_minute?: number | null;
  timeline: FaceSample[];
}

export interface Highlight {
  start: number;
  end: number;
  title_zh: string;
  title_en: string;
}

export interface Notice {
  code: string;
  severity: 'info' | 'warning';
  text_zh: string;
  text_en: string;
}

export interface AnswerReport {
  answer_id: string;
  stage_key: string;
  kind: string;
  title_zh: string;
  title_en: string;
  question_zh: string;
  question_en: string;
  duration: number;
  media_type: string;
  score?: number | null;
  certainty: Certainty;
  comment_zh: string;
  comment_en: string;
  transcript?: Transcript | null;
  points: PointCoverage[];
  voice?: VoiceSignals | null;
  face?: FaceSignals | null;
  highlights: Highlight[];
  notices: Notice[];
}

export interface EnvironmentView {
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

export interface ReportView {
  interview: InterviewView;
  status: 'none' | 'analysing' | 'ready' | 'failed';
  created_at?: string | null;
  model?: { id: string; name: string; version_no: number } | null;
  total?: number | null;
  band?: string | null;
  certainty: Certainty;
  verdict_zh: string;
  verdict_en: string;
  strengths: Finding[];
  doubts: Finding[];
  dimensions: DimensionScore[];
  answers: AnswerReport[];
  environment?: EnvironmentView | null;
  notices: Notice[];
  engines: { kind: string; name: string; version: string }[];
}

// ---- messages ------------------------------------------------------------------------------------------

export interface MessageView {
  id: string;
  channel: string;
  to_masked: string;
  subject: string;
  body?: string | null;
  state: string;
  attempts: number;
  error?: string | null;
  created_at: string;
  sent_at?: string | null;
}

// ---- candidate session (used by the plan preview) ---------------------------------------------------------

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
  preparation_seconds: number;
  time_limit_seconds: number;
  grace_seconds: number;
  retakes_left: number;
  state: 'pending' | 'current' | 'answered';
}

export interface CandidateConsent {
  key: string;
  version: number | string;
  required: boolean;
  title_zh: string;
  title_en: string;
  text_zh: string;
  text_en: string;
  granted?: boolean | null;
}

export interface CandidateSession {
  interview_id: string;
  state: string;
  candidate_name: string;
  company: string;
  job_name: string;
  language: string;
  server_time: string;
  expires_at: string;
  consents: CandidateConsent[];
  environment_done: boolean;
  stages: CandidateStage[];
  current_stage?: number | null;
  welcome_zh: string;
  welcome_en: string;
  closing_zh: string;
  closing_en: string;
  preview: boolean;
}
