/** Whose projects the cases are. */
export type Runner = "sqlx" | "prisma" | "goose";

/** A migration whose every fix is run on the database. */
export interface ProvenCase {
  readonly title: string;
  readonly before: string;
  readonly bad: string;
  /** Rules whose fixes are made; none: there is no fix. */
  readonly mends: readonly string[];
  /** The file that the fix leaves, and those that it adds, in order. */
  readonly leaves?: readonly string[];
  /**
   * `sqlx` opens a transaction for each migration, `prisma` sends a script whole, and `goose` is told
   * to send statement by statement. Default: sqlx.
   */
  readonly runner?: Runner;
}

const SHOP = `CREATE TABLE customers (id bigint PRIMARY KEY, code text NOT NULL UNIQUE, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, "Note" text NOT NULL, total numeric, state text);
CREATE INDEX orders_customer_id ON orders (customer_id);
CREATE INDEX orders_state ON orders (state);
`;
const T = "SET LOCAL lock_timeout = '5s';\n";

export const PROVEN: readonly ProvenCase[] = [
  {
    title: "a foreign key that PostgreSQL names",
    before: SHOP,
    bad: `${T}ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers;\n`,
    mends: ["require-not-valid-foreign-key"],
    leaves: [
      `${T}ALTER TABLE orders ADD CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;\n`,
      "ALTER TABLE orders VALIDATE CONSTRAINT orders_customer_id_fkey;\n",
    ],
  },
  {
    title: "a CHECK that PostgreSQL names, where another has the name",
    before: `${SHOP}ALTER TABLE orders ADD CHECK (total > 0);\n`,
    bad: `${T}ALTER TABLE orders ADD CHECK (total < 1000000);\n`,
    mends: ["require-not-valid-check"],
    leaves: [
      `${T}ALTER TABLE orders ADD CONSTRAINT orders_total_check1 CHECK (total < 1000000) NOT VALID;\n`,
      "ALTER TABLE orders VALIDATE CONSTRAINT orders_total_check1;\n",
    ],
  },
  {
    title: "UNIQUE that PostgreSQL names, deferred",
    before: SHOP,
    bad: 'ALTER TABLE orders ADD UNIQUE ("Note") DEFERRABLE INITIALLY DEFERRED;\n',
    mends: ["no-blocking-unique-constraint"],
    runner: "prisma",
  },
  {
    title: "UNIQUE NULLS NOT DISTINCT with more columns in its index",
    before: SHOP,
    bad: "ALTER TABLE orders ADD CONSTRAINT one UNIQUE NULLS NOT DISTINCT (total) INCLUDE (state);\n",
    mends: ["no-blocking-unique-constraint"],
    runner: "prisma",
  },
  {
    title: "a primary key of columns that are NOT NULL",
    before: "CREATE TABLE events (id bigint NOT NULL, at date NOT NULL);\n",
    bad: "ALTER TABLE events ADD PRIMARY KEY (id, at);\n",
    mends: ["no-blocking-primary-key"],
    runner: "prisma",
  },
  {
    title: "a primary key of a column that may hold NULL: none",
    before: "CREATE TABLE events (id bigint);\n",
    bad: "ALTER TABLE events ADD PRIMARY KEY (id);\n",
    mends: [],
    runner: "prisma",
  },
  {
    title: "UNIQUE with storage parameters: none",
    before: SHOP,
    bad: "ALTER TABLE orders ADD UNIQUE (total) WITH (fillfactor = 70);\n",
    mends: [],
    runner: "prisma",
  },
  {
    title: "UNIQUE among other statements",
    before: SHOP,
    bad: `${T}ALTER TABLE orders ADD COLUMN number bigint;\nALTER TABLE orders ADD CONSTRAINT orders_total UNIQUE (total);\n`,
    mends: ["no-blocking-unique-constraint"],
  },
  {
    title: "UNIQUE that a foreign key of the same migration rests on: none",
    before: SHOP,
    bad: `${T}ALTER TABLE orders ADD CONSTRAINT orders_total UNIQUE (total);\nCREATE TABLE n (id int PRIMARY KEY, t numeric UNIQUE REFERENCES orders (total));\n`,
    mends: [],
  },
  {
    title: "an index among other statements",
    before: SHOP,
    bad: `${T}-- AlterTable\nALTER TABLE orders ADD COLUMN number bigint;\n\n-- CreateIndex\nCREATE INDEX orders_number ON orders (total);\n`,
    mends: ["require-concurrent-index"],
    leaves: [
      `${T}-- AlterTable\nALTER TABLE orders ADD COLUMN number bigint;\n\n`,
      "-- no-transaction\nCREATE INDEX CONCURRENTLY orders_number ON orders (total);\n",
    ],
  },
  {
    title: "two indexes, each in a migration of its own",
    before: SHOP,
    bad: "CREATE INDEX a ON orders (total);\nCREATE INDEX b ON orders (state, total);\n",
    mends: ["require-concurrent-index"],
    runner: "prisma",
  },
  {
    title: "an index that a later statement names: none",
    before: SHOP,
    bad: `${T}CREATE INDEX a ON orders (total);\nCOMMENT ON INDEX a IS 'x';\n`,
    mends: [],
  },
  {
    title: "a unique index that a later statement may rest on: none",
    before: SHOP,
    bad: `${T}CREATE UNIQUE INDEX a ON orders (total);\nINSERT INTO orders VALUES (9, 1, 'x', 9, 'y') ON CONFLICT (total) DO NOTHING;\n`,
    mends: [],
  },
  {
    title: "an index that is made anew: none",
    before: SHOP,
    bad: "DROP INDEX orders_state;\nCREATE INDEX orders_state ON orders (state, total);\n",
    mends: [],
    runner: "prisma",
  },
  {
    title: "DROP INDEX among other statements",
    before: SHOP,
    bad: `SELECT 1;\nDROP INDEX orders_state;\n`,
    mends: ["require-concurrent-index-drop"],
    runner: "prisma",
  },
  {
    title: "UPDATE of every row",
    before: SHOP,
    bad: "UPDATE orders SET state = lower(state);\n",
    mends: ["no-unbatched-backfill"],
    runner: "prisma",
  },
  {
    title: "UPDATE with a condition of two parts, in quotes and mixed case",
    before: SHOP,
    bad: `UPDATE orders SET "Note" = 'where (', total = total + 1\n  WHERE "Note" = '1' OR state IS NULL OR total > 1;\n`,
    mends: ["no-unbatched-backfill"],
    runner: "prisma",
  },
  {
    title: "DELETE with a condition",
    before: SHOP,
    bad: "DELETE FROM orders WHERE total > 1 OR state IS NULL;\n",
    mends: ["no-unbatched-backfill"],
    runner: "prisma",
  },
  {
    title: "UPDATE under the lock of a schema change",
    before: SHOP,
    bad: `${T}ALTER TABLE orders ADD COLUMN paid boolean;\nUPDATE orders SET paid = total > 1;\n`,
    mends: ["no-backfill-with-schema-change"],
  },
  {
    title: "UPDATE before a statement that rests on it: none",
    before: SHOP,
    bad: `${T}ALTER TABLE orders ADD COLUMN paid boolean;\nUPDATE orders SET paid = total > 1;\nALTER TABLE orders DROP COLUMN total;\n`,
    mends: [],
  },
  ...[
    "UPDATE orders o SET state = 'x';\n",
    "UPDATE orders SET state = c.code FROM customers c;\n",
    "UPDATE orders SET id = id + 100;\n",
    "UPDATE orders SET total = (SELECT max(total) FROM orders);\n",
    "UPDATE orders SET state = 'x' /* all */ WHERE total > 1;\n",
    "UPDATE orders SET state = $a$x$a$ WHERE total > 1;\n",
    "UPDATE orders SET state = 'x' WHERE total > 1 RETURNING id;\n",
    "WITH c AS (SELECT 1) UPDATE orders SET state = 'x';\n",
  ].map((bad) => ({
    title: `no batches: ${bad.trim()}`,
    before: SHOP,
    bad,
    mends: [],
    runner: "prisma" as const,
  })),
  {
    title: "IF NOT EXISTS and IF EXISTS, in a script that is not one transaction",
    before: SHOP,
    bad: `CREATE TABLE n (id int PRIMARY KEY);
CREATE SEQUENCE s;
CREATE SCHEMA x;
ALTER TABLE customers ADD note text, ADD COLUMN other text;
DROP VIEW IF EXISTS v;
CREATE MATERIALIZED VIEW m AS SELECT 1 AS one WITH NO DATA;
DROP MATERIALIZED VIEW m;
CREATE INDEX CONCURRENTLY customers_email ON customers (email);
`,
    runner: "goose",
    mends: ["prefer-if-not-exists"],
    leaves: [
      `-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS n (id int PRIMARY KEY);
CREATE SEQUENCE IF NOT EXISTS s;
CREATE SCHEMA IF NOT EXISTS x;
SET lock_timeout = '5s';
ALTER TABLE customers ADD IF NOT EXISTS note text, ADD COLUMN IF NOT EXISTS other text;
DROP VIEW IF EXISTS v;
CREATE MATERIALIZED VIEW IF NOT EXISTS m AS SELECT 1 AS one WITH NO DATA;
DROP MATERIALIZED VIEW IF EXISTS m;
CREATE INDEX CONCURRENTLY customers_email ON customers (email);
`,
    ],
  },
];
