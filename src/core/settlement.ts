import { Checks } from "./checks.ts";
import type { Finding, Severity } from "./finding.ts";
import type { Fix, FixProposal } from "./fix.ts";
import type { Direction, Framework } from "./migration.ts";
import { displayName, type ObjectName } from "./name.ts";
import type { Rule } from "./rule.ts";
import type { ReportOptions, RuleContext } from "./rule-context.ts";
import type { SettingsOf } from "./settings.ts";
import type { Span } from "./span.ts";
import type { Script } from "./statement.ts";
import { severityBySize } from "./table-size.ts";
import type { FindUses } from "./uses.ts";
import { readSuppressions, suppresses, type Suppression } from "./suppression.ts";

/** What a rule reported, before the configuration and the file's comments have their word. */
export interface RawFinding {
  readonly rule: Rule;
  readonly span: Span;
  /** The statement that it is about, where the author wrote none. */
  readonly sql?: string;
  readonly message: string;
  readonly options: ReportOptions;
  /** What would mend it. */
  readonly proposal?: FixProposal;
  /** What mends it: proven by linting what it leaves. */
  readonly fix?: Fix;
  readonly prediction?: Finding["prediction"];
}

export interface SuppressedFinding {
  readonly finding: Finding;
  readonly reason?: string;
}

export interface SettledFindings {
  /** In the order of their places. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
}

/** One script of a migration with what the rules reported in it. */
export interface LintedScript {
  readonly raw: readonly RawFinding[];
  /** As its author wrote it. */
  readonly script: Omit<Script, "written">;
  readonly path: string;
  readonly direction: Direction;
}

interface SettledScript {
  readonly kept: readonly RawFinding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly suppressions: readonly Suppression[];
}

/** The rule under which suppressions that hide nothing are reported. */
const UNUSED_SUPPRESSION = "no-unused-suppression";

/** Which rules apply, how severe each is, and which of its findings a comment takes back. */
export class Settlement {
  readonly #rules: readonly Rule[];
  readonly #preset: "recommended" | "strict";
  readonly #framework: Framework;
  readonly #settingsOf: SettingsOf;
  readonly #findUses: FindUses | undefined;
  readonly #rows: (table: ObjectName) => number | undefined;
  /** The checks of the rules that apply, for each answer of the configuration. */
  readonly #checks: Readonly<Record<Direction, Map<ReturnType<SettingsOf>, Checks>>> = {
    up: new Map(),
    down: new Map(),
  };

  constructor(input: {
    readonly rules: readonly Rule[];
    readonly preset: "recommended" | "strict";
    readonly framework: Framework;
    readonly settingsOf: SettingsOf;
    readonly findUses?: FindUses;
    readonly rows: (table: ObjectName) => number | undefined;
  }) {
    this.#rules = input.rules;
    this.#preset = input.preset;
    this.#framework = input.framework;
    this.#settingsOf = input.settingsOf;
    this.#findUses = input.findUses;
    this.#rows = input.rows;
  }

  applies(rule: Rule, direction: Direction, path: string): boolean {
    return (rule.directions ?? ["up"]).includes(direction) && this.#severity(rule, path) !== "off";
  }

