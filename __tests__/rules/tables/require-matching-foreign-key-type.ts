import { testRule } from "../rule-table.ts";

const P = "CREATE TABLE p (id bigint PRIMARY KEY, code text UNIQUE, small int UNIQUE);";

testRule("require-matching-foreign-key-type", {
  fires: [
    {
      title: "an integer that references a bigint",
      before: [P],
      migration: "CREATE TABLE c (\n  p_id int REFERENCES p\n);",
      says: "`p_id` of `c` is int, and `id` of `p`, which it references, is bigint: once the referenced key has grown past int,",
      severity: "warning",
      table: "c",
      line: 2,
    },
    {
      title: "ADD CONSTRAINT",
      before: [P, "CREATE TABLE c (p_id int);"],
      migration: "ALTER TABLE c ADD FOREIGN KEY (p_id) REFERENCES p (id) NOT VALID;",
    },
    {
      title: "ADD COLUMN",
      before: [P, "CREATE TABLE c (id int);"],
      migration: "ALTER TABLE c ADD COLUMN p_id smallint REFERENCES p (small);",
    },
    {
      title: "types that cannot be compared",
      before: [P],
      migration: "CREATE TABLE c (p_id text, FOREIGN KEY (p_id) REFERENCES p (id));",
      says: "fails with SQLSTATE 42804",
      severity: "error",
    },
  ],
  silent: [
    { title: "the same type", before: [P], migration: "CREATE TABLE c (p_id int8 REFERENCES p);" },
    {
      title: "a larger integer",
      before: [P],
      migration: "CREATE TABLE c (p_id bigint REFERENCES p (small));",
    },
    {
      title: "varchar and text",
      before: [P],
      migration: "CREATE TABLE c (code varchar(9) REFERENCES p (code));",
    },
    {
      title: "bigserial",
      before: ["CREATE TABLE q (id bigserial PRIMARY KEY);"],
      migration: "CREATE TABLE c (q bigint REFERENCES q);",
    },
    {
      title: "a table that nobody created",
      migration: "CREATE TABLE c (p_id int REFERENCES p (id));",
    },
  ],
});
