-- Rights of persons who are known as employees: the record by which the person was found is a candidate or an employee,
-- the other column is empty.
ALTER TABLE subject_request ADD COLUMN employee_id TEXT NOT NULL DEFAULT '';
ALTER TABLE person_export ADD COLUMN employee_id TEXT NOT NULL DEFAULT '';
ALTER TABLE legal_hold ADD COLUMN employee_id TEXT NOT NULL DEFAULT '';
ALTER TABLE erasure ADD COLUMN employee_id TEXT NOT NULL DEFAULT '';
