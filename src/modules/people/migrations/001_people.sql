-- A person once in the group. phone, email and id_number are encrypted; *_index are blind indexes for equality search;
-- *_masked is what lists show.
CREATE TABLE person (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  gender TEXT NOT NULL,
  birth_date TEXT,
  phone TEXT NOT NULL,
  phone_index TEXT NOT NULL,
  phone_masked TEXT NOT NULL,
  email TEXT NOT NULL,
  email_index TEXT NOT NULL,
  email_masked TEXT NOT NULL,
  id_number TEXT NOT NULL,
  id_number_index TEXT NOT NULL,
  id_number_masked TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX person_phone ON person (phone_index) WHERE phone_index <> '';
CREATE INDEX person_email ON person (email_index) WHERE email_index <> '';
CREATE UNIQUE INDEX person_id_number ON person (id_number_index) WHERE id_number_index <> '';

-- A person in the pool of one node. name_key and given_key are hex of the lower-cased name and of the name behind its
-- first character or word, so that prefix ranges need no collation.
CREATE TABLE candidate (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  org_id TEXT NOT NULL REFERENCES org_node (id),
  name_key TEXT NOT NULL,
  given_key TEXT NOT NULL,
  source TEXT NOT NULL,
  tags TEXT NOT NULL,
  job_id TEXT REFERENCES org_job (id),
  locale TEXT NOT NULL,
  note TEXT NOT NULL,
  interviews BIGINT NOT NULL,
  last_score DOUBLE PRECISION,
  last_band TEXT,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX candidate_person ON candidate (person_id, org_id);
CREATE INDEX candidate_org ON candidate (org_id, id);
CREATE INDEX candidate_job ON candidate (job_id, id);
CREATE INDEX candidate_source ON candidate (source, id);
CREATE INDEX candidate_name ON candidate (name_key, org_id, id);
CREATE INDEX candidate_given ON candidate (given_key, org_id, id);

CREATE TABLE candidate_tag (
  tag TEXT NOT NULL,
  candidate_id TEXT NOT NULL REFERENCES candidate (id),
  PRIMARY KEY (tag, candidate_id)
);
CREATE INDEX candidate_tag_of ON candidate_tag (candidate_id);

-- What happened to a candidate, for the person's file.
CREATE TABLE candidate_event (
  id TEXT PRIMARY KEY,
  candidate_id TEXT NOT NULL REFERENCES candidate (id),
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  title_key TEXT NOT NULL,
  params TEXT NOT NULL,
  interview_id TEXT
);
CREATE INDEX candidate_event_of ON candidate_event (candidate_id, id);

-- One uploaded workbook. The file itself is a blob until the work is done.
CREATE TABLE candidate_import (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES org_node (id),
  created_by TEXT NOT NULL,
  created_by_name TEXT NOT NULL,
  locale TEXT NOT NULL,
  file_name TEXT NOT NULL,
  dry_run BIGINT NOT NULL,
  mode TEXT NOT NULL,
  state TEXT NOT NULL,
  rows_total BIGINT NOT NULL,
  rows_done BIGINT NOT NULL,
  rows_ok BIGINT NOT NULL,
  rows_failed BIGINT NOT NULL,
  rows_duplicate BIGINT NOT NULL,
  failure TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  finished_at BIGINT
);
CREATE TABLE candidate_import_error (
  import_id TEXT NOT NULL REFERENCES candidate_import (id),
  number BIGINT NOT NULL,
  line BIGINT NOT NULL,
  col TEXT NOT NULL,
  code TEXT NOT NULL,
  params TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (import_id, number)
);
