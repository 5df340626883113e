import { testRule } from "../rule-table.ts";

const TABLES = `CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE notes (id bigint PRIMARY KEY, u bigint CONSTRAINT fk REFERENCES users, n int CONSTRAINT positive CHECK (n > 0));`;

testRule("no-drop-constraint", {
  fires: [
    {
      title: "a foreign key",
      before: [TABLES],
      migration: "ALTER TABLE notes DROP CONSTRAINT fk;",
      says: "Rows that reference nothing may get into `notes`",
      severity: "info",
    },
    {
      title: "a CHECK",
      before: [TABLES],
      migration: "ALTER TABLE notes DROP CONSTRAINT positive;",
      says: "What it kept out",
    },
  ],
  silent: [
    {
      title: "another foreign key of the same columns",
      before: [TABLES],
      migration:
        "ALTER TABLE notes DROP CONSTRAINT fk; ALTER TABLE notes ADD CONSTRAINT fk FOREIGN KEY (u) REFERENCES users ON DELETE CASCADE;",
    },
    {
      title: "the CHECK that proved NOT NULL",
      before: [TABLES, "ALTER TABLE notes ADD CONSTRAINT proof CHECK (n IS NOT NULL);"],
      migration:
        "ALTER TABLE notes ALTER COLUMN n SET NOT NULL; ALTER TABLE notes DROP CONSTRAINT proof;",
    },
    { title: "a new table", migration: `${TABLES} ALTER TABLE notes DROP CONSTRAINT fk;` },
    {
      title: "a key",
      before: [TABLES],
      migration: "ALTER TABLE notes DROP CONSTRAINT notes_pkey;",
    },
  ],
});
