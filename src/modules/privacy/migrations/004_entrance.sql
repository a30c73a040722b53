-- How somebody without an interview's link comes to his own data: links that were sent to his address, and the sessions
-- they open. Only hashes of the tokens. A link opens once; its row stays for a day, so that links are counted.
CREATE TABLE privacy_link (
  token_hash TEXT PRIMARY KEY,
  person_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX privacy_link_person ON privacy_link (person_id, created_at);
CREATE TABLE privacy_session (
  token_hash TEXT PRIMARY KEY,
  person_id TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
