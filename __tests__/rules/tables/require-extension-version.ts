import { testRule } from "../rule-table.ts";

const PINNED = "CREATE EXTENSION hstore VERSION '1.8';";

testRule("require-extension-version", {
  fires: [
    {
      title: "none",
      migration: "CREATE EXTENSION IF NOT EXISTS hstore;",
      says: "version of `hstore`",
    },
  ],
  silent: [{ title: "one", migration: PINNED }],
});
