import { testRule } from "../rule-table.ts";

const definer = (returns: string, name = "f"): string =>
  `CREATE FUNCTION ${name}() RETURNS ${returns} LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN END';`;

testRule("no-public-definer-function", {
  fires: [
    { title: "a quoted name", migration: definer("int", 's."F"'), says: 's."F"', severity: "info" },
    {
      title: "revoked from another role, or for another function",
      migration: `${definer("int")} REVOKE ALL ON FUNCTION f() FROM app; REVOKE ALL ON FUNCTION g() FROM PUBLIC;`,
    },
  ],
  silent: [
    {
      title: "revoked",
      migration: `${definer("int")} REVOKE ALL ON FUNCTION public.f() FROM PUBLIC;`,
    },
    {
      title: "revoked by a later migration for the schema",
      migration: `${definer("int")}\n---\nREVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;`,
    },
    { title: "a trigger", migration: definer("trigger") },
    { title: "SECURITY INVOKER", migration: definer("int").replace("DEFINER", "INVOKER") },
  ],
});
