import { Socket } from "node:net";

import { limitFiles } from "./file-limit.ts";
import { encodeFrame, FrameReader } from "./frames.ts";
import { guard } from "./guard.ts";
import { dieWithParent } from "./lifeline.ts";
import type { ChildArgument, FailedQuery, Reply, Request } from "./messages.ts";
import { FILE_BYTES } from "./pglite-limits.ts";
import modules from "./pglite-modules.json" with { type: "json" };
import { PgliteSession } from "./pglite-session.ts";
import { startPglite } from "./pglite-start.ts";

/** File descriptor of the pipe to the parent. */
const PIPE = 3;

/** The child's side: starts a database and answers the parent's requests until the pipe closes. */
export async function serve(argument: ChildArgument): Promise<void> {
  const pipe = new Socket({ fd: PIPE, readable: true, writable: true });
  const send = (reply: Reply): void => {
    pipe.write(encodeFrame(reply));
  };
  send({ kind: "begun" });
  const database = await startPglite(argument, (line) => process.stderr.write(`${line}\n`));
  limitFiles(database, FILE_BYTES);
  // A device of PGlite's own, which keeps in memory whatever is copied to it.
  database.Module.FS.unlink("/dev/blob");
  dieWithParent();
  guard(new Set(Object.values(modules)));

  const session = new PgliteSession(database);
  const reader = new FrameReader();
  let turn = Promise.resolve();
  pipe.on("data", (chunk: Buffer) => {
    for (const request of reader.push(chunk)) {
      turn = turn.then(() => answer(session, request as Request, send));
    }
  });
  send({ kind: "ready", version: await serverVersion(session) });
}

async function answer(
  session: PgliteSession,
  request: Request,
  send: (reply: Reply) => void,
): Promise<void> {
  if (request.kind === "query") {
    const answered = await session.query(request.sql);
    send(Array.isArray(answered) ? { kind: "rows", rows: answered } : failed(answered));
    return;
  }
  for (const sql of request.queries) {
    const start = performance.now();
    const failure = await session.run(sql);
    if (failure !== undefined) {
      send(failed((await session.alive()) ? failure : { ...failure, cause: "crash" }));
      return;
    }
    send({ kind: "ran", ms: performance.now() - start });
  }
  send((await session.alive()) ? { kind: "done" } : failed(DEAD));
}

const DEAD: FailedQuery = {
  cause: "crash",
  error: { message: "the server no longer answers truthfully" },
};

function failed(failure: FailedQuery): Reply {
  return { kind: "failed", ...failure };
}

async function serverVersion(session: PgliteSession): Promise<string> {
  const rows = await session.query("SHOW server_version");
  const version = Array.isArray(rows) ? rows[0]?.[0] : undefined;
  if (typeof version !== "string") throw new Error("PGlite did not tell its version");
  return version;
}
