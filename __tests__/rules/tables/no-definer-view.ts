import { testRule } from "../rule-table.ts";

const DOCUMENTS = `CREATE TABLE documents (id bigint PRIMARY KEY, title text);
ALTER TABLE documents ENABLE ROW LEVEL SECURITY;`;
const VIEW = "CREATE VIEW titles AS SELECT title FROM documents;";

testRule("no-definer-view", {
  fires: [
    {
      title: "a view",
      before: [DOCUMENTS],
      migration: VIEW,
      says: "Whoever may read `titles` sees rows of `documents`",
      severity: "warning",
    },
    {
      title: "a materialized view",
      before: [DOCUMENTS],
      migration: "CREATE MATERIALIZED VIEW titles AS SELECT title FROM documents;",
      severity: "info",
    },
    {
      title: "a view that says no",
      before: [DOCUMENTS],
      migration: VIEW.replace("AS", "WITH (security_invoker = false) AS"),
    },
    {
      title: "row security that comes later in the migration",
      before: ["CREATE TABLE documents (id bigint PRIMARY KEY, title text);"],
      migration: `${VIEW} ALTER TABLE documents ENABLE ROW LEVEL SECURITY;`,
    },
  ],
  silent: [
    {
      title: "an invoker's view",
      before: [DOCUMENTS],
      migration: VIEW.replace("AS", "WITH (security_invoker) AS"),
    },
    {
      title: "one that is set so after it",
      before: [DOCUMENTS],
      migration: `${VIEW} ALTER VIEW titles SET (security_invoker = true);`,
    },
    {
      title: "a table without row security",
      before: ["CREATE TABLE documents (id bigint PRIMARY KEY, title text);"],
      migration: VIEW,
    },
    {
      title: "a PostgreSQL that knows no such view",
      before: [DOCUMENTS],
      migration: VIEW,
      postgres: [14],
    },
  ],
});
