import type { RuleContext } from "./rule-context.ts";
import type { Confidence, Severity } from "./finding.ts";
import type { Operation, OperationKind, OperationOf } from "./operation.ts";
import type { Direction, Framework } from "./migration.ts";

export const RULE_CATEGORIES = [
  "blocking-lock",
  "table-rewrite",
  "data-loss",
  "data-dependent-failure",
  "breaks-running-code",
  "transaction",
  "reversibility",
  "ordering",
  "design",
  "security",
  "hygiene",
] as const;
export type RuleCategory = (typeof RULE_CATEGORIES)[number];

/** Migrations that show a rule. All of it is executed by the tests. */
export interface RuleExample {
  readonly title: string;
  /** Its texts are modules of a Django app “shop”, `0001_before` and then `0002_change`, `0003_change` …. Default: SQL. */
  readonly language?: "django";
  /** The history: what earlier migrations built. */
  readonly before: string;
  /** A migration that gives exactly this rule's finding at least once. */
  readonly bad: string;
  /** The safe way; gives no finding of any rule. `---` on a line of its own separates migrations. */
  readonly good: string;
  /** Options of the rule that both sides are linted with. Default: the rule's own defaults. */
  readonly options?: Readonly<Record<string, number | string>>;
  /** Major versions that production runs. Default: not known. */
  readonly postgres?: readonly number[];
  /** The migrations are run without a transaction around them. Default: within one. */
  readonly autocommit?: { readonly bad?: boolean; readonly good?: boolean };
  /** The down script of the bad and of the good example. Default: none, as in a forward-only framework. */
  readonly down?: { readonly bad?: string; readonly good?: string };
  /**
   * What the files, not the SQL, say of the bad example. `edited`: the base branch has it, and the
   * pull request changes it. `duplicate-version`: another migration has its version. `out-of-order`:
   * the base branch has a later one. `no-down`: the framework knows down scripts, and it has none.
   * `lock-mismatch`: Prisma's lock file names another database than its schema.
   */
  readonly situation?:
    "edited" | "duplicate-version" | "lock-mismatch" | "out-of-order" | "no-down";
  /** The bad example ends with an error on the database, as the rule says it will: its SQLSTATE. */
  readonly fails?: string;
}

/**
 * One function for each kind of operation that the rule looks at. `operation` runs for every one,
 * whatever its kind; `migration` runs once after a script's last operation.
 */
export type RuleChecks = {
  readonly [Kind in OperationKind]?: (operation: OperationOf<Kind>, context: RuleContext) => void;
} & {
  readonly operation?: (operation: Operation, context: RuleContext) => void;
  readonly migration?: (context: RuleContext) => void;
};

/** What the configuration may set of a rule. */
export interface RuleOption {
  readonly default: number | string;
  readonly description: string;
  /** The texts that it may be, beside the default. Absent: any. */
  readonly values?: readonly string[] | undefined;
}

export interface Rule {
  /** File name, page, SARIF id and suppression name. Begins with `require-`, `no-` or `prefer-`. */
  readonly id: string;
  /** An imperative sentence without a full stop. */
  readonly summary: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly category: RuleCategory;
  readonly dialects: readonly "postgresql"[];
  /** The version of migrate-verify that had it first. */
  readonly since: string;
  /** What is seen in the migration. */
  readonly condition: string;
  /** What happens, and to whom. */
  readonly effect: string;
  /** What to do; begins with a verb. */
  readonly instead: string;
  readonly references: readonly string[];
  readonly examples: readonly RuleExample[];
  /** Directions it looks at. Default: up only. In a down script a finding is a warning at most. */
  readonly directions?: readonly Direction[];
  /** At most one finding for each script: the first. */
  readonly once?: boolean;
  /** In a down script too a finding has its own severity: what was not read is not taken for read. */
  readonly uncapped?: true;
  /** Only with `extends: strict`, or when named in the configuration. */
  readonly optIn?: boolean;
  /** Frameworks whose generator writes what an opt-in rule is about: told there only when the configuration names the rule. */
  readonly generatedBy?: readonly Framework[];
  /** Names of squawk's rules that an ignore comment may use for this one. */
  readonly squawk?: readonly string[];
  /** Ids of the hazards of scripts/hazards.ts that it finds. */
  readonly hazards?: readonly string[];
  /** Earlier ids of this rule. */
  readonly aliases?: readonly string[];
  /** Options with their defaults; a number or a text each. */
  readonly options?: Readonly<Record<string, RuleOption>>;
  /** Path of the module of the project's own that it comes from. */
  readonly module?: string;
  /** Kinds that its check of every `operation` looks at. Default: all. */
  readonly kinds?: readonly OperationKind[];
  readonly checks: RuleChecks;
}

/** Gives a rule its type; the object is the rule. */
export function defineRule(rule: Rule): Rule {
  return rule;
}
