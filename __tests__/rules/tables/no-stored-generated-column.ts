import { testRule } from "../rule-table.ts";

const LINES =
  "CREATE TABLE lines (a int, g int GENERATED ALWAYS AS (a) STORED, v int GENERATED ALWAYS AS (a) VIRTUAL);";

testRule("no-stored-generated-column", {
  fires: [
    {
      title: "ADD COLUMN",
      before: [LINES],
      migration: "ALTER TABLE lines ADD COLUMN b int GENERATED ALWAYS AS (a * 2) STORED;",
      severity: "error",
      says: "Add a plain column",
    },
    {
      title: "PostgreSQL 18 has another way",
      before: [LINES],
      migration: "ALTER TABLE lines ADD COLUMN b int GENERATED ALWAYS AS (a * 2) STORED;",
      postgres: [18],
      says: "Make it VIRTUAL",
    },
    {
      title: "SET EXPRESSION",
      before: [LINES],
      migration: "ALTER TABLE lines ALTER COLUMN g SET EXPRESSION AS (a * 3);",
    },
  ],
  silent: [
    {
      title: "VIRTUAL",
      before: [LINES],
      migration: "ALTER TABLE lines ADD COLUMN b int GENERATED ALWAYS AS (a * 2) VIRTUAL;",
    },
    {
      title: "neither word, which PostgreSQL 18 takes for VIRTUAL",
      before: [LINES],
      migration: "ALTER TABLE lines ADD COLUMN b int GENERATED ALWAYS AS (a * 2);",
    },
    {
      title: "SET EXPRESSION of a virtual column",
      before: [LINES],
      migration: "ALTER TABLE lines ALTER COLUMN v SET EXPRESSION AS (a * 3);",
    },
    {
      title: "identity",
      before: [LINES],
      migration: "ALTER TABLE lines ADD COLUMN b int GENERATED ALWAYS AS IDENTITY;",
    },
    {
      title: "a new table",
      migration: `${LINES} ALTER TABLE lines ADD COLUMN b int GENERATED ALWAYS AS (a) STORED;`,
    },
  ],
});
