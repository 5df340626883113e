import { spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

import type { ServerUser } from "./server-user.ts";

/** What of the operating system keeps a server from the machine. */
export interface Sandbox {
  /**
   * `bwrap`: no network, processes and shared memory of its own, and of the machine's files only its
   * programs. `unshare`: the same but for the files. `plain`: nothing.
   */
  readonly kind: "bwrap" | "unshare" | "plain";
  /** What stands before a program and its arguments. */
  readonly wrapper: readonly string[];
}

/** What is to run in it. */
export interface Tenant {
  readonly program: string;
  /** Folders and files that it may read, besides those of the system. */
  readonly reads: readonly string[];
  /** The only folder that it may write to. */
  readonly writes: string;
  /** Whom it runs as; undefined: as who runs this program. */
  readonly user: ServerUser | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

const SYSTEM = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64"];
/** What names users and libraries; nothing else of /etc. */
const NAMES = ["/etc/passwd", "/etc/group", "/etc/ld.so.cache", "/etc/localtime"];

/** https://github.com/containers/bubblewrap; everything of it ends with the process that started it. */
function bubblewrap(program: string, { reads, writes }: Tenant): string[] {
  const apart = ["--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"];
  const empty = ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"];
  // After the empty ones, as some of these may be within them.
  const seen = [...SYSTEM, ...NAMES, ...reads].flatMap((path) => ["--ro-bind-try", path, path]);
  return [program, ...apart, ...empty, ...seen, "--bind", writes, writes, "--"];
}

/** https://man7.org/linux/man-pages/man1/unshare.1.html; whoever runs it stays who they are. */
function unshare(program: string): string[] {
  const spaces = ["--user", "--map-current-user", "--net", "--ipc", "--pid", "--mount-proc"];
  return [program, ...spaces, "--fork", "--kill-child", "--"];
}

/** None. */
export const PLAIN: Sandbox = { kind: "plain", wrapper: [] };
const PROBE_TIMEOUT_MS = 5_000;
const known = new Map<string, Promise<Sandbox["kind"]>>();

/**
 * The most that this machine grants: each way is tried with the program itself. Ubuntu keeps users
 * from namespaces of their own, and so do most containers.
 */
export async function findSandbox(tenant: Tenant, path = SEARCHED): Promise<Sandbox> {
  if (process.platform !== "linux") return PLAIN;
  const ways = waysFor(tenant, path);
  const key = [path, tenant.program, tenant.user?.uid ?? ""].join("\0");
  let kind = known.get(key);
  if (kind === undefined) {
    kind = firstThatWorks(ways, tenant);
    known.set(key, kind);
  }
  const found = await kind;
  return ways.find((way) => way.kind === found) ?? PLAIN;
}

function waysFor(tenant: Tenant, path: string): Sandbox[] {
  const bwrap = programIn(path, "bwrap");
  const unshares = programIn(path, "unshare");
  return [
    ...(bwrap === undefined
      ? []
      : [{ kind: "bwrap", wrapper: bubblewrap(bwrap, tenant) } satisfies Sandbox]),
    ...(unshares === undefined
      ? []
      : [{ kind: "unshare", wrapper: unshare(unshares) } satisfies Sandbox]),
  ];
}

async function firstThatWorks(ways: readonly Sandbox[], tenant: Tenant): Promise<Sandbox["kind"]> {
  for (const { kind, wrapper } of ways) {
    if (await works([...wrapper, tenant.program, "--version"], tenant)) return kind;
  }
  return "plain";
}

async function works(
  [program = "", ...args]: readonly string[],
  { user, environment, writes }: Tenant,
): Promise<boolean> {
  const child = spawn(program, args, {
    cwd: writes,
    env: environment,
    stdio: "ignore",
    timeout: PROBE_TIMEOUT_MS,
    killSignal: "SIGKILL",
    ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
  });
  try {
    const [code] = (await once(child, "close")) as [number | null];
    return code === 0;
  } catch {
    // It could not even be started.
    return false;
  }
}

/** Where a system puts its own programs: what somebody's PATH names is not what keeps others away. */
const SEARCHED = ["/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin"].join(delimiter);

function programIn(path: string, name: string): string | undefined {
  return path
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
