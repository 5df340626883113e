import { mayConfirm, type Person, type Permission } from "../core/confirm.ts";
import type { Confirmation } from "../core/gate.ts";
import { laterThan, type CommentState } from "./comment-state.ts";

/** What somebody wants to say of a gate. */
export interface Wish {
  readonly item: string;
  /** False takes the word back. */
  readonly given: boolean;
  readonly reason?: string;
}

export interface Answer extends Wish {
  readonly permission: Permission;
}

export interface Speaker {
  readonly person: Person;
  readonly nobodyElse: (rule: CommentState["gates"][number]["rule"]) => Promise<boolean>;
  readonly now: Date;
  /**
   * When they said it, ISO 8601, where they may have seen an older comment. A tick tells with which
   * content it was given; a command does not.
   */
  readonly saidAt?: string;
}

/** The state with the words that count, and what became of each. A tick and a command are the same act. */
export async function giveWords(
  state: CommentState,
  wishes: readonly Wish[],
  speaker: Speaker,
): Promise<{ readonly state: CommentState; readonly answers: readonly Answer[] }> {
  let { confirmations } = state;
  const answers: Answer[] = [];
  for (const wish of wishes) {
    const permission = await permissionFor(state, wish, speaker);
    answers.push({ ...wish, permission });
    if (!permission.allowed) continue;
    const others = confirmations.filter(({ item }) => item !== wish.item);
    confirmations = wish.given
      ? [...others, confirmationOf(state, wish, permission.alone === true, speaker)]
      : others;
  }
  if (confirmations === state.confirmations) return { state, answers };
  const wordsAt = laterThan(state.wordsAt, speaker.now);
  return { state: { ...state, confirmations, wordsAt }, answers };
}

async function permissionFor(
  state: CommentState,
  wish: Wish,
  { person, nobodyElse, saidAt }: Speaker,
): Promise<Permission> {
  const gate = state.gates.find(({ item }) => item === wish.item);
  if (gate === undefined) {
    const items = state.gates.map(({ item }) => `\`${item}\``).join(", ");
    const asked = items === "" ? "nothing has to be confirmed here" : `asked for is ${items}`;
    return { allowed: false, why: `nobody is asked for it: ${asked}` };
  }
  if (wish.given && saidAt !== undefined && seconds(gate.since) > seconds(saidAt)) {
    return { allowed: false, why: "the migration changed after it was written: look at it again" };
  }
  // Who may not give a word may take their own back.
  const own = state.confirmations.some(
    ({ item, by }) => item === wish.item && by.toLowerCase() === person.login.toLowerCase(),
  );
  if (!wish.given && own) return { allowed: true };
  return mayConfirm(wish.given ? gate.rule : { ...gate.rule, notAuthor: false }, person, () =>
    nobodyElse(gate.rule),
  );
}

/** GitHub's times are whole seconds. */
function seconds(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}

function confirmationOf(
  state: CommentState,
  { item, reason }: Wish,
  alone: boolean,
  { person, now }: Speaker,
): Confirmation {
  return {
    item,
    by: person.login,
    at: now.toISOString(),
    ...(reason === undefined ? {} : { reason }),
    content: state.gates.find((gate) => gate.item === item)?.content ?? "",
    ...(alone ? { alone: true as const } : {}),
  };
}
