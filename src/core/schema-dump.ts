import type { ObjectMapDump } from "./object-map.ts";
import type { Packing } from "./packed-map.ts";
import { Schema } from "./schema.ts";

const KINDS = [
  "tables",
  "indexes",
  "sequences",
  "views",
  "enums",
  "domains",
  "otherTypes",
  "functions",
] as const;

/** What a schema holds between two scripts, as plain values. */
export interface SchemaDump {
  readonly maps: ReadonlyMap<(typeof KINDS)[number], ObjectMapDump>;
  readonly schemas: ReadonlySet<string>;
  readonly extensions: ReadonlyMap<string, string>;
}

/** What is left of a schema for the next script. */
export function dumpSchema(schema: Schema, packing: Packing): SchemaDump {
  const next = schema.copy();
  next.beginScript();
  const { schemas, extensions } = next;
  return {
    maps: new Map(KINDS.map((kind) => [kind, next[kind].dump(packing)])),
    schemas,
    extensions,
  };
}

/** The schema that was dumped. */
export function schemaOf({ maps, schemas, extensions }: SchemaDump, packing: Packing): Schema {
  const schema = new Schema();
  for (const kind of KINDS) {
    const dump = maps.get(kind);
    if (dump !== undefined) schema[kind].restore(dump, packing);
  }
  schema.schemas = schemas;
  schema.extensions = extensions;
  return schema;
}
