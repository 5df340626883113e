import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A small migration with what must and must not be said of it. */
export interface LabelledCase {
  /** The file's name without its ending, and the case's title. */
  readonly title: string;
  /** What earlier migrations built: the same for every case. */
  readonly history: string;
  /** The migrations under review, in order. */
  readonly migrations: readonly string[];
  /** Hazards (scripts/hazards.ts) that must be told. */
  readonly must: readonly string[];
  /** Hazards that may be told; every other one must not. */
  readonly may: readonly string[];
  /** Each statement runs by itself, without a transaction around the script. */
  readonly autocommit: boolean;
  /** Major versions of production; empty: not known. */
  readonly postgres: readonly number[];
  /** SQLSTATE with which it ends on a database that has rows; `unrun`: nothing is to run it. */
  readonly fails?: string;
}

const HISTORY = "history.sql";

/** Every case of the folder. The form of the files is in its README. */
export function labelledCases(): readonly LabelledCase[] {
  const history = readFileSync(join(import.meta.dirname, HISTORY), "utf8");
  return readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith(".sql") && name !== HISTORY)
    .toSorted()
    .flatMap((name) =>
      readFileSync(join(import.meta.dirname, name), "utf8")
        .split(/^-- case: /m)
        .slice(1)
        .map((text) => parseCase(name.slice(0, -".sql".length), text, history)),
    );
}

function parseCase(file: string, text: string, history: string): LabelledCase {
  const [title = "", ...lines] = text.split("\n");
  const labels = new Map<string, string>();
  let first = 0;
  for (const line of lines) {
    const [, key, value] = /^-- (must|may|mode|fails|postgres): (.*)$/.exec(line) ?? [];
    if (key === undefined || value === undefined) break;
    labels.set(key, value.trim());
    first += 1;
  }
  const list = (key: string): string[] => labels.get(key)?.split(/,\s*/) ?? [];
  const fails = labels.get("fails");
  return {
    title: `${file}: ${title}`,
    history,
    migrations: lines
      .slice(first)
      .join("\n")
      .split(/^-- next$/m)
      .map((part) => part.trim()),
    must: list("must"),
    may: list("may"),
    autocommit: labels.get("mode") === "autocommit",
    postgres: list("postgres").map(Number),
    ...(fails === undefined ? {} : { fails }),
  };
}
