import { testRule } from "../rule-table.ts";

const BEFORE = "CREATE TABLE items (id bigint PRIMARY KEY);";

testRule("no-shared-default-in-unique", {
  fires: [
    {
      title: "a constant",
      before: [BEFORE],
      migration: "ALTER TABLE items ADD COLUMN token text DEFAULT 'a' UNIQUE;",
      severity: "error",
      says: /^Adding `token` fails as soon as `items` holds two rows/,
      table: "items",
    },
    {
      title: "a clock, which stands still in a statement, on one of several columns",
      before: ['CREATE TABLE app."Items" (id bigint);'],
      migration:
        'ALTER TABLE app."Items" ADD COLUMN a text, ADD COLUMN "At" timestamptz DEFAULT now() UNIQUE;',
      says: '`"At"` fails as soon as `app."Items"`',
    },
  ],
  silent: [
    {
      title: "a function that gives each row its own",
      before: [BEFORE],
      migration: "ALTER TABLE items ADD COLUMN token uuid DEFAULT gen_random_uuid() UNIQUE;",
    },
    {
      title: "no default",
      before: [BEFORE],
      migration: "ALTER TABLE items ADD COLUMN token text UNIQUE;",
    },
    {
      title: "NULL, which equals nothing",
      before: [BEFORE],
      migration: "ALTER TABLE items ADD COLUMN token text DEFAULT NULL UNIQUE;",
    },
    {
      title: "a table that is new",
      migration: `${BEFORE} ALTER TABLE items ADD COLUMN token text DEFAULT 'a' UNIQUE;`,
    },
    {
      title: "a column that is not unique",
      before: [BEFORE],
      migration: "ALTER TABLE items ADD COLUMN token text DEFAULT 'a';",
    },
  ],
});
