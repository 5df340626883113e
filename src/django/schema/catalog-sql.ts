import type { Catalog, CatalogObject } from "./catalog.ts";
import { BlockReader, doBody } from "./do-block.ts";
import { cutName } from "./names.ts";

const NAME = String.raw`(?:"(?:[^"]|"")+"|[a-z_][\w$]*)`;
const PATH = String.raw`(?:${NAME}\s*\.\s*)?(${NAME})`;

/** One statement or action, and what it does to the catalog. */
interface Reading {
  readonly pattern: RegExp;
  readonly apply: (catalog: Catalog, parts: readonly string[]) => void;
}

/** A pattern in which a blank is any space and `@` a name. */
function reading(pattern: string, apply: Reading["apply"]): Reading {
  const spaced = pattern.replaceAll(" ", String.raw`\s+`).replaceAll("@", PATH);
  return { pattern: new RegExp(String.raw`^\s*${spaced}`, "i"), apply };
}

const STATEMENTS: readonly Reading[] = [
  reading("DROP TABLE (?:IF EXISTS )?([^;]+)", (catalog, [tables = ""]) => {
    for (const table of namesIn(tables)) {
      catalog.dropTable(table);
      if (/\bCASCADE\s*$/i.test(tables)) catalog.dropReferences(table);
    }
  }),
  reading("DROP INDEX (?:CONCURRENTLY )?(?:IF EXISTS )?([^;]+)", (catalog, [indexes = ""]) => {
    for (const index of namesIn(indexes)) catalog.dropNamed(index);
  }),
  reading("ALTER INDEX (?:IF EXISTS )?@ RENAME TO @", (catalog, [from = "", to = ""]) => {
    catalog.renameNamed(nameOf(from), nameOf(to));
  }),
  reading(
    String.raw`CREATE (UNIQUE )?INDEX (?:CONCURRENTLY )?(?:IF NOT EXISTS )?@ ON (?:ONLY )?@\s*(?:USING (\w+)\s*)?\(([\s\S]*)`,
    (catalog, [unique = "", name = "", table = "", method = "", rest = ""]) => {
      make(catalog, nameOf(table), {
        name: nameOf(name),
        kind: unique === "" ? "index" : "unique-index",
        columns: keysIn(rest),
        method: method === "" ? "btree" : method.toLowerCase(),
      });
    },
  ),
];

/** What ALTER TABLE does; the first part is the table. */
const ACTIONS: readonly Reading[] = [
  reading("RENAME TO @", (catalog, [table = "", to = ""]) => {
    catalog.renameTable(nameOf(table), nameOf(to));
  }),
  reading("RENAME CONSTRAINT @ TO @", (catalog, [table = "", from = "", to = ""]) => {
    catalog.rename(nameOf(table), nameOf(from), nameOf(to));
  }),
  reading("RENAME (?:COLUMN )?@ TO @", (catalog, [table = "", from = "", to = ""]) => {
    catalog.renameColumn(nameOf(table), nameOf(from), nameOf(to));
  }),
  reading("DROP CONSTRAINT (?:IF EXISTS )?@", (catalog, [table = "", name = ""]) => {
    catalog.drop(nameOf(table), nameOf(name));
  }),
  reading("DROP (?:COLUMN )?(?:IF EXISTS )?@", (catalog, [table = "", column = ""]) => {
    catalog.dropColumn(nameOf(table), nameOf(column));
  }),
  reading(
    "ADD CONSTRAINT @ (PRIMARY KEY|UNIQUE) USING INDEX @",
    (catalog, [table = "", name = "", word = "", index = ""]) => {
      const kind = /^u/i.test(word) ? "unique" : "primary-key";
      catalog.adopt(nameOf(table), nameOf(index), { name: nameOf(name), kind });
    },
  ),
  reading(
    String.raw`ADD CONSTRAINT @ (PRIMARY KEY|UNIQUE|FOREIGN KEY|CHECK|EXCLUDE)\s*(?:\(([^()]*)\))?(?: REFERENCES @)?`,
    (catalog, [table = "", name = "", word = "", columns = "", target = ""]) => {
      const kind = KINDS[word.toUpperCase().replaceAll(/\s+/g, " ")];
      if (kind === undefined) return;
      const named = kind === "check" || kind === "exclusion" ? [] : namesIn(columns);
      const refers = target === "" ? {} : { target: nameOf(target) };
      make(catalog, nameOf(table), { name: nameOf(name), kind, columns: named, ...refers });
    },
  ),
];

