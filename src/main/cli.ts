#!/usr/bin/env node
import { run } from "../cli/run.ts";
import { tellError } from "../cli/tell-error.ts";

try {
  process.exitCode = await run(process.argv.slice(2), process);
} catch (error) {
  process.exitCode = tellError(error, process.stderr);
}
