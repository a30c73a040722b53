-- Scoring dimensions that units define beside the shipped ones; they serve their unit and everything below. The key is
-- unique in the whole group: plans and reports name a dimension by it.
CREATE TABLE plan_dimension (
  key TEXT PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES org_node (id),
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  description_zh TEXT NOT NULL,
  description_en TEXT NOT NULL,
  status TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX plan_dimension_org ON plan_dimension (org_id);
