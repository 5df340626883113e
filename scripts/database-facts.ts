/** Sends a query and gives its rows, every row as a list of values. */
export type Query = (sql: string) => Promise<readonly (readonly unknown[])[]>;

/** Objects of the system, of extensions, and of other objects (a range's constructors) are left out. */
const OWN = (catalog: string, oid: string): string => `
  not exists (select from pg_depend d where d.classid = '${catalog}'::regclass and d.objid = ${oid}
              and (d.deptype = 'e' or d.deptype = 'i' and d.refobjid <> d.objid))`;

const NAMESPACES = `
  (select oid, case when nspname like 'pg_temp_%' then 'pg_temp' else nspname end as nspname
   from pg_namespace
   where nspname not in ('pg_catalog', 'information_schema') and nspname not like 'pg_toast%')`;

/** The words for a type: PostgreSQL's for its own, the bare name for an extension's, else schema and name. */
const TYPE = (type: string, modifier: string): string => `
  (select case
     when s.nspname = 'pg_catalog' then format_type(e.oid, ${modifier})
     else case when exists (select from pg_depend d where d.classid = 'pg_type'::regclass
                            and d.objid = e.oid and d.deptype = 'e') then ''
               else s.nspname || '.' end
       || e.typname || coalesce(substring(format_type(e.oid, ${modifier}) from '\\(.*\\)'), '') end
     || case when own.typcategory = 'A' and own.typelem <> 0 and own.typlen = -1 then '[]' else '' end
   from pg_type own
   join pg_type e on e.oid = case when own.typcategory = 'A' and own.typelem <> 0 and own.typlen = -1
                                  then own.typelem else own.oid end
   join pg_namespace s on s.oid = e.typnamespace where own.oid = ${type})`;

/** The columns of a table that something depends on. */
const NAMED = (catalog: string, oid: string, table: string): string => `
  coalesce((select string_agg(distinct a.attname, ',' order by a.attname)
   from pg_depend d join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
   where d.classid = '${catalog}'::regclass and d.objid = ${oid} and d.refobjid = ${table}
     and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0), '')`;

const COLUMNS = (keys: string, relation: string): string => `
  (select coalesce(string_agg(coalesce(a.attname, '<expression>'), ',' order by key.n), '')
   from unnest(${keys}) with ordinality key(attnum, n)
   left join pg_attribute a on a.attrelid = ${relation} and a.attnum = key.attnum)`;

const SORTED_COLUMNS = (keys: string, relation: string): string => `
  (select coalesce(string_agg(a.attname, ',' order by a.attname collate "C"), '')
   from unnest(${keys}) key(attnum)
   join pg_attribute a on a.attrelid = ${relation} and a.attnum = key.attnum)`;

const NAME = (relation: string): string => `
  (select n.nspname || '.' || c.relname from pg_class c join ${NAMESPACES} n on n.oid = c.relnamespace
   where c.oid = ${relation})`;

