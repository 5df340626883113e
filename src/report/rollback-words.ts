import type { ReviewedMigration } from "../core/review.ts";
import type { ReleaseCheck } from "../core/verification.ts";
import { grouped } from "./grouped.ts";
import { counted } from "./verification-words.ts";

/** Names of statements that are listed. */
const NAMED = 5;

/** What the new release can no longer do once a migration is rolled back; undefined where it can do everything. Names are untrusted. */
export function rollbackWords({ verification }: ReviewedMigration): string | undefined {
  const check = verification?.newRelease;
  return check === undefined || check.broken.length === 0 ? undefined : words(check);
}

function words({ tried, broken }: ReleaseCheck): string {
  const names = broken.slice(0, NAMED).map(({ name }) => name);
  const more = broken.length - names.length;
  const list = `${names.join(", ")}${more === 0 ? "" : ` and ${grouped(more)} more`}`;
  const [first] = broken;
  const line = first?.brokenAt === undefined ? "" : `, first by line ${first.brokenAt} of down`;
  return `roll the code back before the schema: ${grouped(broken.length)} of the new release's ${counted(tried, "statement")} ${broken.length === 1 ? "does" : "do"} not run after down (${list})${line}`;
}
