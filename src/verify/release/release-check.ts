import type { ReleaseQuery } from "../../core/release-query.ts";
import type { DatabaseError } from "../../core/verification.ts";
import type { Session } from "../session.ts";
import { isCalledWithSamples, sampleCall } from "./sample-call.ts";

/** The queries that a database does not take, by their index, each with its error. */
export type Refused = ReadonlyMap<number, DatabaseError>;

/** How long one of them may take to be planned, or tried, in ms. */
const TIMEOUT_MS = 5000;

/** What the schema says of a statement: names and types (class 42), NOT NULL and CHECK. The rest depends on rows. */
const SCHEMA_ERROR = /^(?:42|22P02$|23502$|23514$|0A000$)/;

/** The same of a statement whose values were made up: nothing that depends on them, as a policy may (42501). */
const ERROR_OF_SAMPLES = /^(?:42(?!501)|23502$|23514$|0A000$)/;

/**
 * Prepares each query, and tries those that write in a transaction that is rolled back. What
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
    if (isOfSchema(queries[index], error)) refused.set(index, told(error));
    next = index + 1;
  }
  return refused;
}

function isOfSchema(query: ReleaseQuery | undefined, { code = "" }: DatabaseError): boolean {
  const isMadeUp = query !== undefined && isCalledWithSamples(query) && /\$\d/.test(query.sql);
  return (isMadeUp ? ERROR_OF_SAMPLES : SCHEMA_ERROR).test(code);
}

/** What stopped in a try leaves its transaction open, and the statement prepared where that worked. */
async function cleanUp({ database }: Session, index: number): Promise<void> {
  await database.run({ queries: ["ROLLBACK"], timeoutMs: TIMEOUT_MS });
  // It fails where nothing was prepared, and then there is nothing to drop.
  await database.run({ queries: [`DEALLOCATE ${nameOf(index)}`], timeoutMs: TIMEOUT_MS });
}

/** One query string. A statement that was prepared outlives a rollback, so that each has a name of its own. */
function attempt(query: ReleaseQuery, index: number): string {
  const name = nameOf(index);
  const prepare = `PREPARE ${name} AS ${query.sql}`;
  const drop = `DEALLOCATE ${name}`;
  const call = callOf(query, name);
  if (call === undefined) return `${prepare};\n${drop}`;
  return `BEGIN; ${prepare};\n${call}; ROLLBACK; ${drop}`;
}

function callOf(query: ReleaseQuery, name: string): string | undefined {
  const { values } = query;
  if (isCalledWithSamples(query)) return sampleCall(name, query.sql);
  if (values === undefined) return undefined;
  return values.length === 0 ? `EXECUTE ${name}` : `EXECUTE ${name}(${values.join(", ")})`;
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
