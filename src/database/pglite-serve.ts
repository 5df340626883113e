import { once } from "node:events";
import { Socket } from "node:net";
import { crc32 } from "node:zlib";

import type { PGlite } from "@electric-sql/pglite";

import { limitFiles } from "./file-limit.ts";
import { encodeFrame, FrameReader } from "./frames.ts";
import { guard } from "./guard.ts";
import { dieWithParent } from "./lifeline.ts";
import { SAVE_DESCRIPTOR } from "./messages.ts";
import type { ChildArgument, FailedQuery, Reply, Request } from "./messages.ts";
import { FILE_BYTES } from "./pglite-limits.ts";
import modules from "./pglite-modules.json" with { type: "json" };
import { archiveOf } from "./pglite-save.ts";
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
  const archivePipe = new Socket({ fd: SAVE_DESCRIPTOR, readable: false, writable: true });
  const save = (): Promise<Reply> => sendArchive(database, archivePipe);
  const reader = new FrameReader();
  let turn = Promise.resolve();
  pipe.on("data", (chunk: Buffer) => {
    for (const request of reader.push(chunk)) {
      turn = turn.then(() => answer(session, request as Request, send, save));
    }
  });
  send({ kind: "ready", version: await serverVersion(session) });
}

async function answer(
  session: PgliteSession,
  request: Request,
  send: (reply: Reply) => void,
  save: () => Promise<Reply>,
): Promise<void> {
  if (request.kind === "save") {
    const failure = await session.run("CHECKPOINT");
    send(failure === undefined ? await save() : failed(failure));
    return;
  }
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

async function sendArchive(database: PGlite, pipe: Socket): Promise<Reply> {
  let bytes = 0;
  let crc = 0;
  for (const piece of archiveOf(database)) {
    // zlib begins anew with nothing.
    if (piece.length === 0) continue;
    bytes += piece.length;
    crc = crc32(piece, crc);
    if (!pipe.write(piece)) await once(pipe, "drain");
  }
  return { kind: "saved", bytes, crc };
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
