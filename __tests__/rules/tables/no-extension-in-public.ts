import { testRule } from "../rule-table.ts";

testRule("no-extension-in-public", {
  fires: [
    {
      title: "a quoted name",
      migration: 'CREATE EXTENSION IF NOT EXISTS "uuid-ossp";',
      severity: "info",
      says: 'every function of `"uuid-ossp"`',
    },
    { title: "public by name", migration: "CREATE EXTENSION hstore WITH SCHEMA public;" },
  ],
  silent: [
    { title: "a schema", migration: "CREATE EXTENSION hstore SCHEMA extensions;" },
    { title: "an extension with a schema of its own", migration: "CREATE EXTENSION pg_cron;" },
  ],
});
