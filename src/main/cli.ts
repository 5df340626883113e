#!/usr/bin/env node
import { run } from "../cli/run.ts";
import { tellError, tellUnwritable } from "../cli/tell-error.ts";

process.stdout.on("error", (error) => {
  process.exitCode = tellUnwritable(error, process.stderr);
});

try {
  process.exitCode = await run(process.argv.slice(2), process);
} catch (error) {
  process.exitCode = tellError(error, process.stderr);
}
