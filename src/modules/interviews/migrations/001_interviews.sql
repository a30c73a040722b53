-- Interviews (one invitation each), candidate sessions and answers. Recordings are blobs "<answer id>-<part>".
CREATE TABLE interview (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES org_node (id),
  candidate_id TEXT NOT NULL,
  candidate_name TEXT NOT NULL,
  plan_id TEXT NOT NULL,
  plan_revision BIGINT NOT NULL,
  plan_name_zh TEXT NOT NULL,
  plan_name_en TEXT NOT NULL,
  job_name TEXT NOT NULL,
  language TEXT NOT NULL,
  state TEXT NOT NULL,
  answered BIGINT NOT NULL,
  stages BIGINT NOT NULL,
  current_stage TEXT,
  token_hash TEXT NOT NULL,
  token_sealed TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  opened_at BIGINT,
  started_at BIGINT,
  finished_at BIGINT,
  report_ready_at BIGINT,
  total DOUBLE PRECISION,
  band TEXT,
  decline_reason TEXT NOT NULL,
  wants_person BIGINT NOT NULL,
  consents TEXT NOT NULL,
  environment TEXT,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  created_by_name TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX interview_token ON interview (token_hash);
CREATE INDEX interview_candidate ON interview (candidate_id, id);
CREATE INDEX interview_state ON interview (state, id);
CREATE INDEX interview_org ON interview (org_id, id);
CREATE TABLE interview_code (
  interview_id TEXT PRIMARY KEY REFERENCES interview (id),
  code_hash TEXT NOT NULL,
  sent_at BIGINT NOT NULL,
  sent_count BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  locked_until BIGINT
);
CREATE TABLE interview_session (
  token_hash TEXT PRIMARY KEY,
  interview_id TEXT NOT NULL REFERENCES interview (id),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE TABLE interview_answer (
  id TEXT PRIMARY KEY,
  interview_id TEXT NOT NULL REFERENCES interview (id),
  stage_key TEXT NOT NULL,
  attempt BIGINT NOT NULL,
  state TEXT NOT NULL,
  parts TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  closed_at BIGINT,
  duration_ms BIGINT NOT NULL,
  reason TEXT NOT NULL
);
CREATE INDEX interview_answer_interview ON interview_answer (interview_id, id);
