import { describe, expect, it } from "@jest/globals";
import { detectProjects } from "../../src/sources/detect.ts";
import { folderTree } from "../../src/sources/folder.ts";
import { prismaVersion } from "../../src/sources/prisma-version.ts";
import { onlyProject, repository } from "./repository.ts";

const SCRIPT = "app/prisma/migrations/20250101000000_a/migration.sql";
const LOCK = "app/prisma/migrations/migration_lock.toml";
const LOCKED = 'provider = "postgresql"\n';

function manifest(range: string): string {
  return JSON.stringify({ dependencies: { prisma: range } });
}

function schema(provider: string): string {
  return `// provider = "sqlite"\ndatasource db {\n  provider = "${provider}" // or "mysql"\n  url = env("URL")\n}\n`;
}

describe("the version of Prisma", () => {
  it.each([
    ["exact", { "app/package.json": manifest("7.4.1") }, "7.4.1"],
    ["a range has its lowest", { "app/package.json": manifest("^7.2.0") }, "7.2.0"],
    ["a short range", { "app/package.json": manifest("7.x") }, "7.0.0"],
    ["above the folder", { "package.json": manifest("6.1.0") }, "6.1.0"],
    [
      "the nearest that names Prisma",
      { "package.json": manifest("6.1.0"), "app/package.json": "{}" },
      "6.1.0",
    ],
    [
      "the client, where only that is named",
      { "package.json": JSON.stringify({ devDependencies: { "@prisma/client": "5.0.0" } }) },
      "5.0.0",
    ],
    [
      "npm's lock",
      {
        "app/package.json": manifest("^7.0.0"),
        "package-lock.json": '{"packages":{"node_modules/prisma": {\n  "version": "7.5.0"}}}',
      },
      "7.5.0",
    ],
    [
      "pnpm's lock, the lowest of several",
      {
        "app/package.json": manifest("catalog:"),
        "pnpm-lock.yaml": "packages:\n  prisma@7.6.0:\n    x: y\n  prisma@7.3.0(a@1):\n    x: y\n",
      },
      "7.3.0",
    ],
    [
      "yarn's lock",
      {
        "app/package.json": manifest("^7.0.0"),
        "yarn.lock": '"prisma@npm:^7.0.0":\n  version: 7.4.2\n',
      },
      "7.4.2",
    ],
    ["a word tells nothing", { "app/package.json": manifest("latest") }, undefined],
    ["an upper bound tells nothing", { "app/package.json": manifest("<8") }, undefined],
    ["broken JSON tells nothing", { "app/package.json": '{"prisma":' }, undefined],
    ["no manifest", {}, undefined],
  ] as const)("%s", (_, files, version) => {
    const root = folderTree(repository({ ...files, [SCRIPT]: "" }));
    const folder = root.at("app/prisma/migrations");
    expect(folder && prismaVersion(folder)?.join(".")).toBe(version);
  });
});

describe("how Prisma sends a script", () => {
  it.each([
    ["7.3.9", "SELECT 1; SELECT 2;", "script"],
    ["7.4.0", "SELECT 1; SELECT 2;", "statements"],
    ["8.0.0", "SELECT 1; SELECT 2;", "statements"],
    ["7.4.0", "SELECT 1; DROP INDEX CONCURRENTLY a;", "script"],
    [undefined, "SELECT 1; SELECT 2;", "script"],
  ])("%s: %s", (version, text, sends) => {
    const packages = version === undefined ? {} : { "package.json": manifest(version) };
    const project = onlyProject(repository({ [SCRIPT]: text, [LOCK]: LOCKED, ...packages }));
    expect(project.migrations[0]?.up.execution).toEqual({ transaction: false, sends });
  });
});

describe("the provider", () => {
  it.each([
    [
      "the schema beside",
      { "app/prisma/schema.prisma": schema("mysql") },
      "app/prisma/schema.prisma",
    ],
    [
      "a folder of schemas",
      {
        "app/prisma/schema/post.prisma": "model Post {}",
        "app/prisma/schema/zz.prisma": schema("mysql"),
      },
      "app/prisma/schema/zz.prisma",
    ],
    ["one level further up", { "app/schema.prisma": schema("mysql") }, "app/schema.prisma"],
  ])("differs between lock and %s", (_, files, path) => {
    const project = onlyProject(repository({ ...files, [SCRIPT]: "", [LOCK]: LOCKED }));
    expect(project.faults).toEqual([
      {
        kind: "lock-mismatch",
        path: LOCK,
        message: `The lock is for postgresql and ${path} for mysql: Prisma refuses to migrate. Make both name one database.`,
      },
    ]);
  });

  it.each([
    ["the same", { "app/prisma/schema.prisma": schema("postgresql") }],
    ["its short name", { "app/prisma/schema.prisma": schema("postgres") }],
    ["no schema", {}],
    ["no datasource", { "app/prisma/schema.prisma": "model Post {}" }],
    [
      "the schema of another project",
      {
        "app/other/schema.prisma": schema("mysql"),
        "app/other/migrations/migration_lock.toml": 'provider = "mysql"',
        "app/other/migrations/1_a/migration.sql": "",
      },
    ],
  ])("agrees: %s", (_, files) => {
    const { projects } = detectProjects(repository({ ...files, [SCRIPT]: "", [LOCK]: LOCKED }), []);
    expect(projects.flatMap(({ faults }) => faults)).toEqual([]);
  });

  it.each([
    ["in the lock", { [LOCK]: 'provider = "mysql"' }],
    ["in the schema, without a lock", { "app/prisma/schema.prisma": schema("mysql") }],
  ])("is not PostgreSQL: named, not read (%s)", (_, files) => {
    const { projects, unclaimed } = detectProjects(repository({ ...files, [SCRIPT]: "" }), []);
    expect(projects).toEqual([]);
    expect(unclaimed).toEqual([
      { path: SCRIPT, reason: "they are Prisma's for mysql, and only PostgreSQL is read yet" },
    ]);
  });
});

it("says that lock and schema differ where the lock is the other database's", () => {
  const files = {
    [SCRIPT]: "",
    [LOCK]: 'provider = "mysql"',
    "app/prisma/schema.prisma": schema("postgresql"),
  };
  const { projects, unclaimed } = detectProjects(repository(files), []);
  expect(projects).toEqual([]);
  expect(unclaimed.map(({ reason }) => reason)).toEqual([
    "The lock is for mysql and app/prisma/schema.prisma for postgresql: Prisma refuses to migrate",
  ]);
});

it("orders folders by name, whatever is in their numbers", () => {
  const names = ["20250102000000_b", "20250101000000_a", "9_c", "0_init"];
  const scripts = names.map((name) => [`prisma/migrations/${name}/migration.sql`, ""]);
  const project = onlyProject(repository(Object.fromEntries(scripts)));
  expect(project.migrations.map(({ id }) => id)).toEqual([
    "0_init",
    "20250101000000_a",
    "20250102000000_b",
    "9_c",
  ]);
});
