import type {
  CreatePolicy,
  CreateTrigger,
  DropTableObject,
  RenameTableObject,
} from "../operations/object.ts";
import type { Schema } from "../schema.ts";
import type { Trigger } from "../schema-object.ts";
import { changeTable, family } from "./edit.ts";
import { unchanged, type Steps } from "./step.ts";

type TableObjectKind =
  | "create-trigger"
  | "create-policy"
  | "alter-policy"
  | "create-rule"
  | DropTableObject["kind"]
  | RenameTableObject["kind"];

export const TABLE_OBJECT_STEPS: Steps<TableObjectKind> = {
  "create-trigger": createTrigger,
  "create-policy": createPolicy,
  "alter-policy": unchanged,
  "create-rule": unchanged,
  "drop-trigger": (schema, { table, name }) =>
    changeTriggers(schema, table, (triggers) => triggers.filter((each) => each.name !== name)),
  "drop-policy": (schema, { table, name }) => {
    const found = schema.table(table);
    if (found === undefined) return;
    changeTable(schema, found.name, { policies: found.policies.filter((each) => each !== name) });
  },
  "drop-rule": unchanged,
  "rename-trigger": (schema, { table, name, to }) =>
    changeTriggers(schema, table, (triggers) =>
      triggers.map((each) => (each.name === name ? { ...each, name: to } : each)),
    ),
  "rename-policy": (schema, { table, name, to }) => {
    const found = schema.table(table);
    if (found === undefined) return;
    const policies = found.policies.map((each) => (each === name ? to : each));
    changeTable(schema, found.name, { policies });
  },
  "rename-rule": unchanged,
};

function createTrigger(schema: Schema, operation: CreateTrigger): void {
  const { trigger: name, forEachRow, orReplace } = operation;
  const called = schema.functions.find(operation.function, schema.path)?.name;
  const trigger = { name, forEachRow, function: called ?? schema.target(operation.function) };
  changeTriggers(schema, operation.table, (triggers) => {
    const exists = triggers.some((each) => each.name === name);
    if (exists && !orReplace) return triggers;
    return [...triggers.filter((each) => each.name !== name), trigger];
  });
}

function createPolicy(schema: Schema, { table, policy }: CreatePolicy): void {
  const found = schema.table(table);
  if (found === undefined || found.policies.includes(policy)) return;
  changeTable(schema, found.name, { policies: [...found.policies, policy] });
}

/** A partitioned table's row triggers are on its partitions as well. */
function changeTriggers(
  schema: Schema,
  table: CreateTrigger["table"],
  change: (triggers: readonly Trigger[]) => readonly Trigger[],
): void {
  const found = schema.table(table);
  if (found === undefined) return;
  const before = found.triggers;
  const after = change(before);
  const isRow = [...before, ...after].some(
    (trigger) => trigger.forEachRow && before.includes(trigger) !== after.includes(trigger),
  );
  const members = isRow && found.partitionBy !== undefined ? family(schema, found) : [found];
  for (const { name, triggers } of members)
    changeTable(schema, name, { triggers: change(triggers) });
}
