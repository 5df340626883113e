SET lock_timeout = '2s';

-- varchar to text changes the catalog only: no row is read.
ALTER TABLE orders ALTER COLUMN note TYPE text;
