-- The Merkle tree over committed records (README.md). leaf_index is set once, by the sequencer; a record that has one
-- never changes. The indexes of filters hold only sequenced records: they are written once a round, not once an act.
ALTER TABLE audit_record ADD COLUMN leaf_index BIGINT;
CREATE INDEX audit_waiting ON audit_record (id) WHERE leaf_index IS NULL;
CREATE UNIQUE INDEX audit_leaf ON audit_record (leaf_index) WHERE leaf_index IS NOT NULL;
CREATE INDEX audit_by_actor ON audit_record (actor_name, id) WHERE leaf_index IS NOT NULL;
CREATE INDEX audit_by_action ON audit_record (action, id) WHERE leaf_index IS NOT NULL;
CREATE INDEX audit_by_subject ON audit_record (subject_id, id) WHERE leaf_index IS NOT NULL;
CREATE INDEX audit_by_org ON audit_record (org_id, id) WHERE leaf_index IS NOT NULL;
DROP INDEX audit_subject;

-- One row, name 'main'. size: leaves in the tree; anchored_size: of the last head in the anchor file.
CREATE TABLE audit_log (
  name TEXT PRIMARY KEY,
  id TEXT NOT NULL,
  suite TEXT NOT NULL,
  size BIGINT NOT NULL,
  anchored_size BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
-- Up to 256 hashes, each over 256^level leaves; base64 of the hashes behind each other.
CREATE TABLE audit_tile (
  level BIGINT NOT NULL,
  position BIGINT NOT NULL,
  hashes TEXT NOT NULL,
  PRIMARY KEY (level, position)
);
-- id: beginning of the SHA-256 of the public key. private_key is encrypted. The newest row signs.
CREATE TABLE audit_key (
  id TEXT PRIMARY KEY,
  suite TEXT NOT NULL,
  public_key TEXT NOT NULL,
  private_key TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE TABLE audit_head (
  id TEXT PRIMARY KEY,
  size BIGINT NOT NULL UNIQUE,
  root TEXT NOT NULL,
  at BIGINT NOT NULL,
  key_id TEXT NOT NULL REFERENCES audit_key (id),
  signature TEXT NOT NULL
);
