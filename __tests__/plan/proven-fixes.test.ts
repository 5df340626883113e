import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { blocks } from "../../src/core/lock.ts";
import type { MigrationScript, Project } from "../../src/core/migration.ts";
import { loadParser } from "../../src/parser/parse-script.ts";
import type { ChangeSet } from "../../src/review/ports.ts";
import { readCatalog } from "../../src/verify/catalog.ts";
import { difference } from "../../src/verify/difference.ts";
import { examples } from "../rules/example.ts";
import { runMigrations } from "../rules/example-runs.ts";
import { migrationsOf } from "../rules/lint.ts";
import { ObservedDatabase } from "../rules/observed-database.ts";
import { SharedEngine } from "../verify/shared-engine.ts";
import { changeOf, fixed, projectOf } from "./fixed.ts";
import { PROVEN, type Runner } from "./proven-cases.ts";

/*
 * Every fix that is offered for a rule's example, and for the cases of proven-cases.ts, is made and run
 * on a PostgreSQL that has rows: it leaves the same schema and the same rows, and no table waits for a
 * scan or a rewrite that did not wait for it before.
 */

let engine: SharedEngine;
let database: ObservedDatabase;
beforeAll(async () => {
  engine = new SharedEngine();
  database = await ObservedDatabase.open();
}, 60_000);
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const parser = await loadParser();
const ASKED = ["prefer-if-not-exists"];

/** How a runner's project lays out its migrations, and what it needs besides. */
const LAYOUTS: Readonly<
  Record<
    Runner,
    {
      readonly own: Readonly<Record<string, string>>;
      readonly path: (number: number, name: string) => string;
      readonly text: (sql: string) => string;
    }
  >
> = {
  sqlx: {
    own: { "Cargo.toml": '[dependencies]\nsqlx = { version = "0.8", features = ["postgres"] }\n' },
    path: (number, name) => `migrations/${number}_${name}.sql`,
    text: (sql) => sql,
  },
  prisma: {
    own: { "prisma/migrations/migration_lock.toml": 'provider = "postgresql"\n' },
    path: (number, name) => `prisma/migrations/2026010${number}000000_${name}/migration.sql`,
    text: (sql) => sql,
  },
  goose: {
    own: {},
    path: (number, name) => `migrations/0000${number}_${name}.sql`,
    text: (sql) => `-- +goose NO TRANSACTION\n-- +goose Up\n${sql}`,
  },
};

function changeTo(before: string, bad: string, runner: Runner): ChangeSet {
  const { own, path, text } = LAYOUTS[runner];
  const added = migrationsOf(bad).map(
    (sql, index) => [path(index + 2, "change"), text(`${sql.trimEnd()}\n`)] as const,
  );
  const history = { ...own, [path(1, "before")]: text(`${before.trimEnd()}\n`) };
  return changeOf(history, Object.fromEntries(added));
}

/** What the runner sends. */
function queriesOf(script: MigrationScript): readonly string[] {
  const { text, span, execution } = script;
  const sql = text.slice(span.start, span.end);
  if (execution.transaction) return ["BEGIN", sql, "COMMIT"];
  if (execution.sends === "script") return [sql];
  const { statements } = parser.parse(text, { span });
  return statements.map((one) => text.slice(one.span.start, one.span.end));
}

/** Schema and rows after every up. The rows are put in after the first. */
async function outcomeOf({ migrations }: Project) {
  await using one = await engine.open();
  const failures: unknown[] = [];
  for (const [index, { up }] of migrations.entries()) {
    const { failure } = await one.run({ queries: queriesOf(up), timeoutMs: 10_000 });
    if (failure !== undefined) failures.push(failure);
    if (index === 0) await one.run({ queries: [FILL], timeoutMs: 10_000 });
  }
  const rows = JSON.stringify(await one.query(ROWS)).replaceAll(RANDOM, "a random value");
  return { catalog: await readCatalog(one), failures, rows };
}

