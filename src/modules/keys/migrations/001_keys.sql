-- Rotations of master keys: what the evidence log tells, with figures of how far the last one came.
CREATE TABLE key_rotation (
  id TEXT PRIMARY KEY,
  key_id TEXT NOT NULL,
  algorithm TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  finished_at BIGINT,
  sealed_values BIGINT NOT NULL,
  recordings BIGINT NOT NULL
);
