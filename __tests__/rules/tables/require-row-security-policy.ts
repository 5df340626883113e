import { testRule } from "../rule-table.ts";

const TABLE = "CREATE TABLE docs (id bigint PRIMARY KEY, owner name);";
const POLICY = "CREATE POLICY own ON docs USING (owner = current_user);";
const ENABLE = "ALTER TABLE docs ENABLE ROW LEVEL SECURITY;";

testRule("require-row-security-policy", {
  fires: [
    {
      title: "a table in use",
      before: [TABLE],
      migration: ENABLE,
      severity: "warning",
      table: "docs",
      says: "Everyone but the owner of `docs` sees none",
    },
    {
      title: "the last policy dropped",
      before: [TABLE + ENABLE + POLICY],
      migration: "DROP POLICY own ON public.docs;",
      says: "no policy is left",
    },
    {
      title: "a policy of another table",
      before: [`${TABLE} CREATE TABLE other (a int);`],
      migration: `${ENABLE} CREATE POLICY p ON other USING (true);`,
    },
    { title: "enabled twice, told once", before: [TABLE], migration: ENABLE + ENABLE },
  ],
  silent: [
    { title: "a policy with it", before: [TABLE], migration: POLICY + ENABLE },
    {
      title: "a policy of a later migration",
      before: [TABLE],
      migration: `${ENABLE}\n---\n${POLICY}`,
    },
    { title: "a policy from before", before: [TABLE + POLICY], migration: ENABLE },
    { title: "a new table", migration: TABLE + ENABLE },
    {
      title: "one of two policies dropped",
      before: [`${TABLE}${ENABLE}${POLICY} CREATE POLICY two ON docs USING (true);`],
      migration: "DROP POLICY own ON docs;",
    },
    {
      title: "a policy dropped where row security is off",
      before: [TABLE + POLICY],
      migration: "DROP POLICY own ON docs;",
    },
    { title: "a table that the history does not know", migration: ENABLE },
  ],
});
