import type { Migration } from "../core/migration.ts";

const CREATED = /^CREATE TABLE "((?:[^"]|"")+)"/;
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
    const table = CREATED.exec(sql)?.[1];
    if (table !== undefined) created.add(table);
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
