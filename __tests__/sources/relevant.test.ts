import { expect, it } from "@jest/globals";
import { detectProjects } from "../../src/sources/detect.ts";
import { relevantPaths } from "../../src/sources/relevant.ts";
import { fixture } from "./repository.ts";

it("leaves out what no source asks for", () => {
  const paths = [
    "README.md",
    "db/migrations/1_a.up.sql",
    "db/package.json",
    "go.mod",
    "package-lock.json",
    "src/index.ts",
    "web/package.json",
    "web/x.prisma",
    "node_modules/a/1_a.sql",
    "src/migrations/2_b.go",
  ];
  expect(relevantPaths(paths)).toEqual(["db/migrations/1_a.up.sql", "db/package.json", "go.mod"]);
});

it("keeps Prisma's schema and lock files where Prisma is", () => {
  const paths = [
    "a/migrations/1_a/migration.sql",
    "a/schema/b.prisma",
    "package-lock.json",
    "web/yarn.lock",
  ];
  expect(relevantPaths(paths)).toEqual([
    "a/migrations/1_a/migration.sql",
    "a/schema/b.prisma",
    "package-lock.json",
  ]);
});

it.each([
  "dbmate",
  "diesel",
  "drizzle",
  "flyway",
  "golang-migrate",
  "goose",
  "node-pg-migrate",
  "prisma",
  "sql",
  "sqlx",
  "supabase",
])("has every path that is asked for: %s", (name) => {
  const files = fixture(name);
  const relevant = new Set(relevantPaths(files.paths));
  const asked: string[] = [];
  detectProjects({ paths: files.paths, text: (path) => (asked.push(path), files.text(path)) }, []);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((path) => !relevant.has(path))).toEqual([]);
});
