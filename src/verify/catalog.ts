import { UserError } from "../core/user-error.ts";
import type { CatalogSection } from "./catalog-section.ts";
import { catalogQuery, catalogSections } from "./catalog-query.ts";
import type { Database } from "./database.ts";

/** One object of a database, as its system catalogs describe it. */
export interface CatalogObject {
  /** As a person calls it, for example `table` or `materialized view`. */
  readonly kind: string;
  readonly schema?: string;
  /** The table or type that it stands on. */
  readonly parent?: string;
  /** A function's name holds its argument types. */
  readonly name: string;
  /** A column's number; numbers of dropped columns are missing. */
  readonly position?: number;
  /** What can be said of it, by the property's name; what is PostgreSQL's default is left out. */
  readonly properties: Readonly<Record<string, string>>;
}

/** The schema of a database at one moment, in a fixed order; ids, storage and what belongs to extensions left out. */
export type Catalog = readonly CatalogObject[];

/** More objects than this are not compared. */
const MOST_OBJECTS = 100_000;

/** Under such names the session keeps the query's plans: making one takes longer than running it. */
const PREPARED = "migrate_verify_catalog_";
const ARE_PREPARED = `SELECT string_agg(name, ' ') FROM pg_prepared_statements WHERE starts_with(name, '${PREPARED}')`;
const QUERY_TIMEOUT_MS = 60_000;

// The functions that write definitions qualify every name that this path does not reach.
const FIXED_PATH = "SET LOCAL search_path = pg_catalog; SET LOCAL jit = off";

/**
 * Reads the schema of the current database with queries that leave the session as it was but for
 * prepared statements. To be called outside of a transaction. Throws UserError when the schema is too
 * large to compare.
 */
export async function readCatalog(database: Database): Promise<Catalog> {
  const sections = catalogSections(majorVersion(database));
  const name = await prepared(database, sections);
  const rows = await database.query(`${FIXED_PATH}; EXECUTE ${name}`);
  if (rows.length > MOST_OBJECTS) {
    throw new UserError(`the schema holds more than ${MOST_OBJECTS} objects`, {
      hint: "Verify fewer migrations at once, or lint only.",
      exitCode: 3,
    });
  }
  return rows
    .map((row) => readObject(row, sections))
    .toSorted((a, b) => compareObjects(a, b))
    .map(({ object }) => object);
}

/** The name of the prepared statement that reads what such a database may hold. */
async function prepared(database: Database, sections: readonly CatalogSection[]): Promise<string> {
  const needs = [...new Set(sections.flatMap((section) => section.needs ?? []))];
  const digits = `concat(${needs.map((need) => `(${need})::int`).join(", ")})`;
  const [found] = await database.query(`${FIXED_PATH}; SELECT (${ARE_PREPARED}), ${digits}`);
  const [names, met = ""] = found ?? [];
  const name = `${PREPARED}${met}`;
  if (names?.split(" ").includes(name) === true) return name;
  const isMet = new Map(needs.map((need, index) => [need, met?.[index] === "1"]));
  const sql = catalogQuery(
    sections,
    (section) => section.needs === undefined || isMet.get(section.needs) === true,
    MOST_OBJECTS + 1,
  );
  const { failure } = await database.run({
    queries: [`${FIXED_PATH}; PREPARE ${name} AS ${sql}`],
    timeoutMs: QUERY_TIMEOUT_MS,
  });
  if (failure !== undefined) {
    throw new Error(`the catalog query was refused: ${failure.error.message}`);
  }
  return name;
}

/** The server's major version, for example 18. */
function majorVersion(database: Database): number {
  return Number.parseInt(database.engine.version, 10);
}

interface ReadObject {
  readonly section: number;
  readonly object: CatalogObject;
}

function readObject(
  row: readonly (string | null)[],
  sections: readonly CatalogSection[],
): ReadObject {
  const [index, kind, schema, parent, name, position, ...values] = row;
  const section = sections[Number(index)];
  if (section === undefined || typeof kind !== "string" || typeof name !== "string") {
    throw new Error("the catalog query gave a row without a section, kind or name");
  }
  const properties: Record<string, string> = {};
  Object.keys(section.properties).forEach((property, at) => {
    const value = values[at];
    if (typeof value === "string") properties[property] = value;
  });
  return {
    section: Number(index),
    object: {
      kind,
      ...(typeof schema === "string" ? { schema } : {}),
      ...(typeof parent === "string" ? { parent } : {}),
      name,
      ...(typeof position === "string" ? { position: Number(position) } : {}),
      properties,
    },
  };
}

function compareObjects(a: ReadObject, b: ReadObject): number {
  return (
    a.section - b.section ||
    compareText(a.object.kind, b.object.kind) ||
    compareText(a.object.schema ?? "", b.object.schema ?? "") ||
    compareText(a.object.parent ?? "", b.object.parent ?? "") ||
    (a.object.position ?? 0) - (b.object.position ?? 0) ||
    compareText(a.object.name, b.object.name)
  );
}

/** By code unit, the same on every machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
