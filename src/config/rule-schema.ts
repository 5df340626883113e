import * as z from "zod";
import { SEVERITIES } from "../core/finding.ts";
import type { Rule, RuleOption } from "../core/rule.ts";
import { expected, keyed, oneOf } from "./expectation.ts";
import { reason } from "./scalar-schema.ts";

/** What the configuration needs to know of a rule. */
export type ConfigurableRule = Pick<Rule, "id" | "summary" | "options" | "aliases">;

const LEVELS = [...SEVERITIES, "off"] as const;
const UNREASONED = `a rule that is off states why: { severity: off, reason: "…" }`;

/** What the file says of one rule. */
type RuleConfig = "error" | "warning" | "info" | RuleConfigObject;
interface RuleConfigObject {
  readonly severity?: (typeof SEVERITIES)[number] | "off" | undefined;
  readonly reason?: string | undefined;
  readonly [option: string]: number | string | undefined;
}

/** The settings of rules by their ids, earlier ids included. */
export function rulesSchema(rules: readonly ConfigurableRule[]) {
  return keyed("rules with their settings", ruleShape(rules), "rule").meta({ id: "rules" });
}

type RuleShape = Record<string, z.ZodOptional<z.ZodType<RuleConfig>>>;

function ruleShape(rules: readonly ConfigurableRule[]): RuleShape {
  const withoutOptions = ruleConfig({}).meta({ id: "rule" });
  const shape: RuleShape = {};
  for (const { id, aliases, options, summary } of rules) {
    const config = options === undefined ? withoutOptions : ruleConfig(options);
    const described = config.describe(summary).optional();
    for (const name of [id, ...(aliases ?? [])]) shape[name] = described;
  }
  return shape;
}

const severity = z.enum(LEVELS, { error: oneOf(LEVELS) }).optional();
const why = reason.optional().describe("Why it is off or weaker; every report shows it.");
const shorthand = z.enum(SEVERITIES, {
  error: (fault) => (fault.input === "off" ? UNREASONED : oneOf(LEVELS)(fault)),
});

function ruleConfig(options: NonNullable<Rule["options"]>): z.ZodType<RuleConfig> {
  const what = "a severity, or an object with severity, reason and options";
  const values = Object.entries(options).map(
    ([name, option]) => [name, optionValue(option).optional()] as const,
  );
  const object = keyed(what, { severity, reason: why, ...Object.fromEntries(values) })
    .refine((config) => config.severity !== "off" || config.reason !== undefined, {
      error: UNREASONED,
    })
    .meta({
      anyOf: [{ properties: { severity: { not: { const: "off" } } } }, { required: ["reason"] }],
    });
  return z.union([shorthand, object], { error: expected(what) });
}

function optionValue(option: RuleOption): z.ZodType<number | string> {
  if (option.values !== undefined) {
    const allowed = [...new Set([...option.values, String(option.default)])];
    return z.enum(allowed, { error: oneOf(option.values) }).describe(describe(option));
  }
  const value =
    typeof option.default === "number"
      ? z.number({ error: expected("a number") }).min(0, { error: expected("a number from 0") })
      : z
          .string({ error: expected("a text") })
          .max(1000, { error: expected("a text of at most 1000 characters") });
  return value.describe(describe(option));
}

function describe(option: RuleOption): string {
  return `${option.description} Default: ${option.default}.`;
}
