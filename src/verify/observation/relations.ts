import { displayName } from "../../core/name.ts";
import type { Database } from "../database.ts";

/** A table or an index, with what its storage was at some moment. */
export interface Relation {
  readonly name: string;
  readonly isIndex: boolean;
  /** Of an index: the oid of its table. */
  readonly table?: string;
  /** Names its file on disk: another one means that its storage was written anew. */
  readonly filenode: string | null;
}

/** By oid: a name can change. */
export type Relations = ReadonlyMap<string, Relation>;

const RELATIONS = `SELECT c.oid::text, n.nspname::text, c.relname::text, c.relkind IN ('i', 'I'), i.indrelid::text, pg_catalog.pg_relation_filenode(c.oid)::text
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'm', 'f', 'i', 'I') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;

/** The tables and indexes of the database. */
export async function readRelations(database: Database): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>();
  for (const [oid, schema, name, isIndex, table, filenode] of await database.query(RELATIONS)) {
    if (typeof oid !== "string") continue;
    relations.set(oid, {
      name: displayName({ schema: schema ?? "", name: name ?? "" }),
      isIndex: isIndex === "t",
      ...(typeof table === "string" ? { table } : {}),
      filenode: filenode ?? null,
    });
  }
  return relations;
}

/** Names of what was written anew, and of the indexes that were built. */
export interface StorageChange {
  readonly rewrites: readonly string[];
  readonly indexBuilds: readonly string[];
}

/**
 * What was written anew from one moment to the other. `files` are those that are known: ALTER TABLE
 * may make an index anew on the old one's file.
 */
export function changedStorage(
  before: Relations,
  after: Relations,
  files: ReadonlySet<string | null> = filesOf(before),
): StorageChange {
  const rewrites: string[] = [];
  const indexBuilds: string[] = [];
  for (const [oid, { name, isIndex, table, filenode }] of after) {
    if (filenode === null || files.has(filenode)) continue;
    if (before.has(oid)) rewrites.push(name);
    if (isIndex && table !== undefined && before.has(table)) indexBuilds.push(name);
  }
  return { rewrites: rewrites.toSorted(), indexBuilds: indexBuilds.toSorted() };
}

export function filesOf(relations: Relations): Set<string | null> {
  return new Set([...relations.values()].map(({ filenode }) => filenode));
}
