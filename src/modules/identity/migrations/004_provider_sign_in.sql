-- A sign-in that an identity provider began: it asks for codes where they are due, never for a password.
ALTER TABLE sign_in_pending ADD COLUMN by_provider BIGINT NOT NULL DEFAULT 0;
