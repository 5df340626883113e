import { rules } from "../../rules/index.ts";
import type { Finding } from "../../src/core/finding.ts";
import { lintProject, type LintResult, type ReadMigration } from "../../src/core/lint.ts";
import type {
  Change,
  Execution,
  Framework,
  MigrationScript,
  ProjectFault,
} from "../../src/core/migration.ts";
import type { Rule, RuleExample } from "../../src/core/rule.ts";
import type { RuleSetting } from "../../src/core/settings.ts";
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
  /** Default: strict, so that every rule speaks. */
  readonly preset?: "recommended" | "strict";
  /** What the files say of the last migration under review. */
  readonly situation?: RuleExample["situation"] | "renamed" | "deleted" | "skipped";
  /** It holds SQL that does not parse, on purpose. */
  readonly unparsed?: boolean;
  /** Rows of a table, by its name without a schema. */
  readonly rows?: Readonly<Record<string, number>>;
  /** What the configuration sets for the rules that have options of these names. */
  readonly options?: Readonly<Record<string, number | string>>;
  /** Default: every rule. */
  readonly rules?: readonly Rule[];
}

/** Lints a project with every rule, those that are opt-in too. Throws when SQL does not parse or a rule crashes: both are bugs of the test or ours. */
export function lint(input: LintCase): LintResult {
  const before = (input.before ?? []).map((sql, index) => read(`${index + 1}_before`, sql, input));
  const changed = migrationsOf(input.migration);
  const result = lintProject({
    framework: input.framework ?? "sql",
    migrations: [
      ...before,
      ...changed.map((sql, index) =>
        index === changed.length - 1
          ? lastUnderReview(`9${index}_change`, sql, input)
          : { ...read(`9${index}_change`, sql, input), change: "added" as const },
      ),
      ...(input.situation === "out-of-order" ? [read("99_later", "SELECT 1;", input)] : []),
    ],
    rules: input.rules ?? rules,
    preset: input.preset ?? "strict",
    postgres: input.postgres ?? [],
    settingsOf: () => (id) => settingOf(id, input.options),
    rows: ({ name }) => input.rows?.[name],
  });
  const crash = result.crashes[0];
  if (crash !== undefined) throw crash.error;
  return result;
}

function settingOf(id: string, options: LintCase["options"]): RuleSetting | undefined {
  const declared = rules.find((rule) => rule.id === id)?.options ?? {};
  const names = Object.keys(options ?? {});
  return options === undefined || !names.every((name) => name in declared)
    ? undefined
    : { options };
}

/** All that lint finds, over all migrations under review, in order. */
export function findings(input: LintCase): readonly Finding[] {
  return lint(input).migrations.flatMap((migration) => migration.findings);
}

/** The texts of an example's or a case's migrations. */
export function migrationsOf(sql: string): string[] {
  return sql.split(/^---$/m).map((part) => part.trim());
}

function read(id: string, sql: string, input: LintCase): ReadMigration {
  const up = script(`${id}.up.sql`, sql, input);
  return {
    migration: { id, version: id, up, down: "forward-only" },
    change: "unchanged",
    up: parse(up, input),
    faults: [],
  };
}

const FAULTS: readonly ProjectFault[] = [
  {
    kind: "duplicate-version",
    path: "90_change.up.sql",
    message: "90_other.up.sql has the same version: the runner refuses to start.",
  },
  {
    kind: "lock-mismatch",
    path: "migration_lock.toml",
    message: "migration_lock.toml says mysql, and schema.prisma says postgresql.",
  },
  {
    kind: "skipped-migration",
    path: "90_change.up.sql",
    message: "Databases that have run `5_later` never run this migration.",
  },
  {
    kind: "deleted-migration",
    path: "1_gone.up.sql",
    message: "1_gone.up.sql was deleted. Restore the file.",
  },
];

const CHANGES: Readonly<Record<string, Change>> = { edited: "modified", renamed: "renamed" };

function lastUnderReview(id: string, sql: string, input: LintCase): ReadMigration {
  const { situation } = input;
  const { migration, up } = read(id, sql, input);
  const down = input.down === undefined ? undefined : script(`${id}.down.sql`, input.down, input);
  const absence = situation === "no-down" ? "missing" : "forward-only";
  return {
    migration: { ...migration, down: down ?? absence },
    change: CHANGES[situation ?? ""] ?? "added",
    up,
    ...(down === undefined ? {} : { down: parse(down, input) }),
    faults: FAULTS.filter(({ kind }) => kind.startsWith(situation ?? "none")),
  };
}

function script(path: string, text: string, { execution }: LintCase): MigrationScript {
  return {
    path,
    text,
    span: { start: 0, end: text.length },
    execution: execution ?? { transaction: true, sends: "statements" },
  };
}

function parse(source: MigrationScript, { unparsed }: LintCase): ReadMigration["up"] {
  const parsed = parser.parse(source.text, { span: source.span });
  const fault = parsed.unparsed[0];
  if (fault !== undefined && unparsed !== true) {
    throw new Error(`${source.path}: ${fault.message}\n${source.text}`);
  }
  return parsed;
}
