import type { SchemaChange } from "../core/verification.ts";

/** More tables than this make no picture. */
const MOST_TABLES = 8;
const MOST_COLUMNS = 60;

interface Entity {
  readonly columns: string[];
}

/**
 * A Mermaid diagram of the tables whose columns or foreign keys change; undefined when there are none
 * or too many. Every name in it is made of letters, digits and underscores only.
 */
export function entityDiagram(difference: readonly SchemaChange[]): string | undefined {
  const entities = new Map<string, Entity>();
  const relations = new Set<string>();
  const entity = (table: string): Entity => {
    const name = plainName(table);
    const known = entities.get(name) ?? { columns: [] };
    entities.set(name, known);
    return known;
  };
  for (const change of difference) {
    const { object, name } = change;
    if (object === "table") entity(name);
    if (object === "column") addColumn(change, entity);
    if (object === "constraint") addRelation(change, entity, relations);
  }
  const columns = [...entities.values()].reduce((sum, one) => sum + one.columns.length, 0);
  if (entities.size > MOST_TABLES || columns > MOST_COLUMNS) return undefined;
  if (columns === 0 && relations.size === 0) return undefined;
  const boxes = [...entities].flatMap(([name, one]) =>
    one.columns.length === 0 ? [`  ${name}`] : [`  ${name} {`, ...one.columns, "  }"],
  );
  return ["erDiagram", ...boxes, ...relations].join("\n");
}

function addColumn(
  { name, change, before, after }: SchemaChange,
  entity: (table: string) => Entity,
): void {
  const dot = name.lastIndexOf(".");
  if (dot === -1) return;
  const type = /^type ([^,(]+)/.exec(after ?? before ?? "")?.[1] ?? "column";
  entity(name.slice(0, dot)).columns.push(
    `    ${plainName(type)} ${plainName(name.slice(dot + 1))} "${change}"`,
  );
}

function addRelation(
  { name, change, before, after }: SchemaChange,
  entity: (table: string) => Entity,
  relations: Set<string>,
): void {
  const from = / on ([^]+)$/.exec(name)?.[1];
  const reference = /^FOREIGN KEY \(([^)]{1,200})\) REFERENCES ([^(]{1,200})\(/.exec(
    after ?? before ?? "",
  );
  const [, columns, to] = reference ?? [];
  if (from === undefined || columns === undefined || to === undefined) return;
  entity(from);
  entity(to);
  const ends = `${plainName(from)} }o--|| ${plainName(to)}`;
  relations.add(`  ${ends} : "${plainName(columns)} ${change}"`);
}

/** A name as Mermaid takes it without quotes. */
function plainName(name: string): string {
  const plain = name
    .trim()
    .slice(0, 60)
    .replace(/\W+/g, "_")
    .replace(/^_+|_+$/g, "");
  return /^[A-Za-z]/.test(plain) ? plain : `t_${plain}`;
}
