-- case: a label used in the same transaction
-- must: enum-value-used-in-same-transaction
-- fails: 55P04
ALTER TYPE state ADD VALUE 'lost';
UPDATE orders SET state = 'lost' WHERE id = 1;

-- case: a label that becomes a default in the same transaction
-- must: enum-value-used-in-same-transaction
-- fails: 55P04
ALTER TYPE state ADD VALUE 'lost';
ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'lost';

-- case: a label alone
ALTER TYPE state ADD VALUE 'lost';

-- case: a label, used in the next migration
ALTER TYPE state ADD VALUE 'lost';
-- next
UPDATE orders SET state = 'lost' WHERE id = 1;

-- case: a new type and its labels
CREATE TYPE mood AS ENUM ('good');
CREATE TABLE moods (id bigint PRIMARY KEY, mood mood NOT NULL DEFAULT 'good');

-- case: a label that is lost in a swap
-- must: rename-enum-swap-loses-value
-- may: alter-column-type-rewrite, prisma-enum-recreate, set-or-drop-column-default, dependent-object-blocks-change
-- fails: 0A000
CREATE TYPE state_new AS ENUM ('open', 'closed');
ALTER TABLE orders ALTER COLUMN state DROP DEFAULT;
ALTER TABLE orders ALTER COLUMN state TYPE state_new USING (state::text::state_new);
