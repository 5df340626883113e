import { testRule } from "../rule-table.ts";

const LONG = `a${"b".repeat(63)}`;
const FIT = "c".repeat(63);

testRule("no-long-identifier", {
  fires: [
    {
      title: "a table",
      migration: `CREATE TABLE ${LONG} (id int PRIMARY KEY);`,
      says: `PostgreSQL cuts \`${LONG}\` to 63 bytes, \`${LONG.slice(0, 63)}\`, without an error`,
      severity: "warning",
    },
    {
      title: "a column",
      before: ["CREATE TABLE t (id int);"],
      migration: `ALTER TABLE t ADD "${LONG}" int;`,
    },
    {
      title: "a constraint",
      migration: `CREATE TABLE t (id int, CONSTRAINT ${LONG} CHECK (id > 0));`,
    },
    {
      title: "letters that PostgreSQL lowers",
      migration: `CREATE TABLE A${"b".repeat(63)} (id int);`,
      says: `\`${LONG.slice(0, 63)}\`, without an error`,
    },
    {
      title: "letters that quotes keep",
      migration: `CREATE TABLE "A${"b".repeat(63)}" (id int);`,
      says: `\`A${"b".repeat(62)}\`, without an error`,
    },
    {
      title: "characters of several bytes",
      migration: `CREATE TABLE "${"ä".repeat(32)}" (id int);`,
    },
  ],
  silent: [
    { title: "a drop, which cuts the name as well", migration: `DROP INDEX ${LONG};` },
    { title: "63 bytes", migration: `CREATE TABLE ${FIT} (id int);` },
    { title: "a long text", migration: `INSERT INTO t (a) VALUES ('${LONG}');` },
    { title: "a long text in a comment", migration: `-- ${LONG}\nSELECT 1;` },
    { title: "a long text in a default", migration: `CREATE TABLE t (a text DEFAULT '${LONG}');` },
  ],
});
