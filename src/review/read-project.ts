import type { ReadMigration } from "../core/lint.ts";
import type { Migration, MigrationScript, Project, ProjectFault } from "../core/migration.ts";
import type { Unverified } from "../core/review.ts";
import { LineTable } from "../core/span.ts";
import { placeIn, type Script } from "../core/statement.ts";
import { withWrittenScript } from "../core/written-script.ts";
import type { Parser } from "../parser/parse-script.ts";
import { baselineIndex } from "./baseline.ts";
import type { ScopedMigration } from "./changed.ts";
import type { HistoryGaps, KnownHistory } from "./known-history.ts";

export interface ReadProject {
  /** All of them: also what comes after the last changed one stands on the base, and is there before it runs. */
  readonly migrations: readonly ReadMigration[];
  /** Statements of the history that the grammar did not accept: the schema is not wholly known. */
  readonly unverified: readonly Unverified[];
  /** What is not known of the unchanged migrations. */
  readonly gaps: HistoryGaps;
}

/**
 * Parses the scripts of a project: every up, and the downs of what changed. What could not be
 * compiled is told, of the history up to the baseline excepted.
 *
 * @param known what the first migrations come to: their scripts are not read
 */
export function readProject(
  project: Project,
  scoped: readonly ScopedMigration[],
  parser: Parser,
  baseline: string | undefined,
  known?: KnownHistory,
): ReadProject {
  const count = known?.count ?? 0;
  const unparsed = [...(known?.gaps.unparsed ?? [])];
  const unknown = [...(known?.gaps.unknown ?? []), ...unknownsFrom(scoped, count)];
  const ofChanged: Unverified[] = [];
  const faultsOf = faultsByMigration(project, scoped);
  const migrations = scoped.map(({ migration, change }, index): ReadMigration => {
    if (index < count) return laterRead(migration, parser, faultsOf(migration));
    const up = readScript(parser, migration.up);
    if (change === "unchanged") {
      unparsed.push(...unparsedOf(up, migration.up.path).map((one) => ({ ...one, index })));
      return { migration, change, up, faults: faultsOf(migration) };
    }
    ofChanged.push(...unknownsOf(migration));
    const { down } = migration;
    return {
      migration,
      change,
      up,
      ...(typeof down === "string" ? {} : { down: readScript(parser, down) }),
      ...(migration.up.again === undefined
        ? {}
        : { again: readScript(parser, migration.up.again) }),
      faults: faultsOf(migration),
    };
  });
  return {
    migrations,
    unverified: [
      ...unknownHistory(unknown, baselineIndex(project, baseline)),
      ...unparsed.map(({ path, reason }) => ({ path, reason })),
      ...ofChanged,
    ],
    gaps: { unparsed, unknown },
  };
}

/** A migration of the history whose script is only read when something asks for it. */
function laterRead(
  migration: Migration,
  parser: Parser,
  faults: ReadMigration["faults"],
): ReadMigration {
  let up: Script | undefined;
  return {
    migration,
    change: "unchanged",
    get up() {
      up ??= readScript(parser, migration.up);
      return up;
    },
    faults,
  };
}

/** Statements of an earlier migration that the grammar did not accept. */
function unparsedOf(up: Script, path: string): Unverified[] {
  return up.unparsed.map(({ span, message }) => {
    const { line } = placeIn(up, span);
    return {
      path,
      reason: `line ${line} of this earlier migration does not parse, so the schema that it built is not wholly known: ${message}`,
    };
  });
}

/** What of the unchanged migrations from an index on could not be compiled. */
function unknownsFrom(scoped: readonly ScopedMigration[], from: number): HistoryGaps["unknown"] {
  return scoped.flatMap(({ migration, change }, index) =>
    index < from || change !== "unchanged"
      ? []
      : unknownsOf(migration).map((one) => ({ ...one, index })),
  );
}

/**
 * What of the earlier migrations could not be compiled, in one sentence: the schema that they built is
 * not wholly known. Nothing is said of those up to the baseline, which has the index `last`.
 */
function unknownHistory(unknown: HistoryGaps["unknown"], last: number): Unverified[] {
  const unknowns = unknown.filter(({ index }) => index > last);
  const [first] = unknowns;
  if (first === undefined) return [];
  const more = unknowns.length === 1 ? "" : ` There are ${unknowns.length} of these.`;
  return [
    {
      path: first.path,
      reason: `this earlier migration could not be compiled whole, so the schema that it built is not wholly known: ${first.reason}.${more} A baseline accepts what stands before it.`,
    },
  ];
}

/** What of a migration could not be compiled to SQL: no rule has seen it, and it is not run. */
function unknownsOf({ up, down }: Migration): Unverified[] {
  const compiled = [up, ...(typeof down === "string" ? [] : [down])].flatMap((script) =>
    script.compiled === undefined ? [] : [script.compiled],
  );
  const reasons = compiled.flatMap(({ text, unknowns }) => {
    const lines = new LineTable(text);
    return unknowns.map(({ span, reason }) => {
      return `line ${lines.place(span).line}: not known: ${reason}`;
    });
  });
  return [...new Set(reasons)].map((reason) => ({ path: up.path, reason }));
}

/** Parses one script. */
export function readScript(parser: Parser, source: MigrationScript): Script {
  const { text, span, statementSpans, substitutions, compiled } = source;
  const script = parser.parse(text, {
    span,
    ...(statementSpans === undefined ? {} : { statementSpans }),
    ...(substitutions === undefined ? {} : { substitutions }),
  });
  return compiled === undefined ? script : withWrittenScript(script, compiled);
}

/** Faults of a migration's own files; what is wrong with the project as a whole is told of the first changed one. Deleted migrations tell of themselves. */
function faultsByMigration(
  { migrations, faults }: Project,
  scoped: readonly ScopedMigration[],
): (migration: Migration) => readonly ProjectFault[] {
  const own = new Set(migrations.map(({ up }) => up.path));
  const unchanged = new Set(
    scoped.flatMap(({ migration, change }) => (change === "unchanged" ? [migration.up.path] : [])),
  );
  const shared = faults.filter(({ kind, path }) =>
    // A change can break what another file depends on.
    kind === "broken-dependency"
      ? unchanged.has(path)
      : kind !== "deleted-migration" && !own.has(path),
  );
  const changed = new Set(
    scoped.flatMap(({ migration, change }) => (change === "unchanged" ? [] : [migration])),
  );
  const first = scoped.find(({ change }) => change !== "unchanged")?.migration;
  return (migration) => [
    ...faults.filter(({ path }) => path === migration.up.path),
    ...(changed.has(migration) ? (migration.faults ?? []) : []),
    ...(migration === first
      ? shared.map(({ kind, path, message }) => ({ kind, path, message }))
      : []),
  ];
}
