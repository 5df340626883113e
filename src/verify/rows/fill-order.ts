import type { ForeignKeyShape, TableShape } from "./table-shape.ts";

/** A table in the order of filling. */
export interface FillStep {
  readonly table: TableShape;
  /** Foreign keys to tables that come later, or to itself. */
  readonly later: ReadonlySet<ForeignKeyShape>;
}

/**
 * Tables in an order in which every foreign key points to rows that are there. In a cycle, a table
 * comes first whose keys into it can be NULL.
 */
export function fillOrder(tables: readonly TableShape[]): FillStep[] {
  const left = new Set(tables);
  const steps: FillStep[] = [];
  while (left.size > 0) {
    const waiting = waitedFor(left);
    const isFree = ({ foreignKeys, oid }: TableShape): boolean =>
      foreignKeys.every(({ target }) => target === oid || !waiting.has(target));
    const free = [...left].filter(isFree);
    const next = free.length > 0 ? free : [leastBound(left, waiting)];
    for (const table of next) {
      const later = table.foreignKeys.filter(
        ({ target }) => target === table.oid || waiting.has(target),
      );
      steps.push({
        table,
        later: new Set(
          free.length > 0 ? later.filter(({ target }) => target === table.oid) : later,
        ),
      });
      left.delete(table);
    }
  }
  return steps;
}

/** Oids of the tables still to be filled, and of what they are partitions of. */
function waitedFor(tables: ReadonlySet<TableShape>): ReadonlySet<string> {
  return new Set(
    [...tables].flatMap(({ oid, root }) => (root === undefined ? [oid] : [oid, root])),
  );
}

function leastBound(tables: ReadonlySet<TableShape>, waiting: ReadonlySet<string>): TableShape {
  const bound = (table: TableShape): number =>
    table.foreignKeys.filter(
      ({ target, columns }) =>
        waiting.has(target) && columns.some((number) => isRequired(table, number)),
    ).length;
  // What only points into a cycle waits for it.
  const [first, ...others] = [...tables].filter((table) => isInCycle(table, tables));
  if (first === undefined) throw new Error("there is no table left to be filled");
  return others.reduce((least, table) => (bound(table) < bound(least) ? table : least), first);
}

/** Whether its foreign keys lead back to it, over tables that are left. */
function isInCycle(start: TableShape, tables: ReadonlySet<TableShape>): boolean {
  const seen = new Set<TableShape>();
  const next = [start];
  for (let table = next.pop(); table !== undefined; table = next.pop()) {
    const keys =
      table === start
        ? table.foreignKeys.filter(({ target }) => target !== start.oid)
        : table.foreignKeys;
    const targets = new Set(keys.map(({ target }) => target));
    const partsOf = ({ oid, root }: TableShape): boolean =>
      targets.has(oid) || (root !== undefined && targets.has(root));
    for (const one of [...tables].filter(partsOf)) {
      if (one === start) return true;
      if (!seen.has(one)) next.push(one);
      seen.add(one);
    }
  }
  return false;
}

function isRequired({ columns }: TableShape, number: number): boolean {
  return columns.find((column) => column.number === number)?.isRequired ?? true;
}
