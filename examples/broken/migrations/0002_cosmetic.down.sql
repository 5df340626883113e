ALTER TABLE tickets ADD COLUMN priority integer NOT NULL DEFAULT 3;
UPDATE tickets SET priority = urgency;
ALTER TABLE tickets DROP COLUMN urgency;
