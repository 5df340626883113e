import type { CatalogSection } from "./catalog-section.ts";
import {
  madeLater,
  options,
  owner,
  ownObject,
  privileges,
  remark,
  remarkJoin,
  tablespace,
} from "./catalog-section.ts";

/** Types, sequences and views. */
export function typeSections(major: number): readonly CatalogSection[] {
  return [types(major), attributes, domainConstraints, sequences, views];
}

// Array types and multirange types come and go with the type that they are made of.
const OWN_TYPES = `FROM pg_type t JOIN namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class rel ON rel.oid = t.typrelid
  LEFT JOIN pg_range r ON r.rngtypid = t.oid ${remarkJoin("pg_type", "t")}
  WHERE (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'c' AND rel.relkind = 'c' OR t.typtype = 'p'
      OR t.typtype = 'b' AND NOT EXISTS (SELECT FROM pg_type element WHERE element.typarray = t.oid))
    AND ${ownObject("pg_type", "t.oid")}`;

function types(major: number): CatalogSection {
  return {
    kind: {
      expression: `CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range type' WHEN 'c' THEN 'composite type' ELSE 'type' END`,
    },
    from: OWN_TYPES,
    schema: "n.nspname",
    name: "t.typname",
    properties: {
      values: `CASE t.typtype WHEN 'e' THEN (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid) END`,
      "base type": "CASE t.typtype WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod) END",
      "not null": "CASE WHEN t.typnotnull THEN 'NOT NULL' END",
      default: "t.typdefault",
      collation: `CASE WHEN t.typtype = 'd' AND t.typcollation <> (SELECT typcollation FROM pg_type base WHERE base.oid = t.typbasetype) THEN t.typcollation::regcollation::text END`,
      subtype: `CASE WHEN r.rngtypid IS NOT NULL THEN concat_ws(' ', format_type(r.rngsubtype, NULL), nullif(r.rngcollation, 0)::regcollation,
        (SELECT opcname FROM pg_opclass WHERE oid = r.rngsubopc AND NOT opcdefault), nullif(r.rngcanonical, 0)::regprocedure, nullif(r.rngsubdiff, 0)::regprocedure) END`,
      multirange: major >= 14 ? "format_type(nullif(r.rngmultitypid, 0), NULL)" : "NULL",
      functions: `CASE WHEN t.typtype = 'b' THEN concat_ws(' ', t.typinput, t.typoutput, t.typlen, t.typalign, t.typstorage) END`,
      owner: owner("t.typowner"),
      privileges: privileges("t.typacl", "'T'", "t.typowner"),
      comment: remark("t"),
    },
  };
}

/** Of composite types. */
const attributes: CatalogSection = {
  kind: "attribute",
  needs: madeLater("pg_class", "relkind = 'c'"),
  from: `FROM relation c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN remark ON remark.classoid = 'pg_class'::regclass AND remark.objoid = a.attrelid AND remark.objsubid = a.attnum
    WHERE c.relkind = 'c' AND a.attnum > 0 AND NOT a.attisdropped`,
  schema: "c.nspname",
  parent: "c.relname",
  name: "a.attname",
  position: "a.attnum",
  properties: {
    type: "format_type(a.atttypid, a.atttypmod)",
    collation:
      "CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END",
    comment: "remark.description",
  },
};

const domainConstraints: CatalogSection = {
  kind: "constraint",
  needs: madeLater("pg_type", "typtype = 'd'"),
  from: `FROM pg_constraint k JOIN pg_type t ON t.oid = k.contypid JOIN namespace n ON n.oid = t.typnamespace ${remarkJoin("pg_constraint", "k")}
    WHERE k.contype = 'c' AND ${ownObject("pg_type", "t.oid")}`,
  schema: "n.nspname",
  parent: "t.typname",
  name: "k.conname",
  properties: { definition: "pg_get_constraintdef(k.oid)", comment: remark("k") },
};

/** Its next value is data, not structure. Those of a table that is left out are left out too. */
const sequences: CatalogSection = {
  kind: "sequence",
  from: `FROM pg_sequence s JOIN relation c ON c.oid = s.seqrelid
    LEFT JOIN pg_depend own ON own.classid = 'pg_class'::regclass AND own.objid = c.oid AND own.refclassid = 'pg_class'::regclass AND own.deptype IN ('a', 'i') AND own.refobjsubid > 0
    LEFT JOIN pg_attribute a ON a.attrelid = own.refobjid AND a.attnum = own.refobjsubid
    ${remarkJoin("pg_class", "c")}
    WHERE own.refobjid IS NULL OR EXISTS (SELECT FROM relation o WHERE o.oid = own.refobjid)`,
  schema: "c.nspname",
  name: "c.relname",
  properties: {
    type: "format_type(s.seqtypid, NULL)",
    values: `concat_ws(' ', 'START', s.seqstart, 'INCREMENT', s.seqincrement, 'MINVALUE', s.seqmin, 'MAXVALUE', s.seqmax, 'CACHE', s.seqcache, CASE WHEN s.seqcycle THEN 'CYCLE' END)`,
    "owned by": "own.refobjid::regclass::text || '.' || quote_ident(a.attname)",
    persistence: "CASE c.relpersistence WHEN 'u' THEN 'unlogged' END",
    owner: owner("c.relowner"),
    privileges: privileges("c.relacl", "'s'", "c.relowner"),
    comment: remark("c"),
  },
};

const views: CatalogSection = {
  kind: { expression: "CASE c.relkind WHEN 'm' THEN 'materialized view' ELSE 'view' END" },
  from: `FROM relation c ${remarkJoin("pg_class", "c")} WHERE c.relkind IN ('v', 'm')`,
  schema: "c.nspname",
  name: "c.relname",
  properties: {
    definition: "pg_get_viewdef(c.oid)",
    columns: `(SELECT string_agg(a.attname, ', ' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)`,
    options: options("c.reloptions"),
    populated: "CASE WHEN c.relkind = 'm' AND NOT c.relispopulated THEN 'no' END",
    "access method":
      "(SELECT amname FROM pg_am WHERE oid = c.relam AND c.relkind = 'm' AND amname <> 'heap')",
    tablespace: tablespace("c.reltablespace"),
    owner: owner("c.relowner"),
    privileges: privileges("c.relacl", "'r'", "c.relowner"),
    comment: remark("c"),
  },
};
