import { expect, it, jest } from "@jest/globals";
import { GitHubPeer } from "../github/peer/github-peer.ts";
import { ServerProcess } from "./server-process.ts";

jest.setTimeout(240_000);

const HISTORY = {
  "db/migrations/1_users.up.sql":
    "CREATE TABLE users (id bigint PRIMARY KEY, name text, note text);\n",
  "db/migrations/1_users.down.sql": "DROP TABLE users;\n",
};
const INDEX = { up: "db/migrations/2_index.up.sql", down: "db/migrations/2_index.down.sql" };
const DROP = { up: "db/migrations/3_note.up.sql", down: "db/migrations/3_note.down.sql" };

/** Drops a column that nobody uses, and says so. */
const DROPPED = `SET LOCAL lock_timeout = '5s';
-- migrate-verify-ignore no-drop-column nothing has read it since 4.2
ALTER TABLE users DROP COLUMN note;
`;

it("serves a pull request from a bad migration to the merge queue, by webhooks alone", async () => {
  await using peer = await GitHubPeer.start();
  const repository = peer.repository("acme/shop", HISTORY);
  repository.roles.set("mia", "write");
  const [alice, mia, eve] = [peer.person("alice"), peer.person("mia"), peer.person("eve")];
  await using server = await ServerProcess.start(peer, { GITHUB_THROTTLE: "off" });
  await server.logged("Looked for lost work.");
  peer.webhookUrl = `${server.url}/api/github/webhooks`;

  const pull = alice.openPull(repository, {
    [INDEX.up]: "CREATE INDEX users_name ON users (name);\n",
    [INDEX.down]: "DROP INDEX users_name;\n",
  });
  const ours = () => repository.commentsOn(1).filter(({ user }) => user.type === "Bot");
  const checklist = () => ours()[0];
  const check = (sha = pull.head.sha): string => {
    const found = repository.checksAt(sha, "migrate-verify").at(-1);
    return `${found?.conclusion}: ${found?.title}`;
  };
  /** Waits until what people see matches; the server says something whenever it has done something. */
  const shows = async (text: () => string | undefined, expected: RegExp): Promise<void> => {
    while (!expected.test(text() ?? "")) await server.said();
    expect(text()).toMatch(expected);
  };
  const body = (): string | undefined => checklist()?.body;

  // A bad migration: the check fails, and the comment says why.
  await shows(check, /^failure: 1 error/);
  await shows(body, /❌ `require-concurrent-index`/);
  const id = checklist()?.id;
  eve.comment(repository, pull, "/migrate-explain require-concurrent-index");
  await shows(() => ours().at(-1)?.body, /### `require-concurrent-index`: /);

  // A push mends it, on the same comment.
  alice.push(repository, pull, {
    [INDEX.up]: "CREATE INDEX CONCURRENTLY users_name ON users (name);\n",
    [INDEX.down]: "DROP INDEX CONCURRENTLY users_name;\n",
  });
  await shows(check, /^success: /);
  expect(checklist()?.id).toBe(id);

  // A destructive change waits for its gates: an outsider's word is put back, a maintainer's counts.
  alice.push(repository, pull, {
    [DROP.up]: DROPPED,
    [DROP.down]: "-- migrate-verify: irreversible the notes are in the backup\n",
  });
  await shows(check, /^failure: Waiting for 2 confirmations: backup, destructive/);
  eve.tick(repository, checklist()!, "<!-- gate:backup -->");
  await shows(body, /Put back: eve ticked backup; it needs write access\./);
  expect(check()).toContain("2 confirmations");
  mia.tick(repository, checklist()!, "<!-- gate:backup -->");
  await shows(check, /^failure: Waiting for 1 confirmation: destructive/);
  mia.comment(repository, pull, "/migrate-approve destructive nobody reads it any more");
  await shows(check, /^success: /);

  // The content changes, and the gates fall.
  alice.push(repository, pull, { [DROP.up]: DROPPED.replace("note;", "note, DROP COLUMN name;") });
  await shows(check, /^failure: .*waiting for 2 confirmations/i);
  await shows(body, /The migration changed since it was confirmed by `mia`/);
  // What was confirmed is confirmed again when it comes back.
  alice.push(repository, pull, { [DROP.up]: DROPPED });
  await shows(check, /^success: /);

  mia.press(repository, repository.checksAt(pull.head.sha, "migrate-verify").at(-1)!, "Plan");
  await shows(() => ours().at(-1)?.body, /^Plans in safe steps are not there yet/);

  // The merge queue runs on what it would merge.
  const group = alice.queue(repository, [pull]);
  await shows(() => check(group.head), /^success: /);
  expect(checklist()?.id).toBe(id);
  expect(ours().filter(({ body: text }) => text.startsWith("<!-- migrate-verify "))).toHaveLength(
    1,
  );
});
