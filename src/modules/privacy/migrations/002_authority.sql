-- The unit at which the right of whoever placed the hold lay: only who holds the right there ends it. NULL: placed before
-- this was recorded.
ALTER TABLE legal_hold ADD COLUMN set_at TEXT REFERENCES org_node (id);

-- The shortest period that units below may set. A unit below may shorten a period, never lengthen it.
ALTER TABLE privacy_policy ADD COLUMN min_days BIGINT;

-- A deadline put off once: the first one, and why (encrypted).
ALTER TABLE subject_request ADD COLUMN first_due_at BIGINT;
ALTER TABLE subject_request ADD COLUMN extension TEXT NOT NULL DEFAULT '';
