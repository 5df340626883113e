import { testRule } from "../rule-table.ts";

const TABLE = 'CREATE TABLE s."Docs" (id bigint PRIMARY KEY, owner name);';
const POLICY = 'CREATE POLICY "Own" ON s."Docs" USING (owner = current_user);';
const ENABLE = 'ALTER TABLE s."Docs" ENABLE ROW LEVEL SECURITY;';

testRule("no-policy-without-row-security", {
  fires: [
    {
      title: "a table of an earlier migration",
      before: [TABLE],
      migration: POLICY,
      says: '`"Own"` protects no row',
      table: 's."Docs"',
    },
    {
      title: "several policies, told once for the table",
      migration: `${TABLE} ${POLICY} CREATE POLICY two ON s."Docs" USING (true);`,
    },
    {
      title: "FORCE alone enables nothing",
      migration: `${TABLE} ${POLICY} ALTER TABLE s."Docs" FORCE ROW LEVEL SECURITY;`,
    },
  ],
  silent: [
    { title: "enabled after it", migration: TABLE + POLICY + ENABLE },
    { title: "enabled before", before: [TABLE + ENABLE], migration: POLICY },
    { title: "enabled by a later migration", migration: `${TABLE}${POLICY}\n---\n${ENABLE}` },
    { title: "a table that the history does not know", migration: POLICY },
    {
      title: "enabled in a loop",
      migration: `${TABLE}${POLICY} DO $$ BEGIN EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', 'docs'); END $$;`,
    },
  ],
});
