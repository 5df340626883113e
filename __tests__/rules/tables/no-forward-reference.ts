import { testRule } from "../rule-table.ts";

const LATER = '\n---\nCREATE TABLE s."T" (id int PRIMARY KEY);';

testRule("no-forward-reference", {
  fires: [
    {
      title: "a foreign key",
      migration: `CREATE TABLE u (t int REFERENCES s."T");${LATER}`,
      severity: "error",
      table: 's."T"',
      says: '`s."T"` is created by a later migration only',
    },
    { title: "a view", migration: `CREATE VIEW v AS SELECT * FROM s."T";${LATER}` },
    { title: "a column", migration: `ALTER TABLE s."T" ADD a int;${LATER}` },
    {
      title: "dropped before, made again after",
      before: ['CREATE TABLE s."T" (id int);'],
      migration: `DROP TABLE s."T"; DELETE FROM s."T" WHERE id = 1;${LATER}`,
    },
  ],
  silent: [
    { title: "the right order", migration: `SELECT 1;${LATER}\n---\nALTER TABLE s."T" ADD a int;` },
    {
      title: "a table from before",
      before: ['CREATE TABLE s."T" (id int);'],
      migration: 'ALTER TABLE s."T" ADD a int;',
    },
    { title: "nobody makes it", migration: 'ALTER TABLE s."T" ADD a int;' },
    { title: "DROP IF EXISTS", migration: `DROP TABLE IF EXISTS s."T";${LATER}` },
    {
      title: "a table that references itself",
      migration:
        "CREATE TABLE t (id int PRIMARY KEY, p int REFERENCES t);\n---\nCREATE TABLE u (a int);",
    },
    {
      title: "IF NOT EXISTS: it may be there",
      migration: "INSERT INTO t VALUES (1);\n---\nCREATE TABLE IF NOT EXISTS t (a int);",
    },
    {
      title: "inside a block that may look first",
      migration: `DO $$ BEGIN IF false THEN DELETE FROM s."T"; END IF; END $$;${LATER}`,
    },
  ],
});
