// The WebAssembly of Prisma's schema engine, which compares models with a database.
export const SCHEMA_ENGINE = {
  from: "node_modules/@prisma/schema-engine-wasm/schema_engine_bg.wasm",
  to: "schema_engine_bg.wasm",
};
