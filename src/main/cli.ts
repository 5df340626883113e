#!/usr/bin/env node
import { cacheCompiledCode } from "../cli/code-cache.ts";
import { tellError, tellUnwritable } from "../cli/tell-error.ts";

const LEAVE_AFTER_MS = 5_000;

cacheCompiledCode(process.env);
process.stdout.on("error", (error) => {
  process.exitCode = tellUnwritable(error, process.stderr);
});

try {
  const { run } = await import("../cli/run.ts");
  process.exitCode = await run(process.argv.slice(2), process);
} catch (error) {
  process.exitCode = tellError(error, process.stderr);
  // A bug may leave a database behind, which would keep this process alive.
  setTimeout(() => process.exit(), LEAVE_AFTER_MS).unref();
}
