-- Résumés and attachments of a candidate. The content is the blob of the same id, its text (when has_text) the blob
-- "<id>_text"; both are encrypted. content_index: blind index of the content's SHA-256. complete = 0: being stored or
-- being removed; what stays so is swept at night. The node is the candidate's.
CREATE TABLE candidate_file (
  id TEXT PRIMARY KEY,
  candidate_id TEXT NOT NULL REFERENCES candidate (id),
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  pages BIGINT NOT NULL,
  has_text BIGINT NOT NULL,
  content_index TEXT NOT NULL,
  complete BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  created_by_name TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX candidate_file_of ON candidate_file (candidate_id, id);
CREATE INDEX candidate_file_content ON candidate_file (content_index, candidate_id);
CREATE INDEX candidate_file_unfinished ON candidate_file (created_at) WHERE complete = 0;
