import { readFileSync } from "node:fs";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import { adapterFactory } from "./adapter.ts";
import type { DriftOrder, QueryResult } from "./messages.ts";

/**
 * The SQL that leads from a database's schema to what models say; empty where they agree. Prisma's own
 * engine compares, and passes over what Prisma has no words for. Throws what it throws.
 */
export async function closeGap(
  { engine: path, files }: DriftOrder,
  ask: (sql: string, args: readonly unknown[]) => Promise<QueryResult>,
): Promise<string> {
  await loadEngine(path);
  const models = files.map(({ path: name, text }): [string, string] => [name, text]);
  const schemas = files.map(({ path: name, text }) => ({ path: name, content: text }));
  const factory = bindMigrationAwareSqlAdapterFactory(adapterFactory(ask));
  const comparer = await engine.SchemaEngine.new({ datamodels: models }, () => undefined, factory);
  const { exitCode, stdout } = await comparer.diff({
    from: { tag: "schemaDatasource", files: schemas, configDir: "/" },
    to: { tag: "schemaDatamodel", files: schemas },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  return exitCode === 2 ? (stdout ?? "") : "";
}

/** The part of the WebAssembly API that is used here; TypeScript knows it only together with a browser's. */
const { WebAssembly: webAssembly } = globalThis as typeof globalThis & {
  readonly WebAssembly: {
    instantiate(
      bytes: Uint8Array,
      imports: Readonly<Record<string, unknown>>,
    ): Promise<{ readonly instance: { readonly exports: Readonly<Record<string, unknown>> } }>;
  };
};

/** The package imports its WebAssembly as a module, which Node does not do without a flag. */
async function loadEngine(path: string): Promise<void> {
  const imports = { "./schema_engine_bg.js": engine };
  const { instance } = await webAssembly.instantiate(readFileSync(path), imports);
  engine.__wbg_set_wasm(instance.exports);
  const start = instance.exports["__wbindgen_start"];
  if (typeof start === "function") start();
}
