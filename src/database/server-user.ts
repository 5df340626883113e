import { readFileSync } from "node:fs";

/** A user of the operating system. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** In the order of preference: the first owns nothing, the second may own a real server's files. */
const UNPRIVILEGED = ["nobody", "postgres"];

/**
 * Whom a server is started as: PostgreSQL refuses to run as root. Undefined: as who runs this
 * program. Throws an Error when this is root and the system has none of the usual other users.
 */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync("/etc/passwd", "utf8").split("\n").map(parseUser);
  for (const wanted of UNPRIVILEGED) {
    const user = users.find(({ name, uid, gid }) => name === wanted && uid > 0 && gid > 0);
    if (user !== undefined) return user;
  }
  throw new Error(`this is root, and there is no user ${UNPRIVILEGED.join(" or ")}`);
}

function parseUser(line: string): ServerUser {
  const [name = "", , uid, gid] = line.split(":");
  return { name, uid: Number(uid), gid: Number(gid) };
}
