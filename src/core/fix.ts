import type { DownAbsence, Direction, Migration, MigrationScript } from "./migration.ts";
import type { Script } from "./statement.ts";
import type { Span } from "./span.ts";

/** A replacement of a stretch of a file's text. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** A file that a fix adds. */
export interface NewFile {
  /** Path from the repository's root, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** What mends a finding: edits of its file, and migrations that come after it. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** Files of the migrations that have to follow, in the runner's order. */
  readonly files?: readonly NewFile[];
}

/** A migration that a fix needs after the one that it mends. */
export interface NextMigration {
  /** In lower case, words joined by underscores: it becomes part of a file's name. */
  readonly name: string;
  readonly up: string;
  /** SQL, or why there is nothing to undo. */
  readonly down: { readonly sql: string } | { readonly irreversible: string };
  /** It has to run outside of every transaction, as its script's only statement. */
  readonly alone?: true;
}

/**
 * What a rule proposes to mend a finding, in SQL alone. The framework's own part (how a script is
 * run outside of a transaction, what a next migration is called) is added by whoever offers it, and
 * it is offered only after it was linted.
 */
export interface FixProposal {
  /** An imperative sentence without a full stop. */
  readonly title: string;
  /** Edits of the script that the finding is in. */
  readonly edits: readonly Edit[];
  /** The script, which then has to hold one statement only, has to run outside of every transaction. */
  readonly alone?: true;
  readonly next?: readonly NextMigration[];
  /** The migration's down script, if it has one, would no longer fit: offered only where there is none. */
  readonly changesDown?: true;
}

/** A script with the text that a fix leaves, read. */
export interface FixedScript {
  readonly source: MigrationScript;
  readonly script: Script;
}

/** A fix as the framework needs it, with all that it leaves behind, so that it can be linted. */
export interface FixOffer {
  readonly fix: Fix;
  readonly fixed: FixedScript;
  readonly next: readonly {
    readonly id: string;
    readonly up: FixedScript;
    readonly down: FixedScript | DownAbsence;
  }[];
}

/** Turns a proposal into a fix for the framework at hand; undefined where the framework cannot have it. */
export type OfferFix = (
  migration: Migration,
  direction: Direction,
  proposal: FixProposal,
) => FixOffer | undefined;
