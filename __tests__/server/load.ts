import type { GitHubPeer } from "../github/peer/github-peer.ts";
import type { Pull, Repository } from "../github/peer/repository.ts";
import type { ServerProcess } from "./server-process.ts";

const TABLE = "CREATE TABLE orders (id bigint PRIMARY KEY, note text);\n";

/** Repositories with a history of one migration each. */
export function repositoriesOf(peer: GitHubPeer, count: number): Repository[] {
  return Array.from({ length: count }, (_, index) =>
    peer.repository(`acme${index}/shop`, {
      "db/migrations/000001_orders.up.sql": TABLE,
      "db/migrations/000001_orders.down.sql": "DROP TABLE orders;\n",
    }),
  );
}

export interface OpenedPull {
  readonly repository: Repository;
  readonly pull: Pull;
}

/** Opens a pull request, and pushes to it once more when `twice`. */
export function openOne(
  peer: GitHubPeer,
  repository: Repository,
  number: number,
  twice: boolean,
): OpenedPull {
  const ann = peer.person("ann");
  const pull = ann.openPull(repository, filesOf(number, "note_a"));
  if (twice) ann.push(repository, pull, filesOf(number, "note_b"));
  return { repository, pull };
}

function filesOf(number: number, column: string): Record<string, string> {
  const path = `db/migrations/${String(number + 2).padStart(6, "0")}_${number}`;
  return {
    [`${path}.up.sql`]: `ALTER TABLE orders ADD COLUMN ${column} text;\n`,
    [`${path}.down.sql`]: `ALTER TABLE orders DROP COLUMN ${column};\n`,
  };
}

/** What is wrong with how a pull request ended; empty: one comment, and one completed check at its newest head. */
export function faultsOf({ repository, pull }: OpenedPull): string[] {
  const name = `${repository.fullName}#${pull.number}`;
  const comments = repository.commentsOn(pull.number).length;
  const checks = repository.checksAt(pull.head.sha, "migrate-verify");
  const completed = checks.filter(({ conclusion }) => conclusion === "success");
  return [
    ...(comments === 1 ? [] : [`${name} has ${comments} comments`]),
    ...(checks.length === 1 && completed.length === 1
      ? []
      : [`${name} has ${checks.length} checks, ${completed.length} of them successful`]),
  ];
}

/** Waits until every pull request ended as it should; looks whenever a server says something. */
export async function allEnded(
  pulls: readonly OpenedPull[],
  servers: readonly ServerProcess[],
): Promise<void> {
  while (pulls.some((one) => faultsOf(one).length > 0)) {
    await Promise.race(servers.map((server) => server.said()));
  }
}
