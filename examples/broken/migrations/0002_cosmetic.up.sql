ALTER TABLE tickets ADD COLUMN urgency integer NOT NULL DEFAULT 3;
UPDATE tickets SET urgency = priority;
ALTER TABLE tickets DROP COLUMN priority;
