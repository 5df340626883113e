import { testRule } from "../rule-table.ts";

const SHOP = `CREATE TABLE customers (id bigint PRIMARY KEY, a int, b int, UNIQUE (a, b));
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, a int, b int);`;
const KEY = "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;";
const PAIR = "ALTER TABLE orders ADD FOREIGN KEY (a, b) REFERENCES customers (a, b) NOT VALID;";

/** A table of foreign keys, none of which has an index. */
const keys = (count: number): string =>
  `CREATE TABLE k (${Array.from({ length: count }, (_, index) => `c${index} bigint REFERENCES customers`).join()});`;
const CASCADES =
  "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers ON DELETE CASCADE NOT VALID;";

testRule("require-foreign-key-index", {
  fires: [
    {
      title: "in a project that indexes none, where DELETE goes on to this table",
      before: [SHOP, keys(7)],
      migration: CASCADES,
      preset: "recommended",
    },
    {
      title: "in a project that indexes none, and is asked to",
      before: [SHOP, keys(9)],
      migration: KEY,
    },
    {
      title: "with names that are words of SQL",
      before: [
        'CREATE TABLE "user" (id bigint PRIMARY KEY); CREATE TABLE "order" (id bigint PRIMARY KEY, "user" bigint);',
      ],
      migration: 'ALTER TABLE "order" ADD FOREIGN KEY ("user") REFERENCES "user" (id) NOT VALID;',
      says: 'CREATE INDEX CONCURRENTLY ON "order" ("user")',
    },
    {
      title: "on a table in use",
      before: [SHOP],
      migration: KEY,
      severity: "warning",
      table: "orders",
      says: /^Each DELETE of a row of `customers` reads all of `orders`: no index begins with `customer_id`\. Add one: `CREATE INDEX CONCURRENTLY ON orders \(customer_id\)`/,
    },
    {
      title: "in a new table, on a column",
      before: [SHOP],
      migration: "CREATE TABLE n (\n  id int,\n  c bigint REFERENCES customers\n);",
      line: 3,
      says: "Add one: `CREATE INDEX ON n (c)`.",
    },
    {
      title: "in a new table, by itself",
      before: [SHOP],
      migration: "CREATE TABLE n (c bigint, FOREIGN KEY (c) REFERENCES customers);",
    },
    {
      title: "with a new column",
      before: [SHOP],
      migration: "ALTER TABLE orders ADD COLUMN c bigint REFERENCES customers;",
    },
    { title: "two", before: [SHOP], migration: `${KEY} ${PAIR}`, times: 2 },
    {
      title: "an index of one column of two",
      before: [SHOP],
      migration: `CREATE INDEX CONCURRENTLY ON orders (a); ${PAIR}`,
      severity: "info",
      says: "looks through every row of `orders` that shares a part of the key: no index begins with `a, b`",
    },
    {
      title: "an index in which it comes second",
      before: [SHOP],
      migration: `CREATE INDEX ON orders (id, customer_id); ${KEY}`,
    },
    {
      title: "an index of an expression",
      before: [SHOP],
      migration: `CREATE INDEX ON orders ((customer_id + 0)); ${KEY}`,
    },
    {
      title: "an index of some rows",
      before: [SHOP],
      migration: `CREATE INDEX ON orders (customer_id) WHERE a > 0; ${KEY}`,
    },
    {
      title: "a BRIN index",
      before: [SHOP],
      migration: `CREATE INDEX ON orders USING brin (customer_id); ${KEY}`,
    },
    {
      title: "an index that is dropped again",
      before: [SHOP, "CREATE INDEX i ON orders (customer_id);"],
      migration: `${KEY} DROP INDEX i;`,
    },
    {
      title: "quoted, mixed case, qualified",
      before: ['CREATE TABLE "User" (id int PRIMARY KEY);'],
      migration: 'CREATE TABLE "Post" ("authorId" int REFERENCES "public"."User" (id));',
      says: 'ON "Post" ("authorId")',
    },
    {
      title: "inside a DO block",
      before: [SHOP],
      migration: `DO $$ BEGIN ${KEY} EXCEPTION WHEN duplicate_object THEN NULL; END $$;`,
    },
    {
      title: "a later migration indexes another table",
      before: [SHOP],
      migration: `${KEY}\n---\nALTER TABLE customers ADD customer_id int; CREATE INDEX ON customers (customer_id);`,
    },
  ],
  silent: [
    {
      title: "a project that indexes none",
      before: [SHOP, keys(4)],
      migration: KEY,
      preset: "recommended",
    },
    {
      title: "a project that indexes none, where DELETE goes on to this table",
      before: [SHOP, keys(8)],
      migration: CASCADES,
      preset: "recommended",
    },
    {
      title: "a unique column among two",
      before: [SHOP, "CREATE UNIQUE INDEX ON orders (b);"],
      migration: PAIR,
    },
    {
      title: "an index from before",
      before: [SHOP, "CREATE INDEX ON orders (customer_id);"],
      migration: KEY,
    },
    {
      title: "an index in the same migration",
      before: [SHOP],
      migration: `${KEY} CREATE INDEX ON public.orders (customer_id);`,
    },
    {
      title: "an index in a later migration",
      before: [SHOP],
      migration: `${KEY}\n---\nCREATE INDEX CONCURRENTLY ON orders (customer_id);`,
    },
    {
      title: "a unique constraint in a later migration",
      before: [SHOP],
      migration: `${KEY}\n---\nALTER TABLE orders ADD UNIQUE (customer_id);`,
    },
    {
      title: "an index that begins with it",
      before: [SHOP],
      migration: `CREATE INDEX ON orders (customer_id, id); ${KEY}`,
    },
    {
      title: "an index in another order",
      before: [SHOP],
      migration: `CREATE INDEX ON orders (b, a); ${PAIR}`,
    },
    {
      title: "the primary key",
      before: [SHOP],
      migration: "CREATE TABLE n (c bigint PRIMARY KEY REFERENCES customers);",
    },
    {
      title: "a unique column",
      before: [SHOP],
      migration: "CREATE TABLE n (c bigint UNIQUE REFERENCES customers);",
    },
    {
      title: "a hash index",
      before: [SHOP],
      migration: `CREATE INDEX ON orders USING hash (customer_id); ${KEY}`,
    },
    {
      title: "an index of the rows that reference something",
      before: [SHOP],
      migration: `CREATE INDEX ON orders (customer_id) WHERE customer_id IS NOT NULL; ${KEY}`,
    },
    {
      title: "a foreign key that is dropped again",
      before: [SHOP],
      migration: `${KEY} ALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey;`,
    },
    {
      title: "a table that is dropped again",
      before: [SHOP],
      migration: `CREATE TABLE n (c bigint REFERENCES customers); DROP TABLE n;`,
    },
    { title: "a foreign key of the base branch", before: [SHOP, KEY], migration: "SELECT 1;" },
    { title: "in the down script", before: [SHOP], migration: "SELECT 1;", down: KEY },
  ],
});
