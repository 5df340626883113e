import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { mask, redact } from "../../src/report/redact.ts";

describe("what is redacted", () => {
  it.each([
    ["postgres://app:hunter2@db.example/shop", "postgres://app:***@db.example/shop"],
    ["postgresql://app:pa/ss@word@db/x", "postgresql://app:***@db/x"],
    ["https://user:hunter2@example.com/a", "https://user:***@example.com/a"],
    ["https://ghp_abc@github.com/a", "https://***@github.com/a"],
    ["redis://:hunter2@cache:6379", "redis://:***@cache:6379"],
    ["host=db password=hunter2 user=app", "host=db password=*** user=app"],
    ["PGPASSWORD=hunter2 psql", "PGPASSWORD=*** psql"],
    [
      "jdbc:postgresql://db/x?password=hunter2&ssl=true",
      "jdbc:postgresql://db/x?password=***&ssl=true",
    ],
    ["password: 'hunter2'", "password: '***'"],
    [`"password": "hunter2"`, `"password": "***"`],
    ["api_key = 'abc'", "api_key = '***'"],
    ["client_secret => 'abc'", "client_secret => '***'"],
    ["CREATE ROLE app LOGIN PASSWORD 'hunter2'", "CREATE ROLE app LOGIN PASSWORD '***'"],
    ["ALTER USER app PASSWORD E'it\\'s' VALID", "ALTER USER app PASSWORD E'***' VALID"],
    ["create role a encrypted password 'it''s'", "create role a encrypted password '***'"],
    ["ALTER ROLE a PASSWORD\n  'hunter2'", "ALTER ROLE a PASSWORD\n  '***'"],
    ["ALTER ROLE a PASSWORD $x$hunter2$x$", "ALTER ROLE a PASSWORD $x$***$x$"],
    ["ALTER ROLE a PASSWORD 'hunter2", "ALTER ROLE a PASSWORD '***"],
    ["IDENTIFIED BY 'hunter2'", "IDENTIFIED BY '***'"],
    ["UPDATE s SET token = 'abc' WHERE id = 1", "UPDATE s SET token = '***' WHERE id = 1"],
  ])("%j becomes %j", (text, redacted) => {
    expect(redact(text)).toBe(redacted);
    expect(redact(redact(text))).toBe(redacted);
  });
});

describe("what is left alone", () => {
  it.each([
    "https://www.postgresql.org/docs/current/sql-createindex.html",
    "see https://cdn.example/npm/react@18/index.js",
    "ALTER TABLE users ADD COLUMN password text NOT NULL",
    "ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid()",
    "UPDATE users SET token = md5(random()::text)",
    "UPDATE users SET password = crypt(old, gen_salt('bf'))",
    "SET password_encryption = 'scram-sha-256'",
    "CREATE INDEX password_resets_token ON password_resets (token)",
    "CHECK (length(token) = 64)",
    "someone@example.com",
    "+ column users.password: text",
    "~ column users.api_key: text not null → varchar(64) not null",
    "- column sessions.refresh_token: uuid default gen_random_uuid()",
    "etc/passwd: is not an SQL file",
    "migrations/2_add_secret: it was edited",
  ])("%j", (text) => {
    expect(redact(text)).toBe(text);
  });
});

describe("mask", () => {
  it("moves no offset and no line", () => {
    const text = "ALTER ROLE a\r\n  PASSWORD 'hunter2\nmore'; SELECT 1";
    expect(mask(text)).toBe("ALTER ROLE a\r\n  PASSWORD '*******\n****'; SELECT 1");
  });

  it("keeps the length of any text", () => {
    const unit = fc.constantFrom(
      "password",
      "=",
      ":",
      "//",
      "@",
      "'",
      '"',
      "a",
      " ",
      "\n",
      "$",
      "😀",
    );
    fc.assert(
      fc.property(
        fc.array(unit).map((parts) => parts.join("")),
        (text) => {
          expect(mask(text)).toHaveLength(text.length);
          expect(mask(text).split("\n")).toHaveLength(text.split("\n").length);
        },
      ),
    );
  });
});

describe("the worst of texts", () => {
  it.each([
    "a",
    "a.",
    "password",
    "password ",
    "password=",
    "://",
    "postgres://",
    "PASSWORD '",
    "token:'",
    "@:",
  ])("is not slow: %j again and again", (part) => {
    expect(redact(part.repeat(200_000 / part.length)).length).toBeGreaterThan(0);
  });
});
