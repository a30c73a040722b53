-- People who sign in, what they may do where, and their sessions. Tokens are kept as SHA-256 only.
CREATE TABLE app_user (
  id TEXT PRIMARY KEY,
  user_name TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  org_id TEXT NOT NULL REFERENCES org_node (id),
  locale TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  active BIGINT NOT NULL,
  failed_attempts BIGINT NOT NULL,
  locked_until BIGINT,
  last_sign_in_at BIGINT,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX app_user_name ON app_user (user_name);
CREATE TABLE role_grant (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES app_user (id),
  role TEXT NOT NULL,
  org_id TEXT NOT NULL REFERENCES org_node (id),
  valid_until TEXT
);
CREATE INDEX role_grant_user ON role_grant (user_id);
CREATE TABLE app_session (
  id TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES app_user (id),
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX app_session_token ON app_session (token_hash);
CREATE INDEX app_session_user ON app_session (user_id);
