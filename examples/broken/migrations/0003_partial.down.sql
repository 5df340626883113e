-- The type stays behind, so the next up stops at CREATE TYPE.
ALTER TABLE tickets DROP COLUMN mood;
