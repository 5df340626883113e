import { describe, expect, it } from "@jest/globals";
import { redact } from "../../src/report/redact.ts";
import { findings } from "./lint.ts";
import { testRule } from "./rule-table.ts";

testRule("no-secret", {
  fires: [
    {
      title: "ALTER ROLE with an escape string",
      migration: "ALTER ROLE app WITH ENCRYPTED PASSWORD E'x\\'y';",
      severity: "error",
      says: "knows the password of this role",
    },
    { title: "CREATE USER", migration: "CREATE USER \"App\" PASSWORD 'x' LOGIN;" },
    {
      title: "a user mapping",
      migration: "CREATE USER MAPPING FOR app SERVER s OPTIONS (user 'a', password 'b');",
      says: "this user mapping",
    },
    {
      title: "a subscription",
      migration: "CREATE SUBSCRIPTION s CONNECTION 'host=h password=abc' PUBLICATION p;",
    },
    { title: "the down script", migration: "SELECT 1;", down: "ALTER ROLE app PASSWORD 'x';" },
  ],
  silent: [
    { title: "no password", migration: "CREATE ROLE app LOGIN;" },
    { title: "PASSWORD NULL", migration: "ALTER ROLE app PASSWORD NULL;" },
    { title: "a placeholder", migration: "CREATE ROLE app PASSWORD '${app_password}';" },
    { title: "VALID UNTIL", migration: "ALTER ROLE app VALID UNTIL '2030-01-01';" },
    { title: "a column of this name", migration: "CREATE TABLE t (password text DEFAULT 'x');" },
    { title: "a word like a key", migration: "SELECT 'AKIA', 'eyJ', 'sk_live_';" },
  ],
});

describe("keys that are known by their looks", () => {
  // Put together here, so that no scanner takes this file for a leak.
  it.each([
    ["an AWS access key", `AKIA${"ABCD".repeat(4)}`],
    ["a GitHub token", `ghp_${"a1B2".repeat(9)}`],
    ["a Stripe key", `sk_live_${"a1B2".repeat(6)}`],
    ["a Slack token", `xoxb-${"1234567890-".repeat(2)}`],
    ["a Google API key", `AIza${"a1B2c".repeat(7)}`],
    ["a JSON Web Token", `eyJ${"a1B2".repeat(5)}.eyJ${"a1B2".repeat(9)}.${"a1B2".repeat(9)}`],
    ["a private key", `-----BEGIN RSA PRIVATE KEY----- ${"MIIE".repeat(9)}`],
  ])("%s is found where it stands, and shown nowhere", (what, key) => {
    const migration = `SELECT 1;\n-- ${key}\nINSERT INTO t VALUES ('${key}');`;
    const found = findings({ migration }).filter(({ rule }) => rule === "no-secret");
    expect(found.map(({ line, column }) => [line, column])).toEqual([
      [2, 4],
      [3, 24],
    ]);
    expect(found[0]?.message).toContain(what);
    expect(found[0]?.message).not.toContain(key);
    expect(redact(migration)).not.toContain(key);
  });
});
