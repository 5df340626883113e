import { testRule } from "../rule-table.ts";

const T = "CREATE TABLE t (a int);";
const ADD = "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;";
const VALIDATE = "ALTER TABLE t VALIDATE CONSTRAINT c;";

testRule("require-validation", {
  fires: [
    {
      title: "never",
      before: [T],
      migration: ADD,
      says: "Nothing in this pull request validates `c` of `t`",
      severity: "info",
    },
    {
      title: "another constraint",
      before: [T],
      migration: `${ADD} ${VALIDATE.replace(" c;", " d;")}`,
    },
  ],
  silent: [
    { title: "in the same migration", before: [T], migration: `${ADD} ${VALIDATE}` },
    { title: "in the next", before: [T], migration: `${ADD}\n---\n${VALIDATE}` },
    {
      title: "dropped again",
      before: [T],
      migration: `${ADD}\n---\nALTER TABLE t DROP CONSTRAINT c;`,
    },
    { title: "a new table", migration: `${T} ${ADD}` },
    { title: "not NOT VALID", before: [T], migration: ADD.replace(" NOT VALID", "") },
  ],
});
