-- case: a column that may hold NULL
-- must: set-not-null-scan
UPDATE orders SET note = '' WHERE id = 1;
ALTER TABLE orders ALTER COLUMN code SET NOT NULL;

-- case: with a CHECK that is not valid
-- must: set-not-null-scan
ALTER TABLE checked ALTER COLUMN b SET NOT NULL;

-- case: with a validated CHECK
ALTER TABLE checked ALTER COLUMN a SET NOT NULL;

-- case: with a validated CHECK that goes after it
ALTER TABLE checked ALTER COLUMN a SET NOT NULL;
ALTER TABLE checked DROP CONSTRAINT a_set;

-- case: validated in an earlier migration of the pull request
ALTER TABLE checked VALIDATE CONSTRAINT b_set;
-- next
ALTER TABLE checked ALTER COLUMN b SET NOT NULL;

-- case: on a new table
CREATE TABLE notes (id bigint PRIMARY KEY, text text);
ALTER TABLE notes ALTER COLUMN text SET NOT NULL;

-- case: on a column that is NOT NULL
ALTER TABLE orders ALTER COLUMN region SET NOT NULL;

-- case: on quoted names
-- must: set-not-null-scan
ALTER TABLE "Mixed" ALTER COLUMN "Note" SET NOT NULL;

-- case: the index predicate IS NOT NULL is none of it
-- mode: autocommit
CREATE INDEX CONCURRENTLY orders_note ON orders (id) WHERE note IS NOT NULL;

-- case: NOT NULL that is not valid
-- postgres: 18
ALTER TABLE orders ADD CONSTRAINT note_set NOT NULL note NOT VALID;
-- next
ALTER TABLE orders VALIDATE CONSTRAINT note_set;

-- case: DROP NOT NULL
-- may: drop-not-null
ALTER TABLE orders ALTER COLUMN region DROP NOT NULL;
