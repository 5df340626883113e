/* What the rules cost beside the parse of the same files, in one process. */
import { rules } from "../rules/index.ts";
import { lintProject, type ReadMigration } from "../src/core/lint.ts";
import { loadParser, type Parser } from "../src/parser/parse-script.ts";

/** Times each part is run; the least counts. */
const RUNS = 5;

/** The configuration says nothing of any rule: one function for all files, as it is where it is read. */
const unset = (): undefined => undefined;

/** Prints how long `texts`, a history, takes to parse, to replay, and to lint with every rule of the recommended preset. */
export async function printCatalogueTiming(texts: readonly string[]): Promise<void> {
  const parser = await loadParser();
  timeShape("all of them new", texts, () => false, parser);
  // Rules have most to say of tables that are there already.
  const ordered = [...texts.filter(isHistory), ...texts.filter((text) => !isHistory(text))];
  timeShape("the tables there already", ordered, isHistory, parser);
}

function timeShape(
  shape: string,
  texts: readonly string[],
  isOld: (text: string) => boolean,
  parser: Parser,
): void {
  const parse = (): ReadMigration[] =>
    texts.map((text, index) => {
      const span = { start: 0, end: text.length };
      const id = String(index + 1).padStart(6, "0");
      const execution = { transaction: true, sends: "statements" } as const;
      const up = { path: `${id}.sql`, text, span, execution };
      return {
        migration: { id, version: id, up, down: "forward-only" },
        change: isOld(text) ? "unchanged" : "added",
        up: parser.parse(text, { span }),
        faults: [],
      };
    });
  const read = parse();
  const lint = (some: typeof rules): void => {
    lintProject({
      framework: "golang-migrate",
      migrations: read,
      rules: some,
      preset: "recommended",
      postgres: [],
      settingsOf: () => unset,
      rows: () => undefined,
    });
  };
  const [parsing, replaying, linting] = [
    least(parse),
    least(() => lint([])),
    least(() => lint(rules)),
  ];
  const cost = linting - replaying;
  console.log(
    `${texts.length} files in process, ${shape}: parse ${parsing.toFixed(0)} ms, replay ${replaying.toFixed(0)} ms, ${rules.length} rules ${cost.toFixed(0)} ms: ${(cost / parsing).toFixed(2)} x the parse`,
  );
}

/** Tables are the base branch's, and the rest is the change. */
function isHistory(text: string): boolean {
  return text.startsWith("CREATE TABLE");
}

function least(run: () => unknown): number {
  const durations = Array.from({ length: RUNS }, () => {
    const startedAt = performance.now();
    run();
    return performance.now() - startedAt;
  });
  return Math.min(...durations);
}
