import type { ReleaseQuery } from "../../core/release-query.ts";
import type { DatabaseError } from "../../core/verification.ts";
import type { Session } from "../session.ts";

/** The queries that a database does not take, by their index, each with its error. */
export type Refused = ReadonlyMap<number, DatabaseError>;

/** How long one of them may take to be planned, or tried, in ms. */
const TIMEOUT_MS = 5000;

/** What the schema says of a statement: names and types (class 42), NOT NULL and CHECK. The rest depends on rows. */
const SCHEMA_ERROR = /^(?:42|22P02$|23502$|23514$|0A000$)/;

/**
 * Prepares each query, and tries those that bring values in a transaction that is rolled back. What
 * is refused for its rows alone (a key that is taken, a parent that is not there) counts as taken.
 */
export async function refusedBy(
  session: Session,
  queries: readonly ReleaseQuery[],
): Promise<Refused> {
  const { database } = session;
  const refused = new Map<number, DatabaseError>();
  let next = 0;
  while (next < queries.length && database.alive) {
    const rest = queries.slice(next);
    const { completed, failure } = await database.run({
      queries: rest.map((query, at) => attempt(query, next + at)),
      timeoutMs: TIMEOUT_MS,
    });
    if (failure === undefined) break;
    const index = next + completed;
    const { error, cause } = failure;
    if (cause !== "sql") break;
    await cleanUp(session, index);
    if (SCHEMA_ERROR.test(error.code ?? "")) refused.set(index, told(error));
    next = index + 1;
  }
  return refused;
}

/** What stopped in a try leaves its transaction open, and the statement prepared where that worked. */
async function cleanUp({ database }: Session, index: number): Promise<void> {
  await database.run({ queries: ["ROLLBACK"], timeoutMs: TIMEOUT_MS });
  // It fails where nothing was prepared, and then there is nothing to drop.
  await database.run({ queries: [`DEALLOCATE ${nameOf(index)}`], timeoutMs: TIMEOUT_MS });
}

/** One query string. A statement that was prepared outlives a rollback, so that each has a name of its own. */
function attempt({ sql, values }: ReleaseQuery, index: number): string {
  const name = nameOf(index);
  const prepare = `PREPARE ${name} AS ${sql}`;
  const drop = `DEALLOCATE ${name}`;
  if (values === undefined) return `${prepare};\n${drop}`;
  const execute = values.length === 0 ? name : `${name}(${values.join(", ")})`;
  return `BEGIN; ${prepare};\nEXECUTE ${execute}; ROLLBACK; ${drop}`;
}

function nameOf(index: number): string {
  return `migrate_verify_release_${index}`;
}

function told({ message, code, detail, hint }: DatabaseError): DatabaseError {
  return {
    message,
    ...(code === undefined ? {} : { code }),
    ...(detail === undefined ? {} : { detail }),
    ...(hint === undefined ? {} : { hint }),
  };
}
