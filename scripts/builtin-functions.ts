/*
 * Writes src/core/builtin-functions.ts: the functions of PostgreSQL and of its contrib extensions
 * by volatility, as pg_proc of the embedded PostgreSQL has them.
 */
import { writeFile } from "node:fs/promises";
import { PGlite, type Extension } from "@electric-sql/pglite";

const CONTRIB = [
  "citext",
  "cube",
  "earthdistance",
  "fuzzystrmatch",
  "hstore",
  "intarray",
  "isn",
  "lo",
  "ltree",
  "pg_trgm",
  "pgcrypto",
  "seg",
  "tablefunc",
  "unaccent",
  "uuid_ossp",
];

/** Words of the grammar that are no functions in pg_proc, or of extensions that PGlite does not have. */
const ADDED = {
  volatile: ["uuid_generate_v6", "uuid_generate_v7", "ulid_generate", "gen_ulid"],
  stable: [
    "current_date",
    "current_time",
    "current_timestamp",
    "current_role",
    "current_catalog",
    "localtime",
    "localtimestamp",
    "session_user",
    "user",
  ],
  immutable: ["coalesce", "greatest", "least", "nullif"],
};

const FUNCTIONS = `
select proname,
       case when bool_or(provolatile = 'v') then 'volatile'
            when bool_or(provolatile = 's') then 'stable' else 'immutable' end
from pg_proc p
where prokind <> 'p'
  and pronamespace in ('pg_catalog'::regnamespace, 'public'::regnamespace)
  and not exists (
    select from unnest(proargtypes::oid[] || prorettype) as type
    where type in ('internal'::regtype, 'cstring'::regtype, 'trigger'::regtype,
                   'event_trigger'::regtype, 'language_handler'::regtype, 'fdw_handler'::regtype))
  and not exists (select from pg_operator where oprcode = p.oid and provolatile <> 'v')
  and not exists (select from pg_opclass join pg_amproc on amprocfamily = opcfamily where amproc = p.oid)
group by proname order by proname collate "C"`;

// What serves the server itself and is not written in a migration's expressions.
const INTERNAL =
  /^(binary_upgrade|pg_(stat|replication|logical|ls|control|wal|current_wal|get_wal|safe|create_|drop_|copy_|show_)|has_|gist_|gin_|_)|(send|recv|typmodin|larger|smaller|accum|accum_inv|transfn|combine|subdiff|canonical|statefunc|_float8|_inc|_sum|_extended)$|^(hash|bt|int\d(inc|dec|_)|float8_)/;

function block(names: string[]): string {
  const lines: string[] = [];
  let line = "";
  for (const name of names) {
    if (line.length + name.length + 1 > 98) {
      lines.push(line);
      line = "";
    }
    line += line === "" ? name : ` ${name}`;
  }
  return [...lines, line].map((text) => `  ${text}`).join("\n");
}

const extensions: Record<string, Extension> = {};
for (const name of CONTRIB) {
  const module = (await import(`@electric-sql/pglite/contrib/${name}`)) as Record<
    string,
    Extension
  >;
  const extension = module[name];
  if (extension !== undefined) extensions[name] = extension;
}
const database = await PGlite.create({ extensions });
for (const name of CONTRIB) {
  await database.exec(`CREATE EXTENSION IF NOT EXISTS "${name.replace("_ossp", "-ossp")}" CASCADE`);
}
const found = await database.query<[string, keyof typeof ADDED]>(FUNCTIONS, [], {
  rowMode: "array",
});
const version = await database.query<[string]>("show server_version", [], { rowMode: "array" });
await database.close();

const lists = {
  volatile: new Set(ADDED.volatile),
  stable: new Set(ADDED.stable),
  immutable: new Set(ADDED.immutable),
};
for (const [name, volatility] of found.rows) {
  if (!INTERNAL.test(name)) lists[volatility].add(name);
}
const text = (Object.keys(lists) as (keyof typeof lists)[])
  .map((volatility) => {
    const names = [...lists[volatility]].toSorted();
    return `export const ${volatility.toUpperCase()}_FUNCTIONS: ReadonlySet<string> = words(\`\n${block(names)}\n\`);\n`;
  })
  .join("\n");
await writeFile(
  new URL("../src/core/builtin-functions.ts", import.meta.url),
  `/*
 * Functions of PostgreSQL and of its contrib extensions by volatility. Written by
 * scripts/builtin-functions.ts from pg_proc of PostgreSQL ${version.rows[0]?.[0] ?? ""}; do not edit. A name whose overloads
 * differ is filed under the most volatile of them. Functions that implement operators, input,
 * output or index support are left out.
 */

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\\s+/));
}

${text}`,
);
