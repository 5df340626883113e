import { testRule } from "../rule-table.ts";

const SHOP = `CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, parent_id bigint);
CREATE TABLE events (id bigint, customer_id bigint, at date) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');`;
const KEY = "FOREIGN KEY (customer_id) REFERENCES customers (id)";

testRule("require-not-valid-foreign-key", {
  fires: [
    {
      title: "ADD CONSTRAINT",
      before: [SHOP],
      migration: `ALTER TABLE orders ADD CONSTRAINT fk ${KEY};`,
      says: "takes a SHARE ROW EXCLUSIVE lock on `orders` and `customers`: every INSERT, UPDATE and DELETE waits while each row of `orders` is looked up. Add the foreign key with NOT VALID",
      severity: "error",
      table: "orders",
    },
    { title: "without a name", before: [SHOP], migration: `ALTER TABLE orders ADD ${KEY};` },
    {
      title: "a table that references itself",
      before: [SHOP],
      migration: "ALTER TABLE orders ADD FOREIGN KEY (parent_id) REFERENCES orders;",
      says: "lock on `orders`: every",
    },
    {
      title: "a new column without a default, which nothing is looked up for",
      before: [SHOP],
      migration: "ALTER TABLE orders ADD COLUMN c bigint REFERENCES customers;",
      severity: "info",
      says: "Both are short",
    },
    {
      title: "a new column with a default",
      before: [SHOP],
      migration: "ALTER TABLE orders ADD COLUMN c bigint DEFAULT 1 REFERENCES customers;",
      severity: "error",
      says: "ADD COLUMN holds an ACCESS EXCLUSIVE lock on `orders` while this foreign key looks up each of its rows: every read and write of `orders` waits, and every INSERT, UPDATE and DELETE of `customers`, which a SHARE ROW EXCLUSIVE lock is on. Add the column without REFERENCES first. Add the foreign key with NOT VALID, and run VALIDATE CONSTRAINT in a later migration.",
    },
    {
      title: "a new column with a default that references its own table",
      before: [SHOP],
      migration: "ALTER TABLE orders ADD COLUMN c bigint DEFAULT 1 REFERENCES orders;",
      severity: "error",
      says: "every read and write of `orders` waits. Add the column",
    },
    {
      title: "a new identity column, which has values",
      before: [SHOP],
      migration:
        "ALTER TABLE orders ADD COLUMN c bigint GENERATED ALWAYS AS IDENTITY REFERENCES customers;",
      severity: "error",
    },
    {
      title: "a new NOT NULL column without a default, which cannot be NULL in any row",
      before: [SHOP],
      migration: "ALTER TABLE orders ADD COLUMN c bigint NOT NULL REFERENCES customers;",
      severity: "info",
      says: /lock on `customers` at once\. Add the column and the foreign key in separate migrations/,
    },
    {
      title: "a new column with DEFAULT NULL, which PostgreSQL looks up all the same",
      before: [SHOP],
      migration: "ALTER TABLE orders ADD COLUMN c bigint DEFAULT NULL REFERENCES customers;",
      severity: "error",
    },
    {
      title: "a partitioned table before 18, where NOT VALID is refused",
      before: [SHOP],
      migration: `ALTER TABLE events ADD ${KEY};`,
      says: /Add the foreign key to each partition with NOT VALID.*refuses NOT VALID\.$/s,
    },
    {
      title: "NOT VALID on a partitioned table before 18, which refuses it",
      before: [SHOP],
      migration: `ALTER TABLE events ADD ${KEY} NOT VALID;`,
      postgres: [17],
      says: "this fails with SQLSTATE 42809",
    },
    {
      title: "a partitioned table on 18",
      before: [SHOP],
      migration: `ALTER TABLE events ADD ${KEY};`,
      postgres: [18],
      says: /Add the foreign key with NOT VALID, and run/,
    },
    {
      title: "a partitioned table whose partition's key is not validated yet",
      before: [SHOP, `ALTER TABLE events_2026 ADD ${KEY} NOT VALID;`],
      migration: `ALTER TABLE events ADD ${KEY};`,
    },
    {
      title: "a column and its key in one statement",
      before: [SHOP],
      migration:
        "ALTER TABLE orders ADD COLUMN c bigint, ADD CONSTRAINT fk FOREIGN KEY (c) REFERENCES customers;",
      severity: "error",
    },
  ],
  silent: [
    {
      title: "NOT VALID on a partitioned table on 18",
      before: [SHOP],
      migration: `ALTER TABLE events ADD ${KEY} NOT VALID;`,
      postgres: [18],
    },
    { title: "NOT VALID", before: [SHOP], migration: `ALTER TABLE orders ADD ${KEY} NOT VALID;` },
    {
      title: "NOT ENFORCED",
      before: [SHOP],
      migration: `ALTER TABLE orders ADD ${KEY} NOT ENFORCED;`,
    },
    {
      title: "a new table",
      before: [SHOP],
      migration: `CREATE TABLE t (customer_id bigint); ALTER TABLE t ADD ${KEY};`,
    },
    {
      title: "in CREATE TABLE",
      before: [SHOP],
      migration: `CREATE TABLE t (customer_id bigint, ${KEY});`,
    },
    {
      title: "on a column of a new table",
      before: [SHOP],
      migration:
        "CREATE TABLE t (id int); ALTER TABLE t ADD c bigint DEFAULT 1 REFERENCES customers;",
    },
    {
      title: "a partitioned table whose partitions have it",
      before: [
        SHOP,
        `ALTER TABLE events_2026 ADD CONSTRAINT fk ${KEY} NOT VALID;`,
        "ALTER TABLE events_2026 VALIDATE CONSTRAINT fk;",
      ],
      migration: `ALTER TABLE events ADD ${KEY};`,
    },
    {
      title: "NOT ENFORCED on a new column",
      before: [SHOP],
      migration:
        "ALTER TABLE orders ADD COLUMN c bigint DEFAULT 1 REFERENCES customers NOT ENFORCED;",
    },
  ],
});
