-- case: LOCK TABLE
-- must: lock-table-explicit
LOCK TABLE orders IN ACCESS EXCLUSIVE MODE;

-- case: LOCK TABLE in a weak mode
LOCK TABLE orders IN ROW SHARE MODE;

-- case: BEGIN inside of a transaction
-- must: transaction-nesting
BEGIN;
ALTER TABLE orders ADD COLUMN weight int;
COMMIT;

-- case: BEGIN without COMMIT
-- must: uncommitted-transaction
-- mode: autocommit
BEGIN;
ALTER TABLE orders ADD COLUMN weight int;

-- case: BEGIN and COMMIT where there is no transaction
-- mode: autocommit
BEGIN;
ALTER TABLE orders ADD COLUMN weight int;
COMMIT;

-- case: SET LOCAL outside of a transaction
-- must: set-local-outside-transaction
-- may: require-lock-timeout
-- mode: autocommit
SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN weight int;

-- case: SET outside of a transaction
-- mode: autocommit
SET lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN weight int;

-- case: a name that is too long
-- must: identifier-too-long
-- mode: autocommit
CREATE INDEX CONCURRENTLY an_index_whose_name_is_longer_than_the_sixty_three_bytes_that_fit ON orders (region);

-- case: an index twice
-- must: redundant-index
-- mode: autocommit
CREATE INDEX CONCURRENTLY orders_code_again ON orders (code);

-- case: an index with more columns
-- mode: autocommit
CREATE INDEX CONCURRENTLY orders_code_total ON orders (code, total);

-- case: a column twice in an index
-- must: duplicate-column-in-index
-- mode: autocommit
CREATE INDEX CONCURRENTLY twice ON orders (region, region);

-- case: an expression that changes
-- must: non-immutable-index-expression
-- mode: autocommit
-- fails: 42P17
CREATE INDEX CONCURRENTLY recent ON orders ((placed_at > now()));

-- case: a table that a later migration makes
-- must: forward-reference
-- fails: 42P01
INSERT INTO later (id) VALUES (1);
-- next
CREATE TABLE later (id bigint PRIMARY KEY);

-- case: CREATE TABLE IF NOT EXISTS of an old table
-- must: misleading-if-not-exists
-- may: require-primary-key
CREATE TABLE IF NOT EXISTS plain (a int, b int, c int);

-- case: a sequence that starts again
-- must: alter-sequence-values
ALTER SEQUENCE invoice_numbers RESTART WITH 1;

-- case: an overload that makes calls ambiguous
-- must: function-overload-ambiguity
CREATE FUNCTION turnover(year int DEFAULT 2026) RETURNS numeric LANGUAGE sql AS 'SELECT sum(i.sum) FROM billing.invoices i';

-- case: a rule
-- must: create-rule
CREATE RULE no_delete AS ON DELETE TO plain DO INSTEAD NOTHING;

-- case: another replica identity
-- must: replica-identity-change
ALTER TABLE plain REPLICA IDENTITY NOTHING;

-- case: autovacuum off
-- must: autovacuum-disabled
ALTER TABLE orders SET (autovacuum_enabled = false);

-- case: an attribute more
ALTER TYPE colour ADD VALUE IF NOT EXISTS 'blue';
