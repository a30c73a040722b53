-- Answers of POSTs with an Idempotency-Key; status 0 while the first request still runs.
CREATE TABLE http_idempotency (
  id TEXT PRIMARY KEY,
  fingerprint TEXT NOT NULL,
  status BIGINT NOT NULL,
  content_type TEXT NOT NULL,
  body TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX http_idempotency_at ON http_idempotency (at);
