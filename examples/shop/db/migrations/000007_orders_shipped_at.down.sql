SET lock_timeout = '2s';

ALTER TABLE orders DROP CONSTRAINT orders_shipped_after_created;
ALTER TABLE orders DROP COLUMN shipped_at;
