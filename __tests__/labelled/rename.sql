-- case: a column
-- must: rename-column
ALTER TABLE orders RENAME COLUMN note TO remark;

-- case: a quoted column
-- must: rename-column
ALTER TABLE "Mixed" RENAME COLUMN "Note" TO "Remark";

-- case: a table
-- must: rename-table
ALTER TABLE plain RENAME TO simple;

-- case: a qualified table
-- must: rename-table
-- may: dependent-functions-break-later
ALTER TABLE billing.invoices RENAME TO bills;

-- case: a table whose name a function holds
-- must: rename-table, dependent-functions-break-later
ALTER TABLE billing.invoices RENAME TO bills;

-- case: a table, with a view under the old name
ALTER TABLE plain RENAME TO simple;
CREATE VIEW plain AS SELECT a, b FROM simple;

-- case: a schema
-- must: rename-schema
-- may: dependent-functions-break-later
ALTER SCHEMA billing RENAME TO finance;

-- case: a table into another schema
-- must: set-schema
ALTER TABLE plain SET SCHEMA billing;

-- case: a label
-- must: rename-enum-value
ALTER TYPE colour RENAME VALUE 'red' TO 'crimson';

-- case: a type
-- must: rename-other-object
ALTER TYPE colour RENAME TO paint;

-- case: a new column
ALTER TABLE orders ADD COLUMN a int;
ALTER TABLE orders RENAME COLUMN a TO weight;

-- case: a new table
CREATE TABLE a (id bigint PRIMARY KEY);
ALTER TABLE a RENAME TO notes;

-- case: an index
ALTER INDEX orders_code RENAME TO orders_by_code;

-- case: a constraint
ALTER TABLE orders RENAME CONSTRAINT orders_user TO orders_buyer;
