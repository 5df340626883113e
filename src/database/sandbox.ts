import { spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

import type { SandboxKind } from "../core/verification.ts";
import { serverUser, type ServerUser } from "./server-user.ts";

/** What of the operating system keeps a program from the machine. */
export interface Sandbox {
  readonly kind: SandboxKind;
  /** Whom the program runs as; undefined: as who runs this program. */
  readonly user: ServerUser | undefined;
  /** What stands before a program and its arguments. */
  readonly wrapper: readonly string[];
}

/** What is to run in it. */
export interface Tenant {
  readonly program: string;
  /** Folders and files that it may read, besides those of the system. */
  readonly reads: readonly string[];
  /** The only folder that it may write to; undefined: none. */
  readonly writes: string | undefined;
  /** Whom it runs as; undefined: as who runs this program. */
  readonly user: ServerUser | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

const SYSTEM = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store"];
/** What names users and libraries; nothing else of /etc. */
const NAMES = ["/etc/passwd", "/etc/group", "/etc/ld.so.cache", "/etc/localtime"];

/** https://github.com/containers/bubblewrap; everything of it ends with the process that started it. */
function bubblewrap(program: string, { reads, writes }: Tenant): string[] {
  const apart = ["--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"];
  const empty = ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"];
  // After the empty ones, as some of these may be within them.
  const seen = [...SYSTEM, ...NAMES, ...reads].flatMap((path) => ["--ro-bind-try", path, path]);
  const written = writes === undefined ? [] : ["--bind", writes, writes];
  const closed = ["--remount-ro", "/tmp", "--remount-ro", "/"];
  return [program, ...apart, ...empty, ...seen, ...written, ...closed, "--"];
}

/**
 * https://man7.org/linux/man-pages/man1/unshare.1.html; whoever runs it stays who they are. It ends
 * with the process that started it by its own setting, and what runs in it by `--kill-child`.
 */
function unshare(program: string, setpriv: string): string[] {
  const spaces = ["--user", "--map-current-user", "--net", "--ipc", "--pid", "--mount-proc"];
  return [setpriv, "--pdeathsig", "KILL", "--", program, ...spaces, "--fork", "--kill-child", "--"];
}

const PROBE_TIMEOUT_MS = 5_000;
const known = new Map<string, Promise<SandboxKind>>();

/**
 * The most that this machine grants: each way is tried with the program itself. Ubuntu keeps users
 * from namespaces of their own, and so do most containers.
 */
export async function findSandbox(tenant: Tenant, path = SYSTEM_PATH): Promise<Sandbox> {
  const ways = sandboxesFor(tenant, path);
  const key = [path, tenant.program, tenant.user?.uid ?? ""].join("\0");
  let kind = known.get(key);
  if (kind === undefined) {
    kind = firstThatWorks(ways, tenant);
    known.set(key, kind);
  }
  const found = await kind;
  return ways.find((way) => way.kind === found) ?? plain(tenant.user);
}

/** None. */
export function plain(user: ServerUser | undefined): Sandbox {
  return { kind: "plain", user, wrapper: [] };
}

/**
 * Every way to run a program that may work here, the strictest first. One that is started by root is
 * best another user's; where that user may not reach the program, bubblewrap still keeps it apart.
 */
export function waysToRun(tenant: Omit<Tenant, "user">, path = SYSTEM_PATH): Sandbox[] {
  const user = otherUser();
  const own = sandboxesFor({ ...tenant, user: undefined }, path);
  const all = user === undefined ? own : [...sandboxesFor({ ...tenant, user }, path), ...own];
  return KINDS.flatMap((kind) => all.filter((way) => way.kind === kind));
}

const KINDS = ["bwrap", "unshare", "plain"] as const;

function otherUser(): ServerUser | undefined {
  try {
    return serverUser();
  } catch {
    // There is none of the usual ones.
    return undefined;
  }
}

function sandboxesFor(tenant: Tenant, path: string): Sandbox[] {
  const { user } = tenant;
  if (process.platform !== "linux") return [plain(user)];
  const bwrap = programIn(path, "bwrap");
  const [namespaces, setpriv] = [programIn(path, "unshare"), programIn(path, "setpriv")];
  const ways: Sandbox[] = [];
  if (bwrap !== undefined) {
    ways.push({ kind: "bwrap", user, wrapper: bubblewrap(bwrap, tenant) });
  }
  if (namespaces !== undefined && setpriv !== undefined) {
    ways.push({ kind: "unshare", user, wrapper: unshare(namespaces, setpriv) });
  }
  return [...ways, plain(user)];
}

async function firstThatWorks(ways: readonly Sandbox[], tenant: Tenant): Promise<SandboxKind> {
  for (const way of ways) {
    if (way.kind !== "plain" && (await works(way, tenant))) return way.kind;
  }
  return "plain";
}

async function works({ wrapper, user }: Sandbox, tenant: Tenant): Promise<boolean> {
  const { program, writes, environment } = tenant;
  const [first, ...args] = [...wrapper, program, "--version"];
  const child = spawn(first, args, {
    cwd: writes ?? "/",
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
const SYSTEM_PATH = ["/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin"].join(delimiter);

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
