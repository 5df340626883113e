ALTER TABLE tickets ALTER COLUMN title SET DEFAULT 'untitled';
