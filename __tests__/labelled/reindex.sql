-- case: an index
-- must: reindex-non-concurrent
REINDEX INDEX orders_code;

-- case: a table
-- must: reindex-non-concurrent
REINDEX TABLE orders;

-- case: an index concurrently
-- mode: autocommit
REINDEX INDEX CONCURRENTLY orders_code;

-- case: a table concurrently
-- mode: autocommit
REINDEX TABLE CONCURRENTLY orders;

-- case: the index of a new table
CREATE TABLE notes (id bigint PRIMARY KEY);
REINDEX TABLE notes;
