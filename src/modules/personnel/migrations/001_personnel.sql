-- A person employed in one unit; who comes back gets another row. What describes the person stays in `person`.
CREATE TABLE employee (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  number TEXT NOT NULL,
  org_id TEXT NOT NULL REFERENCES org_node (id),
  job_id TEXT REFERENCES org_job (id),
  position_id TEXT REFERENCES org_position (id),
  grade TEXT NOT NULL,
  employment TEXT NOT NULL,
  hired_on TEXT NOT NULL,
  probation_until TEXT,
  left_on TEXT,
  leave_reason TEXT,
  manager_id TEXT REFERENCES employee (id),
  candidate_id TEXT REFERENCES candidate (id),
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX employee_number ON employee (number);
CREATE INDEX employee_person ON employee (person_id);
CREATE INDEX employee_org ON employee (org_id, id);
CREATE INDEX employee_job ON employee (job_id, id);
CREATE INDEX employee_manager ON employee (manager_id, id);

-- What happened to an employment: names of what changed, never values.
CREATE TABLE employee_event (
  id TEXT PRIMARY KEY,
  employee_id TEXT NOT NULL REFERENCES employee (id),
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  by_name TEXT NOT NULL,
  params TEXT NOT NULL
);
CREATE INDEX employee_event_of ON employee_event (employee_id, id);
