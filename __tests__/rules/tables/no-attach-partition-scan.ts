import { testRule } from "../rule-table.ts";

const EVENTS = "CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);";
const REST = "CREATE TABLE rest PARTITION OF events DEFAULT;";
const CHILD = "CREATE TABLE e26 (id bigint, at date NOT NULL);";
const BOUNDS = "CHECK (at >= '2026-01-01' AND at < '2027-01-01')";
const ATTACH =
  "ALTER TABLE events ATTACH PARTITION e26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');";

testRule("no-attach-partition-scan", {
  fires: [
    {
      title: "a table without a CHECK",
      before: [EVENTS, CHILD],
      migration: ATTACH,
      says: "Attaching `e26` reads each of its rows under an ACCESS EXCLUSIVE lock",
      severity: "warning",
      table: "e26",
    },
    {
      title: "a CHECK that is not validated",
      before: [EVENTS, `${CHILD} ALTER TABLE e26 ADD ${BOUNDS} NOT VALID;`],
      migration: ATTACH,
    },
    {
      title: "a CHECK, and a key that may be NULL",
      before: [
        EVENTS.replace(" NOT NULL", ""),
        `CREATE TABLE e26 (id bigint, at date, ${BOUNDS});`,
      ],
      migration: ATTACH,
    },
    {
      title: "a default partition",
      before: [EVENTS, REST, `${CHILD} ALTER TABLE e26 ADD ${BOUNDS};`],
      migration: ATTACH,
      says: "The default partition `rest` is read",
      table: "rest",
    },
    {
      title: "a new partition beside a default one",
      before: [EVENTS, REST],
      migration:
        "CREATE TABLE e26 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
      table: "rest",
    },
    { title: "both", before: [EVENTS, REST, CHILD], migration: ATTACH, times: 2 },
  ],
  silent: [
    {
      title: "a validated CHECK",
      before: [EVENTS, `${CHILD} ALTER TABLE e26 ADD ${BOUNDS};`],
      migration: ATTACH,
    },
    { title: "a new table", before: [EVENTS], migration: `${CHILD} ${ATTACH}` },
    {
      title: "a default partition that a CHECK excludes from the bounds",
      before: [
        EVENTS,
        `${REST} ALTER TABLE rest ADD CHECK (at < '2026-01-01' OR at >= '2027-01-01');`,
        `${CHILD} ALTER TABLE e26 ADD ${BOUNDS};`,
      ],
      migration: ATTACH,
    },
    {
      title: "a new partition without a default one",
      before: [EVENTS],
      migration:
        "CREATE TABLE e26 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
    },
  ],
});
