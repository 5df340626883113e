import { afterAll, describe, expect, it } from "@jest/globals";
import { Clock } from "../../src/verify/clock.ts";
import { DEFAULT_SETTINGS } from "../../src/core/settings.ts";
import { Session } from "../../src/verify/session.ts";
import { bringsCode, leavesNoTrace } from "../../src/verify/session-effects.ts";
import { scriptRun } from "./scripts.ts";
import { SharedEngine } from "./shared-engine.ts";

const engine = new SharedEngine();
afterAll(() => engine[Symbol.asyncDispose]());

const BASE =
  "CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n text); CREATE SEQUENCE s; INSERT INTO t (n) VALUES ('a')";

/** What a session may keep of a script: settings, role, temporary objects, cursors, locks, channels, last values. */
const KEPT = `SELECT (SELECT string_agg(name || '=' || setting, ',' ORDER BY name) FROM pg_catalog.pg_settings WHERE source = 'session'),
  current_user, (SELECT count(*) FROM pg_catalog.pg_class WHERE relpersistence = 't' AND relkind <> 't'), (SELECT count(*) FROM pg_catalog.pg_cursors),
  (SELECT count(*) FROM pg_catalog.pg_locks WHERE locktype = 'advisory'), (SELECT count(*) FROM pg_catalog.pg_listening_channels())`;
const LAST_VALUE = "SELECT pg_catalog.lastval()";

const PLAIN = [
  "CREATE TABLE a (i int); CREATE INDEX ON a (i); COMMENT ON TABLE a IS 'x';",
  "CREATE TYPE e AS ENUM ('a'); ALTER TYPE e ADD VALUE 'b';",
  "ALTER TABLE t ADD COLUMN m text DEFAULT 'x', ALTER COLUMN n SET NOT NULL;",
  "CREATE VIEW v AS SELECT n FROM t; GRANT SELECT ON v TO PUBLIC; ALTER VIEW v RENAME TO w; DROP VIEW w;",
  "CREATE SCHEMA z CREATE TABLE y (i serial);",
  "ALTER TABLE t RENAME COLUMN n TO o; ALTER TABLE t OWNER TO CURRENT_USER;",
];

const LEAVING = [
  "SET search_path = pg_catalog;",
  "SELECT set_config('search_path', 'pg_catalog', false);",
  "CREATE TEMPORARY TABLE x (i int);",
  "CREATE TEMP VIEW x AS SELECT 1;",
  "CREATE TABLE pg_temp.x (i int);",
  "LISTEN news;",
  "SELECT pg_advisory_lock(1);",
  "INSERT INTO t (n) VALUES ('b');",
  "SELECT nextval('s');",
  "ALTER TABLE t ADD COLUMN k bigserial;",
  "ALTER TABLE t ADD COLUMN k bigint DEFAULT nextval('s');",
  "DECLARE c CURSOR WITH HOLD FOR SELECT 1;",
];

const statement = (text: string) => scriptRun(text, { transaction: false, sends: "script" });

/** Whether anything is left in a session that a script ran in. */
async function traceOf(text: string): Promise<string> {
  await using database = await engine.open();
  const timeoutMs = 10_000;
  await database.run({ queries: [BASE, "DISCARD ALL"], timeoutMs });
  const [before] = await database.query(KEPT);
  const { failure } = await database.run({ queries: [text], timeoutMs });
  expect(failure).toBeUndefined();
  const [after] = await database.query(KEPT);
  const last = await database.run({ queries: [LAST_VALUE], timeoutMs });
  await database.run({ queries: ["DISCARD ALL"], timeoutMs });
  return JSON.stringify([before, true]) === JSON.stringify([after, last.failure !== undefined])
    ? "none"
    : "some";
}

describe("a session that a script ran in", () => {
  it.each(PLAIN)("is as before after %s", async (text) => {
    expect(leavesNoTrace(statement(text))).toBe(true);
    expect(await traceOf(text)).toBe("none");
  });

  it.each(LEAVING)("is another after %s", async (text) => {
    expect(leavesNoTrace(statement(text))).toBe(false);
    expect(await traceOf(text)).toBe("some");
  });

  it("is set back after plain statements, too, once functions of a script may run in them", async () => {
    await using session = await Session.open(engine, {
      clock: new Clock(DEFAULT_SETTINGS.verify.limits),
      provisions: { made: new Map(), extensions: new Map() },
      refusals: new Map(),
      createdRoles: new Set(),
    });
    const plain = statement("CREATE TABLE b (i int);");
    expect(session.queriesAfter(plain)).toEqual([]);
    const code = statement("DO $$ BEGIN NULL; END $$;");
    expect(bringsCode(code)).toBe(true);
    expect(session.queriesAfter(code)).not.toEqual([]);
    expect(session.queriesAfter(plain)).not.toEqual([]);
  });
});
