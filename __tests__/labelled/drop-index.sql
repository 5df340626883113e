-- case: a plain drop
-- must: drop-index-non-concurrent
DROP INDEX orders_code;

-- case: of a qualified name
-- must: drop-index-non-concurrent
DROP INDEX public.orders_code;

-- case: concurrently
-- mode: autocommit
DROP INDEX CONCURRENTLY orders_code;

-- case: of a new table
CREATE TABLE notes (id bigint PRIMARY KEY, a int);
CREATE INDEX notes_a ON notes (a);
DROP INDEX notes_a;

-- case: the index of a constraint
-- must: drop-index-owned-by-constraint
-- fails: 2BP01
DROP INDEX users_email;

-- case: the index of a primary key
-- must: drop-index-owned-by-constraint
-- fails: 2BP01
DROP INDEX orders_pkey;

-- case: a unique index that upserts need
-- must: drop-constraint-used-by-upsert
-- mode: autocommit
DROP INDEX CONCURRENTLY plain_a;

-- case: before the new one is built
-- must: replace-index-order
-- mode: autocommit
DROP INDEX CONCURRENTLY orders_code;
CREATE INDEX CONCURRENTLY orders_code_region ON orders (code, region);

-- case: after the new one is built
-- mode: autocommit
CREATE INDEX CONCURRENTLY orders_code_region ON orders (code, region);
DROP INDEX CONCURRENTLY orders_code;

-- case: an index that was built for nothing
-- must: work-built-then-discarded
-- mode: autocommit
CREATE INDEX CONCURRENTLY orders_region ON orders (region);
DROP INDEX CONCURRENTLY orders_region;
