/**
 * How objects of one kind are read from the system catalogs. Every text is SQL; names resolve in
 * `pg_catalog` alone, and the common table expressions of `catalog-query.ts` may be used.
 * https://www.postgresql.org/docs/current/catalogs.html
 */
export interface CatalogSection {
  /** As a person calls such an object, for example `table`. An expression when one section gives several kinds. */
  readonly kind: string | { readonly expression: string };
  /**
   * A condition, quick to find out, without which there is no such object: the section is left out of
   * the query then, which costs more to plan than to run. Absent: there may always be some.
   */
  readonly needs?: string;
  /** FROM and WHERE. */
  readonly from: string;
  /** The schema's name; absent for objects that have none. */
  readonly schema?: string;
  /** The table, or type, that the object stands on. */
  readonly parent?: string;
  readonly name: string;
  /** A number to order by, where the order of creation means something. */
  readonly position?: string;
  /** By name; NULL where the object has PostgreSQL's default. */
  readonly properties: Readonly<Record<string, string>>;
}

/** Joins the comment of an object: its text is then `remark_of_<alias>.description`. */
export function remarkJoin(catalog: string, alias: string, part = "0"): string {
  return `LEFT JOIN remark remark_of_${alias} ON remark_of_${alias}.classoid = '${catalog}'::regclass AND remark_of_${alias}.objoid = ${alias}.oid AND remark_of_${alias}.objsubid = ${part}`;
}

export function remark(alias: string): string {
  return `remark_of_${alias}.description`;
}

/** Holds where something was made that a new database does not hold: https://www.postgresql.org/docs/current/system-catalog-initial-data.html#SYSTEM-CATALOG-OID-ASSIGNMENT */
export function madeLater(catalog: string, condition = "true", oid = "oid"): string {
  return `EXISTS (SELECT FROM ${catalog} WHERE ${oid} >= 16384 AND ${condition})`;
}

/** Holds for objects that no extension brought. */
export function ownObject(catalog: string, oid: string): string {
  return `NOT EXISTS (SELECT FROM member WHERE member.classid = '${catalog}'::regclass AND member.objid = ${oid})`;
}

/** The owner's name, NULL when it is the session's own role. */
export function owner(oid: string): string {
  return `CASE WHEN ${oid} <> (SELECT oid FROM me) THEN pg_get_userbyid(${oid}) END`;
}

/** `role: PRIVILEGE, …; role: …` of what one list holds and the other does not, an asterisk for the grant option. */
export function privilegeText(acl: string, without = "NULL"): string {
  const item = "SELECT grantee, privilege_type, is_grantable FROM aclexplode";
  const role = "CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee) END";
  const names =
    "string_agg(privilege_type || CASE WHEN is_grantable THEN '*' ELSE '' END, ', ' ORDER BY privilege_type)";
  return `(SELECT string_agg(line, '; ' ORDER BY line) FROM (SELECT ${role} || ': ' || ${names} AS line FROM (${item}(${acl}) EXCEPT ${item}(${without})) AS item GROUP BY grantee) AS grants)`;
}

/**
 * The privileges on an object beyond, and short of, those that such an object has from the start;
 * NULL when they are the same: GRANT and then REVOKE leaves an explicit list behind that says no
 * more than none. https://www.postgresql.org/docs/current/ddl-priv.html
 */
export function privileges(acl: string, objectType: string, ownerId: string): string {
  const initial = `acldefault(${objectType}, ${ownerId})`;
  const granted = privilegeText(acl, initial);
  const revoked = privilegeText(initial, acl);
  return `CASE WHEN ${acl} IS NOT NULL THEN nullif(concat_ws('; ', ${granted}, 'without ' || ${revoked}), '') END`;
}

/**
 * Options such as `fillfactor=70`, in alphabetical order. PostgreSQL 15.20 was seen to keep a counter
 * of its own among a column's options, `pg_attver`, which is another number whenever the column is
 * made: it is nobody's setting.
 */
export function options(array: string): string {
  return `CASE WHEN ${array} IS NOT NULL THEN (SELECT string_agg(option, ', ' ORDER BY option) FROM unnest(${array}) AS option WHERE option NOT LIKE 'pg\\_attver=%') END`;
}

/** The name of a tablespace, NULL for the database's own. */
export function tablespace(oid: string): string {
  return `CASE WHEN ${oid} <> 0 THEN (SELECT spcname FROM pg_tablespace WHERE oid = ${oid}) END`;
}
