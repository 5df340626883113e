#!/usr/bin/env node
import { cacheCompiledCode } from "../cli/code-cache.ts";

// Only what is loaded after this is kept, so all else is.
cacheCompiledCode(process.env);
// No `await` here: the bundle is CommonJS.
void import("../cli/start.ts").then(({ start }) => start(process));
