ALTER TABLE tickets ADD COLUMN assignee text;
