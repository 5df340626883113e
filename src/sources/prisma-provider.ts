import type { Folder } from "./folder.ts";

/** The database that a `migration_lock.toml` says the migrations were made for. */
export function lockedProvider(lock: string): string | undefined {
  return providerName(/^provider\s*=\s*"([^"\n]*)"/m.exec(lock)?.[1]);
}

/** The provider of a schema, and the file that states it. */
export interface SchemaProvider {
  readonly provider: string;
  readonly path: string;
}

/**
 * The provider in the `datasource` block of the schema that migrations belong to. The schema is one
 * file or a folder of them, and its migrations lie beside the file that has the datasource
 * (https://www.prisma.io/docs/orm/prisma-schema/overview/location#multi-file-prisma-schema); with a
 * `prisma.config.ts` they may lie elsewhere, so one level further up is searched too.
 */
export function schemaProvider(migrations: Folder): SchemaProvider | undefined {
  for (const around of [migrations.parent, migrations.parent?.parent]) {
    for (const folder of around === undefined ? [] : nearby(around, migrations)) {
      for (const file of folder.files.filter((name) => name.endsWith(".prisma"))) {
        const provider = providerOf(folder.textIfAny(file) ?? "");
        if (provider !== undefined) return { provider, path: folder.pathOf(file) };
      }
    }
  }
  return undefined;
}

/** A folder and those under it, without other folders of migrations and what belongs to them. */
function* nearby(folder: Folder, migrations: Folder): Generator<Folder> {
  yield folder;
  for (const child of folder.folders.values()) {
    const other = [...child.folders.values(), child].some(
      (one) => one !== migrations && one.files.includes("migration_lock.toml"),
    );
    if (child !== migrations && !other) yield* nearby(child, migrations);
  }
}

function providerOf(schema: string): string | undefined {
  const code = schema.replaceAll(/\/\/[^\n]*/g, "");
  const block = /^\s*datasource\s+\w+\s*\{([^}]*)\}/m.exec(code)?.[1];
  return providerName(/^\s*provider\s*=\s*"([^"\n]*)"/m.exec(block ?? "")?.[1]);
}

/** Prisma takes `postgres` and `postgresql` for the same. */
function providerName(provider: string | undefined): string | undefined {
  return provider === "postgres" ? "postgresql" : provider;
}
