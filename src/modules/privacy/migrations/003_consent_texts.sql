-- Texts of consents that units publish. Rows are only ever added: what somebody agreed to stays readable. The shipped
-- texts are files (share/content/privacy/consents.json); versions of units begin with "u".
CREATE TABLE consent_text (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES org_node (id),
  consent TEXT NOT NULL,
  version TEXT NOT NULL,
  since BIGINT NOT NULL,
  text_zh TEXT NOT NULL,
  text_en TEXT NOT NULL,
  purpose_zh TEXT NOT NULL,
  purpose_en TEXT NOT NULL,
  effect_zh TEXT NOT NULL,
  effect_en TEXT NOT NULL,
  locked BIGINT NOT NULL,
  inherits BIGINT NOT NULL,
  published_by_name TEXT NOT NULL,
  published_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX consent_text_version ON consent_text (consent, version);

-- What a run erased of whom, until the run gives each person a certificate: the hash of the person's id, and the
-- policy that was applied.
ALTER TABLE retention_item ADD COLUMN subject TEXT NOT NULL DEFAULT '';
ALTER TABLE retention_item ADD COLUMN org_id TEXT NOT NULL DEFAULT '';
ALTER TABLE retention_item ADD COLUMN days BIGINT NOT NULL DEFAULT 0;