  /** The checks of all rules that apply. */
  checksFor(direction: Direction, path: string): Checks {
    const settings = this.#settingsOf(path);
    const known = this.#checks[direction].get(settings);
    if (known !== undefined) return known;
    const checks = new Checks(this.#rules.filter((rule) => this.applies(rule, direction, path)));
    this.#checks[direction].set(settings, checks);
    return checks;
  }

  /** The configuration names the rule, or asks for the opt-in ones. */
  isAskedFor(rule: Rule | undefined, path: string): boolean {
    return (
      this.#preset === "strict" ||
      (rule !== undefined && this.#settingsOf(path)(rule.id) !== undefined)
    );
  }

  /** What the context answers of the rule that is asked for at the moment. */
  answers(
    rule: () => Rule | undefined,
    { path, direction }: { readonly path: string; readonly direction: Direction },
  ): Pick<RuleContext, "option" | "isAskedFor" | "isOn"> {
    return {
      isOn: (id) => {
        const other = this.#rules.find((one) => one.id === id);
        return other !== undefined && this.applies(other, direction, path);
      },
      option: (name) => this.option(rule(), name, path),
      isAskedFor: () => this.isAskedFor(rule(), path),
    };
  }

  /** The value of a rule's option. Throws when the rule did not declare it: a bug of the rule. */
  option(rule: Rule | undefined, name: string, path: string): number | string {
    const declared = rule?.options?.[name];
    if (rule === undefined || declared === undefined) {
      throw new Error(
        `rule ${rule?.id ?? "?"} did not declare the option that it asks for: ${name}`,
      );
    }
    return this.#settingsOf(path)(rule.id)?.options[name] ?? declared.default;
  }

  /** Takes the suppressed findings out of a migration's scripts, and adds one for each suppression that hid nothing. */
  settle(scripts: readonly LintedScript[]): SettledFindings {
    const used = new Set<string>();
    const settled = scripts.map((script) => this.#settleScript(script, used));
    // A file with both halves has comments for both: those of the file hid something in either, or nothing.
    const told = new Set<string>();
    return {
      findings: scripts.flatMap((script, index) => {
        const { kept = [], suppressions = [] } = settled[index] ?? {};
        const unused = this.#unused(script, suppressions, used, told);
        return [...kept, ...unused]
          .toSorted((a, b) => a.span.start - b.span.start)
          .map((entry) => this.#finding(entry, script));
      }),
      suppressed: settled.flatMap(({ suppressed }) => suppressed),
    };
  }

  #settleScript(linted: LintedScript, used: Set<string>): SettledScript {
    const suppressions = readSuppressions(linted.script, this.#rules);
    const kept: RawFinding[] = [];
    const suppressed: SuppressedFinding[] = [];
    for (const entry of linted.raw) {
      const by = suppressions.find((one) => suppresses(one, entry.rule.id, entry.span.start));
      if (by === undefined) {
        kept.push(entry);
        continue;
      }
      used.add(suppressionKey(linted.path, by));
      const finding = this.#finding(entry, linted);
      suppressed.push({ finding, ...(by.reason === undefined ? {} : { reason: by.reason }) });
    }
    return { kept, suppressed, suppressions };
  }

  #unused(
    { path }: LintedScript,
    suppressions: readonly Suppression[],
    used: ReadonlySet<string>,
    told: Set<string>,
  ): RawFinding[] {
    const rule = this.#rules.find(({ id }) => id === UNUSED_SUPPRESSION);
    if (rule === undefined || this.#severity(rule, path) === "off") return [];
    const unused: RawFinding[] = [];
    for (const one of suppressions) {
      const key = suppressionKey(path, one);
      if (one.origin !== "own" || used.has(key) || told.has(key)) continue;
      told.add(key);
      unused.push({ rule, span: one.span, message: unusedMessage(one), options: {} });
    }
    return unused;
  }

  #finding(entry: RawFinding, { script, path, direction }: LintedScript): Finding {
    const { rule, span, sql, message, options, prediction } = entry;
    const uses = options.removes === undefined ? undefined : this.#findUses?.(options.removes);
    const { severity, bySize } = this.#reportedSeverity(entry, path, direction);
    return {
      rule: rule.id,
      severity,
      confidence: options.confidence ?? rule.confidence,
      message: bySize === undefined ? message : `${message} ${bySize}`,
      path,
      ...script.lines.place(span),
      ...(options.table === undefined ? {} : { table: displayName(options.table) }),
      ...(sql === undefined ? {} : { sql }),
      ...(entry.fix === undefined ? {} : { fix: entry.fix }),
      ...(prediction === undefined ? {} : { prediction }),
      ...(uses === undefined ? {} : { uses }),
    };
  }

  /** How severe it is, and a sentence where that is so because of how many rows the table holds. */
  #reportedSeverity(
    { rule, options, prediction }: RawFinding,
    path: string,
    direction: Direction,
  ): { readonly severity: Severity; readonly bySize?: string } {
    const configured = this.#settingsOf(path)(rule.id)?.severity;
    if (configured !== undefined && configured !== "off") return { severity: configured };
    const stated = options.severity ?? rule.severity;
    if (rule.uncapped === true) return { severity: stated };
    // A rule with an option for it has looked at the rows itself.
    const asksItself = rule.options?.["rows"] !== undefined;
    const { table } = options;
    const rows = table === undefined || asksItself ? undefined : this.#rows(table);
    const sized = severityBySize(stated, prediction, rows);
    const severity = capped(sized, direction);
    return sized === stated || rows === undefined
      ? { severity }
      : { severity, bySize: `It held about ${rows.toLocaleString("en")} rows, by the statistics.` };
  }

  #severity(rule: Rule, path: string): Severity | "off" {
    const configured = this.#settingsOf(path)(rule.id);
    if (configured?.severity !== undefined) return configured.severity;
    if (rule.optIn !== true || configured !== undefined) return rule.severity;
    // Nobody chose what a generator writes.
    const isHabit = rule.generatedBy?.includes(this.#framework) === true;
    return this.#preset === "strict" && !isHabit ? rule.severity : "off";
  }
}

function suppressionKey(path: string, { span, name }: Suppression): string {
  return `${path}\0${span.start}\0${name}`;
}

function unusedMessage({ name, rules }: Suppression): string {
  if (name === "") {
    return "This comment ignores nothing, because it names no rule. Name the rule behind it, and the reason.";
  }
  return rules.length === 0
    ? `This comment ignores \`${name}\`, and no rule has that name. Correct the name or remove the comment.`
    : `This comment ignores \`${name}\`, and that rule finds nothing here. Remove the comment.`;
}

/** A rollback is expected to remove things: unless the configuration says more, a finding in a down script warns at most. */
function capped(severity: Severity, direction: Direction): Severity {
  return direction === "down" && severity === "error" ? "warning" : severity;
}
