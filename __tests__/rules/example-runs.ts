import { isStronger, type LockClaim, type LockMode } from "../../src/core/lock.ts";
import { nameKey } from "../../src/core/name.ts";
import type { Operation } from "../../src/core/operation.ts";
import { defineRule, type Rule, type RuleExample } from "../../src/core/rule.ts";
import { loadParser } from "../../src/parser/parse-script.ts";
import { sideOf } from "./example.ts";
import { lintProject, type ReadMigration } from "../../src/core/lint.ts";
import type { Migration, Project } from "../../src/core/migration.ts";
import { lint, migrationsOf, type LintCase } from "./lint.ts";
import type { ObservedDatabase, Observation } from "./observed-database.ts";

const parser = await loadParser();

/** One statement of a side, and what it is predicted to do. */
export interface PredictedStatement {
  readonly sql: string;
  readonly operations: readonly Operation[];
  readonly claims: readonly LockClaim[];
}

/** What it was seen to do. */
export interface StatementRun extends PredictedStatement {
  /** Of the statements before it in its transaction. */
  readonly held: readonly LockClaim[];
  /** Its SQLSTATE; undefined when it succeeded. */
  readonly code: string | undefined;
  /** Absent where the statement cannot run in a transaction: its locks are gone before one can look. */
  readonly tables?: Observation;
}

/** The predicted statements of each migration under review, in order. */
function predict(lintCase: LintCase): PredictedStatement[][] {
  const claims: (readonly LockClaim[])[] = [];
  const probe = defineRule({
    ...PROBE,
    checks: { operation: (operation, context) => void claims.push(context.locks(operation)) },
  });
  lint({ ...lintCase, preset: "strict", rules: [probe] });
  return migrationsOf(lintCase.migration).map((text) => {
    const { statements, unparsed } = parser.parse(text, { span: { start: 0, end: text.length } });
    const refused = unparsed.map(({ statement: span }) => ({ span, operations: [] }));
    return [...statements, ...refused]
      .toSorted((a, b) => a.span.start - b.span.start)
      .map(({ span, operations }) => ({
        sql: text.slice(span.start, span.end),
        operations,
        claims: claims.splice(0, operations.length).flat(),
      }));
  });
}

const PROBE: Omit<Rule, "checks"> = {
  id: "no-probe",
  summary: "Collect what the lock table says",
  severity: "info",
  confidence: "high",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition: "",
  effect: "",
  instead: "",
  references: [],
  examples: [],
};

const NOT_IN_A_TRANSACTION = /\bCONCURRENTLY\b|^VACUUM\b|^(?:CREATE|DROP) DATABASE\b/i;

/** Runs a side as its runner would, up to its first error. */
export async function runSide(
  database: ObservedDatabase,
  example: RuleExample,
  side: "bad" | "good",
): Promise<StatementRun[]> {
  return runMigrations(database, sideOf(example, side), example.autocommit?.[side] === true);
}

/** Runs one migration in a transaction, up to the first error, and takes it back. */
export async function tryMigration(
  database: ObservedDatabase,
  lintCase: LintCase,
  tables: ReadonlySet<string>,
): Promise<StatementRun[]> {
  const [statements = []] = predict(lintCase);
  const runs = await runTogether(database, statements, tables, "SET CONSTRAINTS ALL IMMEDIATE");
  await database.run("ROLLBACK");
  return runs;
}

/** Runs migrations as their runner would, up to the first error. */
export function runMigrations(
  database: ObservedDatabase,
  lintCase: LintCase,
  autocommit: boolean,
): Promise<StatementRun[]> {
  const sent = predict(lintCase).flatMap((one) => parts(one, autocommit));
  return runParts(database, sent);
}

/** Sends parts of a migration one after the other, up to the first error. */
export async function runParts(
  database: ObservedDatabase,
  sent: readonly Part[],
): Promise<StatementRun[]> {
  const tables = await database.tables();
  const runs: StatementRun[] = [];
  for (const { statements, alone } of sent) {
    const run = alone
      ? await runAlone(database, statements)
      : await runTogether(database, statements, tables);
    runs.push(...run);
    if (run.at(-1)?.code !== undefined) break;
  }
  return runs;
}

