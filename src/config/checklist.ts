import type { ChecklistItem, GateRule } from "../core/checklist.ts";
import { DEFAULT_CHECKLIST } from "../core/checklist-items.ts";
import type { GateConfig, ReminderConfig } from "./checklist-schema.ts";

const DEFAULT_GATE: GateRule = { who: ["write"], notAuthor: true };

export interface ChecklistConfig {
  readonly gates?: Readonly<Record<string, GateConfig>> | undefined;
  readonly checklist?: Readonly<Record<string, ReminderConfig>> | undefined;
}

/**
 * The default checklist with a configuration over it: known items in their places, a project's own
 * ones behind them. `idOf` gives the rule that an earlier id stands for. An item that is both a gate
 * and a reminder is a gate.
 */
export function checklistOf(
  { gates = {}, checklist = {} }: ChecklistConfig,
  idOf: (rule: string) => string,
): readonly ChecklistItem[] {
  const items = new Map(DEFAULT_CHECKLIST.map((item) => [item.id, item]));
  for (const [id, config] of Object.entries(checklist)) {
    const known = items.get(id);
    items.set(id, {
      ...itemOf(id, known, config, idOf),
      phase: config.phase ?? known?.phase ?? "before",
    });
  }
  for (const [id, config] of Object.entries(gates)) {
    const known = items.get(id);
    items.set(id, {
      ...itemOf(id, known, config, idOf),
      // What holds a merge is done before it.
      phase: "before",
      gate: gateOf(known?.gate ?? DEFAULT_GATE, config),
    });
  }
  return [...items.values()];
}

function itemOf(
  id: string,
  known: ChecklistItem | undefined,
  { title, text, when, reason }: ReminderConfig | GateConfig,
  idOf: (rule: string) => string,
): Omit<ChecklistItem, "phase"> {
  // A title of one's own does not go on with the text of another.
  const itsText = text ?? (title === undefined ? known?.text : undefined);
  return {
    id,
    title: title ?? known?.title ?? id,
    ...(itsText === undefined ? {} : { text: itsText }),
    when: when === undefined ? (known?.when ?? []) : [when].flat().map((one) => idOf(one)),
    ...(reason === undefined ? {} : { reason }),
  };
}

function gateOf(known: GateRule, config: GateConfig): GateRule {
  return {
    who: config.who === undefined ? known.who : [config.who].flat(),
    notAuthor: config["not-author"] ?? known.notAuthor,
  };
}
