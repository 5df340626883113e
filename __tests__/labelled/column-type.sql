-- case: int to bigint
-- must: alter-column-type-rewrite
ALTER TABLE users ALTER COLUMN age TYPE bigint;

-- case: bigint to int
-- must: alter-column-type-rewrite, type-narrowing
ALTER TABLE billing.invoices ALTER COLUMN number TYPE int;

-- case: text to varchar
-- must: alter-column-type-rewrite
ALTER TABLE orders ALTER COLUMN note TYPE varchar(100);

-- case: a shorter varchar
-- must: alter-column-type-rewrite
ALTER TABLE orders ALTER COLUMN code TYPE varchar(10);

-- case: another scale
-- must: alter-column-type-rewrite
-- may: dependent-object-blocks-change
-- fails: 0A000
ALTER TABLE orders ALTER COLUMN total TYPE numeric(12, 4);

-- case: an expression
-- must: alter-column-type-rewrite
ALTER TABLE users ALTER COLUMN age TYPE int USING age + 1;

-- case: timestamp to timestamptz
-- must: alter-column-type-rewrite
-- may: alter-column-timestamp-timezone
SET LOCAL timezone = 'Europe/Berlin';
ALTER TABLE users ALTER COLUMN created TYPE timestamptz;

-- case: text to jsonb without USING
-- must: type-change-cast-missing
-- may: alter-column-type-rewrite
-- fails: 42804
ALTER TABLE orders ALTER COLUMN note TYPE jsonb;

-- case: a longer varchar
ALTER TABLE users ALTER COLUMN name TYPE varchar(100);

-- case: varchar to text
ALTER TABLE users ALTER COLUMN name TYPE text;

-- case: varchar without a length
ALTER TABLE users ALTER COLUMN name TYPE varchar;

-- case: text to varchar without a length
ALTER TABLE users ALTER COLUMN phone TYPE varchar;

-- case: timestamp to timestamptz in UTC
SET LOCAL timezone = 'UTC';
ALTER TABLE users ALTER COLUMN created TYPE timestamptz;

-- case: a new column
ALTER TABLE orders ADD COLUMN weight int;

-- case: on a new table
CREATE TABLE notes (id bigint PRIMARY KEY, n int);
ALTER TABLE notes ALTER COLUMN n TYPE bigint;

-- case: a cast that is the identity
ALTER TABLE users ALTER COLUMN name TYPE text USING name::text;

-- case: another collation rebuilds the index
-- must: alter-column-collation
ALTER TABLE orders ALTER COLUMN code TYPE varchar(20) COLLATE "C";

-- case: a column that a view reads
-- must: dependent-object-blocks-change
-- fails: 0A000
ALTER TABLE orders ALTER COLUMN total TYPE numeric(14, 2);
