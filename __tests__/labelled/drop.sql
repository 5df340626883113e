-- case: a table
-- must: drop-table
DROP TABLE plain;

-- case: two tables
-- must: drop-table
DROP TABLE plain, checked;

-- case: a qualified table
-- must: drop-table
-- may: dependent-functions-break-later
DROP TABLE billing.invoices;

-- case: a quoted table
-- must: drop-table
DROP TABLE "Mixed";

-- case: IF EXISTS
-- must: drop-table
DROP TABLE IF EXISTS plain;

-- case: a new table
CREATE TABLE scratch (id bigint PRIMARY KEY);
DROP TABLE scratch;

-- case: a temporary table
CREATE TEMP TABLE scratch (id int);
DROP TABLE scratch;

-- case: a table and what depends on it
-- must: drop-table, drop-cascade
DROP TABLE orders CASCADE;

-- case: a table that a foreign key references
-- must: drop-table
-- may: dependent-object-blocks-change
-- fails: 2BP01
DROP TABLE users;

-- case: a column
-- must: drop-column
ALTER TABLE orders DROP COLUMN note;

-- case: a column IF EXISTS
-- must: drop-column
ALTER TABLE orders DROP COLUMN IF EXISTS note;

-- case: two columns
-- must: drop-column
ALTER TABLE orders DROP COLUMN note, DROP COLUMN region;

-- case: a quoted column
-- must: drop-column
ALTER TABLE "Mixed" DROP COLUMN "Note";

-- case: a column of a unique key
-- must: drop-column, drop-column-drops-unique
ALTER TABLE users DROP COLUMN email;

-- case: a column of a primary key
-- must: drop-column, drop-column-drops-primary-key
ALTER TABLE items DROP COLUMN product;

-- case: a column with a foreign key
-- must: drop-column, drop-column-drops-foreign-key
-- may: dependent-object-blocks-change
-- fails: 2BP01
ALTER TABLE orders DROP COLUMN user_id;

-- case: a column in a DO block
-- must: drop-column
DO $$ BEGIN ALTER TABLE orders DROP COLUMN note; END $$;

-- case: a column of the same migration
ALTER TABLE orders ADD COLUMN helper int;
ALTER TABLE orders DROP COLUMN helper;

-- case: one column, and another in its place
-- must: drop-column, drop-then-add-same-column
ALTER TABLE orders DROP COLUMN note;
ALTER TABLE orders ADD COLUMN note text;

-- case: a schema
-- must: drop-schema
-- may: drop-cascade, dependent-functions-break-later
DROP SCHEMA billing CASCADE;

-- case: a database
-- must: drop-database
-- mode: autocommit
-- fails: 3D000
DROP DATABASE other;

-- case: a view
-- must: drop-view-or-matview
DROP VIEW open_orders;

-- case: a view that is made again
DROP VIEW open_orders;
CREATE VIEW open_orders AS SELECT id, total, region FROM orders WHERE state = 'open';

-- case: a materialized view
-- must: drop-view-or-matview
DROP MATERIALIZED VIEW totals;

-- case: a type in use
-- must: drop-type-or-domain
-- fails: 2BP01
DROP TYPE state;

-- case: a type that nothing uses
DROP TYPE colour;

-- case: a type in use, with CASCADE
-- must: drop-cascade
DROP TYPE address CASCADE;

-- case: a sequence
-- must: drop-sequence
DROP SEQUENCE invoice_numbers;

-- case: a function
-- must: drop-function-or-procedure
DROP FUNCTION turnover();

-- case: a trigger
DROP TRIGGER touch ON users;

-- case: a policy that is made again
DROP POLICY own ON documents;
CREATE POLICY own ON documents USING (owner = (SELECT CURRENT_USER));

-- case: all that a role owns
-- must: drop-owned-or-reassign
-- may: drop-database
-- fails: 2BP01
DROP OWNED BY CURRENT_USER;

-- case: the expression of a generated column
-- must: drop-generated-expression
ALTER TABLE computed ALTER COLUMN b DROP EXPRESSION;