/** The values of gen_random_uuid(). */
const RANDOM = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Rows into the tables of the cases; the examples' take what they take. */
const FILL = `DO $$
DECLARE t record; n int;
BEGIN
  FOR t IN SELECT c.oid::regclass AS name,
      string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns,
      string_agg(CASE WHEN y.typcategory = 'N' THEN '%1$s' WHEN y.typcategory = 'S' THEN quote_literal('%1$s') WHEN y.typcategory = 'D' THEN quote_literal('2026-01-0%1$s') ELSE 'NULL' END, ', ' ORDER BY a.attnum) AS row
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped JOIN pg_type y ON y.oid = a.atttypid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace GROUP BY c.oid ORDER BY c.oid
  LOOP
    FOR n IN 1..3 LOOP
      BEGIN
        EXECUTE format('INSERT INTO %s (%s) VALUES (%s)', t.name, t.columns, format(t.row, n));
      EXCEPTION WHEN others THEN NULL;
      END;
    END LOOP;
  END LOOP;
END $$`;

const ROWS = `SELECT c.oid::regclass::text AS name,
  query_to_xml(format('SELECT t.* FROM %s t ORDER BY t::text', c.oid::regclass), true, true, '')::text AS rows
  FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY 1`;

/** Tables of which every row was read or written while others waited for it. */
async function waitedFor(before: string, project: Project, only?: string): Promise<Set<string>> {
  await database.reset();
  expect(await database.run(before)).toBeUndefined();
  await database.fill();
  const waited = new Set<string>();
  for (const { up } of project.migrations.slice(1)) {
    const text = up.text.slice(up.span.start, up.span.end);
    const autocommit = !up.execution.transaction;
    const runs = await runMigrations(database, { before: [before], migration: text }, autocommit);
    for (const { tables } of runs) {
      for (const [name, { mode, rewritten, scanned }] of tables ?? []) {
        const heavy =
          mode !== undefined && blocks(mode).endsWith("writes") && (rewritten || scanned);
        if (heavy && (only === undefined || only === name)) waited.add(name);
      }
    }
  }
  return waited;
}

interface Proof {
  /** Files as the fixes leave them. */
  readonly texts: readonly string[];
  /** Rules whose findings were mended. */
  readonly mended: readonly string[];
  /** What the database shows otherwise than before: nothing. */
  readonly differences: readonly unknown[];
}

async function prove(before: string, bad: string, runner: Runner): Promise<Proof> {
  const change = changeTo(before, bad, runner);
  const result = await fixed(change, ASKED);
  const mended = [...new Set(result.applied.map(({ finding }) => finding.rule))].toSorted();
  if (mended.length === 0) return { texts: [], mended, differences: [] };
  const [was, is] = [projectOf(change.files), projectOf(result.change.files)];
  const [old, fresh] = [await outcomeOf(was), await outcomeOf(is)];
  const waited = await waitedFor(before, was);
  const waits = await waitedFor(before, is);
  return {
    texts: [...result.texts.values()],
    mended,
    differences: [
      ...(isDeepStrictEqual(old.failures, fresh.failures) ? [] : fresh.failures),
      ...difference(old.catalog, fresh.catalog),
      ...(old.rows === fresh.rows ? [] : [old.rows, fresh.rows]),
      ...[...waits].filter((table) => !waited.has(table)),
    ],
  };
}

describe("every fix of a rule's example", () => {
  const mending = new Set<string>();

  it.each(
    examples.filter(
      ({ example }) => example.fails === undefined && example.situation === undefined,
    ),
  )("$title", async ({ rule, example: { before, bad, autocommit } }) => {
    const runner = autocommit?.bad === true ? "goose" : "sqlx";
    const { mended, differences } = await prove(before, bad, runner);
    if (mended.includes(rule.id)) mending.add(rule.id);
    expect(differences).toEqual([]);
  });

  it("was made for these rules", () => {
    expect([...mending].toSorted()).toEqual([
      "no-blocking-primary-key",
      "no-blocking-unique-constraint",
      "no-set-not-null-scan",
      "no-unbatched-backfill",
      "prefer-if-not-exists",
      "require-concurrent-index",
      "require-concurrent-index-drop",
      "require-lock-timeout",
      "require-not-valid-check",
      "require-not-valid-foreign-key",
    ]);
  });
});

describe.each(PROVEN)("$title", ({ before, bad, mends, leaves, runner = "sqlx" }) => {
  it("is mended as it should", async () => {
    const { mended, texts, differences } = await prove(before, bad, runner);
    expect(differences).toEqual([]);
    expect(mended.filter((rule) => rule !== "require-lock-timeout")).toEqual(mends);
    expect(texts).toEqual(leaves ?? texts);
  });
});