const KINDS: Readonly<Record<string, CatalogObject["kind"]>> = {
  "PRIMARY KEY": "primary-key",
  UNIQUE: "unique",
  "FOREIGN KEY": "foreign-key",
  CHECK: "check",
  EXCLUDE: "exclusion",
};

const ALTER_TABLE = reading(String.raw`ALTER TABLE (?:IF EXISTS )?(?:ONLY )?@\s+`, () => undefined);

/** Makes an object, unless there is one of its name: then the statement makes none, or fails. */
function make(catalog: Catalog, table: string, object: CatalogObject): void {
  if (!catalog.of(table).some(({ name }) => name === cutName(object.name))) {
    catalog.add(table, object);
  }
}

/**
 * What SQL of RunSQL does to the names that Django looks up later: tables, columns, constraints and
 * indexes that are renamed, dropped or made. Anything else in it changes none of these, or is passed over.
 */
export function applySql(catalog: Catalog, sql: string): void {
  if (sql.length > LONGEST) return;
  for (const statement of split(withoutComments(sql), ";")) {
    const body = doBody(statement);
    if (body === undefined) applyStatement(catalog, statement);
    else {
      const block = new BlockReader(catalog, (one) => applyStatement(catalog, one));
      block.read(split(body, ";"));
    }
  }
}

function applyStatement(catalog: Catalog, statement: string): void {
  const table = ALTER_TABLE.pattern.exec(statement);
  if (table === null) run(STATEMENTS, catalog, statement, []);
  else {
    for (const action of split(statement.slice(table[0].length), ",")) {
      run(ACTIONS, catalog, action, [table[1] ?? ""]);
    }
  }
}

function run(
  readings: readonly Reading[],
  catalog: Catalog,
  text: string,
  before: readonly string[],
): void {
  for (const { pattern, apply } of readings) {
    const match = pattern.exec(text);
    if (match === null) continue;
    apply(catalog, [...before, ...match.slice(1).map((part: string | undefined) => part ?? "")]);
    return;
  }
}

/** As PostgreSQL folds it. */
function nameOf(written: string): string {
  return written.startsWith('"')
    ? written.slice(1, -1).replaceAll('""', '"')
    : written.toLowerCase();
}

/** The columns of an index, from behind its opening bracket on; none where it stands on expressions. */
function keysIn(text: string): string[] {
  const keys = split(split(text, ")")[0] ?? "", ",");
  const plain = new RegExp(String.raw`^\s*${NAME}(?![\w$"])(?!\s*\()`, "i");
  const isPlain = keys.every((key) => plain.test(key));
  return isPlain ? namesIn(keys.join(",")) : [];
}

/** The names of a list, without what follows each: `"a" DESC, public.b`. */
function namesIn(list: string): string[] {
  return split(list, ",").flatMap((item) => {
    const match = new RegExp(String.raw`^\s*${PATH}`, "i").exec(item);
    return match === null ? [] : [nameOf(match[1] ?? "")];
  });
}

/** Longer texts hold rows, and are not gone through. */
const LONGEST = 20_000;
const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[\s\S]*?\1/y;

function withoutComments(sql: string): string {
  return sql.replaceAll(
    /('(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[\s\S]*?\2)|--[^\n]*|\/\*[\s\S]*?\*\//g,
    (_, kept: string | undefined) => kept ?? " ",
  );
}

/** Parts between separators that stand outside of quotes and brackets. */
function split(text: string, separator: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (character === "'" || character === '"' || character === "$") {
      QUOTED.lastIndex = at;
      const quoted = QUOTED.exec(text);
      if (quoted !== null) at += quoted[0].length - 1;
    } else if (character === separator && depth <= 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    } else if (character === "(") depth += 1;
    else if (character === ")") depth -= 1;
  }
  parts.push(text.slice(start));
  return parts.filter((part) => part.trim() !== "");
}
