import { displayIdentifier, displayName } from "../src/core/name.ts";
import type { CreateIndex, IndexKey } from "../src/core/operations/index-object.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import type { Index } from "../src/core/schema-object.ts";

export default defineRule({
  id: "no-redundant-index",
  summary: "Build no index that another one makes needless",
  severity: "warning",
  confidence: "high",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["redundant-index", "duplicate-column-in-index"],
  condition:
    "CREATE INDEX over the same columns as another index of the table; over the first columns of another B-tree index (for information); or over a column twice. Unique, partial and expression indexes, INCLUDE columns, other methods, operator classes and orders are told apart.",
  effect:
    "Every INSERT, and every UPDATE that writes a new version of a row, keeps both indexes up, and no query gains anything.",
  instead: "Leave the index out, or drop the shorter one later in the same migration.",
  references: [
    "https://www.postgresql.org/docs/current/indexes-multicolumn.html",
    "https://www.postgresql.org/docs/current/indexes-unique.html",
  ],
  examples: [
    {
      title: "An index beside the one of a unique constraint",
      before: "CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);",
      bad: "CREATE INDEX CONCURRENTLY users_email ON users (email);",
      good: "CREATE INDEX CONCURRENTLY users_lower_email ON users (lower(email));",
      autocommit: { bad: true, good: true },
    },
  ],
  checks: {
    "create-index"(operation, context) {
      const { table } = operation;
      const columns = operation.keys.map(({ column }) => column);
      const twice = columns.find(
        (column, place) => column !== undefined && columns.indexOf(column) < place,
      );
      if (twice !== undefined) {
        context.report(
          operation,
          `This index has \`${displayIdentifier(twice)}\` twice among its keys: the second adds nothing. Remove it.`,
          { table },
        );
        return;
      }
      const same = context.indexesOf(table).find((index) => covers(index, operation, "same"));
      if (same !== undefined && !isDropped(same, context)) {
        context.report(
          operation,
          `\`${displayName(same.name)}\` already indexes ${told(columns)} of \`${displayName(table)}\`: every write would keep two equal indexes up. Leave this one out.`,
          { table },
        );
        return;
      }
      const longer = context.indexesOf(table).find((index) => covers(index, operation, "prefix"));
      if (longer === undefined || isDropped(longer, context)) return;
      context.report(
        operation,
        `\`${displayName(longer.name)}\` begins with ${told(columns)} of \`${displayName(table)}\` and serves the same queries. Leave this one out, unless the longer index is much larger.`,
        { table, severity: "info", confidence: "medium" },
      );
    },
  },
});

function told(columns: readonly (string | undefined)[]): string {
  return columns.map((column) => `\`${displayIdentifier(column ?? "")}\``).join(", ");
}

/** Whether an index that is there does all that a new one would. */
function covers(index: Index, created: CreateIndex, how: "same" | "prefix"): boolean {
  const { keys, method, unique } = created;
  if (!isPlain(index, created) || (unique && (!index.unique || how === "prefix"))) return false;
  const longer = index.columns.length > keys.length;
  if (longer !== (how === "prefix") || (longer && method !== "btree")) return false;
  const existing = index.definition?.keys;
  return keys.every(
    (key, place) => index.columns[place] === key.column && isAlike(key, existing?.[place]),
  );
}

/** Both index columns of all rows, by the same method, and nothing besides. */
function isPlain(index: Index, { keys, method, where, include, name }: CreateIndex): boolean {
  if (index.name.name === name || !index.valid || index.partial) return false;
  if (where !== undefined || include.length > 0 || index.method !== method) return false;
  return keys.every(({ column }) => column !== undefined);
}

/** The keys of a constraint's index have no definition: they ascend, with the type's own class and collation. */
function isAlike(key: IndexKey, existing: IndexKey | undefined): boolean {
  return (
    key.descending === (existing?.descending ?? false) &&
    key.operatorClass === existing?.operatorClass &&
    key.collation === existing?.collation
  );
}

/** The index goes later in the migration, or with the next one. */
function isDropped({ name, constraint }: Index, context: RuleContext): boolean {
  return [...context.operations, ...context.laterMigrations("drop-index", "drop-constraint")].some(
    (other) =>
      (other.kind === "drop-index" && other.index.name === name.name) ||
      (other.kind === "drop-constraint" && other.constraint === constraint),
  );
}
