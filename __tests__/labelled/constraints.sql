-- case: a CHECK
-- must: add-check-without-not-valid
ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total > 0);

-- case: a CHECK without a name
-- must: add-check-without-not-valid
ALTER TABLE orders ADD CHECK (total > 0);

-- case: a CHECK among other actions
-- must: add-check-without-not-valid
ALTER TABLE orders ADD COLUMN weight int, ADD CONSTRAINT total_positive CHECK (total > 0);

-- case: a CHECK that is not valid, and its validation
ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total > 0) NOT VALID;
-- next
ALTER TABLE orders VALIDATE CONSTRAINT total_positive;

-- case: a CHECK that is validated in the same transaction
-- must: not-valid-and-validate-same-transaction
ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total > 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT total_positive;

-- case: validated at once without a transaction
-- mode: autocommit
ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total > 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT total_positive;

-- case: a CHECK on a new table
CREATE TABLE notes (id bigint PRIMARY KEY, n int);
ALTER TABLE notes ADD CHECK (n > 0);

-- case: a foreign key
-- must: add-foreign-key-without-not-valid
-- may: fk-missing-index
ALTER TABLE items ADD CONSTRAINT items_product FOREIGN KEY (order_id) REFERENCES orders (id);

-- case: a foreign key of quoted tables
-- must: add-foreign-key-without-not-valid
ALTER TABLE billing.invoices ADD FOREIGN KEY (number) REFERENCES "Mixed" ("Id");

-- case: a foreign key that is not valid, and its validation
ALTER TABLE billing.invoices ADD CONSTRAINT n FOREIGN KEY (number) REFERENCES "Mixed" ("Id") NOT VALID;
-- next
ALTER TABLE billing.invoices VALIDATE CONSTRAINT n;

-- case: a foreign key that is validated in the same transaction
-- must: not-valid-and-validate-same-transaction
ALTER TABLE billing.invoices ADD CONSTRAINT n FOREIGN KEY (number) REFERENCES "Mixed" ("Id") NOT VALID;
ALTER TABLE billing.invoices VALIDATE CONSTRAINT n;

-- case: a foreign key of a new table
CREATE TABLE notes (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users (id));
CREATE INDEX notes_user_id ON notes (user_id);

-- case: a foreign key without an index, with ON DELETE CASCADE
-- must: fk-missing-index
CREATE TABLE notes (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE);

-- case: a foreign key whose index begins with its column
CREATE TABLE likes (user_id bigint REFERENCES users (id) ON DELETE CASCADE, order_id bigint, PRIMARY KEY (user_id, order_id));

-- case: a foreign key of another type
-- must: fk-column-type-mismatch
CREATE TABLE notes (id bigint PRIMARY KEY, user_id int NOT NULL REFERENCES users (id));
CREATE INDEX notes_user_id ON notes (user_id);

-- case: a foreign key to what is not unique
-- must: fk-references-non-unique
-- fails: 42830
CREATE TABLE notes (id bigint PRIMARY KEY, region text REFERENCES orders (region));
CREATE INDEX notes_region ON notes (region);

-- case: UNIQUE
-- must: add-unique-constraint
ALTER TABLE orders ADD CONSTRAINT orders_code_key UNIQUE (code);

-- case: UNIQUE without a name
-- must: add-unique-constraint
ALTER TABLE orders ADD UNIQUE (code, region);

-- case: UNIQUE by an index that is there
ALTER TABLE plain ADD CONSTRAINT plain_a_key UNIQUE USING INDEX plain_a;

-- case: a unique index concurrently, then the constraint
-- mode: autocommit
CREATE UNIQUE INDEX CONCURRENTLY orders_pair ON orders (code, id);
-- next
ALTER TABLE orders ADD CONSTRAINT orders_pair UNIQUE USING INDEX orders_pair;

-- case: UNIQUE on a new table
CREATE TABLE notes (id bigint PRIMARY KEY, code text);
ALTER TABLE notes ADD UNIQUE (code);

-- case: UNIQUE by a partial index
-- must: unique-using-index-not-eligible
-- mode: autocommit
-- fails: 42809
CREATE UNIQUE INDEX CONCURRENTLY p ON orders (code) WHERE code <> '';
ALTER TABLE orders ADD CONSTRAINT p UNIQUE USING INDEX p;

-- case: PRIMARY KEY
-- must: add-primary-key-without-index
ALTER TABLE plain ADD PRIMARY KEY (b);

-- case: PRIMARY KEY by an index over a column that may hold NULL
-- must: add-primary-key-nullable-columns
ALTER TABLE plain ADD PRIMARY KEY USING INDEX plain_a;

-- case: PRIMARY KEY on a new table
CREATE TABLE notes (id bigint);
ALTER TABLE notes ADD PRIMARY KEY (id);

-- case: an exclusion constraint
-- must: add-exclusion-constraint
ALTER TABLE orders ADD CONSTRAINT no_overlap EXCLUDE USING gist (int8range(id, id, '[]') WITH &&);

-- case: an exclusion constraint of a new table
-- may: require-primary-key
CREATE TABLE slots (span int8range NOT NULL, EXCLUDE USING gist (span WITH &&));

-- case: dropping a unique key
-- must: drop-constraint-used-by-upsert
ALTER TABLE users DROP CONSTRAINT users_email;

-- case: a unique key by another of the same columns
-- mode: autocommit
CREATE UNIQUE INDEX CONCURRENTLY users_mail ON users (email);
-- next
ALTER TABLE users DROP CONSTRAINT users_email, ADD CONSTRAINT users_mail UNIQUE USING INDEX users_mail;

-- case: dropping a primary key
-- must: drop-primary-key
ALTER TABLE billing.invoices DROP CONSTRAINT invoices_pkey;

-- case: dropping a foreign key
ALTER TABLE orders DROP CONSTRAINT orders_user;

-- case: dropping a CHECK
ALTER TABLE checked DROP CONSTRAINT b_set;

-- case: a CHECK that is not enforced
-- must: not-enforced-constraint
-- postgres: 18
ALTER TABLE orders ADD CONSTRAINT t CHECK (total > 0) NOT ENFORCED;

-- case: a CHECK with the clock
-- must: volatile-check-constraint
CREATE TABLE notes (id bigint PRIMARY KEY, day date CHECK (day > CURRENT_DATE));

-- case: a unique key of a partitioned table without its key
-- must: partition-key-missing-in-unique
-- may: add-unique-constraint
-- fails: 0A000
ALTER TABLE events ADD CONSTRAINT one_note UNIQUE (note);

-- case: a CHECK for a domain in use
-- must: alter-domain-add-constraint
ALTER DOMAIN label ADD CONSTRAINT short CHECK (length(VALUE) < 500);

-- case: a CHECK for a domain, not valid
ALTER DOMAIN label ADD CONSTRAINT short CHECK (length(VALUE) < 500) NOT VALID;
-- next
ALTER DOMAIN label VALIDATE CONSTRAINT short;

-- case: NOT NULL for a domain in use
-- must: alter-domain-set-not-null
ALTER DOMAIN positive SET NOT NULL;
