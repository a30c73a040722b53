-- Jobs of the library that a question is for, beside its family. A revision keeps its own (JSON); `question_job` holds
-- those of the newest one, for lists. No reference to org_job: an import that is taken back may remove a job.
ALTER TABLE question_revision ADD COLUMN job_ids TEXT NOT NULL DEFAULT '[]';
CREATE TABLE question_job (
  question_id TEXT NOT NULL REFERENCES question (id),
  job_id TEXT NOT NULL,
  PRIMARY KEY (question_id, job_id)
);
CREATE INDEX question_job_job ON question_job (job_id);

-- Who wrote a revision, as lists of versions name him; empty: before this was kept, or shipped.
ALTER TABLE question_revision ADD COLUMN created_by_name TEXT NOT NULL DEFAULT '';
ALTER TABLE plan_revision ADD COLUMN edited_by_name TEXT NOT NULL DEFAULT '';
