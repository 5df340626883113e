import { importTables } from "./import-tables.ts";

await importTables(/^no-[j-z]/);
