import { testRule } from "../rule-table.ts";

const INVOICES = `CREATE TABLE invoices (id bigint PRIMARY KEY, sum numeric NOT NULL);
CREATE FUNCTION turnover() RETURNS numeric LANGUAGE sql AS 'SELECT sum(i.sum) FROM invoices i';`;
const RENAME = "ALTER TABLE invoices RENAME TO bills;";
const TRIGGER = `CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE TABLE audit (id bigint PRIMARY KEY, note text);
CREATE FUNCTION log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO audit SELECT NEW.id, NEW.note; RETURN NEW; END $$;
CREATE TRIGGER log AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION log();`;

testRule("no-stale-function", {
  fires: [
    {
      title: "a renamed table",
      before: [INVOICES],
      migration: RENAME,
      says: "The next call of `turnover` fails: its body still names `invoices`",
      severity: "warning",
      table: "invoices",
    },
    {
      title: "a dropped column",
      before: [INVOICES],
      migration: "ALTER TABLE invoices DROP COLUMN sum;",
      says: "`sum` of `invoices`",
    },
    {
      title: "the table that a trigger of another one writes to",
      before: [TRIGGER],
      migration: "DROP TABLE audit;",
      says: "`log`",
    },
    {
      title: "a table in another schema",
      before: ["CREATE SCHEMA s;", INVOICES],
      migration: "ALTER TABLE invoices SET SCHEMA s;",
    },
    {
      title: "two functions",
      before: [
        `${INVOICES} CREATE FUNCTION mean() RETURNS numeric LANGUAGE sql AS 'SELECT avg(i.sum) FROM invoices i';`,
      ],
      migration: RENAME,
      says: "and of 1 more",
    },
  ],
  silent: [
    {
      title: "a function that is replaced",
      before: [INVOICES],
      migration: `${RENAME} CREATE OR REPLACE FUNCTION turnover() RETURNS numeric LANGUAGE sql AS 'SELECT sum(b.sum) FROM bills b';`,
    },
    {
      title: "a function that is dropped in the next migration",
      before: [INVOICES],
      migration: `${RENAME}\n---\nDROP FUNCTION turnover();`,
    },
    {
      title: "a body in BEGIN ATOMIC, which follows",
      before: [
        `CREATE TABLE invoices (id bigint PRIMARY KEY, sum numeric NOT NULL);
CREATE FUNCTION turnover() RETURNS numeric LANGUAGE sql BEGIN ATOMIC SELECT sum(i.sum) FROM invoices i; END;`,
      ],
      migration: RENAME,
    },
    {
      title: "another column",
      before: [INVOICES, "ALTER TABLE invoices ADD COLUMN note text;"],
      migration: "ALTER TABLE invoices DROP COLUMN note;",
    },
    {
      title: "the table that its own trigger stands on",
      before: [TRIGGER],
      migration: "DROP TABLE orders;",
    },
    {
      title: "a view in the old place",
      before: [INVOICES],
      migration: `${RENAME} CREATE VIEW invoices AS SELECT * FROM bills;`,
    },
    { title: "a new table", migration: `${INVOICES} ${RENAME}` },
  ],
});
