-- The unit at which the right of whoever made a demand lay: only who holds the right there drops it. NULL: made before
-- this was recorded.
ALTER TABLE plan_policy ADD COLUMN approval_set_at TEXT REFERENCES org_node (id);
ALTER TABLE plan_policy ADD COLUMN derived_set_at TEXT REFERENCES org_node (id);
