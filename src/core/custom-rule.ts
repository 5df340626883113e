import type { Severity } from "./finding.ts";
import type { Direction } from "./migration.ts";
import { displayIdentifier } from "./name.ts";
import { namesGiven, type NamedKind } from "./named-object.ts";
import type { Operation } from "./operation.ts";
import type { RuleContext } from "./rule-context.ts";
import { defineRule, type Rule, type RuleChecks } from "./rule.ts";
import { scriptStart } from "./script-start.ts";
import { subjectsOf, type Fact, type Subject, type SubjectKind } from "./subject.ts";
import { fitsWildcard } from "./wildcard.ts";

/** What a fact of a subject must be. Texts are patterns with `*` and `?`. */
export type FactTest =
  | string
  | number
  | boolean
  | readonly string[]
  | {
      readonly not?: string | readonly string[] | undefined;
      readonly "more-than"?: number | undefined;
      readonly "less-than"?: number | undefined;
    };

/** A rule that a project states in its configuration: what it must not do, or must. */
export type CustomRule = {
  readonly id: string;
  readonly severity: Severity;
  /** What to say; each kind has a sentence of its own where this is absent. */
  readonly message?: string;
  readonly directions: readonly Direction[];
} & (
  | {
      readonly kind: "forbid";
      readonly subjects: readonly SubjectKind[];
      readonly where: Readonly<Record<string, FactTest>>;
      /** How many of them one migration may hold. */
      readonly atMost: number;
    }
  | {
      readonly kind: "require";
      readonly subjects: readonly SubjectKind[];
      readonly where: Readonly<Record<string, FactTest>>;
    }
  | {
      readonly kind: "name";
      readonly of: readonly NamedKind[];
      readonly patterns: readonly string[];
    }
  | { readonly kind: "comment"; readonly patterns: readonly string[] }
);

/** The rule that a definition stands for. */
export function customRule(custom: CustomRule): Rule {
  return defineRule({
    id: custom.id,
    summary: custom.message ?? `Keep to ${custom.id}`,
    severity: custom.severity,
    confidence: "high",
    category: "hygiene",
    dialects: ["postgresql"],
    since: "",
    condition: "A rule of this project's configuration.",
    effect: custom.message ?? "The project agreed on it.",
    instead: "Ask whoever wrote the configuration.",
    references: [],
    examples: [],
    directions: custom.directions,
    checks: checksOf(custom),
  });
}

function checksOf(custom: CustomRule): RuleChecks {
  switch (custom.kind) {
    case "forbid":
      return { operation: (operation, context) => forbid(custom, operation, context) };
    case "require":
      return { migration: (context) => requireOne(custom, context) };
    case "name":
      return { operation: (operation, context) => checkNames(custom, operation, context) };
    case "comment":
      return { migration: (context) => requireComment(custom, context) };
  }
}

function forbid(
  custom: CustomRule & { readonly kind: "forbid" },
  operation: Operation,
  context: RuleContext,
): void {
  const isMatch = (subject: Subject): boolean => matches(subject, custom);
  const found = subjectsOf(operation, context).filter(isMatch);
  if (found.length === 0) return;
  let count = 0;
  if (custom.atMost > 0) {
    const before = context.operations.slice(0, context.operations.indexOf(operation));
    count = before.flatMap((one) => subjectsOf(one, context).filter(isMatch)).length;
  }
  for (const subject of found) {
    count += 1;
    if (count <= custom.atMost) continue;
    const { table } = subject;
    const message = custom.message ?? refusal(subject, custom.atMost);
    context.report(subject, message, table === undefined ? {} : { table });
  }
}

function refusal({ kind }: Subject, atMost: number): string {
  const words = kind === "any" ? "statement" : kind.replaceAll("-", " ");
  return atMost === 0
    ? `This project allows no such ${words}.`
    : `This project allows no more than ${atMost} such ${words} in a migration.`;
}

function requireOne(custom: CustomRule & { readonly kind: "require" }, context: RuleContext): void {
  if (context.operations.length === 0) return;
  const found = context.operations.some((operation) =>
    subjectsOf(operation, context).some((subject) => matches(subject, custom)),
  );
  if (found) return;
  const words = custom.subjects.map((kind) => kind.replaceAll("-", " ")).join(" or ");
  context.report(
    scriptStart(context),
    custom.message ?? `This project requires such a ${words} in every migration.`,
  );
}

function checkNames(
  custom: CustomRule & { readonly kind: "name" },
  operation: Operation,
  context: RuleContext,
): void {
  for (const given of namesGiven(operation, context)) {
    if (!custom.of.includes(given.kind)) continue;
    const patterns = custom.patterns.map((pattern) =>
      pattern
        .replaceAll("{table}", given.table ?? "*")
        .replaceAll("{columns}", given.columns?.join("_") ?? "*"),
    );
    if (patterns.some((pattern) => fitsWildcard(given.name, pattern))) continue;
    const words = given.kind.replaceAll("-", " ");
    context.report(
      given,
      custom.message ??
        `The name \`${displayIdentifier(given.name)}\` of this ${words} is not as this project agreed: ${patterns.map((pattern) => `\`${pattern}\``).join(" or ")}.`,
    );
  }
}

function requireComment(
  custom: CustomRule & { readonly kind: "comment" },
  context: RuleContext,
): void {
  if (context.operations.length === 0) return;
  const found = context.comments.some(({ text }) =>
    text
      .split("\n")
      .some((line) => custom.patterns.some((pattern) => fitsWildcard(line.trim(), pattern))),
  );
  if (found) return;
  const patterns = custom.patterns.map((pattern) => `\`${pattern}\``).join(" or ");
  context.report(
    scriptStart(context),
    custom.message ?? `This project requires a comment such as ${patterns} in every migration.`,
  );
}

function matches(
  { kind, facts }: Subject,
  { subjects, where }: Pick<CustomRule & { readonly kind: "forbid" }, "subjects" | "where">,
): boolean {
  if (!subjects.includes(kind)) return false;
  return Object.entries(where).every(([name, test]) => passes(facts[name], test));
}

/** A fact that a subject does not have is false, and no text. */
function passes(fact: Fact, test: FactTest): boolean {
  if (typeof test === "boolean") return (fact !== undefined && fact !== false) === test;
  if (typeof test === "number") return fact === test;
  if (typeof test === "string" || isList(test)) return fitsOne(fact, test);
  if (test.not !== undefined && fitsOne(fact, test.not)) return false;
  return isBetween(sizeOf(fact), test["more-than"], test["less-than"]);
}

/** Whether a size keeps to the bounds that are stated; one that is not known keeps to none. */
function isBetween(
  size: number | undefined,
  more: number | undefined,
  less: number | undefined,
): boolean {
  if (more === undefined && less === undefined) return true;
  return size !== undefined && size > (more ?? -Infinity) && size < (less ?? Infinity);
}

function sizeOf(fact: Fact): number | undefined {
  if (typeof fact === "number") return fact;
  return Array.isArray(fact) ? fact.length : undefined;
}

function fitsOne(fact: Fact, patterns: string | readonly string[]): boolean {
  return [patterns].flat().some((pattern) => fits(fact, pattern));
}

function isList(test: FactTest): test is readonly string[] {
  return Array.isArray(test);
}

function fits(fact: Fact, pattern: string): boolean {
  if (fact === undefined || typeof fact === "boolean" || typeof fact === "number") {
    return String(fact) === pattern;
  }
  return [fact].flat().some((text) => fitsWildcard(text, pattern));
}
