-- Whom a message is about, so that it can be handed over and erased with the person's other data.
ALTER TABLE message ADD COLUMN person_id TEXT NOT NULL DEFAULT '';
CREATE INDEX message_person ON message (person_id, id) WHERE person_id <> '';
