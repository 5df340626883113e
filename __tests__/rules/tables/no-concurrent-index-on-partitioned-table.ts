import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const EVENTS = `CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);
CREATE TABLE old PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE INDEX events_id ON events (id);`;
const INDEX = "CREATE INDEX CONCURRENTLY i ON events (at);";

testRule("no-concurrent-index-on-partitioned-table", {
  fires: [
    {
      title: "CREATE INDEX",
      before: [EVENTS],
      migration: INDEX,
      execution: AUTOCOMMIT,
      severity: "error",
      table: "events",
    },
    {
      title: "ON ONLY",
      before: [EVENTS],
      migration: INDEX.replace("events", "ONLY events"),
      execution: AUTOCOMMIT,
    },
    {
      title: "DROP INDEX",
      before: [EVENTS],
      migration: "DROP INDEX CONCURRENTLY events_id;",
      execution: AUTOCOMMIT,
      says: "without CONCURRENTLY",
    },
    { title: "a new table", migration: `${EVENTS} ${INDEX}`, execution: AUTOCOMMIT },
  ],
  silent: [
    {
      title: "one partition",
      before: [EVENTS],
      migration: INDEX.replace("events", "old"),
      execution: AUTOCOMMIT,
    },
    {
      title: "without CONCURRENTLY",
      before: [EVENTS],
      migration: "CREATE INDEX i ON ONLY events (at);",
    },
    { title: "a table that is not known", migration: INDEX, execution: AUTOCOMMIT },
    {
      title: "DROP INDEX without CONCURRENTLY",
      before: [EVENTS],
      migration: "DROP INDEX events_id;",
    },
    {
      title: "DROP INDEX of one partition",
      before: [EVENTS, "CREATE INDEX i ON old (at);"],
      migration: "DROP INDEX CONCURRENTLY i;",
      execution: AUTOCOMMIT,
    },
    {
      title: "an index that is not known",
      migration: "DROP INDEX CONCURRENTLY forgotten;",
      execution: AUTOCOMMIT,
    },
  ],
});
