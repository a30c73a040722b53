-- The question bank. `question` holds what lists need of the newest revision; revisions are never changed.
CREATE TABLE question (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES org_node (id),
  code TEXT NOT NULL,
  revision BIGINT NOT NULL,
  family TEXT NOT NULL,
  competency TEXT NOT NULL,
  difficulty BIGINT NOT NULL,
  search_text TEXT NOT NULL,
  shipped BIGINT NOT NULL,
  shipped_hash TEXT NOT NULL,
  status TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX question_code ON question (org_id, code);
CREATE TABLE question_revision (
  question_id TEXT NOT NULL REFERENCES question (id),
  revision BIGINT NOT NULL,
  text_zh TEXT NOT NULL,
  text_en TEXT NOT NULL,
  kind TEXT NOT NULL,
  asset_id TEXT,
  family TEXT NOT NULL,
  competency TEXT NOT NULL,
  difficulty BIGINT NOT NULL,
  suggested_seconds BIGINT NOT NULL,
  rubric TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  PRIMARY KEY (question_id, revision)
);

-- Scoring models: a document a person can read; a changed document is a new row with the next version_no.
CREATE TABLE scoring_model (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  version_no BIGINT NOT NULL,
  document TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  status TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX scoring_model_version ON scoring_model (name, version_no);

-- Interview plans. `revision` is the newest one; it is a draft when has_draft, else it equals published_revision.
CREATE TABLE plan (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES org_node (id),
  job_id TEXT REFERENCES org_job (id),
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  revision BIGINT NOT NULL,
  status TEXT NOT NULL,
  has_draft BIGINT NOT NULL,
  published_revision BIGINT,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX plan_org ON plan (org_id, id);
CREATE TABLE plan_revision (
  plan_id TEXT NOT NULL REFERENCES plan (id),
  revision BIGINT NOT NULL,
  document TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  published_at BIGINT,
  PRIMARY KEY (plan_id, revision)
);
