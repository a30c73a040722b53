-- The outbox of e-mail and SMS. Recipient, text and html are encrypted; secrets such as one-time codes are in the text.
CREATE TABLE message (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  related_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  recipient TEXT NOT NULL,
  recipient_name TEXT NOT NULL,
  to_masked TEXT NOT NULL,
  template_key TEXT NOT NULL,
  subject TEXT NOT NULL,
  text_body TEXT NOT NULL,
  html_body TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  error TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  sent_at BIGINT
);
CREATE INDEX message_org ON message (org_id, id);
CREATE INDEX message_related ON message (related_id, id);
