import type { CatalogSection } from "./catalog-section.ts";
import {
  madeLater,
  options,
  owner,
  ownObject,
  privileges,
  remark,
  remarkJoin,
} from "./catalog-section.ts";

/** Functions and what calls them: triggers, rules, policies. */
export function programSections(): readonly CatalogSection[] {
  return [functions, aggregates, triggers, eventTriggers, rules, policies];
}

// The functions of a range type are written in `internal` and belong to the type.
const functions: CatalogSection = {
  kind: { expression: "CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END" },
  needs: madeLater("pg_proc"),
  from: `FROM pg_proc p JOIN namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang ${remarkJoin("pg_proc", "p")}
    WHERE p.prokind <> 'a' AND l.lanname <> 'internal' AND ${ownObject("pg_proc", "p.oid")}`,
  schema: "n.nspname",
  name: "p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')'",
  properties: {
    definition: "pg_get_functiondef(p.oid)",
    owner: owner("p.proowner"),
    privileges: privileges("p.proacl", "'f'", "p.proowner"),
    comment: remark("p"),
  },
};

const aggregates: CatalogSection = {
  kind: "aggregate",
  needs: madeLater("pg_aggregate", "true", "aggfnoid"),
  from: `FROM pg_proc p JOIN pg_aggregate g ON g.aggfnoid = p.oid JOIN namespace n ON n.oid = p.pronamespace ${remarkJoin("pg_proc", "p")}
    WHERE ${ownObject("pg_proc", "p.oid")}`,
  schema: "n.nspname",
  name: "p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')'",
  properties: {
    definition: `concat_ws(' ', g.aggkind, g.aggtransfn, format_type(g.aggtranstype, NULL), g.aggfinalfn, g.aggcombinefn, g.aggserialfn, g.aggdeserialfn,
      g.aggmtransfn, g.aggminvtransfn, g.aggmfinalfn, g.agginitval, g.aggminitval, g.aggsortop::regoperator, p.proparallel)`,
    owner: owner("p.proowner"),
    privileges: privileges("p.proacl", "'f'", "p.proowner"),
    comment: remark("p"),
  },
};

const ENABLED = (column: string): string =>
  `CASE ${column} WHEN 'D' THEN 'no' WHEN 'R' THEN 'on a replica' WHEN 'A' THEN 'always' END`;

const triggers: CatalogSection = {
  kind: "trigger",
  needs: madeLater("pg_trigger", "NOT tgisinternal"),
  from: `FROM pg_trigger g JOIN relation c ON c.oid = g.tgrelid ${remarkJoin("pg_trigger", "g")}
    WHERE NOT g.tgisinternal AND g.tgparentid = 0`,
  schema: "c.nspname",
  parent: "c.relname",
  name: "g.tgname",
  properties: {
    definition: "pg_get_triggerdef(g.oid)",
    enabled: ENABLED("g.tgenabled"),
    comment: remark("g"),
  },
};

const eventTriggers: CatalogSection = {
  kind: "event trigger",
  needs: madeLater("pg_event_trigger"),
  from: `FROM pg_event_trigger e ${remarkJoin("pg_event_trigger", "e")} WHERE ${ownObject("pg_event_trigger", "e.oid")}`,
  name: "e.evtname",
  properties: {
    definition:
      "concat_ws(' ', e.evtevent, array_to_string(e.evttags, ','), e.evtfoid::regprocedure)",
    enabled: ENABLED("e.evtenabled"),
    owner: owner("e.evtowner"),
    comment: remark("e"),
  },
};

const rules: CatalogSection = {
  kind: "rule",
  needs: madeLater("pg_rewrite", "rulename <> '_RETURN'"),
  from: `FROM pg_rewrite w JOIN relation c ON c.oid = w.ev_class ${remarkJoin("pg_rewrite", "w")} WHERE w.rulename <> '_RETURN'`,
  schema: "c.nspname",
  parent: "c.relname",
  name: "w.rulename",
  properties: {
    definition: "pg_get_ruledef(w.oid)",
    enabled: ENABLED("w.ev_enabled"),
    comment: remark("w"),
  },
};

const policies: CatalogSection = {
  kind: "policy",
  needs: madeLater("pg_policy"),
  from: `FROM pg_policy y JOIN relation c ON c.oid = y.polrelid ${remarkJoin("pg_policy", "y")} WHERE true`,
  schema: "c.nspname",
  parent: "c.relname",
  name: "y.polname",
  properties: {
    using: "pg_get_expr(y.polqual, y.polrelid)",
    check: "pg_get_expr(y.polwithcheck, y.polrelid)",
    command: "CASE y.polcmd WHEN '*' THEN 'ALL' ELSE y.polcmd::text END",
    restrictive: "CASE WHEN NOT y.polpermissive THEN 'yes' END",
    roles: `(SELECT string_agg(CASE role WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(role) END, ', ' ORDER BY role) FROM unnest(y.polroles) AS role)`,
    comment: remark("y"),
  },
};

/** Foreign servers and their wrappers; options may hold passwords and are compared by their hash. */
export const foreignSections: readonly CatalogSection[] = [
  {
    kind: "foreign data wrapper",
    needs: madeLater("pg_foreign_data_wrapper"),
    from: `FROM pg_foreign_data_wrapper w ${remarkJoin("pg_foreign_data_wrapper", "w")} WHERE ${ownObject("pg_foreign_data_wrapper", "w.oid")}`,
    name: "w.fdwname",
    properties: {
      definition:
        "concat_ws(' ', nullif(w.fdwhandler, 0)::regproc, nullif(w.fdwvalidator, 0)::regproc)",
      options: options("w.fdwoptions"),
      owner: owner("w.fdwowner"),
      privileges: privileges("w.fdwacl", "'F'", "w.fdwowner"),
      comment: remark("w"),
    },
  },
  {
    kind: "foreign server",
    needs: madeLater("pg_foreign_server"),
    from: `FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw ${remarkJoin("pg_foreign_server", "s")} WHERE ${ownObject("pg_foreign_server", "s.oid")}`,
    name: "s.srvname",
    properties: {
      definition: "concat_ws(' ', w.fdwname, s.srvtype, s.srvversion)",
      options: options("s.srvoptions"),
      owner: owner("s.srvowner"),
      privileges: privileges("s.srvacl", "'S'", "s.srvowner"),
      comment: remark("s"),
    },
  },
  {
    kind: "user mapping",
    needs: madeLater("pg_foreign_server"),
    // The table behind this view is closed to all but superusers.
    from: "FROM pg_user_mappings u WHERE true",
    parent: "u.srvname",
    name: "CASE u.umuser WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(u.umuser) END",
    properties: { "hash of options": "md5(u.umoptions::text)" },
  },
];
