import type { Edit, NewFile } from "../core/fix.ts";
import type { Framework, Migration, MigrationScript } from "../core/migration.ts";

/** What makes a runner run a script outside of every transaction. */
export interface OptOut {
  readonly edits: readonly Edit[];
  readonly files: readonly NewFile[];
}

type Runner = (script: MigrationScript, migration: Migration) => OptOut | undefined;

const NOTHING: OptOut = { edits: [], files: [] };

/**
 * The opt-out of each framework for a script that holds a single statement. Nothing is needed where
 * a runner opens no transaction, as PostgreSQL makes none for a query string of one statement, and
 * for Flyway, which finds CONCURRENTLY by itself.
 */
const RUNNERS: Readonly<Record<Framework, Runner>> = {
  prisma: withoutTransaction,
  "golang-migrate": withoutTransaction,
  supabase: withoutTransaction,
  sql: withoutTransaction,
  flyway: () => NOTHING,
  // Only its migrations in JavaScript can opt out.
  "node-pg-migrate": () => undefined,
  // Its migrator always opens a transaction.
  drizzle: () => undefined,
  // Its migrations are Python.
  django: () => undefined,
  dbmate: ({ span, text }) => appended(text, span.start, " transaction:false"),
  goose: (script, migration) =>
    // The mark is the file's: it takes the transaction from the other half too.
    holdsAtMostOne(otherHalf(script, migration))
      ? inserted(0, "-- +goose NO TRANSACTION\n")
      : undefined,
  sqlx: () => inserted(0, "-- no-transaction\n"),
  diesel: (script, migration) =>
    holdsAtMostOne(otherHalf(script, migration))
      ? {
          edits: [],
          files: [
            {
              path: script.path.replace(/[^/]+$/, "metadata.toml"),
              text: "run_in_transaction = false\n",
            },
          ],
        }
      : undefined,
};

/** What has to be written so that a script is run outside of every transaction; undefined where its runner cannot. */
export function runAlone(
  framework: Framework,
  script: MigrationScript,
  migration: Migration,
): OptOut | undefined {
  return script.execution.transaction ? RUNNERS[framework](script, migration) : NOTHING;
}

function withoutTransaction(script: MigrationScript): OptOut | undefined {
  return script.execution.transaction ? undefined : NOTHING;
}

function inserted(at: number, text: string): OptOut {
  return { edits: [{ span: { start: at, end: at }, text }], files: [] };
}

/** Behind the last character of a script's mark: what is inserted there is no part of the script. */
function appended(text: string, end: number, option: string): OptOut {
  const span = { start: end - 1, end };
  return { edits: [{ span, text: text.slice(end - 1, end) + option }], files: [] };
}

function otherHalf(script: MigrationScript, { up, down }: Migration): Migration["down"] {
  return script === up ? down : up;
}

/** Whether a half is a single statement, as far as its semicolons tell: it loses nothing without its transaction. */
function holdsAtMostOne(half: Migration["down"]): boolean {
  if (typeof half === "string") return true;
  const sql = half.text.slice(half.span.start, half.span.end).replaceAll(/--[^\n]*/g, "");
  return (sql.match(/;\s*\S/g) ?? []).length === 0;
}
