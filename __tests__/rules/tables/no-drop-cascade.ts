import { testRule } from "../rule-table.ts";

const SHOP = `CREATE TABLE customers (id int PRIMARY KEY, email text UNIQUE, name text);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers, email text REFERENCES customers (email));
CREATE VIEW names AS SELECT name FROM customers;
CREATE TYPE mood AS ENUM ('good');
CREATE TABLE moods (mood mood);`;

testRule("no-drop-cascade", {
  fires: [
    {
      title: "a table that others depend on",
      before: [SHOP],
      migration: "DROP TABLE customers CASCADE;",
      severity: "warning",
      table: "customers",
      says: "CASCADE also drops the view `names`, the foreign key `orders_customer_id_fkey` of `orders`, the foreign key `orders_email_fkey` of `orders`.",
    },
    {
      title: "a table on which nothing depends",
      before: [SHOP],
      migration: "DROP TABLE orders CASCADE;",
      severity: "info",
      says: "The migrations show nothing that does",
    },
    {
      title: "the column of a foreign key elsewhere",
      before: [SHOP],
      migration: "ALTER TABLE customers DROP COLUMN email CASCADE;",
      says: /also drops the foreign key `orders_email_fkey` of `orders`\. /,
    },
    {
      title: "the primary key",
      before: [SHOP],
      migration: "ALTER TABLE customers DROP CONSTRAINT customers_pkey CASCADE;",
      says: /also drops the foreign key `orders_customer_id_fkey` of `orders`\. /,
    },
    {
      title: "a type of a column, which goes with its values",
      before: [SHOP],
      migration: "DROP TYPE mood CASCADE;",
      severity: "error",
      says: "the column `mood` of `moods` with all its values",
    },
    {
      title: "a view on which another is built",
      before: [SHOP, "CREATE VIEW n2 AS SELECT name FROM names;"],
      migration: "DROP VIEW names CASCADE;",
      says: "the view `n2`",
    },
    {
      title: "an extension",
      migration: "DROP EXTENSION citext CASCADE;",
      says: "whatever else uses what it names",
    },
    { title: "a function", migration: "DROP FUNCTION f() CASCADE;" },
    {
      title: "inside a DO block",
      before: [SHOP],
      migration: "DO $$ BEGIN DROP TABLE customers CASCADE; END $$;",
    },
    {
      title: "several objects in one DROP, once",
      before: [SHOP],
      migration: "DROP TABLE customers, orders, moods CASCADE;",
      says: "CASCADE also drops the view `names`. Drop",
    },
    {
      title: "a view that is not made again",
      before: [
        SHOP,
        "CREATE VIEW n2 AS SELECT name FROM names; CREATE VIEW n3 AS SELECT name FROM names;",
      ],
      migration:
        "DROP VIEW names CASCADE; CREATE VIEW names AS SELECT 1 AS name; CREATE VIEW n2 AS SELECT 1 AS a;",
      says: "CASCADE also drops the view `n3`. Drop",
    },
    {
      title: "each of two statements",
      before: [SHOP],
      migration: "DROP TABLE moods CASCADE; DROP TABLE orders CASCADE;",
      times: 2,
    },
    {
      title: "a unique constraint",
      before: [SHOP],
      migration: "ALTER TABLE customers DROP CONSTRAINT customers_email_key CASCADE;",
      says: /also drops the foreign key `orders_email_fkey` of `orders`\. /,
    },
  ],
  silent: [
    {
      title: "a new column",
      before: [SHOP],
      migration: "ALTER TABLE orders ADD a int; ALTER TABLE orders DROP a CASCADE;",
    },
    {
      title: "Prisma's swap of an enum",
      before: [SHOP],
      migration: `CREATE TYPE mood_new AS ENUM ('good', 'bad');
ALTER TABLE moods ALTER COLUMN mood TYPE mood_new USING (mood::text::mood_new);
ALTER TYPE mood RENAME TO mood_old;
ALTER TYPE mood_new RENAME TO mood;
DROP TYPE mood_old;`,
    },
    { title: "without CASCADE", before: [SHOP], migration: "DROP TABLE orders;" },
    { title: "RESTRICT", before: [SHOP], migration: "DROP TABLE orders RESTRICT;" },
    { title: "a new table", migration: `${SHOP} DROP TABLE customers CASCADE;` },
    { title: "a new type", migration: `${SHOP} DROP TYPE mood CASCADE;` },
    {
      title: "a new view",
      before: [SHOP],
      migration: "CREATE VIEW v AS SELECT 1 AS a; DROP VIEW v CASCADE;",
    },
    {
      title: "a schema, which has a rule of its own",
      before: ["CREATE SCHEMA a;"],
      migration: "DROP SCHEMA a CASCADE;",
    },
    { title: "in the down script", migration: SHOP, down: "DROP TABLE customers CASCADE;" },
    {
      title: "ON DELETE CASCADE",
      before: [SHOP],
      migration:
        "ALTER TABLE orders ADD FOREIGN KEY (email) REFERENCES customers (email) ON DELETE CASCADE;",
    },
  ],
});
