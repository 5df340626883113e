import type { ObjectName } from "../name.ts";
import type { OtherObjectOperation } from "../operations/object.ts";
import type { PublicationChange } from "../operations/publication.ts";
import type { Schema } from "../schema.ts";
import type { PublishedTable, Table } from "../schema-object.ts";
import { changeTable } from "./edit.ts";

/** CREATE PUBLICATION. */
export function createPublication(schema: Schema, operation: OtherObjectOperation): void {
  const { name, publication: change } = operation;
  if (change === undefined || name === undefined || schema.publications.has(name.name)) return;
  const { allTables } = change;
  set(schema, name.name, { allTables, schemas: change.schemas, sendsChanges: sends(change, true) });
  publish(schema, name.name, change);
}

/** ALTER PUBLICATION … ADD, DROP or SET. */
export function alterPublication(schema: Schema, operation: OtherObjectOperation): void {
  const { name: { name } = {}, publication: change } = operation;
  const before = name === undefined ? undefined : schema.publications.get(name);
  if (name === undefined || change === undefined || before === undefined) return;
  const sendsChanges = sends(change, before.sendsChanges);
  const { action, statesObjects, schemas, allTables } = change;
  if (!statesObjects) {
    set(schema, name, { ...before, sendsChanges });
    return;
  }
  if (action === "set") {
    withdraw(schema, name);
    set(schema, name, { allTables, schemas, sendsChanges });
  } else {
    const left = before.schemas.filter((one) => !schemas.includes(one));
    set(schema, name, { ...before, schemas: action === "add" ? [...left, ...schemas] : left });
  }
  if (action !== "drop") publish(schema, name, change);
  else for (const { table } of change.tables) withdrawTable(schema, schema.table(table), name);
}

export function dropPublication(schema: Schema, { name }: ObjectName): void {
  withdraw(schema, name);
  schema.publications = new Map([...schema.publications].filter(([one]) => one !== name));
}

export function renamePublication(schema: Schema, { name: from }: ObjectName, to: string): void {
  const before = schema.publications.get(from);
  if (before === undefined) return;
  schema.publications = new Map(
    [...schema.publications].map(([name, one]) => [name === from ? to : name, one]),
  );
  for (const table of schema.tables.all()) {
    changePublished(schema, table, (one) =>
      one.publication === from ? { ...one, publication: to } : one,
    );
  }
}

type Publication = NonNullable<ReturnType<Schema["publications"]["get"]>>;

function set(schema: Schema, name: string, publication: Publication): void {
  schema.publications = new Map([...schema.publications, [name, publication]]);
}

/** Whether UPDATE or DELETE is sent: by default all is. */
function sends({ publish: what }: PublicationChange, before: boolean): boolean {
  return what === undefined ? before : what.includes("update") || what.includes("delete");
}

function publish(schema: Schema, publication: string, { tables }: PublicationChange): void {
  for (const { table: name, columns } of tables) {
    const table = schema.table(name);
    if (table === undefined) continue;
    const others = table.published.filter((one) => one.publication !== publication);
    changeTable(schema, table.name, { published: [...others, { publication, columns }] });
  }
}

function withdraw(schema: Schema, publication: string): void {
  for (const table of schema.tables.all()) withdrawTable(schema, table, publication);
}

function withdrawTable(schema: Schema, table: Table | undefined, publication: string): void {
  if (table === undefined) return;
  changePublished(schema, table, (one) => (one.publication === publication ? undefined : one));
}

function changePublished(
  schema: Schema,
  { name, published: before }: Table,
  change: (one: PublishedTable) => PublishedTable | undefined,
): void {
  if (before.length === 0) return;
  changeTable(schema, name, { published: before.flatMap((one) => change(one) ?? []) });
}
