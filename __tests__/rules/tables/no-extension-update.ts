import { testRule } from "../rule-table.ts";

const HSTORE = "CREATE EXTENSION hstore;";

testRule("no-extension-update", {
  fires: [
    {
      title: "an update",
      before: [HSTORE],
      migration: "ALTER EXTENSION hstore UPDATE;",
      says: "Functions of `hstore`",
    },
  ],
  silent: [{ title: "a creation", migration: HSTORE }],
});
