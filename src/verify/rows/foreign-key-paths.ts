import { displayIdentifier, type ObjectName } from "../../core/name.ts";
import type { Catalog } from "../catalog.ts";

/** A foreign key as the catalog tells of it. */
export interface ForeignKeyEdge {
  readonly name: string;
  readonly from: TableKey;
  readonly to: TableKey;
  readonly columns: readonly string[];
  /** What happens to its rows when those that they point to go, or get other keys. */
  readonly onDelete: string;
  readonly onUpdate: string;
}

/** Schema and name, as one text. */
export type TableKey = string;

// As pg_get_constraintdef writes it: every name that needs quotes has them.
const NAME = String.raw`(?:"(?:[^"]|"")+"|[^\s"().,]+)`;
const DEFINITION = new RegExp(
  String.raw`^FOREIGN KEY \((.+?)\) REFERENCES (?:(${NAME})\.)?(${NAME})\((?:.+?)\)(.*)$`,
);

/** The foreign keys of a schema. */
export function foreignKeyEdges(catalog: Catalog): ForeignKeyEdge[] {
  return catalog.flatMap(({ kind, schema, parent, name, properties }): ForeignKeyEdge[] => {
    const found = kind === "constraint" ? DEFINITION.exec(properties["definition"] ?? "") : null;
    if (found === null || parent === undefined) return [];
    const [, columns = "", targetSchema = "", target = "", actions = ""] = found;
    return [
      {
        name,
        from: tableKey({ schema: schema ?? "", name: parent }),
        to: tableKey({ schema: unquoted(targetSchema), name: unquoted(target) }),
        columns: columns.split(", ").map(unquoted),
        onDelete: actionOf(actions, "DELETE"),
        onUpdate: actionOf(actions, "UPDATE"),
      },
    ];
  });
}

/**
 * The first foreign key on the way from a table to one of `reached`, following keys that `leads`
 * accepts; undefined where there is none. Children come to a loss of their parents this way.
 */
export function firstOnTheWay(
  start: TableKey,
  reached: ReadonlySet<TableKey>,
  edges: readonly ForeignKeyEdge[],
  leads: (edge: ForeignKeyEdge, isFirst: boolean) => boolean,
): ForeignKeyEdge | undefined {
  const seen = new Set([start]);
  let ways = edges
    .filter((edge) => edge.from === start && leads(edge, true))
    .map((first) => ({ first, at: first.to }));
  while (ways.length > 0) {
    const found = ways.find(({ at }) => reached.has(at));
    if (found !== undefined) return found.first;
    const next = ways.filter(({ at }) => !seen.has(at));
    for (const { at } of next) seen.add(at);
    ways = next.flatMap(({ first, at }) =>
      edges
        .filter((edge) => edge.from === at && leads(edge, false))
        .map((edge) => ({ first, at: edge.to })),
    );
  }
  return undefined;
}

export function tableKey({ schema = "public", name }: ObjectName): TableKey {
  return `${displayIdentifier(schema)}.${displayIdentifier(name)}`;
}

function actionOf(actions: string, event: "DELETE" | "UPDATE"): string {
  return new RegExp(`ON ${event} (CASCADE|SET NULL|SET DEFAULT|RESTRICT)`).exec(actions)?.[1] ?? "";
}

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}
