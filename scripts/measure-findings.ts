/*
 * Lints a repository's whole history migration by migration, each as if it were a pull request of its
 * own, and counts what the rules say of it.
 *
 *   npm exec tsx scripts/measure-findings.ts -- FOLDER… [--strict] [--sample N] [--seed N] [--downs]
 *
 * Each folder is searched for projects as the tool does it. --sample prints N of the findings, chosen
 * by --seed, with their statements, for somebody to read. --downs counts the down scripts too.
 */
import { parseArgs } from "node:util";
import { rules } from "../rules/index.ts";
import type { Finding } from "../src/core/finding.ts";
import { joinFindings } from "../src/core/join-findings.ts";
import { lintProject, type ReadMigration } from "../src/core/lint.ts";
import type { Migration, Project } from "../src/core/migration.ts";
import { DiskFiles } from "../src/git/disk-files.ts";
import { walk } from "../src/git/folder-walk.ts";
import { loadParser } from "../src/parser/parse-script.ts";
import { detectProjects } from "../src/sources/detect.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    strict: { type: "boolean", default: false },
    downs: { type: "boolean", default: false },
    sample: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
  },
});
const parser = await loadParser();
const unset = (): undefined => undefined;

interface Told {
  readonly finding: Finding;
  readonly statement: string;
}

let statements = 0;
const told: Told[] = [];

for (const folder of positionals) {
  const files = new DiskFiles(folder, walk(folder));
  const before = { statements, told: told.length };
  for (const project of detectProjects(files, []).projects) measure(project);
  report(folder, statements - before.statements, told.slice(before.told));
}
if (positionals.length > 1) report("all", statements, told);
printSample(Number(values.sample), Number(values.seed));

function measure(project: Project): void {
  const read = project.migrations.map(readMigration);
  read.forEach((migration, index) => {
    statements += migration.up.statements.length;
    if (values.downs) statements += migration.down?.statements.length ?? 0;
    const result = lintProject({
      framework: project.framework,
      migrations: [...read.slice(0, index), { ...migration, change: "added" }],
      rules,
      preset: values.strict ? "strict" : "recommended",
      postgres: [],
      settingsOf: () => unset,
      rows: () => undefined,
    });
    for (const { error } of result.crashes) throw error;
    for (const finding of result.migrations.flatMap(({ findings }) => joinFindings(findings))) {
      told.push({ finding, statement: around(migration, finding) });
    }
  });
}

function readMigration(migration: Migration): ReadMigration {
  const { up, down } = migration;
  return {
    migration,
    change: "unchanged",
    up: parse(up),
    ...(values.downs && typeof down !== "string" ? { down: parse(down) } : {}),
    faults: [],
  };
}

function parse(source: Exclude<Migration["down"], string>): ReadMigration["up"] {
  const { text, span, statementSpans, substitutions } = source;
  return parser.parse(text, {
    span,
    ...(statementSpans === undefined ? {} : { statementSpans }),
    ...(substitutions === undefined ? {} : { substitutions }),
  });
}

/** The lines of a finding and some before and after it. */
function around({ migration }: ReadMigration, { path, line, endLine }: Finding): string {
  const { up, down } = migration;
  const source = typeof down !== "string" && down.path === path && path !== up.path ? down : up;
  return source.text
    .split("\n")
    .slice(Math.max(0, line - 4), Math.min(endLine + 2, line + 12))
    .join("\n");
}

function report(name: string, count: number, findings: readonly Told[]): void {
  const perStatement = (findings.length / Math.max(1, count)).toFixed(3);
  console.log(
    `${name}: ${count} statements, ${findings.length} findings, ${perStatement} a statement`,
  );
  const byRule = new Map<string, number>();
  for (const { finding } of findings) {
    const key = `${finding.severity} ${finding.rule}`;
    byRule.set(key, (byRule.get(key) ?? 0) + 1);
  }
  for (const [key, times] of [...byRule].toSorted((a, b) => b[1] - a[1])) {
    console.log(`  ${String(times).padStart(6)} ${key}`);
  }
}

/** Findings chosen without regard to what they are, errors first. */
function printSample(size: number, seed: number): void {
  const random = generator(seed);
  const shuffled = told
    .map((one) => ({ one, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ one }) => one);
  for (const { finding, statement } of shuffled.slice(0, size)) {
    const { path, line, severity, rule, message } = finding;
    console.log(`\n## ${severity} ${rule}  ${path}:${line}\n${message}\n${statement}`);
  }
}

/** Park and Miller's minimal standard generator. */
function generator(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647);
}
