-- case: a build in a transaction
-- must: concurrently-in-transaction
-- fails: 25001
CREATE INDEX CONCURRENTLY orders_region ON orders (region);

-- case: a drop in a transaction
-- must: concurrently-in-transaction
-- fails: 25001
DROP INDEX CONCURRENTLY orders_code;

-- case: a rebuild in a transaction
-- must: concurrently-in-transaction
-- fails: 25001
REINDEX INDEX CONCURRENTLY orders_code;

-- case: between BEGIN and COMMIT
-- must: concurrently-in-transaction
-- mode: autocommit
-- fails: 25001
BEGIN;
CREATE INDEX CONCURRENTLY orders_region ON orders (region);
COMMIT;

-- case: with a comment above BEGIN
-- must: concurrently-in-transaction
-- mode: autocommit
-- fails: 25001
-- begins here
BEGIN;
CREATE INDEX CONCURRENTLY orders_region ON orders (region);
COMMIT;

-- case: on a partitioned table
-- must: concurrent-index-on-partitioned-table
-- mode: autocommit
-- fails: 0A000
CREATE INDEX CONCURRENTLY events_note ON events (note);

-- case: under a statement_timeout
-- must: concurrent-index-under-statement-timeout
-- mode: autocommit
SET statement_timeout = '5s';
CREATE INDEX CONCURRENTLY orders_region ON orders (region);

-- case: with the timeout lifted
-- mode: autocommit
SET statement_timeout = 0;
CREATE INDEX CONCURRENTLY orders_region ON orders (region);

-- case: VACUUM in a transaction
-- must: non-transactional-statement-in-transaction
-- fails: 25001
VACUUM orders;

-- case: CREATE DATABASE in a transaction
-- must: non-transactional-statement-in-transaction
-- fails: 25001
CREATE DATABASE other;

-- case: ALTER SYSTEM in a transaction
-- must: non-transactional-statement-in-transaction, superuser-or-cluster-setting
-- fails: 25001
ALTER SYSTEM SET work_mem = '8MB';

-- case: VACUUM by itself
-- mode: autocommit
VACUUM orders;

-- case: ANALYZE in a transaction
ANALYZE orders;
