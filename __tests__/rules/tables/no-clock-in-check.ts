import { testRule } from "../rule-table.ts";

const T = "CREATE TABLE t (id int PRIMARY KEY, at timestamptz, day date);";
const add = (check: string): string => `ALTER TABLE t ADD CONSTRAINT c CHECK (${check}) NOT VALID;`;

testRule("no-clock-in-check", {
  fires: [
    ...[
      "at > now()",
      "at >= CURRENT_TIMESTAMP",
      "now() < at",
      "day = current_date",
      "day > (CURRENT_DATE - 30)",
      "at > now() - interval '1 day' AND day < current_date",
      "random() < 0.5",
    ].map((check) => ({ title: check, before: [T], migration: add(check), table: "t" })),
    {
      title: "in CREATE TABLE",
      migration: "CREATE TABLE u (\n  at timestamptz,\n  CHECK (at > now())\n);",
      severity: "warning",
      line: 3,
    },
    {
      title: "in a domain",
      migration: "CREATE DOMAIN later AS date CHECK (VALUE > current_date);",
    },
    {
      title: "in ALTER DOMAIN",
      before: ["CREATE DOMAIN later AS date;"],
      migration: "ALTER DOMAIN later ADD CHECK (VALUE > current_date);",
    },
    {
      title: "in ADD COLUMN",
      before: [T],
      migration: "ALTER TABLE t ADD d date CHECK (d > now());",
    },
  ],
  silent: [
    ...[
      "at <= now()",
      "at < CURRENT_TIMESTAMP",
      "now() >= at",
      "day <= current_date - 18",
      "day BETWEEN '1900-01-01' AND current_date",
      "at > day",
      "length(id::text) > 3",
    ].map((check) => ({ title: check, before: [T], migration: add(check) })),
    { title: "a default", before: [T], migration: "ALTER TABLE t ALTER at SET DEFAULT now();" },
  ],
});
