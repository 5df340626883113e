import type { CatalogSection } from "./catalog-section.ts";
import { databaseSections } from "./catalog-database.ts";
import { foreignSections, programSections } from "./catalog-programs.ts";
import { rareSections } from "./catalog-rare.ts";
import { RUNNER_TABLES } from "./runner-tables.ts";
import { tableSections } from "./catalog-tables.ts";
import { typeSections } from "./catalog-types.ts";

/** Longer texts are cut, and their hash keeps them apart. */
const LONGEST_TEXT = 20_000;

/** Everything that a catalog holds on a server of this major version, in order. */
export function catalogSections(major: number): readonly CatalogSection[] {
  return [
    ...tableSections(major),
    ...typeSections(major),
    ...programSections(),
    ...foreignSections,
    ...databaseSections(major),
    ...rareSections(major),
  ];
}

/**
 * The statement that reads those sections of a catalog that `holds` holds for. Columns: section, kind,
 * schema, parent, name, position, then the properties of the section. At most `limit` rows, in no order.
 */
export function catalogQuery(
  sections: readonly CatalogSection[],
  holds: (section: CatalogSection) => boolean,
  limit: number,
): string {
  const width = Math.max(...sections.map(({ properties }) => Object.keys(properties).length));
  const values = Array.from({ length: width }, (_, index) => `v${index}`);
  const shortened = values.map(
    (value) =>
      `CASE WHEN length(${value}) > ${LONGEST_TEXT} THEN left(${value}, ${LONGEST_TEXT}) || ' … ' || md5(${value}) ELSE ${value} END`,
  );
  const selects = sections.flatMap((section, index) =>
    holds(section) ? [sectionSelect(section, index, width)] : [],
  );
  // OFFSET 0 keeps the planner from evaluating each value twice.
  return `${COMMON_TABLES}
SELECT section, kind, schema, parent, name, position, ${shortened.join(", ")}
FROM (${selects.join("\nUNION ALL\n")} OFFSET 0) AS object (section, kind, schema, parent, name, position, ${values.join(", ")})
LIMIT ${limit}`;
}

const COMMON_TABLES = `WITH me AS MATERIALIZED (SELECT oid FROM pg_roles WHERE rolname = current_user),
member AS MATERIALIZED (SELECT classid, objid FROM pg_depend WHERE deptype = 'e'),
namespace AS MATERIALIZED (SELECT * FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'),
remark AS MATERIALIZED (SELECT * FROM pg_description WHERE objoid >= 16384 OR classoid = 'pg_namespace'::regclass),
relation AS MATERIALIZED (
  SELECT c.*, n.nspname FROM pg_class c JOIN namespace n ON n.oid = c.relnamespace
  WHERE NOT (c.relkind IN ('r', 'p') AND c.relname IN (${[...RUNNER_TABLES.keys()].map((name) => `'${name}'`).join(", ")}))
    AND NOT EXISTS (SELECT FROM member WHERE member.classid = 'pg_class'::regclass AND member.objid = c.oid))`;

function sectionSelect(section: CatalogSection, index: number, width: number): string {
  const kind =
    typeof section.kind === "string" ? `'${section.kind}'` : `(${section.kind.expression})`;
  const properties = Object.values(section.properties);
  const values = Array.from({ length: width }, (_, at) => `(${properties[at] ?? "NULL"})::text`);
  return `SELECT '${index}'::text, ${kind}::text, (${section.schema ?? "NULL"})::text, (${section.parent ?? "NULL"})::text, (${section.name})::text, (${section.position ?? "NULL"})::text, ${values.join(", ")}
${section.from}`;
}
