import { testRule } from "../rule-table.ts";

testRule("no-drop-database", {
  fires: [
    {
      title: "DROP DATABASE",
      migration: "DROP DATABASE shop;",
      severity: "error",
      says: "database `shop` is lost",
    },
    {
      title: "with FORCE",
      migration: 'DROP DATABASE IF EXISTS "Shop" WITH (FORCE);',
      says: '`"Shop"`',
    },
    {
      title: "DROP OWNED",
      migration: "DROP OWNED BY clerk;",
      severity: "error",
      says: "the role owns",
    },
  ],
  silent: [
    { title: "REASSIGN OWNED", migration: "REASSIGN OWNED BY clerk TO owner;" },
    { title: "another object", migration: "DROP PUBLICATION p;" },
  ],
});
