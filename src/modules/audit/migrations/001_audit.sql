-- What was done, by whom, to what. Rows are only ever added.
CREATE TABLE audit_record (
  id TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  action TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  org_id TEXT,
  succeeded BIGINT NOT NULL,
  details TEXT NOT NULL
);
CREATE INDEX audit_subject ON audit_record (subject_kind, subject_id);
