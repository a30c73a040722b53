-- Who works on a candidate: owners answer for it. Roles that reach less than a subtree see candidates through this.
CREATE TABLE candidate_member (
  user_id TEXT NOT NULL,
  candidate_id TEXT NOT NULL REFERENCES candidate (id),
  owner BIGINT NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (user_id, candidate_id)
);
CREATE INDEX candidate_member_of ON candidate_member (candidate_id);
