import type { LintedMigration, ReadMigration } from "../core/lint.ts";
import type { Migration } from "../core/migration.ts";
import type { Unverified } from "../core/review.ts";
import { placeIn } from "../core/statement.ts";

/** The rule whose comment accepts that code was not run. */
const CODE_RULE = "no-unverified-code";

/**
 * Steps of the changed migrations that run code, which is not run here: rows that they would have
 * written were not seen. One that a comment in the file accepts is left out, and every one where the
 * configuration switches the rule off. None where nothing is run at all.
 *
 * @param lint whether the rules were asked
 */
export function notRunCode(
  reads: readonly ReadMigration[],
  linted: readonly LintedMigration[],
  { lint, engine }: { readonly lint: boolean; readonly engine?: unknown },
): Unverified[] {
  if (engine === undefined) return [];
  return reads.flatMap((read) => {
    const { migration, change, up, down } = read;
    if (change === "unchanged") return [];
    const lines = [up, ...(down === undefined ? [] : [down])].flatMap((script) =>
      script.statements
        .filter(({ isStep }) => isStep === true)
        .map(({ span, kind }) => ({ line: placeIn(script, span).line, kind })),
    );
    const findings = lint ? linted.find((one) => one.migration === migration)?.findings : undefined;
    return lines
      .filter(
        ({ line }, index) =>
          lines.findIndex((other) => other.line === line) === index &&
          (findings === undefined ||
            findings.some((one) => one.rule === CODE_RULE && one.line === line)),
      )
      .map(({ line, kind }) => ({
        path: migration.up.path,
        reason: `line ${line}: ${kind} was not run, so the rows that it writes were not seen. Accept that in a comment, with the reason: # migrate-verify-ignore ${CODE_RULE} REASON`,
      }));
  });
}

/** What the rules say of a migration without the word that its code was not run, where it was. */
export function withoutCodeGap(
  linted: LintedMigration,
  ranCode: ReadonlySet<Migration>,
): LintedMigration {
  if (!ranCode.has(linted.migration)) return linted;
  return { ...linted, findings: linted.findings.filter(({ rule }) => rule !== CODE_RULE) };
}
