import { displayIdentifier, displayName, nameKey } from "../src/core/name.ts";
import type { AlterTriggerState } from "../src/core/operations/table.ts";
import type { Operation } from "../src/core/operation.ts";
import { defineRule } from "../src/core/rule.ts";
import { adviceName } from "../src/core/sql-name.ts";

export default defineRule({
  id: "no-disabled-trigger",
  summary: "Switch triggers on again in the migration that switches them off",
  severity: "warning",
  confidence: "high",
  category: "data-loss",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["enable-disable-trigger"],
  condition:
    "DISABLE TRIGGER on a table that exists already, without an ENABLE TRIGGER of the same trigger later in the migration.",
  effect:
    "From then on no write of any session fires the trigger: audit rows, counters and copies are no longer kept. DISABLE TRIGGER ALL also switches off the checks of foreign keys, and rows that break them come in without an error.",
  instead:
    "Switch the trigger on again at the end of the same transaction, or drop it by name when it is no longer wanted.",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DISABLE-ENABLE-TRIGGER",
  ],
  examples: [
    {
      title: "A trigger that stays off",
      before: `CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);
CREATE FUNCTION note_order() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER orders_noted AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION note_order();`,
      bad: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders DISABLE TRIGGER orders_noted;
UPDATE orders SET total = 0 WHERE id = 7;`,
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders DISABLE TRIGGER orders_noted;
UPDATE orders SET total = 0 WHERE id = 7;
ALTER TABLE orders ENABLE TRIGGER orders_noted;`,
    },
  ],
  directions: ["up", "down"],
  checks: {
    "alter-trigger-state"(operation, context) {
      if (operation.state !== "disable" || context.isNewTable(operation.table)) return;
      const later = context.operations.slice(context.operations.indexOf(operation) + 1);
      if (later.some((other) => settles(other, operation))) return;
      const table = displayName(operation.table);
      const what =
        operation.trigger === undefined
          ? `${operation.scope === "all" ? "every trigger" : "every trigger of the user's"} of \`${table}\``
          : `the trigger \`${displayIdentifier(operation.trigger)}\` of \`${table}\``;
      const keys =
        operation.scope === "all" ? " The checks of its foreign keys are off as well." : "";
      context.report(
        operation,
        `From here on no write fires ${what}, and nothing later in this migration switches it on again.${keys} End with ALTER TABLE ${adviceName(operation.table)} ENABLE TRIGGER.`,
        { table: operation.table },
      );
    },
  },
});

/** A later operation that switches the same triggers on, or removes them. */
function settles(other: Operation, { table, trigger }: AlterTriggerState): boolean {
  if (!("table" in other) || other.table === undefined) return false;
  if (nameKey(other.table) !== nameKey(table)) return false;
  if (other.kind === "drop-table") return true;
  if (other.kind === "drop-trigger") return other.name === trigger;
  if (other.kind !== "alter-trigger-state" || other.state === "disable") return false;
  return other.scope !== "one" || other.trigger === trigger;
}
