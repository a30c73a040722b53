-- Whom an act on many concerned: the people in an export or an import. Its record names none of them; its details hold
-- how many they are and the SHA-256 of their ids, which makes these rows evidence as well.
CREATE TABLE audit_concerned (
  subject_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  record_id TEXT NOT NULL,
  PRIMARY KEY (subject_id, kind, record_id)
);
CREATE INDEX audit_concerned_record ON audit_concerned (record_id, subject_id);
