-- Roles of one's own, grants with a beginning, second factors, policies, API tokens, sign-in by an identity provider.
-- Secrets are kept as SHA-256 of random texts, or encrypted (TOTP, which the server must compute with).
ALTER TABLE app_user ADD COLUMN must_change_password BIGINT NOT NULL DEFAULT 0;
ALTER TABLE app_user ADD COLUMN password_set_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX app_user_email ON app_user (email);
ALTER TABLE role_grant ADD COLUMN valid_from TEXT;
CREATE INDEX role_grant_role ON role_grant (role);
CREATE INDEX role_grant_org ON role_grant (org_id);
ALTER TABLE app_session ADD COLUMN user_agent TEXT NOT NULL DEFAULT '';
ALTER TABLE app_session ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE app_session ADD COLUMN view_as_id TEXT;
CREATE TABLE app_role (
  role_key TEXT PRIMARY KEY,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  permissions TEXT NOT NULL,
  fields TEXT NOT NULL,
  copied_from TEXT,
  version BIGINT NOT NULL
);
CREATE TABLE security_policy (
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE TABLE user_password (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES app_user (id),
  password_hash TEXT NOT NULL
);
CREATE INDEX user_password_user ON user_password (user_id);
CREATE TABLE user_totp (
  user_id TEXT PRIMARY KEY REFERENCES app_user (id),
  secret TEXT NOT NULL,
  confirmed BIGINT NOT NULL,
  last_step BIGINT NOT NULL
);
CREATE TABLE user_recovery_code (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES app_user (id),
  code_hash TEXT NOT NULL
);
CREATE INDEX user_recovery_code_user ON user_recovery_code (user_id);
CREATE TABLE sign_in_pending (
  id TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES app_user (id),
  step TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX sign_in_pending_token ON sign_in_pending (token_hash);
CREATE TABLE api_token (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES app_user (id),
  name TEXT NOT NULL,
  prefix TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  permissions TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  last_used_at BIGINT
);
CREATE UNIQUE INDEX api_token_hash ON api_token (token_hash);
CREATE INDEX api_token_user ON api_token (user_id);
CREATE TABLE oidc_request (
  id TEXT PRIMARY KEY,
  state_hash TEXT NOT NULL,
  browser_hash TEXT NOT NULL,
  nonce TEXT NOT NULL,
  verifier TEXT NOT NULL,
  return_to TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX oidc_request_state ON oidc_request (state_hash);
