import { buildIndex, nameOfIndex } from "../schema/indexes.ts";
import { quoteName } from "../schema/names.ts";
import { columnsOf } from "../schema/tables.ts";
import { type IndexState, namesOf, readIndex } from "../state/index-state.ts";
import type { ModelOptions } from "../state/model-options.ts";
import type { Model } from "../state/model.ts";
import { Refusal } from "../state/uncompilable.ts";
import { withOptions } from "./model-options.ts";
import { type Arguments, type DatabaseChange, managed, type Operation } from "./operation.ts";

function send(
  model: Model,
  index: IndexState,
  change: DatabaseChange,
  concurrently: boolean,
): void {
  change.editor.send(buildIndex(index, model, concurrently));
}

function drop(model: Model, name: string, { editor }: DatabaseChange, concurrently: boolean): void {
  editor.dropIndex(model.table, name, concurrently);
}

/** AddIndex, and AddIndexConcurrently of contrib.postgres. */
export function addIndex(concurrently: boolean) {
  return (args: Arguments): Operation => {
    const modelName = args.text("model_name");
    const index = readIndex(args.get("index"));
    return {
      change: (state, app) =>
        withOptions(state, app, modelName, (options) => ({
          ...options,
          indexes: [...options.indexes, index],
        })),
      forwards: (change) => {
        const model = managed(change.to, change.app, modelName);
        if (model !== undefined) send(model, index, change, concurrently);
      },
      backwards: (change) => {
        const model = managed(change.from, change.app, modelName);
        if (model !== undefined) drop(model, nameOfIndex(index, model), change, concurrently);
      },
    };
  };
}

/** RemoveIndex, and RemoveIndexConcurrently of contrib.postgres. */
export function removeIndex(concurrently: boolean) {
  return (args: Arguments): Operation => {
    const modelName = args.text("model_name");
    const name = args.text("name");
    return {
      change: (state, app) =>
        withOptions(state, app, modelName, (options) => ({
          ...options,
          indexes: options.indexes.filter((index) => index.name !== name),
        })),
      forwards: (change) => {
        const model = managed(change.from, change.app, modelName);
        if (model === undefined) return;
        find(model, name);
        drop(model, name, change, concurrently);
      },
      backwards: (change) => {
        const model = managed(change.to, change.app, modelName);
        if (model !== undefined) send(model, find(model, name), change, concurrently);
      },
    };
  };
}

function find(model: Model, name: string): IndexState {
  const index = model.options.indexes.find((one) => nameOfIndex(one, model) === name);
  if (index !== undefined) return index;
  throw new Refusal(`the index ${name} of ${model.app}.${model.name}: no migration made it`);
}

export function renameIndex(args: Arguments): Operation {
  const modelName = args.text("model_name");
  const newName = args.text("new_name");
  const oldName = args.optionalText("old_name");
  if (oldName === undefined) return renameUnnamed(args, modelName, newName);
  const run = (from: string, to: string) => (change: DatabaseChange) => {
    const model = managed(change.to, change.app, modelName);
    if (model !== undefined && from !== to) rename(model, from, to, change);
  };
  return {
    change: (state, app) =>
      withOptions(state, app, modelName, (options) => ({
        ...options,
        indexes: options.indexes.map((one) =>
          one.name === oldName ? { ...one, name: newName } : one,
        ),
      })),
    forwards: run(oldName, newName),
    backwards: run(newName, oldName),
  };
}

function rename(model: Model, from: string, to: string, { editor }: DatabaseChange): void {
  editor.execute(`ALTER INDEX ${quoteName(from)} RENAME TO ${quoteName(to)}`);
  editor.catalog.rename(model.table, from, to);
}

/** An index of `index_together` becomes one with a name. Backwards nothing happens. */
function renameUnnamed(args: Arguments, modelName: string, newName: string): Operation {
  const fields = namesOf(args.get("old_fields"));
  const index: IndexState = {
    type: "Index",
    name: newName,
    fields,
    expressions: [],
    condition: undefined,
    opclasses: [],
    include: [],
    tablespace: undefined,
    args: new Map(),
    span: args.call.span,
  };
  return {
    change: (state, app) => withOptions(state, app, modelName, (options) => named(options, index)),
    forwards: (change) => {
      const model = managed(change.from, change.app, modelName);
      if (model === undefined) return;
      const columns = columnsOf(model, fields);
      const found = change.editor.catalog.named(
        model.table,
        columns,
        ({ kind }) => kind === "index",
      );
      const [only] = found;
      if (only === undefined || found.length !== 1) {
        throw new Refusal(
          `Django finds ${found.length} indexes instead of one for ${model.table}(${columns.join(", ")})`,
        );
      }
      if (only !== newName) rename(model, only, newName, change);
    },
    backwards: () => {},
  };
}

function named(options: ModelOptions, index: IndexState): ModelOptions {
  const key = index.fields.join("\0");
  return {
    ...options,
    indexes: [...options.indexes, index],
    indexTogether: options.indexTogether.filter((names) => names.join("\0") !== key),
  };
}
