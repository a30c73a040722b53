-- One uploaded table and what became of it. The file is a blob under the same id, kept until it expires; head holds the
-- headings and the first rows, encrypted.
CREATE TABLE import_batch (
  id TEXT PRIMARY KEY,
  target TEXT NOT NULL,
  org_id TEXT NOT NULL REFERENCES org_node (id),
  created_by TEXT NOT NULL,
  created_by_name TEXT NOT NULL,
  permissions TEXT NOT NULL,
  file_name TEXT NOT NULL,
  head TEXT NOT NULL,
  mapping TEXT NOT NULL,
  mode TEXT NOT NULL,
  duplicates TEXT NOT NULL,
  state TEXT NOT NULL,
  failure TEXT NOT NULL,
  last_line BIGINT NOT NULL,
  rows_total BIGINT NOT NULL,
  rows_done BIGINT NOT NULL,
  rows_created BIGINT NOT NULL,
  rows_updated BIGINT NOT NULL,
  rows_skipped BIGINT NOT NULL,
  rows_failed BIGINT NOT NULL,
  rows_undone BIGINT NOT NULL,
  rows_kept BIGINT NOT NULL,
  cancel_asked BIGINT NOT NULL,
  file_gone BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  finished_at BIGINT
);
CREATE INDEX import_batch_org ON import_batch (org_id, id);
CREATE INDEX import_batch_age ON import_batch (file_gone, created_at);

-- What is wrong with a row, or what was left alone (blocking = 0). line as Excel counts; col is its letter, empty: the row.
CREATE TABLE import_problem (
  batch_id TEXT NOT NULL REFERENCES import_batch (id),
  line BIGINT NOT NULL,
  number BIGINT NOT NULL,
  col TEXT NOT NULL,
  code TEXT NOT NULL,
  params TEXT NOT NULL,
  blocking BIGINT NOT NULL,
  PRIMARY KEY (batch_id, line, number)
);

-- A record that a row made or changed: for undoing. before is what it was, encrypted; version the one left behind.
CREATE TABLE import_row (
  batch_id TEXT NOT NULL REFERENCES import_batch (id),
  line BIGINT NOT NULL,
  record_id TEXT NOT NULL,
  updated BIGINT NOT NULL,
  version BIGINT NOT NULL,
  before TEXT NOT NULL,
  fate TEXT NOT NULL,
  PRIMARY KEY (batch_id, line)
);
CREATE INDEX import_row_record ON import_row (record_id);

-- How somebody mapped a table with these headings the last time.
CREATE TABLE import_mapping (
  user_id TEXT NOT NULL,
  target TEXT NOT NULL,
  signature TEXT NOT NULL,
  mapping TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, target, signature)
);
