-- Holiday calendars. A unit names one or takes its parent's.
CREATE TABLE org_calendar (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES org_node (id),
  code TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  rest_weekdays TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX org_calendar_code ON org_calendar (code);
CREATE TABLE org_calendar_day (
  calendar_id TEXT NOT NULL REFERENCES org_calendar (id),
  day TEXT NOT NULL,
  kind TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  PRIMARY KEY (calendar_id, day)
);
