import { testRule } from "../rule-table.ts";

const BOOKINGS = "CREATE TABLE bookings (id bigint, during tstzrange);";
const EXCLUDE = "EXCLUDE USING gist (during WITH &&)";

testRule("no-exclusion-constraint", {
  fires: [
    {
      title: "ADD CONSTRAINT",
      before: [BOOKINGS],
      migration: `ALTER TABLE bookings ADD CONSTRAINT x ${EXCLUDE};`,
      severity: "error",
      table: "bookings",
    },
  ],
  silent: [
    { title: "in CREATE TABLE", migration: `CREATE TABLE t (during tstzrange, ${EXCLUDE});` },
    { title: "a new table", migration: `${BOOKINGS} ALTER TABLE bookings ADD ${EXCLUDE};` },
    {
      title: "another constraint",
      before: [BOOKINGS],
      migration: "ALTER TABLE bookings ADD CHECK (id > 0);",
    },
  ],
});
