import type { DownAbsence, Execution } from "../../src/core/migration.ts";
import type { ReleaseQuery } from "../../src/core/release-query.ts";
import { DEFAULT_SETTINGS, type VerifySettings } from "../../src/core/settings.ts";
import { loadParser } from "../../src/parser/parse-script.ts";
import type { Engine } from "../../src/verify/database.ts";
import type { Prelude } from "../../src/verify/prelude.ts";
import type {
  ProjectVerification,
  ScriptPair,
  ScriptRun,
  SeedFile,
} from "../../src/verify/script-run.ts";
import { verifyProject } from "../../src/verify/verify-project.ts";
import { testEngine } from "../engine.ts";

const parser = await loadParser();

/** One string without a transaction of the runner's: golang-migrate's way. */
export const SCRIPT: Execution = { transaction: false, sends: "script" };
/** One statement after the other in a transaction: goose's way. */
export const TRANSACTION: Execution = { transaction: true, sends: "statements" };
/** One statement after the other, each by itself. */
export const STATEMENTS: Execution = { transaction: false, sends: "statements" };

/** A script as a source and the parser would hand it over. */
export function scriptRun(
  text: string,
  execution: Execution = TRANSACTION,
  path = "a.sql",
): ScriptRun {
  const span = { start: 0, end: text.length };
  return { source: { path, text, span, execution }, script: parser.parse(text, { span }) };
}

export interface WrittenPair {
  readonly up: string;
  readonly down: string | { readonly absent: DownAbsence };
  readonly execution?: Execution;
}

export interface WrittenProject {
  readonly base?: readonly string[];
  readonly changed: readonly WrittenPair[];
  readonly settings?: Partial<VerifySettings>;
  readonly before?: string;
  readonly seed?: readonly SeedFile[];
  readonly release?: readonly ReleaseQuery[];
  readonly newRelease?: readonly ReleaseQuery[];
  readonly derivesDown?: boolean;
  readonly prelude?: Prelude;
  readonly execution?: Execution;
}

function id(index: number): string {
  return String(index + 1).padStart(4, "0");
}

/**
 * Verifies migrations written down in a test, on the rows that they make themselves unless the test
 * asks for others; they are called `0001`, `0002` and so on.
 */
export async function verify(
  project: WrittenProject,
  engine: Engine = testEngine(),
): Promise<ProjectVerification> {
  const {
    base = [],
    changed,
    execution,
    before,
    settings,
    prelude,
    seed,
    release,
    newRelease,
    derivesDown,
  } = project;
  return verifyProject({
    engine,
    base: base.map((text, index) => scriptRun(text, execution, `${id(index)}.up.sql`)),
    changed: changed.map((pair, at): ScriptPair => {
      const own = id(base.length + at);
      const how = pair.execution ?? execution;
      return {
        id: own,
        up: scriptRun(pair.up, how, `${own}.up.sql`),
        down:
          typeof pair.down === "string"
            ? scriptRun(pair.down, how, `${own}.down.sql`)
            : pair.down.absent,
      };
    }),
    settings: { ...DEFAULT_SETTINGS.verify, rows: 0, ...settings },
    ...(seed === undefined ? {} : { seed }),
    ...(release === undefined ? {} : { release }),
    ...(newRelease === undefined ? {} : { newRelease }),
    ...(derivesDown === undefined ? {} : { derivesDown }),
    ...(prelude === undefined ? {} : { prelude }),
    ...(before === undefined ? {} : { before: scriptRun(before, SCRIPT, "before.sql") }),
  });
}
