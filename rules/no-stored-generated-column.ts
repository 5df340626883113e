import { displayIdentifier, displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-stored-generated-column",
  summary: "Add no stored generated column to a table in use",
  severity: "error",
  confidence: "high",
  category: "table-rewrite",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["add-column-generated-stored", "set-generated-expression-rewrite"],
  condition:
    "ADD COLUMN … GENERATED ALWAYS AS (…) STORED on a table that exists already, or SET EXPRESSION of such a column.",
  effect:
    "The value is computed for every row: the table and all of its indexes are written anew under an ACCESS EXCLUSIVE lock, and every read and write waits until it is done.",
  instead:
    "Add a plain column, keep it up to date with a trigger or from the application, and fill the old rows in batches. From PostgreSQL 18 a VIRTUAL generated column needs no rewrite.",
  references: [
    "https://www.postgresql.org/docs/current/ddl-generated-columns.html",
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES",
  ],
  examples: [
    {
      title: "A computed column",
      before: "CREATE TABLE order_lines (id bigint PRIMARY KEY, price numeric, quantity integer);",
      bad: `ALTER TABLE order_lines
  ADD COLUMN total numeric GENERATED ALWAYS AS (price * quantity) STORED;`,
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE order_lines ADD COLUMN total numeric;
CREATE FUNCTION set_order_line_total() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.total := NEW.price * NEW.quantity;
  RETURN NEW;
END
$$;
CREATE TRIGGER order_lines_total BEFORE INSERT OR UPDATE ON order_lines
  FOR EACH ROW EXECUTE FUNCTION set_order_line_total();`,
    },
  ],
  directions: ["up", "down"],
  squawk: ["adding-field-with-default"],
  checks: {
    "add-column"({ table, column, span }, context) {
      if (column.generated?.kind !== "stored" || context.isNewTable(table)) return;
      const virtual = context.atLeast(18) ? "Make it VIRTUAL, or add" : "Add";
      context.report(
        span,
        `Adding \`${displayIdentifier(column.name)}\` as a stored generated column writes every row of \`${displayName(table)}\` anew under an ACCESS EXCLUSIVE lock: every read and write waits. ${virtual} a plain column, keep it up to date with a trigger, and fill the old rows in batches.`,
        { table },
      );
    },
    "set-column-expression"({ table, column, span }, context) {
      if (context.isNewTable(table) || context.column(table, column)?.generated !== "stored")
        return;
      context.report(
        span,
        `SET EXPRESSION of the stored generated column \`${displayIdentifier(column)}\` writes every row of \`${displayName(table)}\` anew under an ACCESS EXCLUSIVE lock: every read and write waits. Add a second column, fill it in batches, and move the readers over.`,
        { table },
      );
    },
  },
});
