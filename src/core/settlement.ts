import type { Finding, Severity } from "./finding.ts";
import type { Direction } from "./migration.ts";
import { displayName } from "./name.ts";
import type { Rule } from "./rule.ts";
import type { ReportOptions } from "./rule-context.ts";
import type { RuleSetting } from "./settings.ts";
import type { Span } from "./span.ts";
import type { Script } from "./statement.ts";
import { readSuppressions, suppresses, type Suppression } from "./suppression.ts";

/** What a rule reported, before the configuration and the file's comments have their word. */
export interface RawFinding {
  readonly rule: Rule;
  readonly span: Span;
  readonly message: string;
  readonly options: ReportOptions;
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

/** The rule under which suppressions that hide nothing are reported. */
const UNUSED_SUPPRESSION = "no-unused-suppression";

/** Which rules apply, how severe each is, and which of its findings a comment takes back. */
export class Settlement {
  readonly #rules: readonly Rule[];
  readonly #preset: "recommended" | "strict";
  readonly #setting: (rule: string, path: string) => RuleSetting | undefined;

  constructor(input: {
    readonly rules: readonly Rule[];
    readonly preset: "recommended" | "strict";
    readonly setting: (rule: string, path: string) => RuleSetting | undefined;
  }) {
    this.#rules = input.rules;
    this.#preset = input.preset;
    this.#setting = input.setting;
  }

  applies(rule: Rule, direction: Direction, path: string): boolean {
    return (rule.directions ?? ["up"]).includes(direction) && this.#severity(rule, path) !== "off";
  }

  /** The value of a rule's option. Throws when the rule did not declare it: a bug of the rule. */
  option(rule: Rule | undefined, name: string, path: string): number | string {
    const declared = rule?.options?.[name];
    if (rule === undefined || declared === undefined) {
      throw new Error(
        `rule ${rule?.id ?? "?"} did not declare the option that it asks for: ${name}`,
      );
    }
    return this.#setting(rule.id, path)?.options[name] ?? declared.default;
  }

  /** Takes the suppressed findings out, and adds one for each suppression that hid nothing. */
  settle(
    raw: readonly RawFinding[],
    script: Script,
    path: string,
    direction: Direction,
  ): SettledFindings {
    const suppressions = readSuppressions(script, this.#rules);
    const used = new Set<Suppression>();
    const kept: RawFinding[] = [];
    const suppressed: SuppressedFinding[] = [];
    for (const entry of raw) {
      const by = suppressions.find((one) => suppresses(one, entry.rule.id, entry.span.start));
      if (by === undefined) {
        kept.push(entry);
        continue;
      }
      used.add(by);
      const finding = this.#finding(entry, script, path, direction);
      suppressed.push({ finding, ...(by.reason === undefined ? {} : { reason: by.reason }) });
    }
    kept.push(...this.#unused(suppressions, used, path));
    kept.sort((a, b) => a.span.start - b.span.start);
    return {
      findings: kept.map((entry) => this.#finding(entry, script, path, direction)),
      suppressed,
    };
  }

  #unused(
    suppressions: readonly Suppression[],
    used: ReadonlySet<Suppression>,
    path: string,
  ): RawFinding[] {
    const rule = this.#rules.find(({ id }) => id === UNUSED_SUPPRESSION);
    if (rule === undefined || this.#severity(rule, path) === "off") return [];
    return suppressions
      .filter((one) => one.origin === "own" && !used.has(one))
      .map((one) => ({
        rule,
        span: one.span,
        message:
          one.rules.length === 0
            ? `This comment ignores \`${one.name}\`, and no rule has that name. Correct the name or remove the comment.`
            : `This comment ignores \`${one.name}\`, and that rule finds nothing here. Remove the comment.`,
        options: {},
      }));
  }

  #finding(entry: RawFinding, script: Script, path: string, direction: Direction): Finding {
    const { rule, span, message, options } = entry;
    const configured = this.#setting(rule.id, path)?.severity;
    return {
      rule: rule.id,
      severity:
        configured === undefined || configured === "off"
          ? capped(options.severity ?? rule.severity, direction)
          : configured,
      confidence: options.confidence ?? rule.confidence,
      message,
      path,
      ...script.lines.place(span),
      ...(options.table === undefined ? {} : { table: displayName(options.table) }),
      ...(options.fix === undefined ? {} : { fix: options.fix }),
    };
  }

  #severity(rule: Rule, path: string): Severity | "off" {
    const configured = this.#setting(rule.id, path);
    if (configured?.severity !== undefined) return configured.severity;
    const optedIn = this.#preset === "strict" || configured !== undefined;
    return rule.optIn === true && !optedIn ? "off" : rule.severity;
  }
}

/** A rollback is expected to remove things: unless the configuration says more, a finding in a down script warns at most. */
function capped(severity: Severity, direction: Direction): Severity {
  return direction === "down" && severity === "error" ? "warning" : severity;
}
