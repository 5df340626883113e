import type { Database } from "../database.ts";
import { conjuncts } from "./conjuncts.ts";
import { RUNNER_TABLES } from "../runner-tables.ts";
import type { ColumnShape, FieldShape, ForeignKeyShape, TableShape } from "./table-shape.ts";

/**
 * The tables of a database that rows can be made for: those of extensions and the runner's own are
 * left out. Partitions are filled, not what they are parts of. To be called outside of a
 * transaction.
 */
export async function readShapes(database: Database): Promise<TableShape[]> {
  const rows = await database.query(SHAPES);
  return rows.map(([text]) => readShape(JSON.parse(text ?? "") as ShapeRow));
}

/** As the query below writes it: the catalog is ours to read, and nothing in it is trusted as SQL but what PostgreSQL wrote. */
interface ShapeRow {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly root: string | null;
  readonly bounds: string | null;
  readonly columns: readonly ColumnRow[] | null;
  readonly checks: readonly string[] | null;
  readonly keys: readonly { readonly columns: string; readonly deferrable: boolean }[] | null;
  readonly references: readonly ReferenceRow[] | null;
}

interface ColumnRow {
  readonly number: number;
  readonly name: string;
  readonly type: string;
  readonly base: string;
  readonly kind: string;
  readonly array: boolean;
  readonly modifier: number;
  readonly required: boolean;
  readonly labels: readonly string[] | null;
  readonly subtype: string | null;
  readonly fields: readonly FieldRow[] | null;
  readonly conditions: readonly string[] | null;
  readonly default: string | null;
}

interface FieldRow {
  readonly base: string;
  readonly modifier: number;
  readonly labels: readonly string[] | null;
}

interface ReferenceRow {
  readonly name: string;
  readonly columns: readonly number[];
  readonly target: string;
  readonly schema: string;
  readonly table: string;
  readonly partitioned: boolean;
  readonly targets: readonly string[];
}

function readShape(row: ShapeRow): TableShape {
  const keys = row.keys ?? [];
  return {
    oid: row.oid,
    schema: row.schema,
    name: row.name,
    columns: (row.columns ?? []).map(readColumn),
    conditions: [...(row.checks ?? []), ...(row.bounds === null ? [] : [row.bounds])].flatMap(
      (condition) => conjuncts(condition),
    ),
    uniqueKeys: keys.map(({ columns }) => columns.split(" ").map(Number)),
    isDeferrable: keys.some(({ deferrable }) => deferrable),
    foreignKeys: (row.references ?? []).map((one): ForeignKeyShape => ({
      name: one.name,
      columns: one.columns,
      target: one.target,
      targetSchema: one.schema,
      targetName: one.table,
      targetIsPartitioned: one.partitioned,
      targetColumns: one.targets,
    })),
    ...(row.root === null ? {} : { root: row.root }),
  };
}

const KINDS: ReadonlyMap<string, ColumnShape["kind"]> = new Map([
  ["e", "enum"],
  ["r", "range"],
  ["m", "multirange"],
  ["c", "composite"],
]);

function readColumn(row: ColumnRow): ColumnShape {
  return {
    number: row.number,
    name: row.name,
    type: row.type,
    baseType: row.base,
    kind: KINDS.get(row.kind) ?? "base",
    isArray: row.array,
    modifier: row.modifier,
    isRequired: row.required,
    labels: row.labels ?? [],
    domainConditions: row.conditions ?? [],
    ...(row.subtype === null ? {} : { subtype: row.subtype }),
    ...(row.fields === null ? {} : { fields: row.fields.map(readField) }),
    ...(row.default === null ? {} : { defaultValue: row.default }),
  };
}

function readField({ base, modifier, labels }: FieldRow): FieldShape {
  return { baseType: base, modifier, labels: labels ?? [] };
}

const RUNNERS = [...RUNNER_TABLES.keys()].map((name) => `'${name}'`).join(", ");

