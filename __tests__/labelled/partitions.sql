-- case: a partition with rows is attached
-- must: attach-partition-scan
-- fails: 23514
ALTER TABLE events ATTACH PARTITION events_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');

-- case: an empty partition is attached
-- may: require-primary-key
CREATE TABLE events_new (LIKE events);
ALTER TABLE events ATTACH PARTITION events_new FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');

-- case: a partition is detached
-- must: detach-partition-non-concurrent
ALTER TABLE events DETACH PARTITION events_2025;

-- case: a partition is detached concurrently
-- mode: autocommit
ALTER TABLE events DETACH PARTITION events_2025 CONCURRENTLY;

-- case: a partition is dropped
-- must: drop-table
DROP TABLE events_2025;

-- case: a partition is created
CREATE TABLE events_2028 PARTITION OF events FOR VALUES FROM ('2028-01-01') TO ('2029-01-01');
