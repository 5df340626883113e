import { testRule } from "../rule-table.ts";

const T = "CREATE TABLE t (id int, a int DEFAULT 1);";

testRule("no-default-change", {
  fires: [
    {
      title: "SET DEFAULT",
      before: [T],
      migration: "ALTER TABLE t ALTER a SET DEFAULT 2;",
      says: "leaves `a` of `t` out writes another value",
      severity: "warning",
    },
    {
      title: "DROP DEFAULT",
      before: [T],
      migration: "ALTER TABLE t ALTER a DROP DEFAULT;",
      says: "gets no value",
    },
    {
      title: "dropped and set again: once",
      before: [T],
      migration: "ALTER TABLE t ALTER a DROP DEFAULT; ALTER TABLE t ALTER a SET DEFAULT 2;",
    },
  ],
  silent: [
    {
      title: "a first default of a NOT NULL column",
      before: ["CREATE TABLE t (id int, a int NOT NULL);"],
      migration: "ALTER TABLE t ALTER a SET DEFAULT 2;",
    },
    {
      title: "a new column",
      before: [T],
      migration: "ALTER TABLE t ADD b int; ALTER TABLE t ALTER b SET DEFAULT 2;",
    },
    { title: "a new table", migration: `${T} ALTER TABLE t ALTER a SET DEFAULT 2;` },
  ],
});
