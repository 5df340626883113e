import { testRule } from "../rule-table.ts";

const f = (parameters: string): string =>
  `CREATE OR REPLACE FUNCTION f(${parameters}) RETURNS int LANGUAGE sql AS 'SELECT 1';`;

testRule("no-ambiguous-overload", {
  fires: [
    {
      title: "a further parameter with a default",
      before: [f("a int")],
      migration: f("a int, b int DEFAULT 1"),
      says: "`f(int)` stays beside this one, and a call with its parameters fits both",
      severity: "error",
    },
    {
      title: "a parameter less",
      before: [f("a int, b text DEFAULT 'x'")],
      migration: f("a integer"),
    },
    { title: "from none", before: [f("")], migration: f("a int = 1") },
  ],
  silent: [
    { title: "without a default", before: [f("a int")], migration: f("a int, b int") },
    { title: "another type", before: [f("a int")], migration: f("a text, b int DEFAULT 1") },
    { title: "a replacement", before: [f("a int")], migration: f("a int DEFAULT 1") },
    {
      title: "the old one dropped before",
      before: [f("a int")],
      migration: `DROP FUNCTION f(int); ${f("a int, b int DEFAULT 1")}`,
    },
    {
      title: "the old one dropped afterwards",
      before: [f("a int")],
      migration: `${f("a int, b int DEFAULT 1")} DROP FUNCTION f(int);`,
    },
    {
      title: "another function",
      before: [f("a int")],
      migration: f("a int, b int DEFAULT 1").replace(" f(", " g("),
    },
  ],
});
