-- The person asked that nothing new be done with the data (PIPL article 44, GDPR article 18).
ALTER TABLE person ADD COLUMN restricted BIGINT NOT NULL DEFAULT 0;
