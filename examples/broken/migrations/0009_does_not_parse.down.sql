ALTER TABLE tickets DROP COLUMN labels;
