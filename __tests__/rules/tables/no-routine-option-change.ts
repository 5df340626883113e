import { testRule } from "../rule-table.ts";

const F =
  "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE VIEW v AS SELECT 1 AS a;";

testRule("no-routine-option-change", {
  fires: [
    { title: "volatility", before: [F], migration: "ALTER FUNCTION f() STABLE;", says: "use `f`" },
    { title: "security", before: [F], migration: "ALTER FUNCTION f() SECURITY DEFINER;" },
    { title: "a view", before: [F], migration: "ALTER VIEW v SET (security_barrier = true);" },
  ],
  silent: [
    {
      title: "a pinned search_path",
      before: [F],
      migration: "ALTER FUNCTION f() SET search_path = '';",
    },
    { title: "an owner", before: [F], migration: "ALTER FUNCTION f() OWNER TO CURRENT_USER;" },
  ],
});
