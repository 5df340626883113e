/** When a thing is done, seen from the merge and the run of the migration. */
export const PHASES = ["before", "during", "after"] as const;
export type Phase = (typeof PHASES)[number];

/**
 * What a migration can be, for the checklist to ask something of it. `blocking`: it takes a lock that
 * others wait for, or writes a table anew. `breaking`: the release that runs now breaks. `one-way`: no
 * down script was seen to bring back what was. Beside these words a condition may be a rule's id.
 */
export const TRAITS = [
  "schema",
  "data",
  "destructive",
  "blocking",
  "breaking",
  "one-way",
  "always",
  "never",
] as const;
export type Trait = (typeof TRAITS)[number];

/** What a person needs in the repository for their word to count; each includes those before it. */
export const ACCESS = ["none", "read", "triage", "write", "maintain", "admin"] as const;
export type Access = (typeof ACCESS)[number];

/** Whose word an item needs. */
export interface GateRule {
  /** Any of these is enough: an access (`write`), a person (`@login`), a team (`@org/team`). */
  readonly who: readonly string[];
  /** The author's own word counts only where nobody else could give it. */
  readonly notAuthor: boolean;
}

/** Something that a change may need before, while or after it runs. */
export interface ChecklistItem {
  /** Letters, digits and hyphens: people write it in a command. */
  readonly id: string;
  readonly phase: Phase;
  /** Stands in bold; prose. */
  readonly title: string;
  /** Goes on after the title; `{tables}` stands for the tables that it is about. */
  readonly text?: string;
  /** Traits and ids of rules; one that holds for one migration is enough. */
  readonly when: readonly string[];
  /** Absent: a reminder, which nobody has to confirm. */
  readonly gate?: GateRule;
  /** Why the configuration asks for less than the default; every report shows it. */
  readonly reason?: string;
}

/** What an item's id looks like. */
export const ITEM_ID = /^[a-z][a-z0-9-]{0,39}$/;
