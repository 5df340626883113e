import type { DeclaredTable } from "../../core/migration.ts";
import type { Span } from "../../core/span.ts";
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
  const steps = operations.flatMap(stateOperations).flatMap(modelSteps);
  const apps = new Apps(state);
  return [...new Set(steps.map(({ model }) => model))].flatMap((name) => {
    const model = state.find(app, name);
    if (model === undefined) return [];
    const own = steps.filter((step) => step.model === name);
    const done = new Set(own.map(({ operation }) => operation));
    const { span } = own[0] ?? model;
    return tablesOf(apps.render(model), done).map((table) => ({ ...table, span }));
  });
}

function stateOperations(value: PythonValue): readonly PythonValue[] {
  if (value.kind !== "call") return [];
  const name = lastPart(value.callee);
  if (name !== "SeparateDatabaseAndState" && name !== "RunSQL") return [];
  const place = name === "RunSQL" ? 2 : 1;
  return itemsOf(value.keywords.get("state_operations") ?? value.args[place]) ?? [];
}

interface ModelStep {
  /** Its name afterwards, in lower case. */
  readonly model: string;
  /** `CreateModel` …; empty for one that gives no table another name. */
  readonly operation: string;
  readonly span: Span;
}

/** The model whose fields an operation states. */
function modelSteps(value: PythonValue): ModelStep[] {
  if (value.kind !== "call") return [];
  const operation = lastPart(value.callee);
  const name = MODEL_ARGUMENTS[operation];
  const text = name === undefined ? undefined : textOf(argument(value, name));
  if (text === undefined) return [];
  const isOfTable = operation !== "AlterField" || namesTable(value);
  return [{ model: text.toLowerCase(), operation: isOfTable ? operation : "", span: value.span }];
}

/** Whether an AlterField may give a relation another table: it cannot make one of what was none. */
function namesTable(value: PythonCall): boolean {
  const field = argument(value, ["field", 2]);
  return field?.kind === "call" && field.keywords.has("db_table");
}

/** What gives a model another table, and what may give a relation of it one. */
const OF_TABLES = ["CreateModel", "RenameModel", "AlterModelTable"];
const OF_RELATIONS = [...OF_TABLES, "AddField", "AlterField", "RenameField"];

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
function tablesOf(model: Model, done: ReadonlySet<string>): Omit<DeclaredTable, "span">[] {
  if (!model.isManaged) return [];
  try {
    const columns = model.fields.flatMap((field) =>
      field.databaseType === undefined
        ? []
        : [{ name: field.column, notNull: !field.isNull && !field.isGenerated }],
    );
    const own = {
      name: bareName(model.table),
      model: `${model.app}.${model.name}`,
      isNew: OF_TABLES.some((operation) => done.has(operation)),
      columns,
    };
    const between = model.fields
      .filter((field) => field.hasOwnThrough)
      .flatMap((field) => tablesOf(field.through, new Set()))
      .map((table) => ({ ...table, isNew: OF_RELATIONS.some((operation) => done.has(operation)) }));
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
