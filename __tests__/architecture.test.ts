import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { describe, expect, it } from "@jest/globals";

/** Which rooms a room may import from, and which packages. A room always may import itself. */
const ROOMS: Record<string, { rooms: readonly string[]; packages: readonly string[] }> = {
  rules: { rooms: ["core"], packages: [] },
  core: { rooms: [], packages: [] },
  parser: { rooms: ["core"], packages: ["libpg-query", "@pgsql/types", "node:"] },
  sources: { rooms: ["core"], packages: [] },
  django: {
    rooms: ["core", "sources"],
    packages: ["@lezer/python", "@lezer/common", "node:crypto"],
  },
  config: { rooms: ["core"], packages: ["zod", "yaml"] },
  report: { rooms: ["core"], packages: [] },
  plan: { rooms: ["core"], packages: [] },
  usage: { rooms: ["core", "sources"], packages: [] },
  compat: { rooms: ["core", "parser"], packages: [] },
  verify: { rooms: ["core"], packages: ["node:crypto"] },
  drift: {
    rooms: ["core", "verify"],
    packages: ["@prisma/driver-adapter-utils", "@prisma/schema-engine-wasm/", "node:"],
  },
  review: {
    rooms: [
      "core",
      "parser",
      "sources",
      "django",
      "compat",
      "config",
      "plan",
      "usage",
      "verify",
      "report",
    ],
    packages: [],
  },
  database: { rooms: ["core", "verify"], packages: ["@electric-sql/", "pg", "node:"] },
  git: { rooms: ["core", "sources", "review"], packages: ["node:"] },
  cli: {
    rooms: [
      "app.ts",
      "core",
      "rules",
      "config",
      "report",
      "review",
      "sources",
      "git",
      "database",
      "drift",
      "parser",
      "verify",
    ],
    packages: ["node:", "diff"],
  },
  github: {
    rooms: ["core", "sources", "review", "report", "config", "parser", "verify"],
    packages: ["@octokit/", "node:crypto", "zod"],
  },
  server: {
    rooms: ["core", "config", "github", "report"],
    packages: ["bullmq", "ioredis", "node:", "pino", "probot", "prom-client"],
  },
  "app.ts": {
    rooms: ["core", "rules", "database", "drift", "github", "parser", "report", "server"],
    packages: [],
  },
  action: {
    rooms: [
      "core",
      "rules",
      "report",
      "report.schema.json",
      "review",
      "sources",
      "git",
      "github",
      "database",
      "drift",
      "parser",
    ],
    packages: ["@actions/", "@octokit/", "ajv", "node:", "zod"],
  },
  "action.ts": { rooms: ["core", "action", "github"], packages: [] },
  main: { rooms: ["action.ts", "cli", "database", "drift"], packages: ["node:"] },
};

const ROOT = join(import.meta.dirname, "..");

function sourceFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));
}

function roomOf(path: string): string {
  const [first, second] = path.split("/");
  return first === "src" ? (second ?? "") : (first ?? "");
}

const IMPORT = /^(?:import|export)\s(?:[^;"]*?\sfrom\s)?\s*"([^"]+)"|\bimport\(\s*"([^"]+)"/gm;

interface Import {
  readonly file: string;
  readonly target: string;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  return [...text.matchAll(IMPORT)].map((match) => ({ file, target: match[1] ?? match[2] ?? "" }));
}

function allowed({ file, target }: Import): boolean {
  const room = roomOf(file);
  const rule = ROOMS[room];
  if (rule === undefined) return false;
  if (!target.startsWith(".")) return rule.packages.some((name) => target.startsWith(name));
  const to = roomOf(relative(ROOT, normalize(join(ROOT, dirname(file), target))));
  return to === room || rule.rooms.includes(to);
}

describe("the direction of imports", () => {
  const files = [...sourceFiles("src"), ...sourceFiles("rules")];
  const imports = files.flatMap(importsOf);

  it("read the files of every room", () => {
    expect(new Set(files.map(roomOf))).toEqual(new Set(Object.keys(ROOMS)));
    expect(imports.length).toBeGreaterThan(100);
  });

  it("holds for every import", () => {
    const wrong = imports.filter((one) => !allowed(one));
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  it("lets only the registry of rules re-export", () => {
    const barrels = files.filter((file) =>
      /^export \*|^export \{[^}]*\} from/m.test(readFileSync(join(ROOT, file), "utf8")),
    );
    expect(barrels).toEqual([]);
  });
});
