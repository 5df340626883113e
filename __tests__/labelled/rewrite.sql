-- case: VACUUM FULL
-- must: vacuum-full
-- mode: autocommit
VACUUM FULL orders;

-- case: VACUUM (FULL)
-- must: vacuum-full
-- mode: autocommit
VACUUM (FULL, ANALYZE) orders;

-- case: VACUUM (FULL false)
-- mode: autocommit
VACUUM (FULL false) orders;

-- case: CLUSTER
-- must: cluster
CLUSTER orders USING orders_code;

-- case: SET UNLOGGED
-- must: set-logged-unlogged
ALTER TABLE plain SET UNLOGGED;

-- case: SET ACCESS METHOD
-- must: set-access-method
-- fails: 42704
ALTER TABLE orders SET ACCESS METHOD columnar;

-- case: SET ACCESS METHOD to what it is
ALTER TABLE orders SET ACCESS METHOD heap;

-- case: SET (fillfactor)
ALTER TABLE orders SET (fillfactor = 90);

-- case: SET STATISTICS
ALTER TABLE orders ALTER COLUMN region SET STATISTICS 500;

-- case: a comment
COMMENT ON TABLE orders IS 'what people buy';

-- case: CLUSTER of a new table
CREATE TABLE notes (id bigint PRIMARY KEY);
CLUSTER notes USING notes_pkey;
