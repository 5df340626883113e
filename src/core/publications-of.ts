import { DEFAULT_SCHEMA, type ObjectName } from "./name.ts";
import type { Schema } from "./schema.ts";

/** Names of the publications that send UPDATE or DELETE of a table. */
export function publicationsOf(schema: Schema, name: ObjectName): readonly string[] {
  const table = schema.table(name);
  if (table === undefined || table.persistence !== "permanent") return [];
  const own = table.name.schema ?? DEFAULT_SCHEMA;
  return [...schema.publications].flatMap(([publication, { allTables, schemas, sendsChanges }]) => {
    const isNamed = table.published.some((one) => one.publication === publication);
    return sendsChanges && (allTables || isNamed || schemas.includes(own)) ? publication : [];
  });
}
