import type { Framework } from "../core/migration.ts";

/** Marks that begin a half of a file, and options that say how all of it runs, by runner. */
const MARKS: Partial<Record<Framework, { up: RegExp; down: RegExp; option?: RegExp }>> = {
  dbmate: { up: /^--[ \t]*migrate:up\b/, down: /^--[ \t]*migrate:down\b/ },
  goose: {
    up: /^--[ \t]*\+goose[ \t]+up\b/i,
    down: /^--[ \t]*\+goose[ \t]+down\b/i,
    option: /^--[ \t]*\+goose\b/i,
  },
  "node-pg-migrate": {
    up: /^[ \t]*--[ \t-]*up[ \t]+migration/i,
    down: /^[ \t]*--[ \t-]*down[ \t]+migration/i,
  },
  "golang-migrate": { up: /(?!)/, down: /(?!)/ },
  diesel: { up: /(?!)/, down: /(?!)/ },
  supabase: { up: /(?!)/, down: /(?!)/ },
};

/** A file as it counts for databases that ran it: what goes up, and how. */
export interface UpHalf {
  readonly sql: string;
  /** Its marks and the runner's options, in order. */
  readonly marks: readonly string[];
}

/**
 * The part of a migration's file that goes up; undefined for runners that compare checksums of whole
 * files (Prisma, Flyway, SQLx), or of which that is not known.
 */
export function upHalf(framework: Framework, text: string): UpHalf | undefined {
  const known = MARKS[framework];
  if (known === undefined) return undefined;
  const sql: string[] = [];
  const marks: string[] = [];
  let isUp = true;
  for (const line of text.split(/\r?\n/)) {
    if (known.down.test(line)) isUp = false;
    else if (known.up.test(line)) {
      isUp = true;
      marks.push(line.trim());
    } else if (known.option?.test(line) === true) marks.push(line.trim());
    if (isUp) sql.push(line);
  }
  return { sql: sql.join("\n"), marks };
}
