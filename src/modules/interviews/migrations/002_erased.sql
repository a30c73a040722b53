-- When recordings and what was derived from them went, by withdrawal, retention or request.
ALTER TABLE interview ADD COLUMN recordings_erased_at BIGINT;
ALTER TABLE interview ADD COLUMN analysis_erased_at BIGINT;
