import type { CatalogObject } from "./catalog.ts";

const SUFFIX = /_(pkey|key|idx|fkey|check|excl|seq)\d*$/;

/**
 * Two names of one object of which PostgreSQL made one, and the other in the same way: `orders_a_key`
 * and `orders_a_key1`, or the name that an index kept when its table got another one.
 * https://github.com/postgres/postgres/blob/REL_18_STABLE/src/backend/commands/indexcmds.c (ChooseRelationName)
 */
export function areGeneratedNames(before: CatalogObject, after: CatalogObject): boolean {
  const suffix = SUFFIX.exec(before.name)?.[1];
  return (
    suffix !== undefined &&
    suffix === SUFFIX.exec(after.name)?.[1] &&
    (startsWithTable(before) || startsWithTable(after))
  );
}

function startsWithTable(object: CatalogObject): boolean {
  const table = object.parent ?? ownerTable(object);
  // A name that would be longer than 63 bytes has its table's part shortened.
  return table !== undefined && object.name.startsWith(`${table}_`.slice(0, 24));
}

/** The table of the column that owns a sequence, in the schema of the sequence. */
function ownerTable({ schema, properties }: CatalogObject): string | undefined {
  const column = properties["owned by"];
  const table = column?.slice(0, column.lastIndexOf("."));
  return table?.startsWith(`${schema}.`) ? table.slice(`${schema}.`.length) : table;
}

/** An object under its name before and its name after. */
export interface Renamed {
  readonly before: CatalogObject;
  readonly after: CatalogObject;
}

const NAMED_BY_DEFAULT = new Set(["constraint", "index", "sequence"]);

/**
 * Constraints, indexes and sequences that are gone under one name and there under another, with the
 * same definition on the same table.
 */
export function pairRenamed(
  removed: readonly CatalogObject[],
  added: readonly CatalogObject[],
): Renamed[] {
  const candidates = new Map<string, CatalogObject[]>();
  for (const object of added.filter(isNamedByDefault)) {
    const key = contentKey(object);
    candidates.set(key, [...(candidates.get(key) ?? []), object]);
  }
  return removed.filter(isNamedByDefault).flatMap((before): Renamed[] => {
    const after = candidates.get(contentKey(before))?.shift();
    return after === undefined ? [] : [{ before, after }];
  });
}

function isNamedByDefault({ kind, properties }: CatalogObject): boolean {
  // A sequence that no column owns is known by nothing but its name.
  return NAMED_BY_DEFAULT.has(kind) && (kind !== "sequence" || "owned by" in properties);
}

function contentKey({ kind, schema, parent, properties }: CatalogObject): string {
  return JSON.stringify([kind, schema, parent, properties]);
}
