SET lock_timeout = '2s';

ALTER TABLE orders DROP CONSTRAINT orders_shipped_after_created;
ALTER TABLE orders
    ADD CONSTRAINT orders_shipped_after_created CHECK (shipped_at >= created_at) NOT VALID;
