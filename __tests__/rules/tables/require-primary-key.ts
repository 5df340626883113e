import { testRule } from "../rule-table.ts";

testRule("require-primary-key", {
  fires: [
    {
      title: "a quoted name",
      migration: 'CREATE TABLE s."T" (a int);',
      severity: "info",
      table: 's."T"',
      says: 'rows of `s."T"`',
    },
    {
      title: "a table that is published as soon as it is there",
      before: ["CREATE PUBLICATION p FOR ALL TABLES;"],
      migration: "CREATE TABLE t (a int);",
      says: "Every UPDATE and DELETE of `t` fails with SQLSTATE 55000: the publication `p` sends them",
      severity: "error",
    },
    {
      title: "a published table that sends whole rows",
      before: ["CREATE PUBLICATION p FOR ALL TABLES;"],
      migration: "CREATE TABLE t (a int); ALTER TABLE t REPLICA IDENTITY FULL;",
      severity: "info",
    },
    { title: "a unique column that may be NULL", migration: "CREATE TABLE t (a int UNIQUE);" },
    {
      title: "a partial unique index",
      migration: "CREATE TABLE t (a int NOT NULL); CREATE UNIQUE INDEX ON t (a) WHERE a > 0;",
    },
    {
      title: "LIKE is not asked, INHERITS neither: the plain one is",
      migration: "CREATE TABLE t (a int); CREATE TABLE u (LIKE t); CREATE TABLE v () INHERITS (t);",
      table: "t",
    },
  ],
  silent: [
    { title: "a key on a column", migration: "CREATE TABLE t (a int PRIMARY KEY);" },
    {
      title: "a key that is added later",
      migration: "CREATE TABLE t (a int); ALTER TABLE t ADD PRIMARY KEY (a);",
    },
    {
      title: "a key of a later migration",
      migration: "CREATE TABLE t (a int);\n---\nALTER TABLE public.t ADD PRIMARY KEY (a);",
    },
    {
      title: "Prisma's table between two others",
      migration:
        'CREATE TABLE "_AToB" ("A" int NOT NULL, "B" int NOT NULL); CREATE UNIQUE INDEX "_AToB_AB_unique" ON "_AToB"("A", "B");',
    },
    { title: "a temporary table", migration: "CREATE TEMP TABLE t (a int);" },
    {
      title: "partitions",
      migration:
        "CREATE TABLE t (a int) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);",
    },
    { title: "dropped again", migration: "CREATE TABLE t (a int); DROP TABLE t;" },
  ],
});
