-- How far permissions of a role of one's own reach (those that are not named reach the whole subtree), and to whom an
-- account reports.
ALTER TABLE app_role ADD COLUMN reaches TEXT NOT NULL DEFAULT '[]';
ALTER TABLE app_user ADD COLUMN manager_id TEXT;
CREATE INDEX app_user_manager ON app_user (manager_id) WHERE manager_id IS NOT NULL;
