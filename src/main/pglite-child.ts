import type { ChildArgument } from "../database/messages.ts";
import { serve } from "../database/pglite-serve.ts";

await serve(JSON.parse(process.argv[2] ?? "") as ChildArgument);
