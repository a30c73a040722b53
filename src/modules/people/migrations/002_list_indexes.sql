-- Lists of one branch by source or tag find page and total in an index alone. A candidate stays in its node for good.
CREATE INDEX candidate_org_source ON candidate (org_id, source, id);
ALTER TABLE candidate_tag ADD COLUMN org_id TEXT NOT NULL DEFAULT '';
UPDATE candidate_tag SET org_id = (SELECT c.org_id FROM candidate c WHERE c.id = candidate_tag.candidate_id);
CREATE INDEX candidate_tag_org ON candidate_tag (tag, org_id, candidate_id);
