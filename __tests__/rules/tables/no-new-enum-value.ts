import { testRule } from "../rule-table.ts";

const STATE = "CREATE TYPE state AS ENUM ('open');";

testRule("no-new-enum-value", {
  fires: [
    {
      title: "a label",
      before: [STATE],
      migration: "ALTER TYPE state ADD VALUE 'lost' AFTER 'open';",
      says: "reads 'lost' of `state`",
    },
  ],
  silent: [{ title: "a new type", migration: `${STATE} ALTER TYPE state ADD VALUE 'lost';` }],
});
