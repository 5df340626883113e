import type { Database } from "../database.ts";
import { HIDES_ROWS, seeingAll } from "./row-security.ts";
import { digestQuery, type TableDigest } from "./table-digest.ts";
import { quoteIdentifier, tableText } from "./sql-text.ts";

/** The rows of a database at one moment. */
export interface RowSnapshot {
  /** Every table, by its oid. */
  readonly tables: ReadonlyMap<string, TableSnapshot>;
  /** Tables too large to read, by oid. */
  readonly unread: readonly TableSnapshot[];
}

export interface TableSnapshot {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  /** The partitioned table at the top, for a partition. */
  readonly root?: string;
  /** The columns that hold something of their own; none is listed of a table without rows. */
  readonly columns: readonly SnapshotColumn[];
  /** Places in `columns` of what tells rows apart; none: nothing does. */
  readonly key: readonly number[];
  /** A text or null for each of `columns`, in no order. Empty where there is a digest. */
  readonly rows: readonly SnapshotRow[];
  /** Of a table with too many rows to keep. */
  readonly digest?: TableDigest;
  /** Of a table of some size: the same as long as nothing in it changes. */
  readonly version?: string;
}

export type SnapshotRow = readonly (string | null)[];

export interface SnapshotColumn {
  readonly number: number;
  readonly name: string;
  /** As SQL writes it. */
  readonly type: string;
}

/** Larger tables, in bytes, are not read. */
const LARGEST_READ = 64 * 1024 * 1024;
/** The rows of larger tables, in bytes, are not kept, only their digests. */
const LARGEST_KEPT = 1024 * 1024;
/** The same of a table whose rows were kept before: one that was updated holds its old rows, too. */
const LARGEST_KEPT_AGAIN = 16 * 1024 * 1024;
/** Whether the rows of larger tables, in bytes, are those of an earlier snapshot is asked first. */
const LARGEST_READ_ANEW = 16 * 1024;
const TABLES_A_QUERY = 40;

/** Whatever the session or its role has set, a value has one text. */
const FIXED = `SET LOCAL search_path = pg_catalog; SET LOCAL jit = off; SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD';
SET LOCAL IntervalStyle = 'postgres'; SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; SET LOCAL lc_monetary = 'C'`;

/** A table that never held a row has no pages. */
const TABLES = `SELECT c.oid::text, n.nspname, c.relname, CASE WHEN c.relispartition THEN pg_partition_root(c.oid)::oid::text END, pg_relation_size(c.oid)::text, pg_relation_filenode(c.oid)::text,
  CASE WHEN pg_relation_size(c.oid) > 0 THEN (
    SELECT json_agg(json_build_array(a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), coalesce(b.typname, t.typname), coalesce(b.typnamespace, t.typnamespace) = 'pg_catalog'::regnamespace) ORDER BY a.attnum)::text
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type b ON b.oid = t.typbasetype AND t.typtype = 'd'
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') END,
  (SELECT i.indkey::text FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL AND i.indisvalid
     AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = ANY (i.indkey) AND NOT a.attnotnull)
   ORDER BY i.indisprimary DESC, i.indexrelid LIMIT 1), (c.relforcerowsecurity AND ${HIDES_ROWS})::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY n.nspname, c.relname`;

interface Listed {
  readonly table: TableSnapshot;
  readonly bytes: number;
  /** Storage and columns, which are others when a table is written anew. */
  readonly form: string;
  /** The expression of each column's text. */
  readonly texts: readonly string[];
  /** Row-level security hides its rows from us. */
  readonly hidesRows: boolean;
}

/**
 * Reads the rows of all tables; those that are as in an earlier snapshot are taken from there. To be
 * called outside of a transaction.
 */
export async function readRows(database: Database, known?: RowSnapshot): Promise<RowSnapshot> {
  const listed = (await database.query(`${FIXED}; ${TABLES}`)).map(readListed);
  const tables = new Map(listed.map(({ table }) => [table.oid, table]));
  const held = listed.filter(({ bytes, texts }) => bytes <= LARGEST_READ && texts.length > 0);
  const small = held.filter(({ bytes }) => bytes <= LARGEST_READ_ANEW);
  const large = held.filter(({ bytes }) => bytes > LARGEST_READ_ANEW);
  const anew = [...small];
  for (const one of await withVersions(database, large)) {
    const old = known?.tables.get(one.table.oid);
    if (old !== undefined && isUnchanged(old, one.table)) tables.set(old.oid, old);
    else anew.push(one);
  }
  const isKept = keptAs(known);
  for (const some of chunks(anew.filter(isKept))) {
    for (const [table, rows] of await readSome(database, some))
      tables.set(table.oid, { ...table, rows });
  }
  for (const some of chunks(anew.filter((one) => !isKept(one)))) {
    for (const [table, digest] of await digestSome(database, some))
      tables.set(table.oid, { ...table, digest });
  }
  const unread = listed.filter(({ bytes }) => bytes > LARGEST_READ).map(({ table }) => table);
  return { tables, unread };
}

