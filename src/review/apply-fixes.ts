import type { Finding } from "../core/finding.ts";
import type { Fix } from "../core/fix.ts";
import { allPlaces } from "../core/join-findings.ts";
import type { ReviewedMigration } from "../core/review.ts";
import { applyEdits } from "../plan/apply-edits.ts";
import { withTexts } from "./edited-files.ts";
import type { ChangeSet } from "./ports.ts";
import type { ReviewResult } from "./review.ts";

/** Each pass reviews everything again, with at most one fix in each file. */
const MOST_PASSES = 100;

/** A finding that was mended. */
export interface AppliedFix {
  readonly finding: Finding;
  readonly fix: Fix;
}

export interface FixedChange<Change> {
  /** The change with every fix in it. */
  readonly change: Change;
  /** Its review: what is left to say. */
  readonly result: ReviewResult;
  readonly applied: readonly AppliedFix[];
  /** The new text of every file that was edited or added. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * Makes every fix that the review of a change offers, the gravest finding of a file first, and
 * reviews it again after each: one fix may make another needless. Only migrations that the change
 * adds are mended: databases may have run the others.
 */
export async function applyFixes<Change extends ChangeSet>(
  change: Change,
  reviewOf: (change: Change) => Promise<ReviewResult>,
): Promise<FixedChange<Change>> {
  const texts = new Map<string, string>();
  const applied: AppliedFix[] = [];
  let result = await reviewOf(change);
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const chosen = chooseFixes(result);
    if (chosen.length === 0) break;
    for (const one of chosen) makeFix(one, change, texts);
    applied.push(...chosen);
    result = await reviewOf(withTexts(change, texts));
  }
  return { change: withTexts(change, texts), result, applied, texts };
}

const GRAVITY = { error: 0, warning: 1, info: 2 } as const;

/** At most one for each file; at most one that adds files, whose names depend on what is there. */
function chooseFixes({ review }: ReviewResult): AppliedFix[] {
  const fixable = review.projects
    .flatMap(({ migrations }) => migrations)
    .filter(isAdded)
    .flatMap(({ findings }) => findings.flatMap(allPlaces))
    .flatMap((finding) => (finding.fix === undefined ? [] : [{ finding, fix: finding.fix }]))
    .toSorted((a, b) => GRAVITY[a.finding.severity] - GRAVITY[b.finding.severity]);
  const chosen: AppliedFix[] = [];
  const edited = new Set<string>();
  let adds = false;
  for (const one of fixable) {
    const isAdding = one.fix.files !== undefined;
    if (edited.has(one.finding.path) || (isAdding && adds)) continue;
    edited.add(one.finding.path);
    adds ||= isAdding;
    chosen.push(one);
  }
  return chosen;
}

function isAdded({ change }: ReviewedMigration): boolean {
  return change === "added";
}

function makeFix(
  { finding: { path }, fix }: AppliedFix,
  { files }: ChangeSet,
  texts: Map<string, string>,
): void {
  const read = files.text(path);
  const text = texts.get(path) ?? ("text" in read ? read.text : undefined);
  if (text === undefined) throw new Error(`${path} was reviewed, and now it cannot be read`);
  texts.set(path, applyEdits(text, fix.edits));
  for (const file of fix.files ?? []) texts.set(file.path, file.text);
}
