import * as z from "zod";
import { ITEM_ID, PHASES, TRAITS } from "../core/checklist.ts";
import { DEFAULT_CHECKLIST } from "../core/checklist-items.ts";
import { nearest } from "../core/nearest.ts";
import { among, choice, expected, keyed, oneOrMore } from "./expectation.ts";
import type { ConfigurableRule } from "./rule-schema.ts";
import { reason } from "./scalar-schema.ts";

/** More would not fit into one comment with what people say of them. */
const MOST_GATES = 12;
const MOST_ITEMS = 30;
const MOST_NAMES = 10;

const ID = "an id of small letters, digits and hyphens, for example staging-run";

const WHO = "write, maintain, admin, @login or @org/team";

/** https://docs.github.com/en/get-started/learning-about-github/github-glossary#username */
const who = z
  .string({ error: expected(WHO) })
  .regex(/^(?:write|maintain|admin|@[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:\/[\w.-]{1,100})?)$/, {
    error: expected(WHO),
  });

const title = z
  .string({ error: expected("a title") })
  .min(1, { error: expected("a title") })
  .max(100, { error: expected("a title of at most 100 characters") });

const text = z
  .string({ error: expected("a text") })
  .max(300, { error: expected("a text of at most 300 characters") });

/** `gates:` and `checklist:` of the configuration: items by their ids. */
export function checklistSchemas(rules: readonly ConfigurableRule[]) {
  const ids = rules.flatMap((rule) => [rule.id, ...(rule.aliases ?? [])]);
  const what = `${TRAITS.join(", ")}, or a rule`;
  const condition = z.enum([...TRAITS, ...ids], { error: among(what, [...TRAITS, ...ids]) });
  const shared = {
    title: title.optional().describe("What is asked for. An item of your own needs one."),
    text: text.optional().describe("Goes on after the title; {tables} stands for the tables."),
    when: oneOrMore(condition, what)
      .optional()
      .describe(
        "What a migration is, or rules that find something in it; one is enough. never: not asked for.",
      ),
    reason: reason.optional().describe("Why less is asked for; every report shows it."),
  };
  const gate = keyed("a gate with when and who", {
    ...shared,
    who: oneOrMore(who, WHO)
      .refine((names) => [names].flat().length <= MOST_NAMES, {
        error: `expected at most ${MOST_NAMES} names; name a team instead`,
      })
      .optional()
      .describe(`Whose word it needs: ${WHO}; any of a list. Default: write.`),
    "not-author": z
      .boolean({ error: expected("true or false") })
      .optional()
      .describe("The author's word counts only where nobody else could give it. Default: true."),
  });
  const reminder = keyed("an item with when, title and text", {
    ...shared,
    phase: choice(PHASES).optional().describe("Seen from the run. Default: before."),
  });
  return {
    gates: itemsOf(gate, "gates", MOST_GATES).superRefine((gates, context) => {
      for (const [name, config] of Object.entries(gates)) {
        const weaker = isNever(config.when) || config["not-author"] === false;
        if (GATES.has(name) && weaker && config.reason === undefined) {
          fault(context, name, "a gate that asks for less than the default states its reason");
        }
        if (!KNOWN.has(name)) refuseUnfinished(context, name, config);
      }
    }),
    checklist: itemsOf(reminder, "items of the checklist", MOST_ITEMS).superRefine(
      (items, context) => {
        for (const [name, config] of Object.entries(items)) {
          if (GATES.has(name)) fault(context, name, "is a gate: set it under gates");
          else if (!KNOWN.has(name)) refuseUnfinished(context, name, config);
        }
      },
    ),
  };
}

/** What the file says of a gate and of a reminder. */
export type GateConfig = z.infer<ReturnType<typeof checklistSchemas>["gates"]>[string];
export type ReminderConfig = z.infer<ReturnType<typeof checklistSchemas>["checklist"]>[string];

const KNOWN = new Set(DEFAULT_CHECKLIST.map((item) => item.id));
const GATES = new Set(
  DEFAULT_CHECKLIST.filter(({ gate }) => gate !== undefined).map((item) => item.id),
);

function itemsOf<Item extends z.ZodType>(item: Item, what: string, most: number) {
  return z
    .record(z.string().regex(ITEM_ID), item, {
      error: (found) => expected(found.code === "invalid_key" ? ID : `${what} by their ids`)(found),
    })
    .refine((all) => Object.keys(all).length <= most, {
      error: () => `expected at most ${most} ${what}`,
    });
}

function isNever(when: GateConfig["when"]): boolean {
  return when !== undefined && [when].flat().every((one) => one === "never");
}

function refuseUnfinished(
  context: z.RefinementCtx,
  name: string,
  { title: itsTitle, when }: { readonly title?: string | undefined; readonly when?: unknown },
): void {
  if (itsTitle !== undefined && when !== undefined) return;
  const near = nearest(name, [...KNOWN]);
  const meant = near === undefined ? "" : `; did you mean ${JSON.stringify(near)}?`;
  fault(
    context,
    name,
    `is none of the known items, and needs a title and a when of its own${meant}`,
  );
}

function fault(context: z.RefinementCtx, name: string, message: string): void {
  context.addIssue({ code: "custom", path: [name], message });
}
