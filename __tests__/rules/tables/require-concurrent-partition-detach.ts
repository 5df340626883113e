import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const EVENTS = `CREATE TABLE events (at date) PARTITION BY RANGE (at);
CREATE TABLE old PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');`;
const DETACH = "ALTER TABLE events DETACH PARTITION old;";

testRule("require-concurrent-partition-detach", {
  fires: [
    {
      title: "a partition",
      before: [EVENTS],
      migration: DETACH,
      says: "ACCESS EXCLUSIVE lock on `events`",
      table: "events",
    },
    { title: "PostgreSQL 14", before: [EVENTS], migration: DETACH, postgres: [14, 16] },
    { title: "a down script", before: [EVENTS], migration: "SELECT 1;", down: DETACH },
  ],
  silent: [
    {
      title: "CONCURRENTLY",
      before: [EVENTS],
      migration: "ALTER TABLE events DETACH PARTITION old CONCURRENTLY;",
      execution: AUTOCOMMIT,
    },
    {
      title: "PostgreSQL 13, which has no other way",
      before: [EVENTS],
      migration: DETACH,
      postgres: [13],
    },
    {
      title: "beside a default partition, where CONCURRENTLY is refused",
      before: [`${EVENTS} CREATE TABLE rest PARTITION OF events DEFAULT;`],
      migration: DETACH,
    },
    { title: "a new table", migration: `${EVENTS} ${DETACH}` },
    {
      title: "FINALIZE",
      before: [EVENTS],
      migration: "ALTER TABLE events DETACH PARTITION old FINALIZE;",
    },
  ],
});
