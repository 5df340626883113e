import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const SHOP = `CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);`;
const CHECK = "ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0) NOT VALID;";
const KEY =
  "ALTER TABLE orders ADD CONSTRAINT c FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;";
const VALIDATE = "ALTER TABLE orders VALIDATE CONSTRAINT c;";

testRule("no-validate-in-same-transaction", {
  fires: [
    {
      title: "a CHECK",
      before: [SHOP],
      migration: `${CHECK}\n${VALIDATE}`,
      says: /ACCESS EXCLUSIVE lock of an earlier statement: every read and write waits/,
      line: 2,
    },
    {
      title: "a foreign key",
      before: [SHOP],
      migration: `${KEY} ${VALIDATE}`,
      says: /SHARE ROW EXCLUSIVE lock of an earlier statement: every write waits/,
    },
    {
      title: "between BEGIN and COMMIT",
      before: [SHOP],
      migration: `BEGIN; ${CHECK} ${VALIDATE} COMMIT;`,
      execution: AUTOCOMMIT,
    },
    {
      title: "several statements in one query",
      before: [SHOP],
      migration: `${CHECK} ${VALIDATE}`,
      execution: { transaction: false, sends: "script" },
    },
    {
      title: "after another statement that locks the table",
      before: [SHOP, CHECK],
      migration: `ALTER TABLE orders ADD COLUMN note text; ${VALIDATE}`,
    },
    {
      title: "two actions of one statement, also in autocommit",
      before: [SHOP],
      migration:
        "ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0) NOT VALID, VALIDATE CONSTRAINT c;",
      execution: AUTOCOMMIT,
    },
    {
      title: "a DO block, also in autocommit",
      before: [SHOP],
      migration: `DO $$ BEGIN ${CHECK} ${VALIDATE} END $$;`,
      execution: AUTOCOMMIT,
    },
  ],
  silent: [
    {
      title: "autocommit",
      before: [SHOP],
      migration: `${CHECK} ${VALIDATE}`,
      execution: AUTOCOMMIT,
    },
    {
      title: "a transaction each",
      before: [SHOP],
      migration: `BEGIN; ${CHECK} COMMIT; BEGIN; ${VALIDATE} COMMIT;`,
      execution: AUTOCOMMIT,
    },
    { title: "a migration each", before: [SHOP], migration: `${CHECK}\n---\n${VALIDATE}` },
    {
      title: "after a lock on another table",
      before: [SHOP, CHECK],
      migration: `ALTER TABLE customers ADD COLUMN note text; ${VALIDATE}`,
    },
    {
      title: "after a statement that blocks nothing",
      before: [SHOP, CHECK],
      migration: `COMMENT ON TABLE orders IS 'x'; ${VALIDATE}`,
    },
    { title: "a new table", migration: `${SHOP} ${CHECK} ${VALIDATE}` },
  ],
});
