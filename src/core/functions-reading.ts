import type { ObjectName } from "./name.ts";
import { sameName } from "./object-map.ts";
import type { Schema } from "./schema.ts";
import type { FunctionObject } from "./schema-object.ts";

/** Functions that name a table or view in a body which PostgreSQL reads at each call. */
export function functionsReading(schema: Schema, relation: ObjectName): FunctionObject[] {
  const name = schema.relationName(relation);
  return schema.functions
    .all()
    .flatMap(({ functions }) => functions)
    .filter(
      ({ readAtCall, reads }) =>
        readAtCall && reads.some((read) => sameName(schema.relationName(read), name)),
    );
}
