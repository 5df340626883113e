-- case: nullable
ALTER TABLE orders ADD COLUMN weight int;

-- case: with a constant default
ALTER TABLE orders ADD COLUMN weight int NOT NULL DEFAULT 0;

-- case: with a stable default
ALTER TABLE orders ADD COLUMN seen_at timestamptz NOT NULL DEFAULT now();

-- case: with CURRENT_TIMESTAMP
ALTER TABLE orders ADD COLUMN seen_at timestamptz DEFAULT CURRENT_TIMESTAMP;

-- case: with a cast default
ALTER TABLE orders ADD COLUMN data jsonb NOT NULL DEFAULT '{}'::jsonb;

-- case: with an array default
ALTER TABLE orders ADD COLUMN tags text[] NOT NULL DEFAULT ARRAY[]::text[];

-- case: with a negative default
ALTER TABLE orders ADD COLUMN rank int NOT NULL DEFAULT -1;

-- case: with a default that holds the word now
ALTER TABLE orders ADD COLUMN place text DEFAULT 'nowhere';

-- case: with gen_random_uuid()
-- must: add-column-volatile-default
ALTER TABLE orders ADD COLUMN token uuid DEFAULT gen_random_uuid();

-- case: with clock_timestamp()
-- must: add-column-volatile-default
ALTER TABLE orders ADD COLUMN seen_at timestamptz DEFAULT clock_timestamp();

-- case: with random()
-- must: add-column-volatile-default
ALTER TABLE orders ADD COLUMN rank float8 NOT NULL DEFAULT random();

-- case: with nextval
-- must: add-column-volatile-default
ALTER TABLE orders ADD COLUMN number bigint DEFAULT nextval('invoice_numbers');

-- case: with a call inside of another
-- must: add-column-volatile-default
ALTER TABLE orders ADD COLUMN token text DEFAULT upper(gen_random_uuid()::text);

-- case: bare, and the default after it
ALTER TABLE orders ADD COLUMN token uuid;
ALTER TABLE orders ALTER COLUMN token SET DEFAULT gen_random_uuid();

-- case: serial
-- must: add-column-serial
ALTER TABLE orders ADD COLUMN number serial;

-- case: bigserial on quoted names
-- must: add-column-serial
ALTER TABLE "Mixed" ADD COLUMN "Number" bigserial;

-- case: identity
-- must: add-column-identity
ALTER TABLE orders ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY;

-- case: stored and generated
-- must: add-column-generated-stored
ALTER TABLE orders ADD COLUMN gross numeric GENERATED ALWAYS AS (total * 1.2) STORED;

-- case: virtual and generated
-- postgres: 18
ALTER TABLE orders ADD COLUMN gross numeric GENERATED ALWAYS AS (total * 1.2) VIRTUAL;

-- case: of a domain with a CHECK
-- must: add-column-constrained-domain
ALTER TABLE orders ADD COLUMN pieces positive;

-- case: of a domain without one
ALTER TABLE orders ADD COLUMN brand label;

-- case: with a CHECK
-- must: add-column-inline-check-scan
ALTER TABLE orders ADD COLUMN weight int CHECK (weight > 0);

-- case: with UNIQUE
-- must: add-column-inline-unique-or-primary-key
ALTER TABLE orders ADD COLUMN token text UNIQUE;

-- case: with a foreign key and no default
-- must: add-column-with-inline-foreign-key
-- may: fk-missing-index
ALTER TABLE orders ADD COLUMN payer_id bigint REFERENCES users (id);

-- case: NOT NULL without a default
-- must: add-column-not-null-no-default
-- fails: 23502
ALTER TABLE orders ADD COLUMN weight int NOT NULL;

-- case: NOT NULL with DEFAULT NULL
-- must: add-column-not-null-no-default
-- fails: 23502
ALTER TABLE orders ADD COLUMN weight int NOT NULL DEFAULT NULL;

-- case: NOT NULL on a qualified table
-- must: add-column-not-null-no-default
-- fails: 23502
ALTER TABLE billing.invoices ADD COLUMN weight int NOT NULL;

-- case: NOT NULL among other columns
-- must: add-column-not-null-no-default
-- fails: 23502
ALTER TABLE orders ADD COLUMN a int, ADD COLUMN weight int NOT NULL, ADD COLUMN b int DEFAULT 1;

-- case: NOT NULL on a new table
CREATE TABLE notes (id bigint PRIMARY KEY);
ALTER TABLE notes ADD COLUMN text text NOT NULL;

-- case: NOT NULL on a temporary table
CREATE TEMP TABLE scratch (id int);
ALTER TABLE scratch ADD COLUMN text text NOT NULL;

-- case: a default that goes at once, as Django writes it
-- must: old-code-cannot-insert-required-column
ALTER TABLE orders ADD COLUMN weight int DEFAULT 0 NOT NULL;
ALTER TABLE orders ALTER COLUMN weight DROP DEFAULT;

-- case: required by a CHECK at once
-- must: old-code-cannot-insert-required-column
ALTER TABLE orders ADD COLUMN weight int;
ALTER TABLE orders ADD CONSTRAINT weight_set CHECK (weight IS NOT NULL) NOT VALID;

-- case: IF NOT EXISTS hides another column
-- must: misleading-if-not-exists
ALTER TABLE orders ADD COLUMN IF NOT EXISTS region int;

-- case: IF NOT EXISTS of a new column
ALTER TABLE orders ADD COLUMN IF NOT EXISTS weight int;

-- case: to the partitioned parent
ALTER TABLE events ADD COLUMN weight int;
