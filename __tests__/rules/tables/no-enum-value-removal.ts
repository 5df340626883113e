import { testRule } from "../rule-table.ts";

const BEFORE = `CREATE TYPE state AS ENUM ('draft', 'open', 'closed');
CREATE TABLE tickets (id bigint PRIMARY KEY, state state NOT NULL);`;
const SMALLER = "CREATE TYPE state_new AS ENUM ('open', 'closed');";
const SWAP =
  "ALTER TABLE tickets ALTER COLUMN state TYPE state_new USING (state::text::state_new);";

testRule("no-enum-value-removal", {
  fires: [
    {
      title: "a label less",
      before: [BEFORE],
      migration: `${SMALLER} ${SWAP}`,
      says: "fails as soon as a row of `tickets` holds 'draft' in `state`",
      severity: "warning",
      table: "tickets",
    },
    {
      title: "two labels less",
      before: [BEFORE],
      migration: `CREATE TYPE state_new AS ENUM ('open'); ${SWAP}`,
      says: "one of 'draft', 'closed'",
    },
    {
      title: "rows changed only afterwards",
      before: [BEFORE],
      migration: `${SMALLER} ${SWAP} DELETE FROM tickets WHERE id = 1;`,
    },
  ],
  silent: [
    {
      title: "a label more",
      before: [BEFORE],
      migration: `CREATE TYPE state_new AS ENUM ('draft', 'open', 'closed', 'lost'); ${SWAP}`,
    },
    {
      title: "rows changed before",
      before: [BEFORE],
      migration: `UPDATE tickets SET state = 'open' WHERE state = 'draft'; ${SMALLER} ${SWAP}`,
    },
    {
      title: "rows changed in an earlier migration of the pull request",
      before: [BEFORE],
      migration: `UPDATE tickets SET state = 'open' WHERE state = 'draft';\n---\n${SMALLER} ${SWAP}`,
    },
    {
      title: "labels mapped by USING",
      before: [BEFORE],
      migration: `${SMALLER} ALTER TABLE tickets ALTER COLUMN state TYPE state_new USING (CASE state::text WHEN 'draft' THEN 'open' ELSE state::text END)::state_new;`,
    },
    { title: "an empty table", migration: `${BEFORE} ${SMALLER} ${SWAP}` },
  ],
});
