import type { CatalogSection } from "./catalog-section.ts";
import {
  options,
  owner,
  ownObject,
  privileges,
  remark,
  remarkJoin,
  tablespace,
} from "./catalog-section.ts";

/** Tables, their columns, constraints and indexes, as a server of this major version keeps them. */
export function tableSections(major: number): readonly CatalogSection[] {
  return [tables, columns(major), viewColumns, constraints, indexes];
}

const PARENTS = `(SELECT string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid = c.oid)`;

const tables: CatalogSection = {
  kind: { expression: "CASE c.relkind WHEN 'f' THEN 'foreign table' ELSE 'table' END" },
  from: `FROM relation c LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid ${remarkJoin("pg_class", "c")}
    WHERE c.relkind IN ('r', 'p', 'f')`,
  schema: "c.nspname",
  name: "c.relname",
  properties: {
    persistence: "CASE c.relpersistence WHEN 'u' THEN 'unlogged' END",
    "row security": `nullif(concat_ws(', ', CASE WHEN c.relrowsecurity THEN 'enabled' END, CASE WHEN c.relforcerowsecurity THEN 'forced' END), '')`,
    options: options("c.reloptions"),
    "toast options": options("toast.reloptions"),
    "replica identity": `CASE c.relreplident WHEN 'n' THEN 'nothing' WHEN 'f' THEN 'full' WHEN 'i' THEN
      'index ' || (SELECT r.relname FROM pg_index i JOIN pg_class r ON r.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisreplident) END`,
    "partition key": "CASE c.relkind WHEN 'p' THEN pg_get_partkeydef(c.oid) END",
    "partition of": `CASE WHEN c.relispartition THEN ${PARENTS} || ' ' || pg_get_expr(c.relpartbound, c.oid) END`,
    inherits: `CASE WHEN NOT c.relispartition THEN ${PARENTS} END`,
    "of type": "CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END",
    "access method":
      "(SELECT amname FROM pg_am WHERE oid = c.relam AND c.relkind = 'r' AND amname <> 'heap')",
    tablespace: tablespace("c.reltablespace"),
    server: `CASE c.relkind WHEN 'f' THEN (SELECT concat_ws(' ', s.srvname, ${options("t.ftoptions")}) FROM pg_foreign_table t JOIN pg_foreign_server s ON s.oid = t.ftserver WHERE t.ftrelid = c.oid) END`,
    "foreign key triggers": `(SELECT 'disabled: ' || string_agg(DISTINCT k.conname, ', ') FROM pg_trigger g JOIN pg_constraint k ON k.oid = g.tgconstraint WHERE g.tgrelid = c.oid AND g.tgisinternal AND g.tgenabled <> 'O')`,
    owner: owner("c.relowner"),
    privileges: privileges("c.relacl", "'r'", "c.relowner"),
    comment: remark("c"),
  },
};

function columns(major: number): CatalogSection {
  const statistics = major >= 17 ? "a.attstattarget" : "nullif(a.attstattarget, -1)";
  // From 18 on, NOT NULL is a constraint with a name, and can be NOT VALID.
  const notNull =
    major >= 18
      ? {
          join: "LEFT JOIN pg_constraint nn ON nn.conrelid = a.attrelid AND nn.contype = 'n' AND nn.conkey[1] = a.attnum",
          text: `concat_ws(' ', 'NOT NULL', CASE WHEN nn.connoinherit THEN 'NO INHERIT' END, CASE WHEN NOT nn.convalidated THEN 'NOT VALID' END)`,
          name: "nn.conname",
        }
      : { join: "", text: "'NOT NULL'", name: "NULL" };
  return {
    kind: "column",
    from: `FROM relation c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum ${notNull.join}
      LEFT JOIN remark ON remark.classoid = 'pg_class'::regclass AND remark.objoid = a.attrelid AND remark.objsubid = a.attnum
      WHERE c.relkind IN ('r', 'p', 'f') AND a.attnum > 0 AND NOT a.attisdropped`,
    schema: "c.nspname",
    parent: "c.relname",
    name: "a.attname",
    position: "a.attnum",
    properties: {
      type: "format_type(a.atttypid, a.atttypmod)",
      "not null": `CASE WHEN a.attnotnull THEN ${notNull.text} END`,
      "not null name": notNull.name,
      default: "CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END",
      identity: "CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END",
      generated: `CASE a.attgenerated WHEN 's' THEN 'stored ' || pg_get_expr(d.adbin, d.adrelid) WHEN 'v' THEN 'virtual ' || pg_get_expr(d.adbin, d.adrelid) END`,
      collation: `CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END`,
      storage: "CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage::text END",
      compression: major >= 14 ? "nullif(a.attcompression::text, '')" : "NULL",
      statistics,
      options: options("coalesce(a.attoptions, a.attfdwoptions)"),
      inherited: "CASE WHEN NOT a.attislocal THEN 'yes' END",
      privileges: privileges("a.attacl", "'c'", "c.relowner"),
      comment: "remark.description",
    },
  };
}

/** A view's columns follow from its definition; what hangs on them does not. */
const viewColumns: CatalogSection = {
  kind: "column",
  from: `FROM relation c JOIN pg_attribute a ON a.attrelid = c.oid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN remark ON remark.classoid = 'pg_class'::regclass AND remark.objoid = a.attrelid AND remark.objsubid = a.attnum
    WHERE c.relkind IN ('v', 'm') AND a.attnum > 0 AND NOT a.attisdropped
      AND (a.atthasdef OR a.attacl IS NOT NULL OR remark.description IS NOT NULL)`,
  schema: "c.nspname",
  parent: "c.relname",
  name: "a.attname",
  position: "a.attnum",
  properties: {
    default: "pg_get_expr(d.adbin, d.adrelid)",
    privileges: privileges("a.attacl", "'c'", "c.relowner"),
    comment: "remark.description",
  },
};

/** Those that a partition or a child has from its parent follow the parent's. */
const constraints: CatalogSection = {
  kind: "constraint",
  from: `FROM pg_constraint k JOIN relation c ON c.oid = k.conrelid LEFT JOIN pg_index i ON i.indexrelid = k.conindid AND k.contype IN ('p', 'u', 'x')
    ${remarkJoin("pg_constraint", "k")}
    WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') AND k.conparentid = 0 AND k.conislocal`,
  schema: "c.nspname",
  parent: "c.relname",
  name: "k.conname",
  properties: {
    definition: "pg_get_constraintdef(k.oid)",
    clustered: "CASE WHEN i.indisclustered THEN 'yes' END",
    comment: remark("k"),
  },
};

const indexes: CatalogSection = {
  kind: "index",
  from: `FROM pg_index i JOIN relation x ON x.oid = i.indexrelid JOIN relation c ON c.oid = i.indrelid ${remarkJoin("pg_class", "x")}
    WHERE NOT x.relispartition
      AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.oid AND k.contype IN ('p', 'u', 'x'))
      AND ${ownObject("pg_class", "x.oid")}`,
  schema: "c.nspname",
  parent: "c.relname",
  name: "x.relname",
  properties: {
    // Without its name, so that an index under another name is seen to be the same.
    definition: `CASE WHEN i.indisunique THEN 'UNIQUE ' ELSE '' END || substr(pg_get_indexdef(x.oid), CASE WHEN i.indisunique THEN 22 ELSE 15 END + length(quote_ident(x.relname)))`,
    invalid: "CASE WHEN NOT (i.indisvalid AND i.indisready) THEN 'yes' END",
    clustered: "CASE WHEN i.indisclustered THEN 'yes' END",
    tablespace: tablespace("x.reltablespace"),
    comment: remark("x"),
  },
};
