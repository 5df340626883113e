/*
 * Applies a repository's migrations to the embedded database and to the replay, and compares the two
 * catalogs after each.
 *
 *   npm exec tsx scripts/measure-replay.ts -- FOLDER… [--before FILE] [--ignore REGEX] [--verbose]
 *
 * --ignore leaves out facts that no reader of the text can know, such as tables that a function of
 * the migrations names after the day it runs on.
 * Each folder is searched for projects as the tool does it. The migrations are trusted: run this on
 * what you would run yourself.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Migration, Project } from "../src/core/migration.ts";
import { applyOperation } from "../src/core/replay.ts";
import { Schema } from "../src/core/schema.ts";
import type { Script } from "../src/core/statement.ts";
import { DiskFiles } from "../src/git/disk-files.ts";
import { walk } from "../src/git/folder-walk.ts";
import { loadParser, type Parser } from "../src/parser/parse-script.ts";
import { detectProjects } from "../src/sources/detect.ts";
import { compareCatalogs, printDifference } from "./catalog-comparison.ts";
import { ThrowawayDatabase } from "./throwaway-database.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    before: { type: "string" },
    ignore: { type: "string" },
    verbose: { type: "boolean", default: false },
  },
});

const ignored = values.ignore === undefined ? undefined : new RegExp(values.ignore);

interface Counts {
  equal: number;
  different: number;
  refused: number;
  statements: number;
  replayMs: number;
}

const parser = await loadParser();
for (const folder of positionals) {
  const { projects } = detectProjects(new DiskFiles(folder, walk(folder)), []);
  for (const project of projects) {
    const database = await ThrowawayDatabase.open();
    await measure(folder, project, database);
    await database.close();
  }
}

async function measure(
  folder: string,
  project: Project,
  database: ThrowawayDatabase,
): Promise<void> {
  const schema = new Schema();
  const counts: Counts = { equal: 0, different: 0, refused: 0, statements: 0, replayMs: 0 };
  if (values.before !== undefined) {
    const text = readFileSync(values.before, "utf8");
    await database.run(text);
    replay(schema, parser.parse(text), counts);
  }
  let reported = new Set<string>();
  for (const migration of project.migrations) {
    const script = read(parser, migration);
    const fault = await apply(migration, script, database);
    if (fault === undefined) replay(schema, script, counts);
    else {
      counts.refused += 1;
      console.log(`${migration.up.path}\n    refused: ${fault}`);
    }
    await database.newSession();
    schema.beginScript();
    const lines = printDifference(await compareCatalogs(database.query, schema)).filter(
      (line) => ignored?.test(line) !== true,
    );
    counts[lines.length === 0 ? "equal" : "different"] += 1;
    const fresh = lines.filter((line) => !reported.has(line));
    if (fresh.length > 0 && fault === undefined) {
      console.log(
        [migration.up.path, ...fresh.slice(0, values.verbose ? 1000 : 20)].join("\n    "),
      );
    }
    reported = new Set(lines);
  }
  const { equal, different, refused, statements, replayMs } = counts;
  const share = ((100 * equal) / Math.max(1, equal + different)).toFixed(1);
  console.log(
    `${folder} ${project.root} (${project.framework}): ${equal} of ${equal + different} equal, ${share} %; ` +
      `${refused} refused by the database; ${schema.tables.all().length} tables; ${statements} statements replayed in ${replayMs.toFixed(0)} ms`,
  );
}

function read(reader: Parser, { up }: Migration): Script {
  const { text, span, statementSpans, substitutions } = up;
  return reader.parse(text, {
    span,
    ...(statementSpans === undefined ? {} : { statementSpans }),
    ...(substitutions === undefined ? {} : { substitutions }),
  });
}

function replay(schema: Schema, script: Script, counts: Counts): void {
  const start = performance.now();
  schema.beginScript();
  for (const { operations } of script.statements) {
    for (const operation of operations) applyOperation(schema, operation, { reviewing: false });
  }
  counts.replayMs += performance.now() - start;
  counts.statements += script.statements.length;
}

/** Why the database refused the migration; it then has nothing of it. */
async function apply(
  { up }: Migration,
  script: Script,
  database: ThrowawayDatabase,
): Promise<string | undefined> {
  const statements = script.statements.map(({ span }) => up.text.slice(span.start, span.end));
  try {
    if (up.execution.sends === "script")
      await database.run(up.text.slice(up.span.start, up.span.end));
    else await runEach(database, statements, up.execution.transaction);
    return undefined;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    await database.run("rollback");
    // What a transaction does not allow, the runner must have sent by itself.
    if (code === "25001" || code === "55P04") {
      await runEach(database, statements, false);
      return undefined;
    }
    return error instanceof Error ? error.message : String(error);
  }
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
