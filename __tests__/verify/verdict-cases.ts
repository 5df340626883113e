import type { DownVerdict, Verification } from "../../src/core/verification.ts";
import type { WrittenPair } from "./scripts.ts";

/** Tables with rows, on which the cases are run. */
export const ORDERS = `
CREATE TABLE customers (id bigserial PRIMARY KEY, name text NOT NULL, loud text GENERATED ALWAYS AS (upper(name)) STORED);
CREATE TABLE orders (
  id bigserial PRIMARY KEY, customer_id bigint REFERENCES customers, note varchar(20) NOT NULL DEFAULT 'none',
  amount numeric(10, 2) CHECK (amount > 0), state text UNIQUE);
CREATE INDEX orders_customer ON orders (customer_id);
COMMENT ON COLUMN orders.note IS 'what the customer said';
CREATE TABLE notes (a int, b int);
INSERT INTO customers (name) VALUES ('Ada'), ('Grace');
INSERT INTO orders (customer_id, note, amount) VALUES (1, 'first', 10), (2, 'second', 20)`;

export interface Case {
  readonly what: string;
  readonly up: string;
  readonly down: WrittenPair["down"];
  readonly verdict: DownVerdict;
  /** Names of what differs after the down, a tilde before cosmetic ones. */
  readonly left?: readonly string[];
  readonly again?: Verification["upAgain"]["outcome"];
}

const EXACT: readonly Case[] = [
  {
    what: "a column that is added and dropped",
    up: "ALTER TABLE orders ADD COLUMN paid boolean NOT NULL DEFAULT false",
    down: "ALTER TABLE orders DROP COLUMN paid",
    verdict: "exact",
  },
  {
    what: "a table with everything that hangs on it",
    up: "CREATE TABLE items (id serial PRIMARY KEY, order_id bigint REFERENCES orders); CREATE INDEX ON items (order_id); INSERT INTO items (order_id) VALUES (1)",
    down: "DROP TABLE items",
    verdict: "exact",
  },
  {
    what: "an enum that is dropped with its column",
    up: "CREATE TYPE mood AS ENUM ('good', 'bad'); ALTER TABLE orders ADD COLUMN mood mood",
    down: "ALTER TABLE orders DROP COLUMN mood; DROP TYPE mood",
    verdict: "exact",
  },
  {
    what: "rows that are inserted and deleted",
    up: "INSERT INTO customers (name) VALUES ('Alan')",
    down: "DELETE FROM customers WHERE name = 'Alan'",
    verdict: "exact",
  },
  {
    what: "a type that is widened and narrowed without loss",
    up: "ALTER TABLE orders ALTER COLUMN note TYPE text",
    down: "ALTER TABLE orders ALTER COLUMN note TYPE varchar(20)",
    verdict: "exact",
  },
  {
    what: "a grant that is revoked leaves an explicit list that says nothing",
    up: "CREATE ROLE reader; GRANT SELECT ON orders TO reader",
    down: "REVOKE SELECT ON orders FROM reader; DROP ROLE reader",
    verdict: "exact",
  },
  {
    what: "nothing to undo for an up that changes nothing",
    up: "ANALYZE orders",
    down: "SELECT 1",
    verdict: "exact",
  },
  {
    what: "the next value of a sequence is not compared",
    up: "SELECT nextval('orders_id_seq')",
    down: "SELECT nextval('orders_id_seq')",
    verdict: "exact",
  },
];

const COSMETIC: readonly Case[] = [
  {
    what: "a column of a table without rows goes last when it is added again",
    up: "ALTER TABLE notes DROP COLUMN a",
    down: "ALTER TABLE notes ADD COLUMN a int",
    verdict: "cosmetic",
    left: ["~notes"],
  },
  {
    what: "a constraint that comes back under another generated name",
    up: "ALTER TABLE orders DROP CONSTRAINT orders_state_key; CREATE TABLE orders_state_key ()",
    down: "ALTER TABLE orders ADD UNIQUE (state); DROP TABLE orders_state_key",
    verdict: "cosmetic",
    left: ["~orders_state_key on orders"],
    again: "failed",
  },
  {
    what: "a sequence that comes back under another generated name, and the default that draws from it",
    up: "ALTER TABLE orders ALTER id DROP DEFAULT; DROP SEQUENCE orders_id_seq",
    down: `CREATE SEQUENCE orders_id_seq1 OWNED BY orders.id; SELECT setval('orders_id_seq1', 2); ALTER TABLE orders ALTER id SET DEFAULT nextval('orders_id_seq1')`,
    verdict: "cosmetic",
    left: ["~orders_id_seq"],
    again: "failed",
  },
  {
    what: "a NOT NULL constraint that comes back under another name (PostgreSQL 18)",
    up: "ALTER TABLE customers ALTER name DROP NOT NULL",
    down: "ALTER TABLE customers ADD CONSTRAINT customers_has_name NOT NULL name",
    verdict: "cosmetic",
    left: ["~customers.name"],
  },
  {
    what: "a foreign key under a name of somebody's choice is not cosmetic",
    up: "ALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey",
    down: "ALTER TABLE orders ADD CONSTRAINT who_ordered FOREIGN KEY (customer_id) REFERENCES customers",
    verdict: "partial",
    left: ["orders_customer_id_fkey on orders"],
    again: "failed",
  },
];

