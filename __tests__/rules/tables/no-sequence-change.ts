import { testRule } from "../rule-table.ts";

const SEQUENCE = "CREATE SEQUENCE numbers;";

testRule("no-sequence-change", {
  fires: [
    {
      title: "a restart at a number",
      before: [SEQUENCE],
      migration: "ALTER SEQUENCE numbers RESTART WITH 1000;",
      says: "`numbers` goes on from 1000",
    },
    {
      title: "a restart",
      before: [SEQUENCE],
      migration: "ALTER SEQUENCE numbers RESTART;",
      says: "from its first number",
    },
    {
      title: "another increment",
      before: [SEQUENCE],
      migration: "ALTER SEQUENCE numbers INCREMENT BY 50;",
      says: "blocks of the old increment",
    },
    {
      title: "an end",
      before: [SEQUENCE],
      migration: "ALTER SEQUENCE numbers MAXVALUE 999;",
      says: "out of bounds",
    },
    { title: "a cycle", before: [SEQUENCE], migration: "ALTER SEQUENCE numbers CYCLE;" },
  ],
  silent: [
    {
      title: "an owner, a type and a cache",
      before: [`${SEQUENCE} CREATE TABLE t (id bigint);`],
      migration: "ALTER SEQUENCE numbers AS bigint OWNED BY t.id CACHE 20 NO MAXVALUE;",
    },
    { title: "a new sequence", migration: `${SEQUENCE} ALTER SEQUENCE numbers RESTART WITH 5;` },
    {
      title: "one of an earlier migration of the same pull request",
      migration: `${SEQUENCE}\n---\nALTER SEQUENCE numbers RESTART WITH 5;`,
    },
    {
      title: "the sequence of a new table",
      migration: "CREATE TABLE t (id serial PRIMARY KEY); ALTER SEQUENCE t_id_seq RESTART WITH 5;",
    },
  ],
});
