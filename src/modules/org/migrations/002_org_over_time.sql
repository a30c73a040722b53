-- What a unit is from one day to the next (org_node_version) and the acts that made it so (org_change).
-- org_node stays the chart of today: every other table joins it, and scopes are its paths.
-- Codes are unique at every date by rule, no longer by index: two units may swap codes on one day.
ALTER TABLE org_node ADD COLUMN state TEXT NOT NULL DEFAULT 'open';
ALTER TABLE org_node ADD COLUMN calendar_id TEXT;
DROP INDEX org_node_code;
CREATE INDEX org_node_code ON org_node (code);
CREATE INDEX org_node_parent ON org_node (parent_id);
CREATE TABLE org_change (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  effective_date TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  org_id TEXT NOT NULL,
  node_id TEXT NOT NULL,
  node_name TEXT NOT NULL,
  node_name_en TEXT NOT NULL,
  target_id TEXT,
  target_name TEXT NOT NULL,
  target_name_en TEXT NOT NULL,
  payload TEXT NOT NULL,
  author_id TEXT NOT NULL,
  author_name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX org_change_state ON org_change (state, effective_date);
CREATE TABLE org_node_version (
  node_id TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT,
  parent_id TEXT,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  name_en TEXT NOT NULL,
  kind TEXT NOT NULL,
  city TEXT NOT NULL,
  zone TEXT NOT NULL,
  locale TEXT NOT NULL,
  calendar_id TEXT,
  state TEXT NOT NULL,
  change_id TEXT NOT NULL,
  PRIMARY KEY (node_id, valid_from)
);
CREATE INDEX org_node_version_change ON org_node_version (change_id);
CREATE INDEX org_node_version_code ON org_node_version (code);
CREATE INDEX org_node_version_to ON org_node_version (valid_to);
-- One row that every change of the tree writes first, so that changes come one after the other.
CREATE TABLE org_tree (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL
);
INSERT INTO org_tree (id, version) VALUES ('tree', 0);
INSERT INTO org_node_version (node_id, valid_from, valid_to, parent_id, code, name, name_en, kind, city, zone, locale,
                              calendar_id, state, change_id)
SELECT id, '1970-01-01', NULL, parent_id, code, name, name_en, kind, city, zone, locale, NULL, 'open', '' FROM org_node;
