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
  describe(id, () => {
    it.each(table.fires)("fires: $title", (row) => {
      const found = findings(row).filter(({ rule }) => rule === id);
      expect(found).toHaveLength(row.times ?? 1);
      const first = found[0];
      if (row.says !== undefined) expect(first?.message).toMatch(row.says);
      if (row.severity !== undefined) expect(first?.severity).toBe(row.severity);
      if (row.confidence !== undefined) expect(first?.confidence).toBe(row.confidence);
      if (row.line !== undefined) expect(first?.line).toBe(row.line);
      if (row.table !== undefined) expect(first?.table).toBe(row.table);
    });

    it.each(table.silent)("is silent: $title", (row) => {
      expect(findings(row).filter(({ rule }) => rule === id)).toEqual([]);
    });
  });
}
