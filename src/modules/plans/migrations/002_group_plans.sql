-- Plans of the group. A derived plan follows a standard: `base_revision` is the one its newest revision follows,
-- `published_base_revision` the one that is in use. `standard` and `family` mirror the newest document, for lists.
ALTER TABLE plan ADD COLUMN base_plan_id TEXT REFERENCES plan (id);
ALTER TABLE plan ADD COLUMN base_revision BIGINT;
ALTER TABLE plan ADD COLUMN published_base_revision BIGINT;
ALTER TABLE plan ADD COLUMN standard BIGINT NOT NULL DEFAULT 0;
ALTER TABLE plan ADD COLUMN family TEXT;
CREATE INDEX plan_base ON plan (base_plan_id, id);

-- `adopt_by`: from then on earlier revisions of the standard serve no new invitation. `edited_by`: a user id.
ALTER TABLE plan_revision ADD COLUMN adopt_by BIGINT;
ALTER TABLE plan_revision ADD COLUMN edited_by TEXT NOT NULL DEFAULT '';

-- What a node demands of the plans in its subtree.
CREATE TABLE plan_policy (
  org_id TEXT PRIMARY KEY REFERENCES org_node (id),
  needs_approval BIGINT NOT NULL,
  derived_only BIGINT NOT NULL,
  version BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  updated_by_name TEXT NOT NULL
);

-- One row a submission; at most one of a plan is open.
CREATE TABLE plan_approval (
  id TEXT PRIMARY KEY,
  plan_id TEXT NOT NULL REFERENCES plan (id),
  revision BIGINT NOT NULL,
  state TEXT NOT NULL,
  comment TEXT NOT NULL,
  adopt_by BIGINT,
  requested_by TEXT NOT NULL,
  requested_by_name TEXT NOT NULL,
  requested_at BIGINT NOT NULL,
  decided_by_name TEXT,
  decision_comment TEXT,
  decided_at BIGINT
);
CREATE UNIQUE INDEX plan_approval_open ON plan_approval (plan_id) WHERE state = 'submitted';
CREATE INDEX plan_approval_plan ON plan_approval (plan_id, id);
