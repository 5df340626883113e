import { testRule } from "../rule-table.ts";

const EVENTS =
  "CREATE TABLE events (id bigint NOT NULL, body text); CREATE UNIQUE INDEX k ON events (id);";
const LOG = "CREATE TABLE log (id bigint, at date); CREATE UNIQUE INDEX k ON log (id, at);";

testRule("no-blocking-primary-key", {
  fires: [
    {
      title: "ADD PRIMARY KEY",
      before: [EVENTS],
      migration: "ALTER TABLE events ADD PRIMARY KEY (id);",
      severity: "error",
      table: "events",
    },
    {
      title: "on a new column",
      before: [EVENTS],
      migration: "ALTER TABLE events ADD COLUMN key bigserial PRIMARY KEY;",
      says: "Adding `key` as primary key builds an index",
    },
    {
      title: "USING INDEX on columns that may hold NULL",
      before: [LOG],
      migration: "ALTER TABLE log ADD CONSTRAINT k PRIMARY KEY USING INDEX k;",
      says: "makes `id` and `at` NOT NULL",
    },
    {
      title: "USING INDEX with a CHECK that is NOT VALID",
      before: [LOG, "ALTER TABLE log ALTER at SET NOT NULL, ADD CHECK (id IS NOT NULL) NOT VALID;"],
      migration: "ALTER TABLE log ADD PRIMARY KEY USING INDEX k;",
      says: "makes `id` NOT NULL",
    },
    {
      title: "a partitioned table",
      before: ["CREATE TABLE p (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);"],
      migration: "ALTER TABLE p ADD PRIMARY KEY (id, at);",
      says: "Give each partition the key first",
    },
  ],
  silent: [
    {
      title: "USING INDEX on columns that are NOT NULL",
      before: [EVENTS],
      migration: "ALTER TABLE events ADD PRIMARY KEY USING INDEX k;",
    },
    {
      title: "USING INDEX on columns that a CHECK proves",
      before: [LOG, "ALTER TABLE log ADD CHECK (id IS NOT NULL AND at IS NOT NULL);"],
      migration: "ALTER TABLE log ADD PRIMARY KEY USING INDEX k;",
    },
    { title: "a new table", migration: `${EVENTS} ALTER TABLE events ADD PRIMARY KEY (id);` },
    {
      title: "a new column of a new table",
      migration: "CREATE TABLE t (); ALTER TABLE t ADD COLUMN id bigserial PRIMARY KEY;",
    },
    {
      title: "another constraint",
      before: [EVENTS],
      migration: "ALTER TABLE events ADD CHECK (id > 0);",
    },
    {
      title: "another column",
      before: [EVENTS],
      migration: "ALTER TABLE events ADD COLUMN note text UNIQUE;",
    },
    {
      title: "partitions that have it",
      before: [
        `CREATE TABLE p (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE old PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');`,
        "ALTER TABLE old ADD PRIMARY KEY (id, at);",
      ],
      migration: "ALTER TABLE p ADD PRIMARY KEY (id, at);",
    },
  ],
});
