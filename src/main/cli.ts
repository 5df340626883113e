#!/usr/bin/env node
import { run } from "../cli/run.ts";
import { tellError } from "../cli/tell-error.ts";

// Whoever reads the output may stop reading (`| head`): that is no error of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  process.exitCode = await run(process.argv.slice(2), process);
} catch (error) {
  process.exitCode = tellError(error, process.stderr);
}
