-- Grades and the competency library of the group, positions of the units.
CREATE TABLE org_grade (
  key TEXT PRIMARY KEY,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  rank BIGINT NOT NULL,
  state TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE TABLE org_competency (
  key TEXT PRIMARY KEY,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  description_zh TEXT NOT NULL,
  description_en TEXT NOT NULL,
  levels TEXT NOT NULL,
  state TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE TABLE org_position (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES org_node (id),
  job_id TEXT NOT NULL REFERENCES org_job (id),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  name_en TEXT NOT NULL,
  headcount BIGINT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX org_position_code ON org_position (code);
CREATE INDEX org_position_org ON org_position (org_id);
CREATE INDEX org_position_job ON org_position (job_id);
CREATE INDEX org_job_name ON org_job (name);
