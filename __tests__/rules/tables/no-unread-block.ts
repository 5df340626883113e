import { testRule } from "../rule-table.ts";

const TAGS = "CREATE TABLE tags (id bigint PRIMARY KEY);";

testRule("no-unread-block", {
  fires: [
    {
      title: "EXECUTE of a text that is put together",
      migration:
        "DO $$ DECLARE t text; BEGIN FOR t IN SELECT 'a' LOOP EXECUTE 'DROP TABLE ' || t; END LOOP; END $$;",
      severity: "info",
      says: /^Not all statements of this block are known: it builds some of them at run time.* Write them out/,
    },
    {
      title: "EXECUTE format()",
      migration: "DO $$ BEGIN EXECUTE format('DROP TABLE %I', 'a'); END $$;",
    },
    {
      title: "another language",
      migration: "DO LANGUAGE plperl $$ 1; $$;",
      says: "its plperl could not be read",
    },
    {
      title: "in a down script",
      migration: TAGS,
      down: "DO $$ BEGIN EXECUTE format('DROP TABLE %I', 'tags'); END $$;",
    },
  ],
  silent: [
    {
      title: "EXECUTE of a literal",
      migration: "DO $$ BEGIN EXECUTE 'CREATE TABLE t (a int)'; END $$;",
    },
    {
      title: "Prisma's and Drizzle's guard",
      before: [TAGS],
      migration:
        "DO $$ BEGIN ALTER TABLE tags ADD COLUMN a int; EXCEPTION WHEN duplicate_column THEN NULL; END $$;",
    },
    {
      title: "a function, which does not run",
      migration:
        "CREATE FUNCTION f(t text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'DROP TABLE ' || t; END $$;",
    },
  ],
});
