import type { Catalog } from "../catalog.ts";
import { tableKey, type TableKey } from "./foreign-key-paths.ts";

/** What each partition is a part of. */
export function partitionRoots(catalog: Catalog): Map<TableKey, TableKey> {
  return new Map(
    catalog.flatMap(({ kind, schema, name, properties }) => {
      const of = /^(.+?) (?:FOR VALUES|DEFAULT)/.exec(properties["partition of"] ?? "")?.[1];
      if (kind !== "table" || of === undefined) return [];
      return [[tableKey({ schema: schema ?? "", name }), of] as const];
    }),
  );
}
