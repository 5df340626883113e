import type { Catalog } from "./catalog.ts";

const DO = /^\s*DO\s+(?:LANGUAGE\s+plpgsql\s+)?(\$\w*\$)([\s\S]*)\1/i;
/** What looks a name up: the kinds of objects, then the name. */
const LOOKUP =
  /^\s*SELECT\b[\s\S]*\b(pg_constraint|table_constraints|pg_indexes|pg_class)\b[\s\S]*?\b(?:conname|constraint_name|indexname|relname)\s*(?:=|I?LIKE)\s*'((?:[^']|'')+)'\s*$/i;
const GUARD = /^IF\s+(NOT\s+)?EXISTS\s*\(([\s\S]*?)\)\s+THEN\b([\s\S]*)$/i;

/** The body of a DO block; undefined where a statement is none. */
export function doBody(statement: string): string | undefined {
  return DO.exec(statement)?.[2];
}

/** How the statements of a branch run: for certain, for certain not, or nobody knows. */
type Runs = "yes" | "no" | "unknown";

/** Goes through the statements of a DO block, and hands on those that run for certain. */
export class BlockReader {
  readonly #catalog: Catalog;
  readonly #run: (statement: string) => void;
  readonly #branches: Runs[] = [];

  constructor(catalog: Catalog, run: (statement: string) => void) {
    this.#catalog = catalog;
    this.#run = run;
  }

  /** @param statements the parts of the body between its semicolons */
  read(statements: readonly string[]): void {
    const begin = statements.findIndex((one) => /\bBEGIN\b/i.test(one));
    if (begin === -1) return;
    const [first = "", ...rest] = statements.slice(begin);
    for (const one of [first.replace(/^[\s\S]*?\bBEGIN\b/i, ""), ...rest]) this.#read(one.trim());
  }

  #read(statement: string): void {
    const word = /^(?:END\s+)?\w+/.exec(statement.toUpperCase())?.[0].replaceAll(/\s+/g, " ");
    switch (word) {
      case undefined:
        return;
      case "END IF":
      case "END LOOP":
      case "END CASE":
        this.#branches.pop();
        return;
      case "BEGIN":
        this.#read(statement.slice("BEGIN".length).trim());
        return;
      case "IF":
        this.#guard(statement);
        return;
      case "ELSE":
        this.#otherwise();
        this.#read(statement.slice("ELSE".length).trim());
        return;
      case "ELSIF":
      case "ELSEIF":
        this.#branches.splice(-1, 1, "unknown");
        return;
      case "FOR":
      case "FOREACH":
      case "WHILE":
      case "LOOP":
      case "CASE":
      case "EXCEPTION":
        this.#branches.push("unknown");
        return;
      default:
        if (this.#branches.every((runs) => runs === "yes")) this.#run(statement);
    }
  }

  #guard(statement: string): void {
    const [, not, query = "", rest = ""] = GUARD.exec(statement) ?? [];
    const [, kinds, name] = LOOKUP.exec(query) ?? [];
    if (kinds === undefined || name === undefined) {
      this.#branches.push("unknown");
      return;
    }
    const isConstraint = /constraint/i.test(kinds);
    const isThere = this.#catalog.has(name.replaceAll("''", "'"), isConstraint);
    this.#branches.push(isThere === (not === undefined) ? "yes" : "no");
    this.#read(rest.trim());
  }

  #otherwise(): void {
    const last = this.#branches.at(-1);
    if (last !== undefined && last !== "unknown") {
      this.#branches.splice(-1, 1, last === "yes" ? "no" : "yes");
    }
  }
}
