-- case: UPDATE of every row
-- must: update-without-where
UPDATE orders SET region = 'eu';

-- case: UPDATE with a predicate that is always true
-- must: tautological-where
UPDATE orders SET region = 'eu' WHERE true;

-- case: UPDATE with 1 = 1
-- must: tautological-where
UPDATE orders SET region = 'eu' WHERE 1 = 1;

-- case: UPDATE of most rows
-- must: unbatched-backfill
UPDATE orders SET region = 'eu' WHERE note IS NULL;

-- case: UPDATE from another table
-- must: unbatched-backfill
UPDATE orders SET note = users.name FROM users WHERE users.id = orders.user_id;

-- case: UPDATE of one row
UPDATE orders SET region = 'eu' WHERE id = 17;

-- case: UPDATE of a list of rows
UPDATE orders SET region = 'eu' WHERE id IN (1, 2, 3);

-- case: UPDATE of a batch
UPDATE orders SET note = '' WHERE id IN (SELECT id FROM orders WHERE note IS NULL LIMIT 1000);

-- case: UPDATE of a new table
CREATE TABLE notes (id bigint PRIMARY KEY, text text);
UPDATE notes SET text = '';

-- case: DELETE of every row
-- must: delete-without-where
DELETE FROM plain;

-- case: DELETE with 1 = 1
-- must: tautological-where
DELETE FROM plain WHERE 1 = 1;

-- case: DELETE of many rows
-- must: unbatched-delete
DELETE FROM plain WHERE b < 100;

-- case: DELETE of one row
DELETE FROM billing.invoices WHERE id = 17;

-- case: DELETE of a batch
DELETE FROM plain WHERE a IN (SELECT a FROM plain WHERE b < 100 LIMIT 1000);

-- case: TRUNCATE
-- must: truncate
TRUNCATE plain;

-- case: TRUNCATE with CASCADE
-- must: truncate, truncate-cascade
TRUNCATE orders CASCADE;

-- case: TRUNCATE of a new table
CREATE TABLE scratch (id bigint PRIMARY KEY);
TRUNCATE scratch;

-- case: a comparison with NULL
-- must: non-sargable-where
UPDATE orders SET note = '' WHERE note = NULL;

-- case: a backfill under the lock of a schema change
-- must: ddl-and-backfill-same-transaction
-- may: unbatched-backfill
ALTER TABLE orders ADD COLUMN weight int;
UPDATE orders SET weight = 1 WHERE weight IS NULL;

-- case: rows copied under the lock of a schema change
-- must: bulk-insert-select
ALTER TABLE orders ADD COLUMN weight int;
INSERT INTO billing.invoices (id, sum) SELECT id + 1000, total FROM orders;

-- case: a schema change after the rows
UPDATE orders SET note = '' WHERE id = 1;
ALTER TABLE orders ADD COLUMN weight int;

-- case: a row for a table in use
INSERT INTO plain (a, b) VALUES (100, 2);

-- case: a row without its columns
-- must: insert-without-column-list
INSERT INTO plain VALUES (100, 2);

-- case: rows for a new table
CREATE TABLE kinds (name text PRIMARY KEY);
INSERT INTO kinds (name) VALUES ('a'), ('b');

-- case: numbers given to a serial column
-- must: sequence-behind-explicit-ids
CREATE TABLE kinds (id serial PRIMARY KEY, name text);
INSERT INTO kinds (id, name) VALUES (1, 'a');

-- case: numbers and setval after them
CREATE TABLE kinds (id bigserial PRIMARY KEY, name text);
INSERT INTO kinds (id, name) VALUES (1, 'a');
SELECT setval('kinds_id_seq', 1);

-- case: an upsert
INSERT INTO plain (a, b) VALUES (100, 2) ON CONFLICT (a) DO NOTHING;

-- case: a SELECT
SELECT count(*) FROM orders;
