/* oxlint-disable jest/no-export -- the table that every rule's test fills in */
import { describe, expect, it } from "@jest/globals";
import type { Confidence, Severity } from "../../src/core/finding.ts";
import { findings, type LintCase } from "./lint.ts";

/** One row of a rule's table. */
export interface RuleCase extends LintCase {
  readonly title: string;
}

/** A row that gives the rule's finding. */
export interface FiringCase extends RuleCase {
  /** What the message holds. */
  readonly says?: string | RegExp;
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  /** Default: 1. */
  readonly times?: number;
  readonly line?: number;
  readonly table?: string;
}

/** Tests a rule on a table of what it must and must not say. Other rules may speak. */
export function testRule(
  id: string,
  table: { readonly fires: readonly FiringCase[]; readonly silent: readonly RuleCase[] },
): void {
  describe(`rule ${id}`, () => {
    it.each(table.fires)("fires: $title", (row) => {
      const found = findings(row).filter(({ rule }) => rule === id);
      expect(found).toHaveLength(row.times ?? 1);
      expect(found[0]?.message).toMatch(row.says ?? "");
      expect(found[0]).toMatchObject(expected(row));
    });

    it.each(table.silent)("is silent: $title", (row) => {
      expect(findings(row).filter(({ rule }) => rule === id)).toEqual([]);
    });
  });
}

function expected({ severity, confidence, line, table }: FiringCase): object {
  return {
    ...(severity === undefined ? {} : { severity }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(line === undefined ? {} : { line }),
    ...(table === undefined ? {} : { table }),
  };
}
