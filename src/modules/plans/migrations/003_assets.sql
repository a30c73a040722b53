-- Pictures, videos and sound that questions and prompts use. The content is the blob of the same id and never changes.
CREATE TABLE plan_asset (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES org_node (id),
  kind TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL
);
CREATE INDEX plan_asset_org ON plan_asset (org_id, id);
