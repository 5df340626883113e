import { displayIdentifier, displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-replica-identity-change",
  summary: "Keep a replica identity that tells rows apart",
  severity: "warning",
  confidence: "high",
  category: "breaks-running-code",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["replica-identity-change"],
  condition: "REPLICA IDENTITY NOTHING or FULL of a table that exists already.",
  effect:
    "With NOTHING every UPDATE and DELETE of a table that is published fails. With FULL every UPDATE and DELETE writes the whole old row to the log, and a subscriber without a fitting index looks for each row by reading the whole table.",
  instead: "Use the primary key (DEFAULT), or a unique index over NOT NULL columns (USING INDEX).",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-REPLICA-IDENTITY",
    "https://www.postgresql.org/docs/current/logical-replication-publication.html",
  ],
  examples: [
    {
      title: "Whole rows in the log",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY, note text);",
      bad: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders REPLICA IDENTITY FULL;`,
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders REPLICA IDENTITY DEFAULT;`,
    },
  ],
  checks: {
    "set-replica-identity"(operation, context) {
      const { table, identity } = operation;
      if (context.isNewTable(table) || (identity !== "full" && identity !== "nothing")) return;
      const name = displayName(table);
      const [publication] = identity === "nothing" ? context.publicationsOf(table) : [];
      const published =
        publication === undefined
          ? `Where \`${name}\` is published, every UPDATE and DELETE of it fails from here on`
          : `Every UPDATE and DELETE of \`${name}\` fails with SQLSTATE 55000 from here on, because the publication \`${displayIdentifier(publication)}\` sends them`;
      const effect =
        identity === "full"
          ? `Every UPDATE and DELETE of \`${name}\` writes the whole old row to the log from here on`
          : published;
      context.report(operation, `${effect}. Use the primary key or a unique index instead.`, {
        table,
        ...(publication === undefined ? {} : { severity: "error" }),
      });
    },
  },
});
