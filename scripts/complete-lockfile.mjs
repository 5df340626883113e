// Adds to package-lock.json the optional packages of other platforms that npm left out.
//
// A package with native parts names one optional package for each platform. Where the registry that
// npm was pointed at does not carry all of them, `npm install` leaves those out of the lockfile, and
// `npm ci` of npm 11 then refuses to work anywhere. Run this after changing a dependency.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PATH = join(import.meta.dirname, "..", "package-lock.json");
const SYSTEMS = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
];
const OTHER_SYSTEMS = ["sunos", "win32"];
const PROCESSORS = ["arm64", "arm", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x"];
const OTHER_PROCESSORS = ["wasm32", "x64"];
const ARM = /^(?:eabi|gnueabihf|musleabihf|arm\w*)$/;

const lock = JSON.parse(readFileSync(PATH, "utf8"));
for (const [path, entry] of Object.entries(lock.packages)) {
  if (path === "") continue;
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(path, name) || !/^\d/.test(version)) continue;
    const words = name.split(/[/-]/);
    const os = [...SYSTEMS, ...OTHER_SYSTEMS].find((system) => words.includes(system));
    const known = [...PROCESSORS, ...OTHER_PROCESSORS].find((cpu) => words.includes(cpu));
    const cpu = known ?? (words.some((word) => ARM.test(word)) ? "arm" : undefined);
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(cpu === undefined ? {} : { cpu: [cpu] }),
      ...(entry.dev === true ? { dev: true } : {}),
      optional: true,
      ...(os === undefined ? {} : { os: [os] }),
    };
    console.log(`added ${name} ${version}`);
  }
}
const sorted = Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(sorted);
writeFileSync(PATH, `${JSON.stringify(lock, null, 2)}\n`);

/** Whether a package that another one names is in the lockfile, where Node would look for it. */
function isLocked(path, name) {
  for (let at = path; ; at = at.slice(0, at.lastIndexOf("/node_modules/"))) {
    if (`${at}/node_modules/${name}` in lock.packages) return true;
    if (!at.includes("/node_modules/")) break;
  }
  return `node_modules/${name}` in lock.packages;
}
