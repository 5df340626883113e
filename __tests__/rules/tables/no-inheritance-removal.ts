import { testRule } from "../rule-table.ts";

const T = 'CREATE TABLE "People" (id int); CREATE TABLE staff () INHERITS ("People");';
const REMOVE = 'ALTER TABLE staff NO INHERIT "People";';

testRule("no-inheritance-removal", {
  fires: [
    {
      title: "a table in use",
      before: [T],
      migration: REMOVE,
      says: 'Queries on `"People"` no longer return the rows of `staff`',
      severity: "warning",
    },
  ],
  silent: [
    {
      title: "INHERIT",
      before: ["CREATE TABLE p (id int); CREATE TABLE c (id int);"],
      migration: "ALTER TABLE c INHERIT p;",
    },
    { title: "new tables", migration: `${T} ${REMOVE}` },
  ],
});
