-- Durable background work. A row is leased by one worker at a time; `open_key` makes open work unique.
CREATE TABLE job (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  lane TEXT NOT NULL,
  open_key TEXT,
  payload TEXT NOT NULL,
  state TEXT NOT NULL,
  run_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  max_attempts BIGINT NOT NULL,
  leased_by TEXT,
  leased_until BIGINT,
  cancel_asked BIGINT NOT NULL,
  progress DOUBLE PRECISION NOT NULL,
  error TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  finished_at BIGINT
);
CREATE INDEX job_due ON job (lane, state, run_at);
CREATE UNIQUE INDEX job_open_key ON job (open_key);
