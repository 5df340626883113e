import type { ReleaseQuery } from "../../core/release-query.ts";
import { quoteLiteral } from "../rows/sql-text.ts";

/** How long one call may take, in ms: what it would change is only looked at. */
const CALL_MS = 2000;

/** A value of each kind of type, by what pg_type says: https://www.postgresql.org/docs/current/catalog-pg-type.html */
const SAMPLE = `CASE
    WHEN t.typtype = 'e' THEN (SELECT pg_catalog.quote_literal(e.enumlabel)
      FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder LIMIT 1)
    WHEN t.typtype IN ('r', 'm') THEN CASE t.typtype WHEN 'r' THEN '''empty''' ELSE '''{}''' END
    WHEN t.typtype <> 'b' THEN NULL
    WHEN t.typcategory = 'N' THEN '1'
    WHEN t.typcategory = 'S' THEN '''a'''
    WHEN t.typcategory = 'B' THEN 'true'
    WHEN t.typcategory = 'D' THEN '''2000-01-01 12:00+00'''
    WHEN t.typcategory = 'T' THEN '''1 day'''
    WHEN t.typcategory = 'A' THEN '''{}'''
    WHEN t.typcategory = 'V' THEN '''1'''
    WHEN t.typname IN ('inet', 'cidr') THEN '''127.0.0.1'''
    WHEN t.typname IN ('json', 'jsonb') THEN '''{}'''
    WHEN t.typname = 'uuid' THEN '''00000000-0000-4000-8000-000000000001'''
    WHEN t.typname = 'bytea' THEN '''a'''
  END`;

/** Whether a query writes and nobody knows what: then it is called with values that are made up. */
export function isCalledWithSamples({ sql, values }: ReleaseQuery): boolean {
  return values === undefined && /^(?:insert|update|delete|merge)\b/i.test(sql);
}

/** An INSERT that names its columns. */
const NAMED_INSERT =
  /^insert\s+into\s+(?:"[^"]*"|[\w.$])+(?:\s+as\s+\w+)?\s*\(\s*(?!select\b|with\b|values\b)/i;

/** Names of columns that a statement may give a value; undefined where it may be any. */
function wordsOf(sql: string): readonly string[] | undefined {
  if (!NAMED_INSERT.test(sql)) return undefined;
  return [...new Set(sql.match(/[\w$\u0080-\uffff]+/g) ?? [])].map((word) => word.toLowerCase());
}

/**
 * SQL that calls a prepared statement with a value of the type of each parameter. It does nothing
 * where there is none for a type. No value is NULL: what NOT NULL refuses then, the statement leaves
 * out, or a trigger that makes it of the values, and that one may know others. What a CHECK refuses
 * counts where an INSERT gives none of its columns a value: then no value that is made up is in it.
 */
export function sampleCall(name: string, sql: string): string {
  const words = wordsOf(sql)?.map(quoteLiteral).join(", ");
  const isLeftOut =
    words === undefined
      ? "false"
      : `EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conrelid = pg_catalog.to_regclass(pg_catalog.format('%I.%I', place, name))
      AND k.conname = rule AND pg_catalog.cardinality(k.conkey) > 0 AND NOT EXISTS (SELECT FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) AND (a.attname ~ '[^a-zA-Z0-9_]' OR pg_catalog.lower(a.attname) = ANY (ARRAY[${words}]))))`;
  return `SET LOCAL statement_timeout = ${CALL_MS}; DO $call$ DECLARE samples text; known boolean; place text; name text; rule text; BEGIN
  SELECT pg_catalog.string_agg(s.sample, ', ' ORDER BY s.ordinal), coalesce(pg_catalog.bool_and(s.sample IS NOT NULL), true)
    INTO samples, known
    FROM (SELECT p.ordinal, ${SAMPLE} AS sample
      FROM pg_catalog.pg_prepared_statements AS prepared,
        pg_catalog.unnest(prepared.parameter_types) WITH ORDINALITY AS p (type, ordinal)
        JOIN pg_catalog.pg_type t ON t.oid = p.type::pg_catalog.oid
      WHERE prepared.name = '${name}') AS s;
  IF known THEN EXECUTE 'EXECUTE ${name}' || coalesce('(' || samples || ')', ''); END IF;
EXCEPTION WHEN not_null_violation OR check_violation THEN
  GET STACKED DIAGNOSTICS place = SCHEMA_NAME, name = TABLE_NAME, rule = CONSTRAINT_NAME;
  IF (SQLSTATE = '23502' OR ${isLeftOut}) AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger g WHERE NOT g.tgisinternal AND g.tgtype & 2 = 2
    AND g.tgrelid = pg_catalog.to_regclass(pg_catalog.format('%I.%I', place, name))) THEN RAISE; END IF;
END $call$`;
}
