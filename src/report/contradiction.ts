import { allPlaces } from "../core/join-findings.ts";
import type { Review } from "../core/review.ts";
import { untrustedLine } from "./untrusted.ts";

/** A finding that the database contradicted: what a rule foretold is ours to mend. For a log. */
export interface Contradiction {
  readonly rule: string;
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** What was foretold and what was seen, with a plea to report it: one line in which nothing acts. */
  readonly text: string;
}

/** The findings of a review that the database contradicted, in its order. */
export function contradictionsOf({ projects }: Review): Contradiction[] {
  const findings = projects
    .flatMap(({ migrations }) => migrations)
    .flatMap((migration) => migration.findings.flatMap(allPlaces));
  return findings.flatMap(({ rule, path: named, line, evidence }) => {
    if (evidence?.verdict !== "contradicted") return [];
    const path = untrustedLine(named);
    const text = `The database contradicted ${rule} at ${path}:${line}: ${untrustedLine(evidence.text)} Please report it: this is ours to mend.`;
    return [{ rule, path, line, text }];
  });
}
