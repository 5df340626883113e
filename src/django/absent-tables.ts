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

/**
 * A migration that makes what foreign keys refer to and no migration of the repository makes: tables
 * of apps that are installed from elsewhere. Of such a table no more is known than its key, which is
 * taken to be an integer. Undefined where there are none.
 */
export function absentTables(
  migrations: readonly { readonly statements: readonly string[] }[],
): Migration | undefined {
  const created = new Set<string>();
  const absent = new Map<string, string>();
  for (const sql of migrations.flatMap(({ statements }) => statements)) {
    for (const table of madeBy(sql)) created.add(table);
    for (const [, target = "", column = ""] of sql.matchAll(REFERENCED)) {
      if (!created.has(target)) absent.set(target, column);
    }
  }
  for (const table of created) absent.delete(table);
  if (absent.size === 0) return undefined;
  const text = [...absent]
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

/** The tables that a statement makes, or gives a new name. */
function madeBy(sql: string): string[] {
  return MADE.flatMap((made) =>
    [...sql.matchAll(made)].map(([, quoted, plain]) => quoted ?? plain?.toLowerCase() ?? ""),
  );
}
