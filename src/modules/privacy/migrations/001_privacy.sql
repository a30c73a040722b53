-- Rights of persons. No row here holds names or contact data; free texts of people are encrypted.

-- What was agreed to, refused and withdrawn. Rows are only ever added; a person's erasure removes them.
CREATE TABLE consent_record (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL,
  candidate_id TEXT NOT NULL,
  interview_id TEXT NOT NULL,
  org_id TEXT NOT NULL REFERENCES org_node (id),
  consent TEXT NOT NULL,
  text_version TEXT NOT NULL,
  act TEXT NOT NULL,
  channel TEXT NOT NULL,
  by_id TEXT NOT NULL,
  outcome TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE UNIQUE INDEX consent_record_once ON consent_record (interview_id, consent, act, at);
CREATE INDEX consent_record_person ON consent_record (person_id, id);
CREATE INDEX consent_record_org ON consent_record (org_id, id);

CREATE TABLE subject_request (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL,
  candidate_id TEXT NOT NULL,
  org_id TEXT NOT NULL REFERENCES org_node (id),
  kind TEXT NOT NULL,
  law TEXT NOT NULL,
  channel TEXT NOT NULL,
  state TEXT NOT NULL,
  content TEXT NOT NULL,
  reason TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  closed_at BIGINT,
  version BIGINT NOT NULL
);
CREATE INDEX subject_request_org ON subject_request (org_id, id);
CREATE INDEX subject_request_state ON subject_request (state, due_at);
CREATE INDEX subject_request_person ON subject_request (person_id, id);
CREATE TABLE subject_request_step (
  id TEXT PRIMARY KEY,
  request_id TEXT NOT NULL REFERENCES subject_request (id),
  at BIGINT NOT NULL,
  by_kind TEXT NOT NULL,
  by_id TEXT NOT NULL,
  by_name TEXT NOT NULL,
  state TEXT NOT NULL,
  note TEXT NOT NULL
);
CREATE INDEX subject_request_step_of ON subject_request_step (request_id, id);

-- The copy of everything about a person; the file is a blob until it expires.
CREATE TABLE person_export (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL,
  candidate_id TEXT NOT NULL,
  org_id TEXT NOT NULL REFERENCES org_node (id),
  purpose TEXT NOT NULL,
  for_subject BIGINT NOT NULL,
  state TEXT NOT NULL,
  progress DOUBLE PRECISION NOT NULL,
  size BIGINT NOT NULL,
  files BIGINT NOT NULL,
  failure TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_by_name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  version BIGINT NOT NULL
);
CREATE INDEX person_export_org ON person_export (org_id, id);
CREATE INDEX person_export_person ON person_export (person_id, id);

CREATE TABLE legal_hold (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL,
  candidate_id TEXT NOT NULL,
  interview_id TEXT NOT NULL,
  org_id TEXT NOT NULL REFERENCES org_node (id),
  reason TEXT NOT NULL,
  placed_by TEXT NOT NULL,
  placed_by_name TEXT NOT NULL,
  placed_at BIGINT NOT NULL,
  until_at BIGINT,
  released_at BIGINT,
  released_by_name TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX legal_hold_person ON legal_hold (person_id);
CREATE INDEX legal_hold_org ON legal_hold (org_id, id);

-- An erasure is proposed by one person and approved by another.
CREATE TABLE erasure (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL,
  candidate_id TEXT NOT NULL,
  org_id TEXT NOT NULL REFERENCES org_node (id),
  basis TEXT NOT NULL,
  request_id TEXT NOT NULL,
  state TEXT NOT NULL,
  proposed_by TEXT NOT NULL,
  proposed_by_name TEXT NOT NULL,
  proposed_at BIGINT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_by_name TEXT NOT NULL,
  decided_at BIGINT,
  failure TEXT NOT NULL,
  certificate_id TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX erasure_org ON erasure (org_id, id);
CREATE INDEX erasure_person ON erasure (person_id);

-- Proof of what was erased, without personal data of the person. Chained: each names the hash of the one before.
CREATE TABLE erasure_certificate (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES org_node (id),
  number BIGINT NOT NULL,
  document TEXT NOT NULL,
  hash TEXT NOT NULL,
  seal TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE UNIQUE INDEX erasure_certificate_number ON erasure_certificate (number);
CREATE INDEX erasure_certificate_org ON erasure_certificate (org_id, id);

-- How long what is kept, or how soon what must be answered, in a subtree; the nearest policy above a row holds.
CREATE TABLE privacy_policy (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES org_node (id),
  kind TEXT NOT NULL,
  days BIGINT NOT NULL,
  updated_by_name TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX privacy_policy_of ON privacy_policy (org_id, kind);

-- One run of retention a day. Items are written with the erasure they count, so that a killed run goes on.
CREATE TABLE retention_run (
  id TEXT PRIMARY KEY,
  day TEXT NOT NULL,
  state TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  finished_at BIGINT,
  erased BIGINT NOT NULL,
  held BIGINT NOT NULL,
  certificate_id TEXT NOT NULL
);
CREATE UNIQUE INDEX retention_run_day ON retention_run (day);
CREATE TABLE retention_item (
  id TEXT PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES retention_run (id),
  kind TEXT NOT NULL,
  counts TEXT NOT NULL
);
CREATE INDEX retention_item_run ON retention_item (run_id);
