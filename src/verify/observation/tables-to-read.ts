import type { ObjectName } from "../../core/name.ts";
import type { Operation } from "../../core/operation.ts";
import type { Statement } from "../../core/statement.ts";
import type { Database } from "../database.ts";

// By PostgreSQL's name of the node: those that may take ACCESS EXCLUSIVE on what is there, and then
// wait for it as long as they are told to. LOCK … NOWAIT, VACUUM (SKIP_LOCKED) and DO may not.
const WAITING = new Set([
  "AlterObjectSchemaStmt",
  "AlterTableStmt",
  "ClusterStmt",
  "DropStmt",
  "IndexStmt",
  "RefreshMatViewStmt",
  "ReindexStmt",
  "RenameStmt",
  "TruncateStmt",
]);

/** The relations that a statement may have to wait for; empty where it is no such statement. */
export function relationsToWaitFor({ kind, operations }: Statement): ObjectName[] {
  return WAITING.has(kind) ? operations.flatMap(relationsOf) : [];
}

function relationsOf(operation: Operation): ObjectName[] {
  const named = [
    "table" in operation ? operation.table : undefined,
    "index" in operation ? operation.index : undefined,
    "view" in operation ? operation.view : undefined,
    operation.kind === "reindex" ? operation.target : undefined,
  ];
  return named.flatMap((name) => (typeof name === "object" ? name : []));
}

/** A timeout of the session below this could run out behind a reader of ours, in ms. */
const LEAST_TIMEOUT_MS = 1_000;

/** Their oids, as the session finds them; none where its timeouts are too short to have it wait. */
export async function relationsToRead(
  database: Database,
  names: readonly ObjectName[],
): Promise<string[]> {
  const values = names.map((name) => `(${literal(quoted(name))})`).join(", ");
  const rows = await database.query(
    `SELECT DISTINCT pg_catalog.to_regclass(name)::pg_catalog.oid::text FROM (VALUES ${values}) AS named (name)
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_settings s WHERE s.name IN ('lock_timeout', 'statement_timeout', 'transaction_timeout')
  AND s.setting::pg_catalog.int8 BETWEEN 1 AND ${LEAST_TIMEOUT_MS - 1})`,
  );
  return rows.flatMap(([oid]) => oid ?? []);
}

function quoted({ schema, name }: ObjectName): string {
  const parts = schema === undefined ? [name] : [schema, name];
  return parts.map((part) => `"${part.replaceAll('"', '""')}"`).join(".");
}

function literal(text: string): string {
  return `E'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
