import { addField, removeField } from "../schema/columns.ts";
import { commentTable, renameTable } from "../schema/tables.ts";
import { alterIndexTogether, alterUniqueTogether } from "../schema/together.ts";
import { textOf, type PythonValue } from "../python/value.ts";
import { Field } from "../state/field.ts";
import { withArgument } from "../state/field-state.ts";
import { changedOptions, type ModelOptions, readTogether } from "../state/model-options.ts";
import type { Model } from "../state/model.ts";
import type { ProjectState } from "../state/project-state.ts";
import {
  type Arguments,
  type DatabaseChange,
  managed,
  nothing,
  type Operation,
} from "./operation.ts";

/** An operation that changes options, and the same way in both directions what follows from them. */
function optionOperation(
  name: string,
  change: (options: ModelOptions) => ModelOptions,
  apply: (before: Model, after: Model, change: DatabaseChange) => void,
): Operation {
  const run = (database: DatabaseChange): void => {
    const after = managed(database.to, database.app, name);
    if (after !== undefined) apply(database.from.model(database.app, name), after, database);
  };
  return {
    change: (state, app) => withOptions(state, app, name, change),
    forwards: run,
    backwards: run,
  };
}

/** The state with the options of a model changed. */
export function withOptions(
  state: ProjectState,
  app: string,
  name: string,
  change: (options: ModelOptions) => ModelOptions,
): ProjectState {
  const model = state.get(app, name);
  return state.with({ ...model, options: change(model.options) });
}

/** The options with one set, or left out where there is no value. */
function withOption(
  options: ModelOptions,
  name: "table" | "comment" | "orderWithRespectTo",
  value: string | undefined,
): ModelOptions {
  const { [name]: _, ...rest } = options;
  return value === undefined ? rest : { ...rest, [name]: value };
}

export function alterModelTable(args: Arguments): Operation {
  const table = args.optionalText("table");
  return optionOperation(
    args.text("name"),
    (options) => withOption(options, "table", table),
    (before, after, { editor }) => {
      renameTable(before.table, after.table, editor);
      for (const field of before.manyToMany) {
        const now = after.field(field.name);
        if (now.hasOwnThrough) renameTable(field.through.table, now.through.table, editor);
      }
    },
  );
}

export function alterModelTableComment(args: Arguments): Operation {
  const comment = args.optionalText("table_comment");
  return optionOperation(
    args.text("name"),
    (options) => withOption(options, "comment", comment),
    (_, after, { editor }) => commentTable(after, editor),
  );
}

export function alterUniqueTogetherOperation(args: Arguments): Operation {
  const uniqueTogether = readTogether(args.get("unique_together"));
  return optionOperation(
    args.text("name"),
    (options) => ({ ...options, uniqueTogether }),
    (before, after, { editor }) => {
      const { uniqueTogether: olds } = before.options;
      alterUniqueTogether(after, olds, after.options.uniqueTogether, editor);
    },
  );
}

export function alterIndexTogetherOperation(args: Arguments): Operation {
  const indexTogether = readTogether(args.get("index_together"));
  return optionOperation(
    args.text("name"),
    (options) => ({ ...options, indexTogether }),
    (before, after, { editor }) => {
      const { indexTogether: olds } = before.options;
      alterIndexTogether(after, olds, after.options.indexTogether, editor);
    },
  );
}

/** Adds or removes the column `_order`. */
export function alterOrderWithRespectTo(args: Arguments): Operation {
  const field = args.optionalText("order_with_respect_to");
  return optionOperation(
    args.text("name"),
    (options) => withOption(options, "orderWithRespectTo", field),
    (before, after, { editor }) => {
      const [old, now] = [before.options.orderWithRespectTo, after.options.orderWithRespectTo];
      if (old !== undefined && now === undefined) removeField(before.field("_order"), editor);
      if (old === undefined && now !== undefined) addField(startingAtZero(after), editor);
    },
  );
}

function startingAtZero(model: Model): Field {
  const { apps, name, state } = model.field("_order");
  const zero = { kind: "integer", value: 0n, span: state.span } as const;
  return new Field(apps, model, name, withArgument(state, "default", zero));
}

/** Options that the database does not know; `managed` decides whether later operations send anything. */
export function alterModelOptions(args: Arguments): Operation {
  const options = args.get("options");
  const given = new Map<string, PythonValue>();
  for (const { key, value } of options?.kind === "dict" ? options.entries : []) {
    given.set(textOf(key) ?? "", value);
  }
  const name = args.text("name");
  return {
    change: (state, app) =>
      withOptions(state, app, name, (before) => ({ ...before, ...changedOptions(given) })),
    forwards: nothing,
    backwards: nothing,
  };
}

export function alterModelManagers(args: Arguments): Operation {
  const name = args.text("name");
  return {
    change: (state, app) => {
      state.get(app, name);
      return state;
    },
    forwards: nothing,
    backwards: nothing,
  };
}
