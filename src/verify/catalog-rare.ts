import type { CatalogSection } from "./catalog-section.ts";
import { madeLater, ownObject } from "./catalog-section.ts";

/**
 * Objects that migrations seldom make. Each is named by pg_identify_object and described by what
 * ALTER can change of it; what came with another object, as a range type's cast, is left out. https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-OBJECT
 */
export function rareSections(major: number): readonly CatalogSection[] {
  const locale = major >= 17 ? "o.colllocale" : major >= 15 ? "o.colliculocale" : "NULL";
  return [
    rare(
      "pg_cast",
      "concat_ws(' ', nullif(o.castfunc, 0)::regprocedure, o.castcontext, o.castmethod)",
    ),
    rare(
      "pg_operator",
      "concat_ws(' ', o.oprcode, o.oprrest, o.oprjoin, o.oprcanhash, o.oprcanmerge, o.oprcom::regoperator, o.oprnegate::regoperator)",
    ),
    rare(
      "pg_opclass",
      "concat_ws(' ', format_type(o.opcintype, NULL), o.opcdefault, format_type(nullif(o.opckeytype, 0), NULL))",
    ),
    rare(
      "pg_opfamily",
      `concat_ws(', ', (SELECT string_agg(amopstrategy || ' ' || amopopr::regoperator::text, ', ' ORDER BY amopstrategy, amopopr::regoperator::text) FROM pg_amop WHERE amopfamily = o.oid),
        (SELECT string_agg(amprocnum || ' ' || amproc::regprocedure::text, ', ' ORDER BY amprocnum, amproc::regprocedure::text) FROM pg_amproc WHERE amprocfamily = o.oid))`,
    ),
    rare(
      "pg_collation",
      `concat_ws(' ', o.collprovider, o.collisdeterministic, o.collcollate, o.collctype, ${locale})`,
    ),
    rare("pg_conversion", "concat_ws(' ', o.conproc, o.condefault)"),
    rare("pg_language", "concat_ws(' ', o.lanpltrusted, nullif(o.lanplcallfoid, 0)::regproc)"),
    rare("pg_am", "concat_ws(' ', o.amtype, o.amhandler)"),
    rare(
      "pg_transform",
      "concat_ws(' ', nullif(o.trffromsql, 0)::regproc, nullif(o.trftosql, 0)::regproc)",
    ),
    rare(
      "pg_statistic_ext",
      "pg_get_statisticsobjdef(o.oid) || ' ' || coalesce(o.stxstattarget, -1)",
    ),
    rare(
      "pg_ts_config",
      `(SELECT string_agg(concat_ws(' ', maptokentype, mapseqno, mapdict::regdictionary), ', ' ORDER BY maptokentype, mapseqno) FROM pg_ts_config_map WHERE mapcfg = o.oid)`,
    ),
    rare("pg_ts_dict", "o.dictinitoption"),
    rare("pg_ts_parser", "concat_ws(' ', o.prsstart, o.prstoken, o.prsend, o.prslextype)"),
    rare("pg_ts_template", "concat_ws(' ', nullif(o.tmplinit, 0)::regproc, o.tmpllexize)"),
  ];
}

function rare(catalog: string, definition: string): CatalogSection {
  return {
    kind: { expression: "identity.type" },
    needs: madeLater(catalog),
    from: `FROM ${catalog} o CROSS JOIN LATERAL pg_identify_object('${catalog}'::regclass, o.oid, 0) AS identity
      LEFT JOIN remark ON remark.classoid = '${catalog}'::regclass AND remark.objoid = o.oid AND remark.objsubid = 0
      WHERE o.oid >= 16384 AND ${ownObject(catalog, "o.oid")}
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '${catalog}'::regclass AND d.objid = o.oid AND d.deptype = 'i')`,
    name: "identity.identity",
    properties: { definition, comment: "remark.description" },
  };
}
