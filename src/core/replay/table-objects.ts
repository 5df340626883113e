import type {
  CreatePolicy,
  CreateTrigger,
  DropTableObject,
  RenameTableObject,
} from "../operations/table-object.ts";
import type { Schema } from "../schema.ts";
import type { Policy, Trigger } from "../schema-object.ts";
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
  "alter-policy": (schema, { table, policy, usingColumns, checkColumns }) =>
    changePolicies(schema, table, (policies) =>
      policies.map((each) =>
        each.name === policy
          ? { ...each, using: usingColumns ?? each.using, check: checkColumns ?? each.check }
          : each,
      ),
    ),
  "create-rule": unchanged,
  "drop-trigger": (schema, { table, name }) =>
    changeTriggers(schema, table, (triggers) => triggers.filter((each) => each.name !== name)),
  "drop-policy": (schema, { table, name }) =>
    changePolicies(schema, table, (policies) => policies.filter((each) => each.name !== name)),
  "drop-rule": unchanged,
  "rename-trigger": (schema, { table, name, to }) =>
    changeTriggers(schema, table, (triggers) =>
      triggers.map((each) => (each.name === name ? { ...each, name: to } : each)),
    ),
  "rename-policy": (schema, { table, name, to }) =>
    changePolicies(schema, table, (policies) =>
      policies.map((each) => (each.name === name ? { ...each, name: to } : each)),
    ),
  "rename-rule": unchanged,
};

function createTrigger(schema: Schema, operation: CreateTrigger): void {
  const { trigger: name, forEachRow, orReplace, columns, conditionColumns } = operation;
  const called = schema.functions.find(operation.function, schema.path)?.name;
  const trigger = {
    name,
    forEachRow,
    function: called ?? schema.target(operation.function),
    columns: [...columns, ...conditionColumns],
  };
  changeTriggers(schema, operation.table, (triggers) => {
    const exists = triggers.some((each) => each.name === name);
    if (exists && !orReplace) return triggers;
    return [...triggers.filter((each) => each.name !== name), trigger];
  });
}

function createPolicy(schema: Schema, operation: CreatePolicy): void {
  const { policy: name, usingColumns: using = [], checkColumns: check = [] } = operation;
  changePolicies(schema, operation.table, (policies) =>
    policies.some((each) => each.name === name) ? policies : [...policies, { name, using, check }],
  );
}

function changePolicies(
  schema: Schema,
  table: CreatePolicy["table"],
  change: (policies: readonly Policy[]) => readonly Policy[],
): void {
  const found = schema.table(table);
  if (found === undefined) return;
  changeTable(schema, found.name, { policies: change(found.policies) });
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
