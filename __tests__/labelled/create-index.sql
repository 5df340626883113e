-- case: an index on a table in use
-- must: create-index-non-concurrent
CREATE INDEX orders_region ON orders (region);

-- case: an index on two columns
-- must: create-index-non-concurrent
CREATE INDEX orders_region_state ON orders (region, state);

-- case: a unique index
-- must: create-index-non-concurrent
-- may: add-unique-existing-duplicates
CREATE UNIQUE INDEX orders_code_key ON orders (code);

-- case: an expression
-- must: create-index-non-concurrent
CREATE INDEX users_lower ON users (lower(email));

-- case: a partial index
-- must: create-index-non-concurrent
CREATE INDEX orders_open ON orders (total) WHERE state = 'open';

-- case: quoted names
-- must: create-index-non-concurrent
CREATE INDEX "Mixed_Note" ON "Mixed" ("Note");

-- case: a qualified name
-- must: create-index-non-concurrent
CREATE INDEX invoices_paid ON billing.invoices (paid);

-- case: a materialized view in use
-- must: create-index-non-concurrent
CREATE INDEX totals_total ON totals (total);

-- case: IF NOT EXISTS makes no difference
-- must: create-index-non-concurrent
CREATE INDEX IF NOT EXISTS orders_region ON orders (region);

-- case: inside of a DO block
-- must: create-index-non-concurrent
DO $$ BEGIN CREATE INDEX orders_region ON orders (region); END $$;

-- case: after a column was added
-- must: create-index-non-concurrent, index-after-exclusive-lock-in-transaction
ALTER TABLE orders ADD COLUMN weight int;
CREATE INDEX orders_weight ON orders (weight);

-- case: a hash index
-- must: create-index-non-concurrent
CREATE INDEX orders_region ON orders USING hash (region);

-- case: every partition at once
-- must: create-index-non-concurrent, partitioned-index-without-only
CREATE INDEX events_note ON events (note);

-- case: concurrently
-- mode: autocommit
CREATE INDEX CONCURRENTLY orders_region ON orders (region);

-- case: concurrently and unique
-- mode: autocommit
CREATE UNIQUE INDEX CONCURRENTLY orders_code_key ON orders (code, id);

-- case: on a new table
CREATE TABLE notes (id bigint PRIMARY KEY, text text);
CREATE INDEX notes_text ON notes (text);

-- case: on a new table that was altered in between
CREATE TABLE notes (id bigint PRIMARY KEY);
ALTER TABLE notes ADD COLUMN text text;
CREATE INDEX notes_text ON notes (text);

-- case: on a new table of an earlier migration of the pull request
CREATE TABLE notes (id bigint PRIMARY KEY, text text);
-- next
CREATE INDEX notes_text ON notes (text);

-- case: on a renamed new table
CREATE TABLE notes (id bigint PRIMARY KEY, text text);
ALTER TABLE notes RENAME TO remarks;
CREATE INDEX remarks_text ON remarks (text);

-- case: on a temporary table
CREATE TEMP TABLE scratch (id int);
CREATE INDEX ON scratch (id);

-- case: on the partitioned parent only
CREATE INDEX events_note ON ONLY events (note);

-- case: on a materialized view that is new
CREATE MATERIALIZED VIEW sums AS SELECT id, total FROM orders WITH NO DATA;
CREATE INDEX sums_total ON sums (total);

-- case: a new name for an old table is no new table
-- must: create-index-non-concurrent
-- may: rename-column
ALTER TABLE plain RENAME COLUMN b TO c;
CREATE INDEX plain_c ON plain (c);
