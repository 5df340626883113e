import type { ChecklistItem, GateRule } from "./checklist.ts";
import type { ReviewedMigration } from "./review.ts";
import { hasTrait, tablesOf, type TraitOptions } from "./traits.ts";

/** An item of the checklist that a change needs, and the migrations that need it. */
export interface NeededItem {
  readonly item: ChecklistItem;
  readonly migrations: readonly ReviewedMigration[];
  /** Tables that it is about, as far as findings name them. */
  readonly tables: readonly string[];
}

/** A word that somebody gave for a gate. */
export interface Confirmation {
  /** Id of the item. */
  readonly item: string;
  /** Login. */
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly reason?: string;
  /** `contentOf` the gate when it was given. */
  readonly content: string;
  /** The author's own word, where nobody else could give it. */
  readonly alone?: true;
}

/** An item that needs a person's word. */
export interface Gate {
  readonly item: string;
  /** What is asked for, as Markdown that holds no untrusted text unescaped. */
  readonly label: string;
  readonly rule: GateRule;
  /** Changes when the migrations that need the word change, or whose word it is. */
  readonly content: string;
  /** Since when it is asked for with this content, ISO 8601: an older command did not see it. */
  readonly since: string;
  /** The word that holds. */
  readonly confirmation?: Confirmation;
  /** The word that held until the content changed. */
  readonly fallen?: Confirmation;
}

/** The items of a checklist that a change needs, in the checklist's order. */
export function neededItems(
  checklist: readonly ChecklistItem[],
  migrations: readonly ReviewedMigration[],
  categoryOf: TraitOptions["categoryOf"],
): readonly NeededItem[] {
  return checklist.flatMap((item) => {
    const options = { categoryOf, strict: item.gate !== undefined };
    const concerned = migrations.filter(
      (migration) =>
        migration.change !== "deleted" &&
        item.when.some((condition) => hasTrait(migration, condition, options)),
    );
    if (concerned.length === 0) return [];
    const tables = concerned.flatMap((migration) =>
      item.when.flatMap((condition) => tablesOf(migration, condition, options)),
    );
    return [{ item, migrations: concerned, tables: [...new Set(tables)] }];
  });
}

/** What makes the content of a gate, before it is hashed. `digestOf` gives the hash of a file's text. */
export function contentOf(
  { item, migrations }: NeededItem,
  digestOf: (path: string) => string,
): string {
  const who = item.gate === undefined ? [] : [...item.gate.who].toSorted();
  return JSON.stringify([
    item.id,
    who,
    item.gate?.notAuthor ?? false,
    migrations
      .map(({ path, downPath }) => [
        path,
        digestOf(path),
        downPath === undefined ? "" : digestOf(downPath),
      ])
      .toSorted(([a = ""], [b = ""]) => (a < b ? -1 : Number(a > b))),
  ]);
}

/** Whether a word holds for every gate. */
export function isOpen(gate: Gate): boolean {
  return gate.confirmation === undefined;
}

/**
 * A gate with the word that somebody gave for it earlier: it holds where the content is what it was,
 * and has fallen otherwise.
 */
export function withConfirmation(
  gate: Omit<Gate, "confirmation" | "fallen">,
  given: Confirmation | undefined,
): Gate {
  if (given === undefined) return gate;
  return given.content === gate.content
    ? { ...gate, confirmation: given }
    : { ...gate, fallen: given };
}
