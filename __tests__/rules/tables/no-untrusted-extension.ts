import { testRule } from "../rule-table.ts";

testRule("no-untrusted-extension", {
  fires: [
    { title: "PostGIS", migration: "CREATE EXTENSION IF NOT EXISTS postgis;", says: "`postgis`" },
    { title: "vector", migration: "CREATE EXTENSION vector;", severity: "info" },
  ],
  silent: [
    { title: "a trusted one", migration: 'CREATE EXTENSION "uuid-ossp"; CREATE EXTENSION citext;' },
  ],
});
