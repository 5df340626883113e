import type { Migration } from "../core/migration.ts";

const NAME = String.raw`(?:"((?:[^"]|"")+)"|([A-Za-z_][\w$]*))`;
/** Also of SQL that somebody wrote, in which several may stand; the name is that of a table that is there afterwards. */
const MADE = [
  new RegExp(
    String.raw`\bCREATE\s+(?:UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?:"?public"?\.)?${NAME}`,
    "gi",
  ),
  new RegExp(
    String.raw`\bALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?[^\s;]+\s+RENAME\s+TO\s+${NAME}`,
    "gi",
  ),
];
const REFERENCED = /REFERENCES "((?:[^"]|"")+)" ?\("((?:[^"]|"")+)"\)/g;

/** What of an `AbsentTables` is kept. */
export interface NamedTables {
  readonly made: ReadonlySet<string>;
  /** The column of each table that is referred to. */
  readonly referenced: ReadonlyMap<string, string>;
}

/**
 * What foreign keys refer to and no migration of the repository makes: tables of apps that are
 * installed from elsewhere.
 */
export class AbsentTables {
  readonly #made: Set<string>;
  readonly #referenced: Map<string, string>;

  constructor(before?: NamedTables) {
    this.#made = new Set(before?.made);
    this.#referenced = new Map(before?.referenced);
  }

  /** What the statements so far name. */
  get named(): NamedTables {
    return { made: new Set(this.#made), referenced: new Map(this.#referenced) };
  }

  add(statements: readonly { readonly sql: string }[]): void {
    for (const { sql } of statements) {
      for (const table of madeBy(sql)) this.#made.add(table);
      for (const [, target = "", column = ""] of sql.matchAll(REFERENCED)) {
        if (!this.#made.has(target)) this.#referenced.set(target, column);
      }
    }
  }

  /**
   * A migration that makes them. Of such a table no more is known than its key, which is taken to be an
   * integer. Undefined where there are none.
   */
  get migration(): Migration | undefined {
    const absent = [...this.#referenced].filter(([table]) => !this.#made.has(table));
    if (absent.length === 0) return undefined;
    const text = absent
      .map(([table, column]) => `CREATE TABLE "${table}" ("${column}" integer PRIMARY KEY);`)
      .join("\n");
    return {
      id: "tables of apps that are not in the repository",
      up: {
        path: "tables of apps that are not in the repository",
        text,
        span: { start: 0, end: text.length },
        execution: { transaction: true, sends: "statements" },
      },
      down: "forward-only",
    };
  }
}

/** The tables that a statement makes, or gives a new name. */
function madeBy(sql: string): string[] {
  return MADE.flatMap((made) =>
    [...sql.matchAll(made)].map(([, quoted, plain]) => quoted ?? plain?.toLowerCase() ?? ""),
  );
}
