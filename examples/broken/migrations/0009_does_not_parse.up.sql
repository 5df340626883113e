ALTER TABLE tickets ADD COLUMN IF NOT EXIST labels text[];
