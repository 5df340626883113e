import type { CatalogSection } from "./catalog-section.ts";
import {
  madeLater,
  options,
  owner,
  ownObject,
  privileges,
  privilegeText,
  remark,
  remarkJoin,
} from "./catalog-section.ts";

/** What stands beside tables, types and functions: schemas, extensions, publications, roles, settings. */
export function databaseSections(major: number): readonly CatalogSection[] {
  return [
    schemas,
    extensions,
    publications(major),
    ...publicationMembers(major),
    roles,
    memberships,
    settings,
    database,
    defaultPrivileges,
  ];
}

const schemas: CatalogSection = {
  kind: "schema",
  from: `FROM namespace n ${remarkJoin("pg_namespace", "n")} WHERE ${ownObject("pg_namespace", "n.oid")}`,
  name: "n.nspname",
  properties: {
    owner: owner("n.nspowner"),
    privileges: privileges("n.nspacl", "'n'", "n.nspowner"),
    comment: remark("n"),
  },
};

const extensions: CatalogSection = {
  kind: "extension",
  from: "FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE true",
  name: "e.extname",
  properties: { schema: "n.nspname" },
};

const PUBLICATIONS = madeLater("pg_publication");

function publications(major: number): CatalogSection {
  const generated =
    major >= 18 ? "CASE WHEN p.pubgencols <> 'n' THEN 'generated columns' END" : "NULL";
  return {
    kind: "publication",
    needs: PUBLICATIONS,
    from: `FROM pg_publication p ${remarkJoin("pg_publication", "p")} WHERE true`,
    name: "p.pubname",
    properties: {
      publishes: `concat_ws(', ', CASE WHEN p.puballtables THEN 'all tables' END, CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
        CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END, CASE WHEN p.pubviaroot THEN 'via root' END, ${generated})`,
      owner: owner("p.pubowner"),
      comment: remark("p"),
    },
  };
}

function publicationMembers(major: number): readonly CatalogSection[] {
  const tables: CatalogSection = {
    kind: "published table",
    needs: PUBLICATIONS,
    from: "FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid WHERE true",
    parent: "p.pubname",
    name: "r.prrelid::regclass::text",
    properties:
      major >= 15 ? { filter: "pg_get_expr(r.prqual, r.prrelid)", columns: "r.prattrs::text" } : {},
  };
  if (major < 15) return [tables];
  const schemaMembers: CatalogSection = {
    kind: "published schema",
    needs: PUBLICATIONS,
    from: "FROM pg_publication_namespace s JOIN pg_publication p ON p.oid = s.pnpubid WHERE true",
    parent: "p.pubname",
    name: "s.pnnspid::regnamespace::text",
    properties: {},
  };
  return [tables, schemaMembers];
}

const roles: CatalogSection = {
  kind: "role",
  from: "FROM pg_roles r WHERE r.rolname !~ '^pg_'",
  name: "r.rolname",
  properties: {
    attributes: `concat_ws(' ', CASE WHEN r.rolsuper THEN 'SUPERUSER' END, CASE WHEN NOT r.rolinherit THEN 'NOINHERIT' END, CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END,
      CASE WHEN r.rolcreatedb THEN 'CREATEDB' END, CASE WHEN r.rolcanlogin THEN 'LOGIN' END, CASE WHEN r.rolreplication THEN 'REPLICATION' END,
      CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END, CASE WHEN r.rolconnlimit >= 0 THEN 'CONNECTION LIMIT ' || r.rolconnlimit END)`,
  },
};

const memberships: CatalogSection = {
  kind: "role membership",
  needs: "EXISTS (SELECT FROM pg_auth_members WHERE member >= 16384 OR roleid >= 16384)",
  // What the engine's own roles granted belongs to the roles that it makes up for production's.
  from: `FROM pg_auth_members m WHERE (m.member >= 16384 OR m.roleid >= 16384)
    AND pg_get_userbyid(m.grantor) NOT IN ('migrate_verify', 'migrate_verify_tracer')`,
  parent: "pg_get_userbyid(m.roleid)",
  name: "pg_get_userbyid(m.member)",
  properties: { admin: "CASE WHEN m.admin_option THEN 'yes' END" },
};

const settings: CatalogSection = {
  kind: "setting",
  needs: "EXISTS (SELECT FROM pg_db_role_setting)",
  from: `FROM pg_db_role_setting s WHERE s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))`,
  parent: "CASE WHEN s.setdatabase = 0 THEN 'every database' ELSE 'database' END",
  name: "CASE WHEN s.setrole = 0 THEN 'every role' ELSE pg_get_userbyid(s.setrole) END",
  properties: { values: options("s.setconfig") },
};

const database: CatalogSection = {
  kind: "database",
  from: `FROM pg_database d LEFT JOIN pg_shdescription c ON c.classoid = 'pg_database'::regclass AND c.objoid = d.oid WHERE d.datname = current_database()`,
  name: "d.datname",
  properties: {
    privileges: privileges("d.datacl", "'d'", "d.datdba"),
    comment: "c.description",
  },
};

const defaultPrivileges: CatalogSection = {
  kind: "default privileges",
  needs: "EXISTS (SELECT FROM pg_default_acl)",
  from: "FROM pg_default_acl a LEFT JOIN pg_namespace n ON n.oid = a.defaclnamespace WHERE true",
  schema: "n.nspname",
  parent: "pg_get_userbyid(a.defaclrole)",
  name: `CASE a.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' ELSE a.defaclobjtype::text END`,
  properties: { privileges: `coalesce(${privilegeText("a.defaclacl")}, 'none')` },
};
