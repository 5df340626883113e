import { testRule } from "../rule-table.ts";

const definer = (clauses: string, name = "f"): string =>
  `CREATE OR REPLACE FUNCTION ${name}() RETURNS int LANGUAGE sql ${clauses} AS 'SELECT 1';`;

testRule("require-function-search-path", {
  fires: [
    {
      title: "a quoted name",
      migration: definer("SECURITY DEFINER", 's."F"'),
      severity: "warning",
      says: 'calls `s."F"`',
    },
    {
      title: "a procedure",
      migration: "CREATE PROCEDURE p() LANGUAGE sql SECURITY DEFINER AS '';",
    },
    { title: "another setting", migration: definer("SECURITY DEFINER SET work_mem = '1MB'") },
    { title: "ALTER FUNCTION", migration: "ALTER FUNCTION f() SECURITY DEFINER;" },
    {
      title: "the path of another function",
      migration: `${definer("SECURITY DEFINER")} ALTER FUNCTION g() SET search_path = '';`,
    },
  ],
  silent: [
    { title: "a path of its own", migration: definer("SECURITY DEFINER SET search_path TO 'a'") },
    { title: "SECURITY INVOKER", migration: definer("SECURITY INVOKER") },
    {
      title: "a path that a later statement sets",
      migration: `${definer("SECURITY DEFINER")} ALTER FUNCTION public.f() SET search_path = '';`,
    },
    {
      title: "a path that a later migration sets",
      migration: `${definer("SECURITY DEFINER")}\n---\nALTER FUNCTION f() SET search_path = '';`,
    },
    {
      title: "made anew with a path",
      migration: `${definer("SECURITY DEFINER")} ${definer("SECURITY DEFINER SET search_path = ''")}`,
    },
    {
      title: "ALTER FUNCTION with a path",
      migration: "ALTER FUNCTION f() SECURITY DEFINER SET search_path = '';",
    },
    { title: "ALTER FUNCTION to INVOKER", migration: "ALTER FUNCTION f() SECURITY INVOKER;" },
    {
      title: "a function in C",
      migration: "CREATE FUNCTION f() RETURNS int LANGUAGE c SECURITY DEFINER AS 'lib', 'f';",
    },
  ],
});
