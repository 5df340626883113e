import { testRule } from "../rule-table.ts";

const DOMAIN = "CREATE DOMAIN score AS int;";
const GAMES = `${DOMAIN} CREATE TABLE games (id int, result score); CREATE TABLE "Cups" (best score);`;
const ADD = "ALTER DOMAIN score ADD CONSTRAINT positive CHECK (VALUE >= 0);";

testRule("no-domain-scan", {
  fires: [
    {
      title: "ADD CONSTRAINT",
      before: [GAMES],
      migration: ADD,
      says: 'This constraint reads every row of `games`, `"Cups"` under a SHARE lock',
      severity: "error",
    },
    {
      title: "SET NOT NULL",
      before: [GAMES],
      migration: "ALTER DOMAIN public.score SET NOT NULL;",
      says: "Add CHECK (VALUE IS NOT NULL) with NOT VALID instead",
    },
  ],
  silent: [
    { title: "NOT VALID", before: [GAMES], migration: ADD.replace(";", " NOT VALID;") },
    { title: "a domain that no table uses", before: [DOMAIN], migration: ADD },
    { title: "a new table", before: [DOMAIN], migration: `CREATE TABLE t (a score); ${ADD}` },
    {
      title: "VALIDATE, which has no weaker form",
      before: [GAMES, ADD.replace(";", " NOT VALID;")],
      migration: "ALTER DOMAIN score VALIDATE CONSTRAINT positive;",
    },
    { title: "SET DEFAULT", before: [GAMES], migration: "ALTER DOMAIN score SET DEFAULT 0;" },
  ],
});
