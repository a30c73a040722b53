-- `used_at`: when something last began to show it. Using and removing write the same row, so that no transaction removes
-- what another is about to use. `removed_at`: gone for everybody; the row stays until its blob is deleted.
ALTER TABLE plan_asset ADD COLUMN used_at BIGINT;
ALTER TABLE plan_asset ADD COLUMN removed_at BIGINT;
CREATE INDEX question_revision_asset ON question_revision (asset_id);
