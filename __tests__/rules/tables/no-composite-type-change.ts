import { testRule } from "../rule-table.ts";

const TYPE = 'CREATE TYPE "Address" AS (street text);';

testRule("no-composite-type-change", {
  fires: [
    {
      title: "ADD ATTRIBUTE",
      before: [TYPE],
      migration: 'ALTER TYPE "Address" ADD ATTRIBUTE city text;',
      says: 'values of `"Address"` by position no longer fits when `city` changes',
      severity: "warning",
    },
    {
      title: "DROP ATTRIBUTE",
      before: [TYPE],
      migration: 'ALTER TYPE "Address" DROP ATTRIBUTE street;',
    },
  ],
  silent: [
    {
      title: "an enum",
      before: ["CREATE TYPE e AS ENUM ('a');"],
      migration: "ALTER TYPE e ADD VALUE 'b' AFTER 'a';",
    },
    { title: "a new type", migration: TYPE },
  ],
});
