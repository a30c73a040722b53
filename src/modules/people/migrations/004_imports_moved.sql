-- Imports of every kind of record live in module imports now.
DROP TABLE candidate_import_error;
DROP TABLE candidate_import;
