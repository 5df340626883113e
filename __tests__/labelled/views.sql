-- case: a refresh
-- must: refresh-matview-non-concurrent
REFRESH MATERIALIZED VIEW totals;

-- case: a concurrent refresh
-- mode: autocommit
REFRESH MATERIALIZED VIEW CONCURRENTLY totals;

-- case: a concurrent refresh without a unique index
-- must: refresh-matview-non-concurrent
-- mode: autocommit
-- fails: 55000
REFRESH MATERIALIZED VIEW CONCURRENTLY counts;

-- case: a refresh of a new one
CREATE MATERIALIZED VIEW sums AS SELECT sum(total) AS s FROM orders WITH NO DATA;
REFRESH MATERIALIZED VIEW sums;

-- case: a view that passes row security by
-- must: security-definer-view
CREATE VIEW titles AS SELECT id, title FROM documents;

-- case: an invoker's view
CREATE VIEW titles WITH (security_invoker = true) AS SELECT id, title FROM documents;

-- case: a view over other tables
CREATE VIEW large AS SELECT id FROM orders WHERE total > 100;

-- case: a view replaced with fewer columns
-- must: replace-view-or-function-signature
-- fails: 42P16
CREATE OR REPLACE VIEW open_orders AS SELECT id FROM orders WHERE state = 'open';

-- case: a view replaced with one column more
CREATE OR REPLACE VIEW open_orders AS SELECT id, total, region FROM orders WHERE state = 'open';
