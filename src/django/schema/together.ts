import type { Model } from "../state/model.ts";
import { Refusal } from "../state/uncompilable.ts";
import { nameOfIndex } from "./indexes.ts";
import { indexName } from "./names.ts";
import type { SchemaEditor } from "./schema-editor.ts";
import { UniqueStatement } from "./table-statement.ts";
import { columnsOf, togetherIndex } from "./tables.ts";

type Together = readonly (readonly string[])[];

/** Drops and adds what `unique_together` lists. */
export function alterUniqueTogether(
  model: Model,
  before: Together,
  after: Together,
  editor: SchemaEditor,
): void {
  for (const names of difference(before, after)) dropUnique(model, names, editor);
  for (const names of difference(after, before)) {
    editor.send(new UniqueStatement(model.table, columnsOf(model, names)));
  }
}

/** Drops and adds what `index_together` lists. */
export function alterIndexTogether(
  model: Model,
  before: Together,
  after: Together,
  editor: SchemaEditor,
): void {
  for (const names of difference(before, after)) {
    const { table } = model;
    const found = editor.catalog.named(
      table,
      columnsOf(model, names),
      ({ kind, name }) => kind === "index" && !metaNames(model).has(name),
    );
    const name = only(found, "index", model, names);
    editor.dropIndex(table, name);
  }
  for (const names of difference(after, before)) editor.send(togetherIndex(model, names));
}

function difference(some: Together, others: Together): Together {
  const known = new Set(others.map((names) => names.join("\0")));
  return some.filter((names) => !known.has(names.join("\0")));
}

function metaNames(model: Model): Set<string> {
  const { constraints, indexes } = model.options;
  return new Set([
    ...constraints.map(({ name }) => name),
    ...indexes.map((index) => nameOfIndex(index, model)),
  ]);
}

function dropUnique(model: Model, names: readonly string[], editor: SchemaEditor): void {
  const { table } = model;
  const columns = columnsOf(model, names);
  // A constraint that still waits to be made is not made at all, from Django 6.1 on.
  if (editor.isAtLeast(6, 1) && cancels(table, columns, editor)) return;
  const own = metaNames(model);
  const found = editor.catalog.named(
    table,
    columns,
    ({ kind, name }) => (kind === "unique" || kind === "unique-index") && !own.has(name),
  );
  const generated = indexName(table, columns, "_uniq");
  const name = found.includes(generated) ? generated : only(found, "constraint", model, names);
  editor.dropConstraint(table, name);
}

function cancels(table: string, columns: readonly string[], editor: SchemaEditor): boolean {
  return editor.forget(
    (statement) =>
      statement instanceof UniqueStatement &&
      statement.table === table &&
      statement.columns.join("\0") === columns.join("\0"),
  );
}

function only(
  found: readonly string[],
  what: string,
  model: Model,
  names: readonly string[],
): string {
  const [name] = found;
  if (name !== undefined && found.length === 1) return name;
  throw new Refusal(
    `Django finds ${found.length} ${what}s instead of one for ${model.table}(${names.join(", ")})`,
  );
}
