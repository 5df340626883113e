import { constraintOrStandIn, isIndex } from "../schema/constraints.ts";
import { quoteName } from "../schema/names.ts";
import { type ConstraintState, readConstraint } from "../state/index-state.ts";
import type { ModelOptions } from "../state/model-options.ts";
import type { Model } from "../state/model.ts";
import { Refusal } from "../state/uncompilable.ts";
import { withOptions } from "./model-options.ts";
import {
  type Arguments,
  type DatabaseChange,
  managed,
  nothing,
  type Operation,
  unchanged,
} from "./operation.ts";

function add(model: Model, constraint: ConstraintState, { editor }: DatabaseChange): void {
  const built = constraintOrStandIn(constraint, model, editor);
  if (built !== undefined) editor.send(built.statement);
}

function remove(model: Model, constraint: ConstraintState, { editor }: DatabaseChange): void {
  const { name } = constraint;
  if (isIndex(constraint)) editor.dropIndex(model.table, name);
  else editor.dropConstraint(model.table, name);
}

function withConstraint(options: ModelOptions, constraint: ConstraintState): ModelOptions {
  return { ...options, constraints: [...options.constraints, constraint] };
}

export function addConstraint(args: Arguments): Operation {
  const modelName = args.text("model_name");
  const constraint = readConstraint(args.get("constraint"));
  return {
    change: (state, app) =>
      withOptions(state, app, modelName, (options) => withConstraint(options, constraint)),
    forwards: (change) => {
      const model = managed(change.to, change.app, modelName);
      if (model !== undefined) add(model, constraint, change);
    },
    backwards: (change) => {
      const model = managed(change.to, change.app, modelName);
      if (model !== undefined) remove(model, constraint, change);
    },
  };
}

/** AddConstraintNotValid of contrib.postgres: the rows that are there are not checked. */
export function addConstraintNotValid(args: Arguments): Operation {
  const modelName = args.text("model_name");
  const constraint = readConstraint(args.get("constraint"));
  return {
    ...addConstraint(args),
    forwards: ({ app, editor, from }) => {
      const model = managed(from, app, modelName);
      if (model === undefined) return;
      const built = constraintOrStandIn(constraint, model, editor);
      if (built === undefined) return;
      const { sql, table, object } = built.statement.write();
      editor.execute(`${sql} NOT VALID`);
      if (object !== undefined) editor.catalog.add(table, object);
    },
  };
}

export function validateConstraint(args: Arguments): Operation {
  const [modelName, name] = [args.text("model_name"), args.text("name")];
  return {
    change: unchanged,
    forwards: ({ app, editor, from }) => {
      const model = managed(from, app, modelName);
      if (model === undefined) return;
      editor.execute(
        `ALTER TABLE ${quoteName(model.table)} VALIDATE CONSTRAINT ${quoteName(name)}`,
      );
    },
    backwards: nothing,
  };
}

export function removeConstraint(args: Arguments): Operation {
  const [modelName, name] = [args.text("model_name"), args.text("name")];
  return {
    change: (state, app) =>
      withOptions(state, app, modelName, (options) => ({
        ...options,
        constraints: options.constraints.filter((one) => one.name !== name),
      })),
    forwards: (change) => {
      const model = managed(change.to, change.app, modelName);
      if (model === undefined) return;
      remove(model, find(change.from.model(change.app, modelName), name), change);
    },
    backwards: (change) => {
      const model = managed(change.to, change.app, modelName);
      if (model !== undefined) add(model, find(model, name), change);
    },
  };
}

function find(model: Model, name: string): ConstraintState {
  const constraint = model.options.constraints.find((one) => one.name === name);
  if (constraint !== undefined) return constraint;
  throw new Refusal(`the constraint ${name} of ${model.app}.${model.name}: no migration made it`);
}

/** A change that the database does not see: the message of a violation. */
export function alterConstraint(args: Arguments): Operation {
  const [modelName, name] = [args.text("model_name"), args.text("name")];
  const constraint = readConstraint(args.get("constraint"));
  return {
    change: (state, app) =>
      withOptions(state, app, modelName, (options) => ({
        ...options,
        constraints: options.constraints.map((one) => (one.name === name ? constraint : one)),
      })),
    forwards: nothing,
    backwards: nothing,
  };
}