const FACTS: readonly string[] = [
  `select 'schema ' || nspname from pg_namespace
   where nspname not like 'pg\\_%' and nspname <> 'information_schema' and ${OWN("pg_namespace", "oid")}`,
  `select 'extension ' || extname from pg_extension where extname <> 'plpgsql'`,
  `select 'table ' || n.nspname || '.' || c.relname
     || case c.relpersistence when 'p' then '' when 't' then ' temporary' else ' unlogged' end
     || case when c.relkind = 'p' then ' partitioned' else '' end
     || case when c.relrowsecurity then ' row-security' else '' end
     || case when c.relispartition then ' partition of ' else '' end
     || case when not c.relispartition and i.parents is not null then ' inherits ' else '' end
     || coalesce(i.parents, '')
   from pg_class c join ${NAMESPACES} n on n.oid = c.relnamespace
   left join lateral (
     select string_agg(${NAME("h.inhparent")}, ',' order by h.inhseqno) as parents
     from pg_inherits h where h.inhrelid = c.oid) i on true
   where c.relkind in ('r', 'p', 'f') and ${OWN("pg_class", "c.oid")}`,
  `select 'columns ' || n.nspname || '.' || c.relname || ' '
     || coalesce((select string_agg(attname, ',' order by attnum) from pg_attribute a
                  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '')
   from pg_class c join ${NAMESPACES} n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p', 'f', 'v', 'm') and ${OWN("pg_class", "c.oid")}`,
  `select 'column ' || n.nspname || '.' || c.relname || '.' || a.attname || ' ' || ${TYPE("a.atttypid", "a.atttypmod")}
     || case when not a.attnotnull then ''
             when exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'n'
                          and k.conkey = array[a.attnum] and not k.convalidated)
             then ' not-null-unproven' else ' not-null' end
     || case when a.attgenerated <> '' then ' generated ' || a.attgenerated::text
             when a.atthasdef then ' default' else '' end
     || case when a.attidentity <> '' then ' identity ' || a.attidentity::text else '' end
   from pg_attribute a join pg_class c on c.oid = a.attrelid
   join ${NAMESPACES} n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p', 'f') and a.attnum > 0 and not a.attisdropped and ${OWN("pg_class", "c.oid")}`,
  `select 'constraint ' || n.nspname || '.' || c.relname || ' ' || k.conname || ' ' || k.contype::text
     || ' (' || ${SORTED_COLUMNS("k.conkey", "k.conrelid")} || ')'
     || case when k.convalidated then '' else ' not-valid' end
     || case when k.contype <> 'f' then '' else ' references ' || ${NAME("k.confrelid")} || '('
             || ${SORTED_COLUMNS("k.confkey", "k.confrelid")} || ')' end
   from pg_constraint k join pg_class c on c.oid = k.conrelid
   join ${NAMESPACES} n on n.oid = c.relnamespace
   where k.contype in ('c', 'f', 'p', 'u', 'x') and ${OWN("pg_class", "c.oid")}
     and not exists (select from pg_constraint p where p.oid = k.conparentid and p.conrelid = k.conrelid)`,
  `select 'index ' || n.nspname || '.' || c.relname || ' on ' || ${NAME("i.indrelid")} || ' ' || m.amname
     || case when i.indisunique then ' unique' else '' end
     || case when i.indisvalid then '' else ' invalid' end
     || case when i.indpred is null then '' else ' partial' end
     || ' (' || ${COLUMNS("i.indkey[0:i.indnkeyatts-1]", "i.indrelid")} || ')'
     || ' (' || ${COLUMNS("i.indkey[i.indnkeyatts:]", "i.indrelid")} || ')'
     || coalesce((select ' constraint ' || conname from pg_constraint k where k.conindid = c.oid
                  and k.contype in ('p', 'u', 'x')), '')
     || coalesce((select ' of ' || ${NAME("h.inhparent")} from pg_inherits h where h.inhrelid = c.oid), '')
   from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
   join ${NAMESPACES} n on n.oid = c.relnamespace where ${OWN("pg_class", "i.indrelid")}`,
  `select 'enum ' || n.nspname || '.' || t.typname || ' '
     || coalesce((select string_agg(enumlabel, ',' order by enumsortorder) from pg_enum e
                  where e.enumtypid = t.oid), '')
   from pg_type t join ${NAMESPACES} n on n.oid = t.typnamespace
   where t.typtype = 'e' and ${OWN("pg_type", "t.oid")}`,
  `select 'domain ' || n.nspname || '.' || t.typname || ' ' || ${TYPE("t.typbasetype", "t.typtypmod")}
     || case when t.typnotnull then ' not-null' else '' end
     || case when t.typdefault is null then '' else ' default' end
     || coalesce((select string_agg(' ' || conname || case when convalidated then '' else ' not-valid' end, ''
                  order by conname collate "C") from pg_constraint k where k.contypid = t.oid and contype = 'c'), '')
   from pg_type t join ${NAMESPACES} n on n.oid = t.typnamespace
   where t.typtype = 'd' and ${OWN("pg_type", "t.oid")}`,
  `select 'type ' || n.nspname || '.' || t.typname || case t.typtype when 'r' then ' range' when 'p' then ' shell' else ' base' end
   from pg_type t join ${NAMESPACES} n on n.oid = t.typnamespace
   where t.typtype in ('r', 'b', 'p') and t.typcategory <> 'A' and ${OWN("pg_type", "t.oid")}`,
  `select 'type ' || n.nspname || '.' || c.relname || ' composite '
     || coalesce((select string_agg(a.attname || ' ' || ${TYPE("a.atttypid", "a.atttypmod")}, ',' order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '')
   from pg_class c join ${NAMESPACES} n on n.oid = c.relnamespace
   where c.relkind = 'c' and ${OWN("pg_type", "c.reltype")}`,
  `select 'sequence ' || n.nspname || '.' || c.relname || ' ' || format_type(s.seqtypid, null)
     || coalesce((select ' owned by ' || ${NAME("d.refobjid")} || '.' || a.attname from pg_depend d
        join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
        where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i')
          and d.refclassid = 'pg_class'::regclass), '')
   from pg_class c join ${NAMESPACES} n on n.oid = c.relnamespace join pg_sequence s on s.seqrelid = c.oid
   where not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
                     and d.deptype = 'e')`,
  `select 'view ' || n.nspname || '.' || c.relname || case c.relkind when 'm' then ' materialized' else '' end
   from pg_class c join ${NAMESPACES} n on n.oid = c.relnamespace
   where c.relkind in ('v', 'm') and ${OWN("pg_class", "c.oid")}`,
  `select 'function ' || n.nspname || '.' || p.proname || '('
     || coalesce((select string_agg(${TYPE("x.type", "null::integer")}, ',' order by x.n)
        from unnest(p.proargtypes) with ordinality x(type, n)), '') || ')'
     || case p.prokind when 'p' then ' procedure' else '' end
   from pg_proc p join ${NAMESPACES} n on n.oid = p.pronamespace
   where p.prokind in ('f', 'p') and ${OWN("pg_proc", "p.oid")}`,
  `select 'volatility ' || n.nspname || '.' || p.proname || ' ' || string_agg(distinct
       case p.provolatile when 'v' then 'volatile' when 's' then 'stable' else 'immutable' end, ',')
   from pg_proc p join ${NAMESPACES} n on n.oid = p.pronamespace
   where p.prokind in ('f', 'p') and ${OWN("pg_proc", "p.oid")} group by n.nspname, p.proname`,
  `select 'trigger ' || ${NAME("t.tgrelid")} || ' ' || t.tgname || ' ' || p.proname || ' '
     || ${NAMED("pg_trigger", "t.oid", "t.tgrelid")}
   from pg_trigger t join pg_proc p on p.oid = t.tgfoid join pg_class c on c.oid = t.tgrelid
   where not t.tgisinternal and c.relkind in ('r', 'p', 'f')`,
  `select 'policy ' || ${NAME("polrelid")} || ' ' || polname || ' '
     || ${NAMED("pg_policy", "p.oid", "polrelid")} from pg_policy p`,
  `select 'published ' || ${NAME("prrelid")} || ' ' || pubname || ' '
     || ${NAMED("pg_publication_rel", "r.oid", "prrelid")}
   from pg_publication_rel r join pg_publication p on p.oid = prpubid`,
  `select 'publication ' || pubname || case when puballtables then ' all' else '' end
     || case when pubupdate or pubdelete then ' changes' else '' end || ' '
     || coalesce((select string_agg(nspname, ',' order by nspname collate "C")
                  from pg_publication_namespace n join pg_namespace s on s.oid = n.pnnspid
                  where n.pnpubid = p.oid), '')
   from pg_publication p`,
];

/** What the database's catalog says, in no order. */
export async function databaseFacts(query: Query): Promise<string[]> {
  const rows = await query(FACTS.join("\nunion all\n"));
  return rows.map(([fact]) => String(fact));
}
