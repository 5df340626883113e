import { placeIn } from "../../core/statement.ts";
import type { ScriptRun } from "../script-run.ts";
import type { SentStatement } from "./answer.ts";

/** A statement that only one of the two has: what was compiled, and what the runner sent. */
export interface Unlike {
  /** 1-based line of the operation in the file; absent where only the runner sent it. */
  readonly line?: number;
  readonly compiled?: string;
  readonly sent?: string;
}

/**
 * The first statement in which what was compiled and what the project's own runner sent differ, their
 * order aside. What a clock or a random function gives is one value here.
 */
export function unlikeStatement(
  { source, script }: ScriptRun,
  sent: readonly SentStatement[],
): Unlike | undefined {
  const compiled = (source.statementSpans ?? []).map((span) => ({
    sql: normalized(source.text.slice(span.start, span.end)),
    line: placeIn(script, span).line,
  }));
  const left = sent.filter(({ byCode }) => !byCode).map(({ sql }) => normalized(sql));
  const onlyCompiled = compiled.filter(({ sql }) => {
    const at = left.indexOf(sql);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
  const [ours] = onlyCompiled;
  const [theirs] = left;
  if (ours === undefined && theirs === undefined) return undefined;
  return {
    ...(ours === undefined ? {} : { compiled: ours.sql, line: ours.line }),
    ...(theirs === undefined ? {} : { sent: theirs }),
  };
}

const VALUES: readonly (readonly [RegExp, string])[] = [
  [
    /'\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d(?::\d\d)?)?)?'(?:::\w+)?/g,
    "'<time>'",
  ],
  [/'\d\d:\d\d:\d\d(?:\.\d+)?'(?:::\w+)?/g, "'<time>'"],
  [/'[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}'(?:::uuid)?/g, "'<uuid>'"],
];

function normalized(sql: string): string {
  const text = sql.trim().replace(/;$/, "").replaceAll(/\s+/g, " ");
  return VALUES.reduce((one, [pattern, word]) => one.replaceAll(pattern, word), text);
}
