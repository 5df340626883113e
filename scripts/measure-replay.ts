/*
 * Applies a repository's migrations to the embedded database and to the replay, and compares the two
 * catalogs after each.
 *
 *   npm exec tsx scripts/measure-replay.ts -- FOLDER… [--before FILE] [--ignore REGEX] [--downs] [--verbose]
 *
 * Each folder is searched for projects as the tool does it. --before is run first, as what
 * production made by hand. --downs runs each down script too, compares, and takes it back. --ignore
 * leaves out facts that no reader of the text can know, such as tables that a function of the
 * migrations names after the day it runs on. The migrations are trusted: run this on what you would
 * run yourself.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Migration, MigrationScript, Project } from "../src/core/migration.ts";
import { applyOperation } from "../src/core/replay.ts";
import { Schema } from "../src/core/schema.ts";
import type { Script } from "../src/core/statement.ts";
import { DiskFiles } from "../src/git/disk-files.ts";
import { walk } from "../src/git/folder-walk.ts";
import { loadParser } from "../src/parser/parse-script.ts";
import { detectProjects } from "../src/sources/detect.ts";
import { compareCatalogs, printDifference } from "./catalog-comparison.ts";
import { ThrowawayDatabase } from "./throwaway-database.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    before: { type: "string" },
    ignore: { type: "string" },
    downs: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
  },
});
const ignored = values.ignore === undefined ? undefined : new RegExp(values.ignore);
const parser = await loadParser();

/** One project: the database and the replay go through its history side by side. */
class Measurement {
  readonly #schema = new Schema();
  readonly #database: ThrowawayDatabase;
  readonly #counts = { ups: 0, equalUps: 0, downs: 0, equalDowns: 0, refused: 0, statements: 0 };
  #replayMs = 0;
  /** What differed after the migration before. */
  #known = new Set<string>();

  constructor(database: ThrowawayDatabase) {
    this.#database = database;
  }

  async begin(sql: string): Promise<void> {
    await this.#database.run(sql);
    this.#replay(parser.parse(sql));
  }

  async next(migration: Migration): Promise<void> {
    const script = read(migration.up);
    const fault = await apply(migration, script, this.#database);
    await this.#database.newSession();
    if (fault !== undefined) {
      this.#counts.refused += 1;
      console.log(`${migration.up.path}\n    refused: ${fault}`);
      return;
    }
    this.#replay(script);
    const lines = await this.#differences(this.#schema);
    this.#counts.ups += 1;
    if (lines.length === 0) this.#counts.equalUps += 1;
    this.#print(
      migration.up,
      lines.filter((line) => !this.#known.has(line)),
    );
    this.#known = new Set(lines);
    const { down } = migration;
    if (values.downs && lines.length === 0 && typeof down !== "string") await this.#tryDown(down);
  }

  summary(): string {
    const { ups, equalUps, downs, equalDowns, refused, statements } = this.#counts;
    const share = ((100 * equalUps) / Math.max(1, ups)).toFixed(1);
    return [
      `${equalUps} of ${ups} equal, ${share} %`,
      ...(values.downs ? [`${equalDowns} of ${downs} downs equal`] : []),
      `${refused} refused by the database`,
      `${this.#schema.tables.all().length} tables`,
      `${statements} statements replayed in ${this.#replayMs.toFixed(0)} ms`,
    ].join("; ");
  }

  #replay(script: Script): void {
    const start = performance.now();
    replay(this.#schema, script);
    this.#replayMs += performance.now() - start;
    this.#counts.statements += script.statements.length;
  }

  /** In a transaction that is rolled back; not for a script that ends it, nor for one that the database refuses. */
  async #tryDown(down: MigrationScript): Promise<void> {
    const script = read(down);
    const operations = script.statements.flatMap((statement) => statement.operations);
    if (operations.some(({ kind }) => kind === "begin" || kind === "commit")) return;
    const schema = this.#schema.copy();
    replay(schema, script);
    await this.#database.run("begin");
    try {
      await runEach(this.#database, statementsOf(down, script), false);
      await this.#database.run("set search_path = public; discard temp");
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await this.#database.newSession();
      return;
    }
    const lines = await this.#differences(schema);
    await this.#database.newSession();
    this.#counts.downs += 1;
    if (lines.length === 0) this.#counts.equalDowns += 1;
    this.#print(down, lines);
  }

  async #differences(schema: Schema): Promise<string[]> {
    schema.beginScript();
    const difference = await compareCatalogs(this.#database.query, schema);
    return printDifference(difference).filter((line) => ignored?.test(line) !== true);
  }

  #print({ path }: MigrationScript, lines: readonly string[]): void {
    if (lines.length === 0) return;
    console.log([path, ...lines.slice(0, values.verbose ? lines.length : 20)].join("\n    "));
  }
}

function read({ text, span, statementSpans, substitutions }: MigrationScript): Script {
  return parser.parse(text, {
    span,
    ...(statementSpans === undefined ? {} : { statementSpans }),
    ...(substitutions === undefined ? {} : { substitutions }),
  });
}

function replay(schema: Schema, script: Script): void {
  schema.beginScript();
  for (const { operations } of script.statements) {
    for (const operation of operations) applyOperation(schema, operation, { reviewing: false });
  }
}

/** Why the database refused the migration; it then has nothing of it. */
async function apply(
  { up }: Migration,
  script: Script,
  database: ThrowawayDatabase,
): Promise<string | undefined> {
  const statements = statementsOf(up, script);
  try {
    if (up.execution.sends === "script") {
      await database.run(up.text.slice(up.span.start, up.span.end));
    } else await runEach(database, statements, up.execution.transaction);
    return undefined;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await database.run("rollback");
    // What a transaction does not allow, the runner must have sent by itself.
    if (error.code !== "25001" && error.code !== "55P04") return error.message;
    await runEach(database, statements, false);
    return undefined;
  }
}

function isRefusal(error: unknown): error is Error & { code: string } {
  return error instanceof Error && "code" in error && typeof error.code === "string";
}

function statementsOf({ text }: MigrationScript, script: Script): string[] {
  return script.statements.map(({ span }) => text.slice(span.start, span.end));
}

async function runEach(
  database: ThrowawayDatabase,
  statements: readonly string[],
  transaction: boolean,
): Promise<void> {
  if (transaction) await database.run("begin");
  for (const statement of statements) await database.run(statement);
  if (transaction) await database.run("commit");
}

async function measure(project: Project): Promise<string> {
  const database = await ThrowawayDatabase.open();
  const measurement = new Measurement(database);
  if (values.before !== undefined) await measurement.begin(readFileSync(values.before, "utf8"));
  for (const migration of project.migrations) await measurement.next(migration);
  await database.close();
  return measurement.summary();
}

for (const folder of positionals) {
  const { projects } = detectProjects(new DiskFiles(folder, walk(folder)), []);
  for (const project of projects) {
    const summary = await measure(project);
    console.log(`${folder} ${project.root} (${project.framework}): ${summary}`);
  }
}
