import { unsealed, type CommentPlace } from "./comment-seal.ts";
import { stateOf, type CommentState } from "./comment-state.ts";

/** Our comment as it stands on the pull request. */
export interface FoundComment {
  readonly text: string;
  /** Login of who edited it last, where it was somebody else and nothing else proves that it is ours. */
  readonly editor?: string;
  /** When people's words last changed, as the App's check tells (ISO 8601). */
  readonly wordsAt?: string;
}

export interface TrustedComment {
  /** What stands under the seal. */
  readonly body?: string;
  readonly state?: CommentState;
  /** Why nothing in it counts: a sentence for people. */
  readonly fault?: string;
}

/**
 * What of the comment is ours. Ticks alone break no seal: they are told by events. The App's seal
 * cannot be made by others; that it is not an older one of ours, the App's check tells. Without a
 * secret anybody who may edit the comment could make one; there the last edit has to be ours.
 */
export function readTrusted(
  { text, editor, wordsAt }: FoundComment,
  place: CommentPlace,
): TrustedComment {
  const body = unsealed(text, place);
  const by = editor === undefined ? "" : ` by ${editor}`;
  if (body === undefined) {
    return { fault: `This comment was edited by hand${by}: earlier confirmations do not count.` };
  }
  if (editor !== undefined) {
    return {
      fault: `This comment was edited${by}, and nothing tells what was changed: earlier confirmations do not count.`,
    };
  }
  const state = stateOf(body);
  if (state !== undefined && wordsAt !== undefined && (state.wordsAt ?? "") < wordsAt) {
    return {
      fault: `An older text of this comment was put back${by}: earlier confirmations do not count.`,
    };
  }
  return state === undefined
    ? {
        fault:
          "The hidden end of this comment is not understood: earlier confirmations do not count.",
      }
    : { body, state };
}
