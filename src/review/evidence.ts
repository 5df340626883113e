import type { Evidence, Finding } from "../core/finding.ts";
import { isStronger } from "../core/lock.ts";
import { lockHoldings } from "../core/lock-holdings.ts";
import type { ReviewedMigration } from "../core/review.ts";
import type { Rule } from "../core/rule.ts";
import type {
  DatabaseError,
  EngineDescription,
  StatementRun,
  Verification,
} from "../core/verification.ts";
import { evidenceText, type SeenLock } from "./evidence-text.ts";

/** What a migration's findings are held against. */
export interface EvidenceInput {
  readonly rules: readonly Rule[];
  readonly engine: EngineDescription;
  /** Major versions that production runs; empty: not known. */
  readonly production: readonly number[];
}

/**
 * The findings of a migration with what was seen when it ran. One that was contradicted on the very
 * version that production runs is lowered to a note: it is ours to mend. On another version it stands,
 * and says so: servers differ in their locks.
 */
export function withEvidence(
  migration: ReviewedMigration,
  input: EvidenceInput,
): ReviewedMigration {
  const { verification } = migration;
  if (verification === undefined) return migration;
  const findings = migration.findings.map((finding): Finding => {
    const evidence = evidenceFor(finding, { ...migration, verification }, input);
    if (evidence === undefined) return finding;
    if (evidence.verdict !== "contradicted") return { ...finding, evidence };
    if (isProduction(input)) return { ...finding, severity: "info", evidence };
    return { ...finding, evidence: { ...evidence, text: `${evidence.text} ${UNPROVEN}` } };
  });
  return { ...migration, findings };
}

const UNPROVEN =
  "The finding stands: the configuration does not say that production runs this version (`postgres`).";

type VerifiedMigration = ReviewedMigration & { readonly verification: Verification };

function isProduction({ engine, production }: EvidenceInput): boolean {
  return production.length === 1 && production[0] === Number.parseInt(engine.version, 10);
}

function evidenceFor(
  finding: Finding,
  migration: VerifiedMigration,
  input: EvidenceInput,
): Evidence | undefined {
  const error = errorAt(finding, migration, input);
  if (error !== undefined) {
    const text = `${serverOf(input)} refused it (${error.code ?? ""}): ${error.message}`;
    return { verdict: "confirmed", text };
  }
  const { prediction, table } = finding;
  if (prediction === undefined || table === undefined) return undefined;
  const runs = runsAt(finding, migration);
  if (!runs.some(({ watched }) => watched)) {
    const why = runs.length === 0 ? "the statement did not run to its end" : UNWATCHED;
    return { verdict: "not-observed", text: `Not seen: ${why}.` };
  }
  const seen = lockOn(table, runs, migration.verification.statements);
  if (seen === undefined) {
    return {
      verdict: "not-observed",
      text: `${serverOf(input)} took no lock on \`${table}\` here under this name.`,
    };
  }
  const isRewritten = runs.some(({ rewrites }) => rewrites.includes(table));
  const isWeaker = isStronger(prediction.mode, seen.mode);
  const isContradicted = isWeaker || (prediction.rewrites && !isRewritten);
  return {
    verdict: isContradicted ? "contradicted" : "confirmed",
    text: evidenceText({ server: serverOf(input), table, seen, runs, prediction }),
  };
}

const UNWATCHED = "nobody could look at its locks while it ran";

function serverOf({ engine: { name, version } }: EvidenceInput): string {
  return `${name === "pglite" ? "PGlite" : "PostgreSQL"} ${version}`;
}

/** The error that stopped a script within the finding's lines, where it is the one that the rule foretells. */
function errorAt(
  { rule: id, path, line, endLine }: Finding,
  { path: upPath, downPath = upPath, verification: { up, down } }: VerifiedMigration,
  { rules }: EvidenceInput,
): DatabaseError | undefined {
  const codes = new Set(
    rules.find((rule) => rule.id === id)?.examples.flatMap(({ fails }) => fails ?? []) ?? [],
  );
  return [...(path === upPath ? [up.error] : []), ...(path === downPath ? [down.error] : [])].find(
    (error) =>
      codes.has(error?.code ?? "") &&
      error?.line !== undefined &&
      error.line >= line &&
      error.line <= endLine,
  );
}

/** The statements that stand at the finding's place: the last that begins before it, and what was compiled to the same place. */
function runsAt(
  { path, line, column, sql }: Finding,
  { path: upPath, downPath = upPath, verification: { statements } }: VerifiedMigration,
): readonly StatementRun[] {
  const own = statements.filter(
    ({ direction }) => path === (direction === "up" ? upPath : downPath),
  );
  const before = own.filter(
    (run) => run.line < line || (run.line === line && run.column <= column),
  );
  const start = before.reduce<StatementRun | undefined>(
    (last, run) => (last === undefined || isBehind(run, last) ? run : last),
    undefined,
  );
  return before.filter(
    (run) =>
      run.line === start?.line &&
      run.column === start.column &&
      // One operation of a framework's may be compiled to several statements.
      (sql === undefined || run.sql.includes(sql)),
  );
}

function isBehind(one: StatementRun, other: StatementRun): boolean {
  return one.line > other.line || (one.line === other.line && one.column > other.column);
}

/** The strongest lock on a table when these statements had run: their own, or one of an earlier statement of the transaction. */
function lockOn(
  table: string,
  runs: readonly StatementRun[],
  all: readonly StatementRun[],
): SeenLock | undefined {
  const last = runs.at(-1);
  if (last === undefined) return undefined;
  const own = all.filter(({ direction }) => direction === last.direction);
  const startMs = own
    .slice(0, own.indexOf(last))
    .reduce((sum, { durationMs }) => sum + durationMs, 0);
  return lockHoldings(all, last.direction)
    .filter((one) => one.object === table)
    .filter((one) => one.startMs <= startMs && one.startMs + one.heldMs > startMs)
    .reduce<SeenLock | undefined>(
      (best, one) => (best === undefined || isStronger(one.mode, best.mode) ? one : best),
      undefined,
    );
}
