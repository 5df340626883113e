import * as z from "zod";
import type { CustomRule } from "../core/custom-rule.ts";
import { SEVERITIES } from "../core/finding.ts";
import { NAMED_KINDS } from "../core/named-object.ts";
import { FACT_NAMES, SUBJECT_KINDS } from "../core/subject.ts";
import { choice, expected, keyed, oneOrMore } from "./expectation.ts";

const text = z
  .string({ error: expected("a text") })
  .min(1, { error: expected("a text") })
  .max(500, { error: expected("a text of at most 500 characters") });
const number = z.number({ error: expected("a number") });

const comparison = keyed("not, more-than or less-than", {
  not: oneOrMore(text, "a pattern").optional(),
  "more-than": number.optional(),
  "less-than": number.optional(),
});
const test = z.union([text, number, z.boolean(), z.array(text).min(1), comparison], {
  error: expected("a pattern, a list of patterns, a number, true, false, or a comparison"),
});
const where = keyed(
  "facts with what they must be",
  Object.fromEntries(FACT_NAMES.map((name) => [name, test.optional()])),
  "fact",
);

const subjectKinds = oneOrMore(
  choice(SUBJECT_KINDS),
  "a kind of operation, for example drop-table",
);
const FORMS = ["forbid", "require", "name", "comment"] as const;

const definition = keyed("a rule with forbid, require, name or comment", {
  forbid: subjectKinds.optional().describe("What no migration may do."),
  require: subjectKinds.optional().describe("What every migration must do."),
  where: where.optional().describe("Which of them: facts with what they must be."),
  "at-most": z
    .int({ error: expected("a whole number") })
    .min(0, { error: expected("a number from 0") })
    .optional()
    .describe("How many of them one migration may hold. Default: 0."),
  name: oneOrMore(choice(NAMED_KINDS), "a kind of object").optional().describe("What is named."),
  like: oneOrMore(text, "a pattern such as {table}_*_idx")
    .optional()
    .describe("How it is named: * and ?, {table} and {columns}."),
  comment: oneOrMore(text, "a pattern such as *SHOP-*")
    .optional()
    .describe("A comment that every migration must hold."),
  message: text.optional().describe("What to say."),
  severity: choice(SEVERITIES).optional().describe("Default: warning."),
  direction: choice(["up", "down", "both"]).optional().describe("Default: up."),
})
  .refine((rule) => FORMS.filter((form) => rule[form] !== undefined).length === 1, {
    error: "a rule has one of forbid, require, name and comment",
  })
  .refine((rule) => (rule.name === undefined) === (rule.like === undefined), {
    error: "name and like belong together",
  })
  .refine(
    (rule) =>
      rule.forbid !== undefined ||
      (rule["at-most"] === undefined && (rule.where === undefined || rule.require !== undefined)),
    { error: "where and at-most say which statements forbid is about" },
  );

/** The rules that a project states itself, by the ids that it gives them. */
export const customSchema = z.record(
  z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/),
  definition,
  {
    error: (fault) =>
      fault.code === "invalid_key"
        ? "expected an id in lower case with hyphens"
        : expected("rules by their ids")(fault),
  },
);

/** What the file says, as the rules' own type. */
export function customRulesOf(config: z.infer<typeof customSchema>): readonly CustomRule[] {
  return Object.entries(config).map(([id, one]): CustomRule => {
    const { message, direction = "up" } = one;
    const base = {
      id,
      severity: one.severity ?? "warning",
      directions: direction === "both" ? (["up", "down"] as const) : [direction],
      ...(message === undefined ? {} : { message }),
    };
    const facts = definedFacts(one.where ?? {});
    if (one.forbid !== undefined) {
      const subjects = [one.forbid].flat();
      return { ...base, kind: "forbid", subjects, where: facts, atMost: one["at-most"] ?? 0 };
    }
    if (one.require !== undefined) {
      return { ...base, kind: "require", subjects: [one.require].flat(), where: facts };
    }
    if (one.name !== undefined) {
      return { ...base, kind: "name", of: [one.name].flat(), patterns: [one.like ?? []].flat() };
    }
    return { ...base, kind: "comment", patterns: [one.comment ?? []].flat() };
  });
}

function definedFacts(
  facts: z.infer<typeof where>,
): Readonly<Record<string, z.infer<typeof test>>> {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
