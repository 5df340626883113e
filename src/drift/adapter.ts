import type {
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
  SqlQuery,
  SqlResultSet,
} from "@prisma/driver-adapter-utils";
import { columnType, engineValue } from "./column-type.ts";
import type { QueryResult } from "./messages.ts";

const NAME = { provider: "postgres", adapterName: "migrate-verify" } as const;

/** Lets Prisma's schema engine read a database. It only compares, and so it only reads. */
export function adapterFactory(
  ask: (sql: string, args: readonly unknown[]) => Promise<QueryResult>,
): SqlMigrationAwareDriverAdapterFactory {
  const adapter: SqlDriverAdapter = {
    ...NAME,
    queryRaw: async ({ sql, args }: SqlQuery): Promise<SqlResultSet> => {
      const { columns, rows } = await ask(sql, args);
      const columnTypes = columns.map(({ type }) => columnType(type));
      return {
        columnNames: columns.map(({ name }) => name),
        columnTypes,
        rows: rows.map((row) => row.map((value, at) => engineValue(value, columnTypes[at] ?? 7))),
      };
    },
    // It sets the search path, which the queries do not follow.
    executeRaw: () => Promise.resolve(0),
    executeScript: () => Promise.resolve(),
    startTransaction: () => Promise.reject(new Error("a comparison needs no transaction")),
    getConnectionInfo: () => ({ supportsRelationJoins: true, schemaName: "public" }),
    dispose: () => Promise.resolve(),
  };
  return {
    ...NAME,
    connect: () => Promise.resolve(adapter),
    connectToShadowDb: () => Promise.reject(new Error("a comparison needs no second database")),
  };
}
