import { testRule } from "../rule-table.ts";

const T = "CREATE TABLE t (id int);";
const RULE = 'CREATE RULE "Keep" AS ON DELETE TO t DO INSTEAD NOTHING;';

testRule("no-rewrite-rule", {
  fires: [
    {
      title: "a table",
      before: [T],
      migration: RULE,
      says: 'rewrites statements on `t` by the rule `"Keep"`',
      severity: "warning",
      table: "t",
    },
    { title: "a new table", migration: `${T} ${RULE}` },
  ],
  silent: [
    {
      title: "a view",
      before: ["CREATE TABLE o (id int); CREATE VIEW t AS SELECT id FROM o;"],
      migration: RULE,
    },
    {
      title: "a trigger",
      before: [T],
      migration: "CREATE TRIGGER x BEFORE DELETE ON t EXECUTE FUNCTION f();",
    },
  ],
});
