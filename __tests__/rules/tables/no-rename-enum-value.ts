import { testRule } from "../rule-table.ts";

const MOOD = "CREATE TYPE mood AS ENUM ('good', 'bad');";

testRule("no-rename-enum-value", {
  fires: [
    {
      title: "a value of the base branch",
      before: [MOOD],
      migration: "ALTER TYPE public.mood RENAME VALUE 'bad' TO 'sad';",
      severity: "error",
      says: /still writes 'bad' to a column of type `mood` fails at once\. Add 'sad'/,
    },
    {
      title: "of a type that nobody made",
      migration: "ALTER TYPE legacy RENAME VALUE 'a' TO 'b';",
    },
  ],
  silent: [
    {
      title: "a new type",
      migration: `${MOOD}\n---\nALTER TYPE mood RENAME VALUE 'bad' TO 'sad';`,
    },
    { title: "ADD VALUE", before: [MOOD], migration: "ALTER TYPE mood ADD VALUE 'sad';" },
    {
      title: "in the down script",
      before: [MOOD],
      migration: "SELECT 1;",
      down: "ALTER TYPE mood RENAME VALUE 'bad' TO 'sad';",
    },
  ],
});
