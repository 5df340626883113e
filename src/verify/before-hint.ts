import { createdNames } from "../core/created-names.ts";
import { nameKey } from "../core/name.ts";
import type { Script } from "../core/statement.ts";
import type { DatabaseError, Verification } from "../core/verification.ts";

/** What to do about an object that production has and no migration makes. */
export const BEFORE_HINT = "what production has beforehand goes into `verify.before`";

/** A missing schema, relation or setting, as the server names it: without quotes. */
const MISSING: ReadonlyMap<string, RegExp> = new Map([
  ["3F000", /^schema "(?<name>.+)" does not exist$/],
  ["42P01", /^relation "(?:(?<schema>[^".]+)\.)?(?<name>[^".]+)" does not exist$/],
  // Without a dot it is no setting of an application's own.
  ["42704", /^unrecognized configuration parameter "(?<name>[^"]+\.[^"]+)"$/],
]);

/** The schemas, tables and views that some script makes, by their keys. */
export function createdByScripts(scripts: readonly Script[]): ReadonlySet<string> {
  const operations = scripts.flatMap(({ statements }) =>
    statements.flatMap((statement) => statement.operations),
  );
  const created = new Set(createdNames(operations));
  for (const operation of operations) {
    if (operation.kind === "rename-table") {
      created.add(nameKey({ ...operation.table, name: operation.to }));
    }
  }
  return created;
}

/** Whether an error says that a schema, a relation or a setting is missing that no script makes. */
function isMissingBefore(
  { code = "", message }: DatabaseError,
  created: ReadonlySet<string>,
): boolean {
  const { schema, name } = MISSING.get(code)?.exec(message)?.groups ?? {};
  if (name === undefined) return false;
  return !created.has(nameKey(schema === undefined ? { name } : { schema, name }));
}

/** Why a migration that comes before those under review stops them, in words. */
export function notApplied(error: DatabaseError, created: ReadonlySet<string>): string {
  const line = error.line === undefined ? "" : `, line ${error.line}`;
  const hint = isMissingBefore(error, created) ? `; ${BEFORE_HINT}` : "";
  return `${NOT_APPLIED}${line}: ${error.message}${hint}`;
}

const NOT_APPLIED = "this cannot be applied before the migrations under review";

/** Whether something was not verified because what comes before it stopped. */
export function isNotApplied(reason: string): boolean {
  return reason.includes(NOT_APPLIED);
}

/** An up that stopped for something that production has, with what to do about it. */
export function withBeforeHint(
  verification: Verification,
  created: ReadonlySet<string>,
): Verification {
  const { up } = verification;
  if (up.error === undefined || up.error.hint !== undefined) return verification;
  if (!isMissingBefore(up.error, created)) return verification;
  return { ...verification, up: { ...up, error: { ...up.error, hint: BEFORE_HINT } } };
}
