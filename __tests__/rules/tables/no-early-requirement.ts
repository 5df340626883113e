import { testRule } from "../rule-table.ts";

const ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, note text);";
const ADD = "ALTER TABLE orders ADD COLUMN region text;";
const FILLED = "ALTER TABLE orders ADD COLUMN region text NOT NULL DEFAULT 'eu';";
const CHECK =
  "ALTER TABLE orders ADD CONSTRAINT r CHECK (region IS NOT NULL AND region <> '') NOT VALID;";

testRule("no-early-requirement", {
  fires: [
    {
      title: "a CHECK that is not valid",
      before: [ORDERS],
      migration: `${ADD} ${CHECK}`,
      says: "Every INSERT into `orders` by the release that runs fails",
      severity: "warning",
    },
    {
      title: "SET NOT NULL after a backfill",
      before: [ORDERS],
      migration: `${ADD} UPDATE orders SET region = 'eu' WHERE id = 1; ALTER TABLE orders ALTER COLUMN region SET NOT NULL;`,
    },
    {
      title: "in the next migration of the same pull request",
      before: [ORDERS],
      migration: `${ADD}\n---\n${CHECK}`,
    },
    {
      title: "a default that is dropped at once",
      before: [ORDERS],
      migration: `${FILLED} ALTER TABLE orders ALTER COLUMN region DROP DEFAULT;`,
      says: "it gives `region`, which is new, no value",
    },
    {
      title: "NOT NULL as a constraint",
      before: [ORDERS],
      migration: `${ADD} ALTER TABLE orders ADD CONSTRAINT r NOT NULL region NOT VALID;`,
    },
  ],
  silent: [
    { title: "a default that stays", before: [ORDERS], migration: FILLED },
    {
      title: "a default and a CHECK",
      before: [ORDERS],
      migration: `ALTER TABLE orders ADD COLUMN region text DEFAULT 'eu'; ${CHECK}`,
    },
    {
      title: "a column that an earlier pull request added",
      before: [ORDERS, ADD],
      migration: CHECK,
    },
    {
      title: "a CHECK that NULL passes",
      before: [ORDERS],
      migration: `${ADD} ALTER TABLE orders ADD CONSTRAINT r CHECK (region <> '') NOT VALID;`,
    },
    {
      title: "a trigger that gives the value",
      before: [
        ORDERS,
        "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';",
      ],
      migration: `${ADD} CREATE TRIGGER fill BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION fill(); ${CHECK}`,
    },
    { title: "a new table", migration: `${ORDERS} ${ADD} ${CHECK}` },
    {
      title: "the default of a column that may be NULL",
      before: [ORDERS],
      migration:
        "ALTER TABLE orders ADD COLUMN region text DEFAULT 'eu'; ALTER TABLE orders ALTER COLUMN region DROP DEFAULT;",
    },
    {
      title: "another default in place of the first",
      before: [ORDERS],
      migration: `${FILLED} ALTER TABLE orders ALTER COLUMN region DROP DEFAULT; ALTER TABLE orders ALTER COLUMN region SET DEFAULT 'us';`,
    },
  ],
});
