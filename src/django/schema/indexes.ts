import { compileCondition, expressionContext } from "../expressions/condition.ts";
import { compileIndexExpression } from "../expressions/index-expression.ts";
import { itemsOf, type PythonValue } from "../python/value.ts";
import { floatText } from "../literals/number-text.ts";
import type { IndexState } from "../state/index-state.ts";
import type { Model } from "../state/model.ts";
import { isAtLeast } from "../state/project-state.ts";
import { Uncompilable } from "../state/uncompilable.ts";
import { modelIndexName, quoteName } from "./names.ts";
import { IndexStatement } from "./table-statement.ts";

/** The access method of each class of indexes, and the storage parameters that it takes. */
const METHODS: Readonly<Record<string, { readonly method?: string; readonly suffix: string }>> = {
  Index: { suffix: "idx" },
  BTreeIndex: { method: "btree", suffix: "btree" },
  BrinIndex: { method: "brin", suffix: "brin" },
  BloomIndex: { method: "bloom", suffix: "bloom" },
  GinIndex: { method: "gin", suffix: "gin" },
  GistIndex: { method: "gist", suffix: "gist" },
  HashIndex: { method: "hash", suffix: "hash" },
  SpGistIndex: { method: "spgist", suffix: "spgist" },
};

const PARAMETERS = [
  "autosummarize",
  "pages_per_range",
  "length",
  "columns",
  "deduplicate_items",
  "fillfactor",
  "fastupdate",
  "gin_pending_list_limit",
  "buffering",
] as const;

/** CREATE INDEX of an index of `Meta.indexes`. */
export function buildIndex(state: IndexState, model: Model, concurrently: boolean): IndexStatement {
  const type = METHODS[state.type];
  if (type === undefined) throw new Uncompilable(`the index class ${state.type}`, state.span);
  const context = expressionContext(model);
  const keys = state.fields.map((name) => ({
    column: model.field(name.replace(/^-/, "")).column,
    descending: name.startsWith("-"),
  }));
  const expressions = state.expressions.map((one) => compileIndexExpression(one, context));
  const name = state.name === "" ? modelIndexName(model.table, keys, type.suffix) : state.name;
  const columns = expressions.length > 0 ? [...context.columns] : keys.map(({ column }) => column);
  return new IndexStatement(model.table, columns, {
    name,
    concurrently,
    ...(type.method === undefined ? {} : { method: type.method }),
    ...(expressions.length > 0 && { expressions }),
    opclasses: state.opclasses,
    orders: keys.map(({ descending }) => (descending ? "DESC" : "")),
    include: state.include.map((one) => model.field(one).column),
    extra: storage(state, model) + tablespace(state, model),
    ...(state.condition && { condition: compileCondition(state.condition, context) }),
  });
}

/** The name of an index, that which Django gives it where it has none. */
export function nameOfIndex(state: IndexState, model: Model): string {
  return state.name === "" ? buildIndex(state, model, false).name : state.name;
}

function storage({ args }: IndexState, model: Model): string {
  const parameters = PARAMETERS.flatMap((name) => {
    const value = args.get(name);
    return value === undefined || value.kind === "none" ? [] : writeParameter(name, value);
  });
  if (parameters.length === 0) return "";
  // Django 3.2 forgot the space before, and left one behind.
  const list = `WITH (${parameters.join(", ")})`;
  return isAtLeast(model.apps.settings, 4, 1) ? ` ${list}` : `${list} `;
}

function writeParameter(name: string, value: PythonValue): string[] {
  if (name === "columns") {
    const lengths = itemsOf(value) ?? [];
    return lengths.map((one, index) => `col${index + 1} = ${writeStorageValue(one)}`);
  }
  return [`${name} = ${writeStorageValue(value)}`];
}

function writeStorageValue(value: PythonValue): string {
  if (value.kind === "boolean") return value.value ? "on" : "off";
  if (value.kind === "integer") return String(value.value);
  if (value.kind === "float") return floatText(value.value);
  throw new Uncompilable("a storage parameter of the index", value.span);
}

function tablespace({ tablespace: own }: IndexState, { options }: Model): string {
  const name = own ?? options.tablespace;
  return name === undefined ? "" : ` TABLESPACE ${quoteName(name)}`;
}
