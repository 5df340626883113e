import { rules } from "../../rules/index.ts";
import type { Finding } from "../../src/core/finding.ts";
import { lintProject, type LintResult, type ReadMigration } from "../../src/core/lint.ts";
import type { Execution, Framework, MigrationScript } from "../../src/core/migration.ts";
import type { Rule } from "../../src/core/rule.ts";
import { loadParser } from "../../src/parser/parse-script.ts";

const parser = await loadParser();

/** How a runner that sends each statement by itself, without a transaction, runs a script. */
export const AUTOCOMMIT: Execution = { transaction: false, sends: "statements" };

/** A project to lint, in as few words as a test can say it. */
export interface LintCase {
  readonly framework?: Framework;
  /** Earlier migrations, which the base branch has. */
  readonly before?: readonly string[];
  /** The migrations under review: `---` on a line of its own separates them. */
  readonly migration: string;
  /** The down script of the last migration under review. */
  readonly down?: string;
  /** Default: the runner opens a transaction and sends statement by statement. */
  readonly execution?: Execution;
  readonly postgres?: readonly number[];
  /** Default: every rule. */
  readonly rules?: readonly Rule[];
}

/** Lints a project with the default settings. Throws when SQL does not parse or a rule crashes: both are bugs of the test or ours. */
export function lint(input: LintCase): LintResult {
  const execution = input.execution ?? { transaction: true, sends: "statements" };
  const changed = migrationsOf(input.migration);
  const result = lintProject({
    framework: input.framework ?? "sql",
    migrations: [
      ...(input.before ?? []).map((sql, index) => read(`${index + 1}_before`, sql, execution)),
      ...changed.map((sql, index) => ({
        ...read(
          `9${index}_change`,
          sql,
          execution,
          index === changed.length - 1 ? input.down : undefined,
        ),
        change: "added" as const,
      })),
    ],
    rules: input.rules ?? rules,
    preset: "recommended",
    postgres: input.postgres ?? [],
    setting: () => undefined,
    rows: () => undefined,
  });
  const crash = result.crashes[0];
  if (crash !== undefined) throw crash.error;
  return result;
}

/** All that lint finds, over all migrations under review, in order. */
export function findings(input: LintCase): readonly Finding[] {
  return lint(input).migrations.flatMap((migration) => migration.findings);
}

/** The texts of an example's or a case's migrations. */
export function migrationsOf(sql: string): string[] {
  return sql.split(/^---$/m).map((part) => part.trim());
}

function read(id: string, sql: string, execution: Execution, down?: string): ReadMigration {
  const up = script(`${id}.up.sql`, sql, execution);
  const downScript = down === undefined ? undefined : script(`${id}.down.sql`, down, execution);
  return {
    migration: { id, version: id, up, down: downScript ?? "forward-only" },
    change: "unchanged",
    up: parse(up),
    ...(downScript === undefined ? {} : { down: parse(downScript) }),
    faults: [],
  };
}

function script(path: string, text: string, execution: Execution): MigrationScript {
  return { path, text, span: { start: 0, end: text.length }, execution };
}

function parse(source: MigrationScript): ReadMigration["up"] {
  const parsed = parser.parse(source.text, { span: source.span });
  const fault = parsed.unparsed[0];
  if (fault !== undefined) throw new Error(`${source.path}: ${fault.message}\n${source.text}`);
  return parsed;
}
