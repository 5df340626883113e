import { blocks } from "../core/lock.ts";
import type { LockHolding } from "../core/lock-holdings.ts";

/** More bars than this make no picture. */
const MOST_BARS = 16;

/**
 * A Mermaid timeline of the locks that keep others from reading or writing; undefined when there is
 * none, or too many. Names in it are made of letters, digits, dots and underscores only.
 */
export function lockGantt(holdings: readonly LockHolding[]): string | undefined {
  const felt = holdings.filter(({ mode }) => blocks(mode).includes("writes"));
  if (felt.length === 0 || felt.length > MOST_BARS) return undefined;
  const objects = [...new Set(felt.map(({ object }) => object))];
  const lines = objects.flatMap((object) => [
    `  section ${plainName(object)}`,
    ...felt.filter((one) => one.object === object).map(bar),
  ]);
  // Times are milliseconds since the script began.
  return ["gantt", "  dateFormat x", "  axisFormat %S.%L s", ...lines].join("\n");
}

function bar({ mode, line, startMs, heldMs }: LockHolding): string {
  const mark = blocks(mode) === "reads and writes" ? "crit, " : "";
  const start = Math.round(startMs);
  return `  ${mode}, line ${line} :${mark}${start}, ${Math.max(1, Math.round(heldMs))}ms`;
}

function plainName(name: string): string {
  const plain = name.slice(0, 60).replace(/[^\w.]+/g, "_");
  return plain === "" ? "_" : plain;
}
