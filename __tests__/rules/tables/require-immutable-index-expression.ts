import { testRule } from "../rule-table.ts";

const T =
  "CREATE TYPE mood AS ENUM ('a'); CREATE TABLE t (id int, at timestamptz, ts timestamp, a text, m mood);";
const on = (rest: string): string => `CREATE INDEX i ON t ${rest};`;

testRule("require-immutable-index-expression", {
  fires: [
    {
      title: "WHERE with now()",
      before: [T],
      migration: on("(id) WHERE at > now()"),
      says: "An index of `t` cannot depend on `now`",
      severity: "error",
      table: "t",
    },
    { title: "CURRENT_DATE", before: [T], migration: on("(id) WHERE at >= CURRENT_DATE - 7") },
    { title: "a key", before: [T], migration: on("((at - now()))") },
    ...[
      "((at::date))",
      "((at::text))",
      "((CAST(at AS timestamp)))",
      "((at::date::text))",
      "((a::date))",
      "((a::timestamptz))",
      "((m::text))",
      "((a::mood))",
      "(date_trunc('day', at))",
      "(EXTRACT(year FROM at))",
      "(to_char(at, 'YYYY'))",
      "(concat(a, id))",
      "(id) WHERE to_char(at, 'YYYY') = '2026'",
    ].map((rest) => ({
      title: `what depends on settings: ${rest}`,
      before: [T],
      migration: on(rest),
      says: /cannot hold .*: its value depends on settings/,
    })),
    { title: "a new table", migration: `${T} ${on("((random()))")}` },
  ],
  silent: [
    { title: "lower()", before: [T], migration: on("(lower(a)) WHERE a IS NOT NULL") },
    {
      title: "a function that has immutable forms",
      before: [T],
      migration: on("(date_trunc('day', at, 'UTC'))"),
    },
    ...[
      "((ts::date))",
      "((id::text))",
      "((a::int))",
      "((a::uuid))",
      "(((at AT TIME ZONE 'UTC')::date))",
      "(date_trunc('day', ts))",
      "(date_trunc('day', at AT TIME ZONE 'UTC'))",
      "(EXTRACT(year FROM ts))",
      "((a || id::text))",
    ].map((rest) => ({ title: rest, before: [T], migration: on(rest) })),
    {
      title: "a function of the project's own",
      before: [
        T,
        "CREATE FUNCTION concat(a text, id int) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT a$$;",
      ],
      migration: on("(concat(a, id))"),
    },
    { title: "a table that nobody made", migration: "CREATE INDEX i ON elsewhere ((at::date));" },
    {
      title: "a column of that name",
      before: ["CREATE TABLE t (now int);"],
      migration: on("(now)"),
    },
  ],
});