// A domain can be made of a domain; three deep is as far as it is followed. A column that draws from a
// sequence, is an identity or is generated is left to PostgreSQL.
const SHAPES = `SET LOCAL search_path = pg_catalog; SET LOCAL jit = off;
WITH own AS MATERIALIZED (
  SELECT c.oid, n.nspname, c.relname, c.relispartition
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relname NOT IN (${RUNNERS})
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')),
typed AS MATERIALIZED (
  SELECT a.attrelid, a.attnum, a.attname, a.attnotnull, pg_get_expr(d.adbin, d.adrelid) AS default_text,
    t1.oid AS domain1, t2.oid AS domain2, coalesce(t3.oid, t2.oid, t1.oid) AS base, coalesce(nullif(t3.typtypmod, -1), nullif(t2.typtypmod, -1), nullif(t1.typtypmod, -1), a.atttypmod) AS modifier,
    t1.typnotnull OR coalesce(t2.typnotnull, false) OR coalesce(t3.typnotnull, false) AS domain_required
  FROM pg_attribute a JOIN own ON own.oid = a.attrelid JOIN pg_type t1 ON t1.oid = a.atttypid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN pg_type t2 ON t2.oid = t1.typbasetype AND t1.typtype = 'd'
    LEFT JOIN pg_type t3 ON t3.oid = t2.typbasetype AND t2.typtype = 'd'
  WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity = ''),
columns AS MATERIALIZED (
  SELECT c.attrelid, json_agg(json_build_object('number', c.attnum, 'name', c.attname, 'type', format_type(c.base, c.modifier),
    'base', e.typname, 'kind', e.typtype, 'array', b.typelem <> 0 AND b.typlen = -1 AND b.typcategory = 'A', 'modifier', c.modifier,
    'required', c.attnotnull OR c.domain_required, 'default', c.default_text,
    'labels', CASE e.typtype WHEN 'e' THEN (SELECT json_agg(l.enumlabel ORDER BY l.enumsortorder) FROM pg_enum l WHERE l.enumtypid = e.oid) END,
    'subtype', CASE WHEN e.typtype IN ('r', 'm') THEN (SELECT s.typname FROM pg_range r JOIN pg_type s ON s.oid = r.rngsubtype WHERE e.oid IN (r.rngtypid, (to_jsonb(r) ->> 'rngmultitypid')::oid)) END,
    'fields', CASE e.typtype WHEN 'c' THEN (SELECT json_agg(json_build_object('base', t.typname, 'modifier', a.atttypmod,
      'labels', CASE t.typtype WHEN 'e' THEN (SELECT json_agg(l.enumlabel ORDER BY l.enumsortorder) FROM pg_enum l WHERE l.enumtypid = t.oid) END) ORDER BY a.attnum)
      FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid WHERE a.attrelid = e.typrelid AND a.attnum > 0 AND NOT a.attisdropped) END,
    'conditions', CASE WHEN c.domain1 <> c.base THEN (SELECT json_agg(pg_get_expr(k.conbin, 0)) FROM pg_constraint k WHERE k.contypid IN (c.domain1, c.domain2) AND k.contype = 'c') END
  ) ORDER BY c.attnum) AS list
  FROM typed c JOIN pg_type b ON b.oid = c.base
    JOIN pg_type i ON i.oid = CASE WHEN b.typelem <> 0 AND b.typlen = -1 AND b.typcategory = 'A' THEN b.typelem ELSE b.oid END
    JOIN pg_type e ON e.oid = CASE WHEN i.typtype = 'd' AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.contypid = i.oid) THEN i.typbasetype ELSE i.oid END
  WHERE c.default_text IS NULL OR c.default_text !~ '^nextval\\('
  GROUP BY c.attrelid),
checks AS MATERIALIZED (
  SELECT k.conrelid, json_agg(pg_get_expr(k.conbin, k.conrelid) ORDER BY k.conname) AS list
  FROM pg_constraint k JOIN own ON own.oid = k.conrelid WHERE k.contype = 'c' GROUP BY k.conrelid),
keys AS MATERIALIZED (
  SELECT i.indrelid, json_agg(json_build_object('columns', i.indkey::text, 'deferrable', NOT i.indimmediate) ORDER BY i.indisprimary DESC, i.indexrelid) AS list
  FROM pg_index i JOIN own ON own.oid = i.indrelid WHERE i.indisunique OR i.indisexclusion GROUP BY i.indrelid),
foreign_keys AS MATERIALIZED (
  SELECT k.conrelid, json_agg(json_build_object('name', k.conname, 'columns', k.conkey, 'target', k.confrelid::text, 'schema', n.nspname, 'table', t.relname,
    'partitioned', t.relkind = 'p', 'targets', (SELECT json_agg(a.attname ORDER BY f.at) FROM unnest(k.confkey) WITH ORDINALITY f (number, at) JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = f.number)
  ) ORDER BY cardinality(k.conkey) DESC, k.conname) AS list
  FROM pg_constraint k JOIN own ON own.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid JOIN pg_namespace n ON n.oid = t.relnamespace
  WHERE k.contype = 'f' AND NOT EXISTS (SELECT FROM pg_constraint p WHERE p.oid = k.conparentid AND p.conrelid = k.conrelid)
  GROUP BY k.conrelid)
SELECT json_build_object('oid', o.oid::text, 'schema', o.nspname, 'name', o.relname,
  'root', CASE WHEN o.relispartition THEN pg_partition_root(o.oid)::oid::text END,
  'bounds', CASE WHEN o.relispartition THEN pg_get_partition_constraintdef(o.oid) END,
  'columns', columns.list, 'checks', checks.list, 'keys', keys.list, 'references', foreign_keys.list)::text
FROM own o LEFT JOIN columns ON columns.attrelid = o.oid LEFT JOIN checks ON checks.conrelid = o.oid
  LEFT JOIN keys ON keys.indrelid = o.oid LEFT JOIN foreign_keys ON foreign_keys.conrelid = o.oid
ORDER BY o.nspname, o.relname`;
