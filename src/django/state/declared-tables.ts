import type { DeclaredTable } from "../../core/migration.ts";
import { itemsOf, lastPart, type PythonCall, type PythonValue, textOf } from "../python/value.ts";
import { stripQuotes } from "../schema/names.ts";
import { Apps } from "./apps.ts";
import type { Model } from "./model.ts";
import type { ProjectState } from "./project-state.ts";
import { Uncompilable } from "./uncompilable.ts";

/**
 * The tables of the models that a migration changes in the state alone (SeparateDatabaseAndState, and
 * `state_operations` of RunSQL), as the state has them afterwards.
 */
export function declaredTables(
  app: string,
  operations: readonly PythonValue[],
  state: ProjectState,
): DeclaredTable[] {
  const names = new Set(operations.flatMap(stateOperations).flatMap(modelNames));
  const apps = new Apps(state);
  return [...names].flatMap((name) => {
    const model = state.find(app, name);
    return model === undefined ? [] : tablesOf(apps.render(model));
  });
}

function stateOperations(value: PythonValue): readonly PythonValue[] {
  if (value.kind !== "call") return [];
  const name = lastPart(value.callee);
  if (name !== "SeparateDatabaseAndState" && name !== "RunSQL") return [];
  const place = name === "RunSQL" ? 2 : 1;
  return itemsOf(value.keywords.get("state_operations") ?? value.args[place]) ?? [];
}

/** The models whose fields an operation states, by the names that they have afterwards. */
function modelNames(value: PythonValue): string[] {
  if (value.kind !== "call") return [];
  const name = MODEL_ARGUMENTS[lastPart(value.callee)];
  const text = name === undefined ? undefined : textOf(argument(value, name));
  return text === undefined ? [] : [text.toLowerCase()];
}

type ArgumentPlace = readonly [name: string, position: number];

const MODEL: ArgumentPlace = ["model_name", 0];
const MODEL_ARGUMENTS: Readonly<Record<string, ArgumentPlace>> = {
  CreateModel: ["name", 0],
  RenameModel: ["new_name", 1],
  AlterModelTable: ["name", 0],
  AddField: MODEL,
  AlterField: MODEL,
  RemoveField: MODEL,
  RenameField: MODEL,
};

function argument(call: PythonCall, [name, position]: ArgumentPlace): PythonValue | undefined {
  return call.keywords.get(name) ?? call.args[position];
}

/** The table of a model, and those of its many-to-many relations. */
function tablesOf(model: Model): DeclaredTable[] {
  if (!model.isManaged) return [];
  try {
    const columns = model.fields.flatMap((field) =>
      field.databaseType === undefined ? [] : [{ name: field.column, notNull: !field.isNull }],
    );
    const own = { name: bareName(model.table), model: `${model.app}.${model.name}`, columns };
    const between = model.fields
      .filter((field) => field.hasOwnThrough)
      .flatMap((field) => tablesOf(field.through));
    return [own, ...between];
  } catch (error) {
    // What the state does not know of it, its notes tell.
    if (error instanceof Uncompilable) return [];
    throw error;
  }
}

/** Without the schema that `"schema"."table"` names. */
function bareName(table: string): string {
  return stripQuotes(table).split('"."').at(-1) ?? table;
}
