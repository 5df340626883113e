import { testRule } from "../rule-table.ts";

const EVENTS = 'CREATE TABLE events (id bigint, "At" date NOT NULL) PARTITION BY RANGE ("At");';

testRule("require-partition-key-in-unique", {
  fires: [
    {
      title: "a primary key in CREATE TABLE",
      migration: "CREATE TABLE e (id int PRIMARY KEY, k int) PARTITION BY LIST (k);",
      says: "`e` is partitioned by `k`, which this unique key leaves out: this fails with SQLSTATE 0A000. Add `k` to the key.",
      severity: "error",
      table: "e",
    },
    {
      title: "a table constraint",
      migration: "CREATE TABLE e (id int, k int, l int, UNIQUE (id, l)) PARTITION BY HASH (k, l);",
      says: "`k`",
    },
    {
      title: "ADD CONSTRAINT",
      before: [EVENTS],
      migration: "ALTER TABLE events ADD PRIMARY KEY (id);",
      says: 'Add `"At"` to the key.',
    },
    {
      title: "a unique index",
      before: [EVENTS],
      migration: "CREATE UNIQUE INDEX ON events (id);",
    },
    {
      title: "a key that is an expression",
      migration: "CREATE TABLE e (id int UNIQUE) PARTITION BY RANGE ((id / 10));",
      says: "is partitioned by an expression",
    },
    {
      title: "two constraints",
      migration: "CREATE TABLE e (id int PRIMARY KEY, x int UNIQUE, k int) PARTITION BY LIST (k);",
      times: 2,
    },
  ],
  silent: [
    {
      title: "with the key, in another order",
      before: [EVENTS],
      migration: 'ALTER TABLE events ADD PRIMARY KEY ("At", id);',
    },
    {
      title: "an index that is not unique",
      before: [EVENTS],
      migration: "CREATE INDEX ON events (id);",
    },
    { title: "a table that is not partitioned", migration: "CREATE TABLE t (id int PRIMARY KEY);" },
    {
      title: "one partition",
      before: [`${EVENTS} CREATE TABLE rest PARTITION OF events DEFAULT;`],
      migration: "CREATE UNIQUE INDEX ON rest (id);",
    },
  ],
});
