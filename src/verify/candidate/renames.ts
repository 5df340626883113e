import { displayIdentifier } from "../../core/name.ts";
import type { Catalog, CatalogObject } from "../catalog.ts";
import { quoteIdentifier, tableText } from "../rows/sql-text.ts";

export interface TableName {
  readonly schema: string;
  readonly name: string;
}

/**
 * The catalog as it will be once renamed tables and columns have their old names again, and the statements for that.
 * What speaks of a table follows its name.
 */
export function followRenames(
  before: Catalog,
  after: Catalog,
  tables: readonly { readonly from: TableName; readonly to: TableName }[],
): { readonly catalog: Catalog; readonly statements: readonly string[] } {
  const statements = tables.flatMap(({ from, to }) => [
    ...(from.schema === to.schema
      ? []
      : [`ALTER TABLE ${tableText(to)} SET SCHEMA ${quoteIdentifier(from.schema)}`]),
    ...(from.name === to.name
      ? []
      : [
          `ALTER TABLE ${tableText({ ...to, schema: from.schema })} RENAME TO ${quoteIdentifier(from.name)}`,
        ]),
  ]);
  const named = after.map((object) => tables.reduce(withOldTable, object));
  const columns = renamedColumns(before, named);
  return {
    catalog: named.map((object) => withOldColumn(object, columns)),
    statements: [...statements, ...columns.map(({ from, to }) => renameColumn(from, to))],
  };
}

function withOldTable(
  object: CatalogObject,
  { from, to }: { readonly from: TableName; readonly to: TableName },
): CatalogObject {
  const { definition } = object.properties;
  const text = (name: TableName): string =>
    `${displayIdentifier(name.schema)}.${displayIdentifier(name.name)}`;
  const named = definition?.split(text(to)).join(text(from));
  const same =
    named === undefined
      ? object
      : { ...object, properties: { ...object.properties, definition: named } };
  if (object.schema !== to.schema) return same;
  if (object.kind === "table" && object.name === to.name) return { ...same, ...from };
  return object.parent === to.name ? { ...same, schema: from.schema, parent: from.name } : same;
}

interface RenamedColumn {
  readonly from: CatalogObject;
  readonly to: CatalogObject;
}

/** A column with the same number in the same table, where neither name is there on the other side. */
function renamedColumns(before: Catalog, after: Catalog): RenamedColumn[] {
  const now = after.filter(({ kind }) => kind === "column");
  return before
    .filter(({ kind }) => kind === "column")
    .flatMap((from) => {
      const isOfTable = ({ schema, parent }: CatalogObject): boolean =>
        schema === from.schema && parent === from.parent;
      const own = now.filter(isOfTable);
      const to = own.find(({ position }) => position === from.position);
      const isRenamed = to !== undefined && !own.some(({ name }) => name === from.name);
      return isRenamed ? [{ from, to }] : [];
    });
}

function withOldColumn(object: CatalogObject, columns: readonly RenamedColumn[]): CatalogObject {
  const renamed = columns.find(({ to }) => to === object);
  return renamed === undefined ? object : { ...object, name: renamed.from.name };
}

function renameColumn(from: CatalogObject, to: CatalogObject): string {
  const table = tableText({ schema: from.schema ?? "", name: from.parent ?? "" });
  return `ALTER TABLE ${table} RENAME COLUMN ${quoteIdentifier(to.name)} TO ${quoteIdentifier(from.name)}`;
}
