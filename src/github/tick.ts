import { boxesOf, withoutTicks } from "../report/markdown-gates.ts";

/** What somebody did to the checklist comment. */
export interface CommentEdit {
  /** Boxes that they ticked or emptied, in the comment's order. */
  readonly flips: readonly { readonly item: string; readonly ticked: boolean }[];
  /** They changed something else as well. */
  readonly other: boolean;
}

/** Compares the checklist comment before and after an edit, as `issue_comment.edited` tells of it. */
export function readEdit(before: string, after: string): CommentEdit {
  const earlier = new Map(boxesOf(before).map(({ item, ticked }) => [item, ticked]));
  const flips = boxesOf(after).flatMap(({ item, ticked }) => {
    const was = earlier.get(item);
    return was === undefined || was === ticked ? [] : [{ item, ticked }];
  });
  return { flips, other: withoutTicks(before).trim() !== withoutTicks(after).trim() };
}
