-- A field that HR defined: it holds in the subtree of org_id. key, type and sensitive never change.
CREATE TABLE field_definition (
  id TEXT PRIMARY KEY,
  entity TEXT NOT NULL,
  org_id TEXT NOT NULL REFERENCES org_node (id),
  key TEXT NOT NULL,
  type TEXT NOT NULL,
  title_zh TEXT NOT NULL,
  title_en TEXT NOT NULL,
  hint_zh TEXT NOT NULL,
  hint_en TEXT NOT NULL,
  required BIGINT NOT NULL,
  minimum TEXT,
  maximum TEXT,
  options TEXT NOT NULL,
  default_value TEXT NOT NULL,
  sensitive TEXT NOT NULL,
  filterable BIGINT NOT NULL,
  state TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX field_definition_key ON field_definition (entity, key);

-- In which sections and order the fields of one unit stand, and on which forms.
CREATE TABLE field_form (
  entity TEXT NOT NULL,
  org_id TEXT NOT NULL REFERENCES org_node (id),
  sections TEXT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (entity, org_id)
);

-- What a record says in a field; a field of several choices has one row for each. Sensitive values are encrypted in
-- `secret` with their mask beside them and empty otherwise. filter_key sorts as the values do under any collation:
-- hex of lower-cased text or of the ordered bits of a number. org_id is the record's unit, which never changes.
CREATE TABLE field_value (
  record_id TEXT NOT NULL,
  field_id TEXT NOT NULL REFERENCES field_definition (id),
  n BIGINT NOT NULL,
  org_id TEXT NOT NULL,
  value TEXT NOT NULL,
  secret TEXT NOT NULL,
  masked TEXT NOT NULL,
  filter_key TEXT,
  PRIMARY KEY (record_id, field_id, n)
);
-- Lists of all and of one branch find page and total of a filter in an index alone.
CREATE INDEX field_value_key ON field_value (field_id, filter_key, record_id);
CREATE INDEX field_value_org ON field_value (field_id, filter_key, org_id, record_id);
