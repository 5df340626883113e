import * as z from "zod";
import { CONFIDENCES, SEVERITIES } from "../core/finding.ts";
import { RULE_CATEGORIES, type Rule } from "../core/rule.ts";
import { UserError } from "../core/user-error.ts";

const ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/;
const text = z.string().min(1).max(2000);
const option = z.strictObject({
  default: z.union([z.number(), z.string()]),
  description: text,
  values: z.array(z.string()).min(1).optional(),
});
const check = z.custom<(...parts: readonly unknown[]) => void>(
  (value) => typeof value === "function",
  "expected a function",
);

/** A rule as a module writes it: what a finding needs, and the rest as a page would have it. */
const rule = z.strictObject({
  id: z.string().regex(ID, "expected words in lower case, joined by hyphens"),
  summary: text,
  severity: z.enum(SEVERITIES),
  checks: z.record(z.string(), check),
  confidence: z.enum(CONFIDENCES).default("high"),
  category: z.enum(RULE_CATEGORIES).default("hygiene"),
  condition: text.optional(),
  effect: text.optional(),
  instead: text.optional(),
  references: z.array(z.string()).default([]),
  directions: z.array(z.enum(["up", "down"])).default(["up"]),
  once: z.boolean().optional(),
  optIn: z.boolean().optional(),
  aliases: z.array(z.string().regex(ID)).optional(),
  options: z.record(z.string(), option).optional(),
});

/**
 * The rules that a module exports: one, or a list, as its default. Throws UserError for what is no
 * rule, and for an id that another rule has.
 */
export function parseRuleModule(
  exported: unknown,
  path: string,
  known: readonly Rule[],
): readonly Rule[] {
  const given: unknown = (exported as { readonly default?: unknown } | null)?.default;
  if (given === undefined) {
    throw new UserError(`${path} exports no rules.`, {
      hint: "Export a rule, or a list of rules, as its default.",
    });
  }
  const taken = new Set(known.flatMap(({ id, aliases = [] }) => [id, ...aliases]));
  return [given].flat().map((one: unknown, index) => {
    const parsed = rule.safeParse(one);
    if (!parsed.success) throw notARule(path, index, parsed.error.issues[0]);
    const { id, aliases = [] } = parsed.data;
    for (const name of [id, ...aliases]) {
      if (taken.has(name)) throw new UserError(`${path}: there is a rule ${name} already.`);
      taken.add(name);
    }
    return ruleOf(parsed.data, path);
  });
}

function ruleOf(given: z.infer<typeof rule>, path: string): Rule {
  const { checks, condition, effect, instead, once, optIn, aliases, options, ...rest } = given;
  return {
    ...rest,
    condition: condition ?? given.summary,
    effect: effect ?? "See the project's own words.",
    instead: instead ?? given.summary,
    dialects: ["postgresql"],
    since: "0.1.0",
    examples: [],
    module: path,
    checks,
    ...(once === undefined ? {} : { once }),
    ...(optIn === undefined ? {} : { optIn }),
    ...(aliases === undefined ? {} : { aliases }),
    ...(options === undefined ? {} : { options }),
  };
}

function notARule(path: string, index: number, issue: z.core.$ZodIssue | undefined): UserError {
  const at = issue === undefined || issue.path.length === 0 ? "" : ` at ${issue.path.join(".")}`;
  return new UserError(
    `${path}: rule ${index + 1} is none${at}: ${issue?.message ?? "it is not an object"}.`,
    { hint: "A rule has an id, a summary, a severity and checks; docs/rules.md shows one." },
  );
}
