-- What still hung on a unit when its closing was due and could not be: [{"what":"jobs","count":3}].
ALTER TABLE org_change ADD COLUMN left_over TEXT NOT NULL DEFAULT '[]';
