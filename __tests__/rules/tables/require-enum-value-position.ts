import { testRule } from "../rule-table.ts";

const MOOD = "CREATE TYPE mood AS ENUM ('a', 'c');";

testRule("require-enum-value-position", {
  fires: [
    {
      title: "no position",
      before: [MOOD],
      migration: "ALTER TYPE mood ADD VALUE 'b';",
      says: "'b' sorts after every other value of `mood`",
      severity: "info",
    },
    {
      title: "a type that nobody created",
      migration: "ALTER TYPE \"Mood\" ADD VALUE IF NOT EXISTS 'b';",
    },
  ],
  silent: [
    { title: "AFTER", before: [MOOD], migration: "ALTER TYPE mood ADD VALUE 'b' AFTER 'a';" },
    { title: "BEFORE", before: [MOOD], migration: "ALTER TYPE mood ADD VALUE 'b' BEFORE 'c';" },
    { title: "a new type", migration: `${MOOD} ALTER TYPE mood ADD VALUE 'b';` },
  ],
});
