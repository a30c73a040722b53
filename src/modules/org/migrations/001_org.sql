-- The organisation tree (materialised path of ids, "/<root>/…/<id>/") and the job library.
CREATE TABLE org_node (
  id TEXT PRIMARY KEY,
  parent_id TEXT,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  name_en TEXT NOT NULL,
  kind TEXT NOT NULL,
  city TEXT NOT NULL,
  zone TEXT NOT NULL,
  locale TEXT NOT NULL,
  path TEXT NOT NULL,
  depth BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX org_node_code ON org_node (code);
CREATE UNIQUE INDEX org_node_path ON org_node (path);
CREATE TABLE org_job (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES org_node (id),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  name_en TEXT NOT NULL,
  family TEXT NOT NULL,
  grade TEXT NOT NULL,
  duties TEXT NOT NULL,
  requirements TEXT NOT NULL,
  competencies TEXT NOT NULL,
  status TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX org_job_code ON org_job (code);
CREATE INDEX org_job_org ON org_job (org_id);
