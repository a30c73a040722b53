CREATE INDEX employee_position ON employee (position_id);
