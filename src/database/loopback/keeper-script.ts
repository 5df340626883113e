import { REMOVE_FOLDER } from "../own-folder.ts";
import { systemRoot } from "./loopback-environment.ts";

/**
 * JavaScript for a process of Node's that keeps one server and its folder, where no shell can. Each
 * line of its standard input starts the server once more and is answered by a line: empty when it
 * runs, else JSON of its complaint. When standard input ends, which it does when the parent is gone,
 * however it went, it ends the server and removes the folder. Arguments: the folder, pg_ctl, and as
 * JSON the command that kills what does not end.
 *
 * pg_ctl starts the server, because only it gives up an administrator's rights, with which postgres
 * refuses to run on Windows: https://www.postgresql.org/docs/current/app-pg-ctl.html
 */
export const KEEPER = String.raw`
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const { join } = require("node:path");
const { setTimeout: wait } = require("node:timers/promises");

const [, folder, pgCtl, killing] = process.argv;
const data = join(folder, "data");
let starts = 0;

// Its output goes to a file: the server inherits it, and a pipe would stay open with the server.
function run(program, args, output = join(folder, "end.log")) {
  let said;
  try {
    said = fs.openSync(output, "a");
  } catch {
    said = "ignore";
  }
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ["ignore", said, said], windowsHide: true });
    child.on("error", (error) => resolve(error.message));
    child.on("exit", (code) => resolve(code));
  })
    .catch((error) => error.message)
    .finally(() => said === "ignore" || fs.closeSync(said));
}

const read = (path) => {
  try {
    return fs.readFileSync(path, "utf8");
  } catch {
    return "";
  }
};

// Each start has files of its own: a server that is just ending may hold those of the one before.
async function start() {
  starts += 1;
  const texts = ["pg_ctl", "server"].map((name) => join(folder, name + "-" + starts + ".log"));
  const args = ["start", "-w", "-t", "60", "-s", "-D", data, "-l", texts[1]];
  const code = await run(pgCtl, args, texts[0]);
  const complaint = [code, ...texts.map(read)].join("\n").slice(0, 4000);
  process.stdout.write(code === 0 ? "\n" : JSON.stringify(complaint) + "\n");
}

// On Windows nobody can rename a folder that some process works in, and a file's word may be old.
function isUsed() {
  if (process.platform !== "win32") return fs.existsSync(join(data, "postmaster.pid"));
  try {
    fs.renameSync(data, data + ".ended");
    return false;
  } catch (error) {
    return error.code !== "ENOENT";
  }
}

async function isUsedFor(ms) {
  const until = performance.now() + ms;
  while (isUsed()) {
    if (performance.now() >= until) return true;
    await wait(20);
  }
  return false;
}

async function end() {
  if (isUsed()) {
    const pid = Number.parseInt(read(join(data, "postmaster.pid")), 10);
    // It ends its sessions at once, whatever they are doing, and kills those that do not.
    await run(pgCtl, ["stop", "-m", "immediate", "-w", "-t", "10", "-s", "-D", data]);
    if (await isUsedFor(2000)) {
      const [program, ...args] = JSON.parse(killing).map((word) => word.replaceAll("{pid}", pid));
      await run(program, args);
      await isUsedFor(2000);
    }
  }
  for (let tries = 0; tries < 100; tries++) {
    try {
      fs.rmSync(folder, { recursive: true, force: true });
      process.exit(0);
    } catch {
      // What looks for viruses may still read it.
      await wait(100);
    }
  }
  process.exit(1);
}

// One after the other.
let last = Promise.resolve();
const then = (work) => {
  last = last.then(work, end);
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined);
process.on("uncaughtException", () => then(end));
process.stdout.on("error", () => undefined);
process.stdin.setEncoding("utf8");
process.stdin.on("data", (text) => {
  for (const _ of text.matchAll(/\n/g)) then(start);
});
process.stdin.on("end", () => then(end));
process.stdin.on("error", () => then(end));
`;

/**
 * What kills a server that does not end, and its sessions: those are its children, even when it is
 * gone. The keeper puts the number of the server for `{pid}`.
 */
export function killingCommand(
  folder: string,
  platform: NodeJS.Platform = process.platform,
): string[] {
  if (platform !== "win32") {
    return ["/bin/sh", "-c", `folder=$1; : >"$folder/plain"\n${REMOVE_FOLDER}`, "sh", folder];
  }
  const condition = "Name=''postgres.exe'' AND (ProcessId={pid} OR ParentProcessId={pid})";
  return [
    `${systemRoot()}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`,
    "-NoProfile",
    "-NonInteractive",
    "-Command",
    `Get-CimInstance Win32_Process -Filter '${condition}' | ForEach-Object { Stop-Process -Force -Id $_.ProcessId }`,
  ];
}