/** What a project's runner sends for each of its migrations, and what each statement is predicted to do. */
export function predictProject(
  project: Project,
): readonly { readonly migration: Migration; readonly parts: readonly Part[] }[] {
  const claims: (readonly LockClaim[])[] = [];
  const probe = defineRule({
    ...PROBE,
    checks: { operation: (operation, context) => void claims.push(context.locks(operation)) },
  });
  const migrations = project.migrations.map((migration): ReadMigration => {
    const { text, span, statementSpans, substitutions } = migration.up;
    const up = parser.parse(text, {
      span,
      ...(statementSpans === undefined ? {} : { statementSpans }),
      ...(substitutions === undefined ? {} : { substitutions }),
    });
    return { migration, change: "added", up, faults: [] };
  });
  lintProject({
    framework: project.framework,
    migrations,
    rules: [probe],
    preset: "strict",
    postgres: [],
    settingsOf: () => () => undefined,
    rows: () => undefined,
  });
  return migrations.map(({ migration, up }) => {
    const statements = up.statements.map(({ span, operations }) => ({
      sql: up.text.slice(span.start, span.end),
      operations,
      claims: claims.splice(0, operations.length).flat(),
    }));
    const { transaction, sends } = migration.up.execution;
    // PostgreSQL makes one transaction of several statements that are sent together.
    const autocommit = !transaction && (sends === "statements" || statements.length === 1);
    return { migration, parts: parts(statements, autocommit) };
  });
}

/** What is sent together; `alone`: without a transaction around it. */
export interface Part {
  readonly statements: readonly PredictedStatement[];
  readonly alone: boolean;
}

function parts(migration: readonly PredictedStatement[], autocommit: boolean): readonly Part[] {
  if (!autocommit) return [{ statements: migration, alone: false }];
  // Who writes BEGIN sends the script as it stands.
  if (migration.some(({ sql }) => /^BEGIN\b/i.test(sql))) {
    return [{ statements: migration, alone: true }];
  }
  return migration.map((one) => ({
    statements: [one],
    alone: NOT_IN_A_TRANSACTION.test(one.sql),
  }));
}

async function runAlone(
  database: ObservedDatabase,
  statements: readonly PredictedStatement[],
): Promise<StatementRun[]> {
  const runs: StatementRun[] = [];
  for (const statement of statements) {
    const code = await database.run(statement.sql);
    runs.push({ ...statement, code, held: [] });
    if (code !== undefined) return runs;
  }
  return runs;
}

async function runTogether(
  database: ObservedDatabase,
  statements: readonly PredictedStatement[],
  tables: ReadonlySet<string>,
  end = "COMMIT",
): Promise<StatementRun[]> {
  const runs: StatementRun[] = [];
  const held: LockClaim[] = [];
  await database.run("BEGIN");
  for (const statement of statements) {
    const result = await database.observe(statement.sql, tables);
    runs.push({ ...statement, ...result, held: [...held] });
    if (result.code !== undefined) return runs;
    held.push(...statement.claims);
  }
  const code = await database.run(end);
  return [...runs, { sql: end, operations: [], claims: [], held: [], code }];
}

/** Modes that other sessions' reads, writes and schema changes get along with count as none. */
const MINOR: ReadonlySet<LockMode | undefined> = new Set([
  "ACCESS SHARE",
  "ROW SHARE",
  "ROW EXCLUSIVE",
]);

/** What a statement did to the tables that it touched, as a comparable text for each. */
export function seen(run: StatementRun): string[] {
  // TRUNCATE gives a table new storage as well, and writes nothing into it.
  const empties = run.operations.some(({ kind }) => kind === "truncate");
  return [...(run.tables ?? [])].map(([name, { mode, rewritten }]) =>
    told(name, mode, rewritten && !empties),
  );
}

/** Code that is put together at run time may do anything. */
export function isForeseeable({ operations }: StatementRun): boolean {
  return !operations.some((one) => one.kind === "do-block" && (one.dynamic || !one.readable));
}

export function predicted(run: StatementRun): string[] {
  return [...(run.tables?.keys() ?? [])].map((name) => {
    const isOfTable = ({ table }: LockClaim): boolean => nameKey(table) === name;
    const claims = run.claims.filter(isOfTable);
    const mode = [...run.held.filter(isOfTable), ...claims].reduce<LockMode | undefined>(
      (best, claim) => (best === undefined || isStronger(claim.mode, best) ? claim.mode : best),
      undefined,
    );
    return told(
      name,
      mode,
      claims.some(({ rewrites }) => rewrites),
    );
  });
}

function told(name: string, mode: LockMode | undefined, rewritten: boolean): string {
  const lock = mode === undefined || MINOR.has(mode) ? "nothing" : mode;
  return `${name.replace("\0", ".")}: ${lock}${rewritten ? ", rewritten" : ""}`;
}

/** Claims of rows that are read of which no scan was seen: a table may be read for many reasons, but it is read. */
export function unreadClaims(run: StatementRun): readonly LockClaim[] {
  return run.claims.filter(
    ({ table, scans }) => scans && run.tables?.get(nameKey(table))?.scanned === false,
  );
}
