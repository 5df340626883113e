import { displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-exclusion-constraint",
  summary: "Keep exclusion constraints to new tables",
  severity: "error",
  confidence: "high",
  category: "blocking-lock",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["add-exclusion-constraint"],
  condition: "ADD CONSTRAINT … EXCLUDE on a table that exists already.",
  effect:
    "The constraint's index is built under an ACCESS EXCLUSIVE lock: every read and write of the table waits until it is done. There is no form with NOT VALID or USING INDEX.",
  instead:
    "Create a new table with the constraint and move the rows over in batches; or, on a small table, set a short lock_timeout, choose a quiet hour, and ignore this finding with that reason.",
  references: [
    "https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-EXCLUDE",
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT",
  ],
  examples: [
    {
      title: "Bookings that must not overlap",
      before: "CREATE TABLE bookings (id bigint PRIMARY KEY, during tstzrange);",
      bad: "ALTER TABLE bookings ADD CONSTRAINT bookings_apart EXCLUDE USING gist (during WITH &&);",
      good: `CREATE TABLE reservations (
  id bigint PRIMARY KEY,
  during tstzrange,
  CONSTRAINT reservations_apart EXCLUDE USING gist (during WITH &&)
);`,
    },
  ],
  directions: ["up", "down"],
  checks: {
    "add-constraint"({ span, table, constraint }, context) {
      if (constraint.kind !== "exclude" || context.isNewTable(table)) return;
      context.report(
        span,
        `This EXCLUDE constraint builds its index under an ACCESS EXCLUSIVE lock on \`${displayName(table)}\`: every read and write waits until it is done, and PostgreSQL has no other way to add one. Create a new table with the constraint and move the rows over in batches, or run this in a quiet hour.`,
        { table },
      );
    },
  },
});
