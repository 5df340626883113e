import { testRule } from "../rule-table.ts";

const EVENTS = "CREATE TABLE events (day date NOT NULL) PARTITION BY RANGE (day);";

testRule("no-default-partition", {
  fires: [
    {
      title: "one that is created",
      before: [EVENTS],
      migration: "CREATE TABLE d PARTITION OF events DEFAULT;",
      says: "Rows of `events` that no partition expects",
    },
    {
      title: "one that is attached",
      before: [EVENTS],
      migration:
        "CREATE TABLE d (day date NOT NULL); ALTER TABLE events ATTACH PARTITION d DEFAULT;",
    },
  ],
  silent: [
    {
      title: "a partition with bounds",
      before: [EVENTS],
      migration:
        "CREATE TABLE d PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
    },
  ],
});