const LOST: readonly Case[] = [
  {
    what: "the values of a column",
    up: "ALTER TABLE orders DROP COLUMN amount",
    down: "ALTER TABLE orders ADD COLUMN amount numeric(10, 2) CHECK (amount > 0)",
    verdict: "schema-only",
    left: ["~orders"],
  },
  {
    what: "the rows of a table",
    up: "DROP TABLE orders",
    down: `CREATE TABLE orders (
      id bigserial PRIMARY KEY, customer_id bigint REFERENCES customers, note varchar(20) NOT NULL DEFAULT 'none',
      amount numeric(10, 2) CHECK (amount > 0), state text UNIQUE);
      CREATE INDEX orders_customer ON orders (customer_id);
      COMMENT ON COLUMN orders.note IS 'what the customer said'`,
    verdict: "schema-only",
  },
  {
    what: "values that an update overwrote",
    up: "UPDATE orders SET note = upper(note)",
    down: "UPDATE orders SET note = initcap(note)",
    verdict: "schema-only",
  },
  {
    what: "rows that up inserted and down left",
    up: "CREATE TABLE plans (id int); INSERT INTO customers (name) VALUES ('Alan')",
    down: "DROP TABLE plans",
    verdict: "schema-only",
  },
  {
    what: "values that were exchanged between rows",
    up: "UPDATE orders SET note = CASE id WHEN 1 THEN 'second' ELSE 'first' END; CREATE TABLE done ()",
    down: "DROP TABLE done",
    verdict: "schema-only",
  },
];

const PARTIAL: readonly Case[] = [
  {
    what: "an enum that is left behind",
    up: "CREATE TYPE mood AS ENUM ('good', 'bad'); ALTER TABLE orders ADD COLUMN mood mood",
    down: "ALTER TABLE orders DROP COLUMN mood",
    verdict: "partial",
    left: ["mood"],
    again: "failed",
  },
  {
    what: "a default that is not restored",
    up: "ALTER TABLE orders ALTER note DROP DEFAULT",
    down: "ALTER TABLE orders ALTER note SET DEFAULT ''",
    verdict: "partial",
    left: ["orders.note"],
  },
  {
    what: "a comment that is not restored",
    up: "ALTER TABLE orders DROP COLUMN note",
    down: "ALTER TABLE orders ADD COLUMN note varchar(20) NOT NULL DEFAULT 'none'",
    verdict: "partial",
    left: ["orders.note", "~orders"],
  },
  {
    what: "a grant that is not restored",
    up: "CREATE ROLE reader; GRANT SELECT ON orders TO reader; ALTER TABLE customers ADD vip boolean",
    down: "ALTER TABLE customers DROP vip",
    verdict: "partial",
    left: ["reader", "orders"],
    again: "failed",
  },
  {
    what: "a down of another object",
    up: "ALTER TABLE orders ADD COLUMN paid boolean",
    down: "DROP INDEX orders_customer",
    verdict: "partial",
    left: ["orders_customer on orders", "orders.paid"],
    again: "failed",
  },
  {
    what: "a down that removes too much",
    up: "CREATE VIEW cheap AS SELECT * FROM orders WHERE amount < 5",
    down: "DROP VIEW cheap; DROP INDEX orders_customer",
    verdict: "partial",
    left: ["orders_customer on orders"],
    again: "failed",
  },
  {
    what: "values of an enum in another order",
    up: "CREATE TYPE mood AS ENUM ('good', 'bad'); DROP TYPE mood; CREATE TYPE mood AS ENUM ('bad')",
    down: "CREATE TYPE mood2 AS ENUM ('good', 'bad'); DROP TYPE mood; ALTER TYPE mood2 RENAME TO mood",
    verdict: "partial",
    left: ["mood"],
    again: "failed",
  },
];

const OTHERS: readonly Case[] = [
  {
    what: "a down that only says that it worked",
    up: "ALTER TABLE orders ADD COLUMN paid boolean",
    down: "SELECT 1",
    verdict: "no-op",
    left: ["orders.paid"],
    again: "failed",
  },
  {
    what: "a down of comments only",
    up: "INSERT INTO customers (name) VALUES ('Alan')",
    down: "-- nothing to do\n",
    verdict: "no-op",
  },
  {
    what: "a down that fails",
    up: "ALTER TABLE orders ADD COLUMN paid boolean",
    down: "ALTER TABLE orders DROP COLUMN payed",
    verdict: "fails",
    again: "not-run",
  },
  {
    what: "no down",
    up: "ALTER TABLE orders ADD COLUMN paid boolean",
    down: { absent: "missing" },
    verdict: "missing",
    again: "not-run",
  },
  {
    what: "a framework that goes forward only",
    up: "ALTER TABLE orders ADD COLUMN paid boolean",
    down: { absent: "forward-only" },
    verdict: "not-run",
    again: "not-run",
  },
  {
    what: "a repeatable migration",
    up: "CREATE OR REPLACE VIEW cheap AS SELECT 1",
    down: { absent: "repeatable" },
    verdict: "not-run",
    again: "not-run",
  },
];

/** Migrations with the verdict that their down deserves, by verdict. */
export const VERDICTS: readonly (readonly [string, readonly Case[]])[] = [
  ["exact", EXACT],
  ["cosmetic", COSMETIC],
  ["schema-only", LOST],
  ["partial", PARTIAL],
  ["others", OTHERS],
];