/** Whether the rows of a table are kept. As they were before: rows and a digest cannot be compared. */
function keptAs(known: RowSnapshot | undefined): (one: Listed) => boolean {
  const held = [...(known?.tables.values() ?? [])].filter(holdsRows);
  const byName = new Map(held.map((table) => [nameOf(table), table]));
  const byOid = new Map(held.map((table) => [table.oid, table]));
  return ({ table, bytes }) => {
    const old = byOid.get(table.oid) ?? byName.get(nameOf(table));
    if (old === undefined) return bytes <= LARGEST_KEPT;
    return old.digest === undefined && bytes <= LARGEST_KEPT_AGAIN;
  };
}

function nameOf({ schema, name }: TableSnapshot): string {
  return JSON.stringify([schema, name]);
}

/** Whether the table holds some. */
export function holdsRows({ rows, digest }: TableSnapshot): boolean {
  return rows.length > 0 || digest !== undefined;
}

/** Whether neither the rows nor the names of a table are others. */
function isUnchanged(old: TableSnapshot, { version, schema, name, root }: TableSnapshot): boolean {
  const isNamedAlike = old.name === name && old.schema === schema;
  return old.version === version && isNamedAlike && old.root === root;
}

/**
 * A row that is written has a newer transaction than any before it, and one that is deleted is missing:
 * https://www.postgresql.org/docs/current/ddl-system-columns.html
 */
async function withVersions(database: Database, tables: readonly Listed[]): Promise<Listed[]> {
  const versions = new Map<string | null, string>();
  for (const some of chunks(tables)) {
    const selects = some.map(
      ({ table }) =>
        `SELECT '${table.oid}', count(*)::text, max(xmin::text::bigint)::text FROM ONLY ${tableText(table)}`,
    );
    for (const [oid = "", count, newest] of await database.query(
      whole(some, selects.join(" UNION ALL ")),
    )) {
      versions.set(oid, `${count} ${newest}`);
    }
  }
  return tables.map((one) => ({
    ...one,
    table: { ...one.table, version: `${versions.get(one.table.oid)} ${one.form}` },
  }));
}

/** A query over tables, of which it sees every row. */
function whole(tables: readonly Listed[], query: string): string {
  const hiding = tables.filter(({ hidesRows }) => hidesRows).map(({ table }) => table);
  return `${FIXED}; ${seeingAll(hiding, query)}`;
}

function chunks<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / TABLES_A_QUERY) }, (_, at) =>
    items.slice(at * TABLES_A_QUERY, (at + 1) * TABLES_A_QUERY),
  );
}

async function readSome(
  database: Database,
  tables: readonly Listed[],
): Promise<Map<TableSnapshot, SnapshotRow[]>> {
  const selects = tables.map(
    ({ table, texts }, at) =>
      `SELECT '${at}', to_json(ARRAY[${texts.join(", ")}]::text[])::text FROM ONLY ${tableText(table)} AS t`,
  );
  const rows = new Map<TableSnapshot, SnapshotRow[]>();
  for (const [at, row] of await database.query(whole(tables, selects.join("\nUNION ALL\n")))) {
    const table = tables[Number(at)]?.table;
    if (table === undefined) continue;
    const own = rows.get(table) ?? [];
    own.push(JSON.parse(row ?? "[]") as SnapshotRow);
    rows.set(table, own);
  }
  return rows;
}

async function digestSome(
  database: Database,
  tables: readonly Listed[],
): Promise<Map<TableSnapshot, TableDigest>> {
  const digests = new Map<TableSnapshot, TableDigest>();
  for (const [oid, count, hash, hashes] of await database.query(
    whole(tables, digestQuery(tables)),
  )) {
    const table = tables.find((one) => one.table.oid === oid)?.table;
    if (table === undefined || count === "0") continue;
    digests.set(table, {
      rows: Number(count),
      hash: hash ?? "",
      columns: (hashes ?? "").split(","),
    });
  }
  return digests;
}

type ListedColumn = readonly [number, string, string, string, boolean];

function readListed(row: readonly (string | null)[]): Listed {
  const [oid, schema, name, root, bytes, filenode, columnText, keyText, hidesRows] = row;
  const columns = JSON.parse(columnText ?? "[]") as readonly ListedColumn[];
  const numbers = columns.map(([number]) => number);
  const key = (keyText ?? "").split(" ").map((number) => numbers.indexOf(Number(number)));
  return {
    bytes: Number(bytes),
    hidesRows: hidesRows === "true",
    form: `${filenode} ${keyText} ${columnText}`,
    texts: columns.map(([, column, , base, isBuiltIn]) => textOf(column, base, isBuiltIn)),
    table: {
      oid: oid ?? "",
      schema: schema ?? "",
      name: name ?? "",
      ...(typeof root === "string" ? { root } : {}),
      columns: columns.map(([number, column, type]) => ({ number, name: column, type })),
      key: key.includes(-1) ? [] : key,
      rows: [],
    },
  };
}

/** The text of a value. Of another's types it is the output function's: a cast may be anybody's function. */
function textOf(column: string, baseType: string, isBuiltIn: boolean): string {
  const value = `t.${quoteIdentifier(column)}`;
  if (baseType === "numeric") return `trim_scale(${value})::text`;
  return isBuiltIn ? `${value}::text` : `CASE WHEN ${value} IS NOT NULL THEN concat(${value}) END`;
}
