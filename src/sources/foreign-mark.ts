/** Marks that divide a file into directions, of tools that are not read yet: as plain SQL such a file would run its own undoing. */
const MARKS: readonly (readonly [tool: string, mark: RegExp])[] = [
  ["sql-migrate", /^--[ \t]*\+migrate[ \t]+(?:up|down)\b/im],
  ["Micrate", /^--[ \t]*\+micrate[ \t]+(?:up|down)\b/im],
  ["Rambler", /^--[ \t]*rambler[ \t]+(?:up|down)\b/im],
  ["tern", /^-{4}[ \t]*create above \/ drop below[ \t]*-{4}/im],
  ["MyBatis Migrations", /^--[ \t]*\/\/[ \t]*@undo\b/im],
  ["shmig", /^--[ \t]*={4,}[ \t]*(?:up|down)[ \t]*={4,}/im],
  ["Play evolutions", /^(?:#|--)[ \t]*-{0,3}[ \t]*!(?:ups|downs)\b/im],
  ["Liquibase", /^--[ \t]*liquibase formatted sql\b/im],
];

/** The tool of another make whose marks a file carries, with the mark. */
export function foreignMark(
  text: string,
): { readonly tool: string; readonly mark: string } | undefined {
  for (const [tool, pattern] of MARKS) {
    const mark = pattern.exec(text)?.[0];
    if (mark !== undefined) return { tool, mark };
  }
  return undefined;
}
