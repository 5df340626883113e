import { testRule } from "../rule-table.ts";

const T =
  'CREATE TYPE pair AS (x int, y int); CREATE TABLE t (id bigint PRIMARY KEY, a int, list int[], p pair, "Mixed" int);';

testRule("no-repeated-column", {
  fires: [
    {
      title: "UPDATE",
      before: [T],
      migration: "UPDATE t SET a = 1, a = 2 WHERE id = 1;",
      severity: "error",
      says: "fails with SQLSTATE 42601: it sets `a` of `t` twice",
      table: "t",
    },
    {
      title: "INSERT",
      before: [T],
      migration: "INSERT INTO t (id, a, a) VALUES (1, 2, 3) ON CONFLICT DO NOTHING;",
      says: "fails with SQLSTATE 42701: it lists `a` of `t` twice",
    },
    {
      title: "a list of columns",
      before: [T],
      migration: "UPDATE public.t SET (a, id) = (1, 2), a = 3 WHERE id = 1;",
    },
    {
      title: "a quoted name",
      before: [T],
      migration: 'UPDATE t SET "Mixed" = 1, "Mixed" = 2 WHERE id = 1;',
      says: '`"Mixed"`',
    },
    { title: "a table that nobody made", migration: "UPDATE t SET a = 1, A = 2 WHERE id = 1;" },
  ],
  silent: [
    { title: "once", before: [T], migration: "UPDATE t SET a = 1, id = a WHERE a = 2;" },
    {
      title: "elements of an array",
      before: [T],
      migration: "UPDATE t SET list[1] = 1, list[2] = 2 WHERE id = 1;",
    },
    {
      title: "fields of a composite value",
      before: [T],
      migration: "UPDATE t SET p.x = 1, p.y = 2 WHERE id = 1;",
    },
    {
      title: "names that differ by case",
      before: [T],
      migration: 'UPDATE t SET "Mixed" = 1, mixed = 2 WHERE id = 1;',
    },
  ],
});
