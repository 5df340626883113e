import { ACCESS, type Access, type GateRule } from "./checklist.ts";

/** Somebody who gives or takes back a word, as GitHub knows them. */
export interface Person {
  readonly login: string;
  readonly access: Access;
  /** The teams that the rule names and that they are in, as `@org/team`. */
  readonly teams: readonly string[];
  /** They opened the pull request. */
  readonly isAuthor: boolean;
}

export type Permission =
  | { readonly allowed: true; readonly alone?: true }
  | { readonly allowed: false; readonly why: string };

/**
 * Whether somebody's word counts for a gate. `nobodyElse` tells whether no other person of the
 * repository could give it; asked only where the answer depends on it.
 */
export async function mayConfirm(
  rule: GateRule,
  person: Person,
  nobodyElse: () => Promise<boolean>,
): Promise<Permission> {
  if (!isNamed(rule, person)) {
    return { allowed: false, why: `it needs ${whoWords(rule)}` };
  }
  if (!rule.notAuthor || !person.isAuthor) return { allowed: true };
  return (await nobodyElse())
    ? { allowed: true, alone: true }
    : { allowed: false, why: "it needs somebody who is not the author of the pull request" };
}

/** Whether somebody is among those whose word a rule asks for, the author or not. */
export function isNamed({ who }: GateRule, { login, access, teams }: Person): boolean {
  return who.some((one) => {
    if (!one.startsWith("@")) return isAccess(one) && reaches(access, one);
    const name = one.toLowerCase();
    return name === `@${login.toLowerCase()}` || teams.some((team) => team.toLowerCase() === name);
  });
}

export function reaches(access: Access, least: Access): boolean {
  return ACCESS.indexOf(access) >= ACCESS.indexOf(least);
}

export function isAccess(word: string): word is Access {
  return ACCESS.some((one) => one === word);
}

/** `write access or @org/dba`: whose word a rule asks for. Logins and teams are from the configuration. */
export function whoWords({ who }: GateRule): string {
  const words = who.map((one) => (one.startsWith("@") ? one.slice(1) : `${one} access`));
  return words.length < 2
    ? words.join("")
    : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}
