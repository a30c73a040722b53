-- Names as they are compared: one name stands for one job in a unit and above it. Empty until the server starts.
ALTER TABLE org_job ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
DROP INDEX org_job_name;
CREATE INDEX org_job_name_key ON org_job (name_key);
