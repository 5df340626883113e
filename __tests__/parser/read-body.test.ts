import { describe, expect, it } from "@jest/globals";
import type { Operation } from "../../src/core/operation.ts";
import { brief, operationsOf, parser, type Brief } from "./brief.ts";

/** The operations of a DO block behind the block's own, each with its text. */
function inside(sql: string): [Operation, string][] {
  const [statement] = parser.parse(sql).statements;
  const [block, ...operations] = statement?.operations ?? [];
  if (block?.kind !== "do-block") throw new Error(sql);
  return operations.map((operation) => {
    const { start, end } = operation.span;
    return [operation, sql.slice(start, end)];
  });
}

describe("DO blocks", () => {
  it.each<[string, Brief]>([
    ["DO $$ BEGIN NULL; END $$", { language: "plpgsql", readable: true }],
    ["DO LANGUAGE plpython3u $$ x $$", { language: "plpython3u" }],
    ["DO $$ not plpgsql $$", { language: "plpgsql" }],
    [
      "DO $$ BEGIN EXECUTE format('DROP TABLE %I', 'x'); END $$",
      { language: "plpgsql", readable: true, dynamic: true },
    ],
    [
      "DO $$ BEGIN EXECUTE 'DROP TABLE x'; END $$ LANGUAGE plpgsql",
      { language: "plpgsql", readable: true },
    ],
    [
      "DO $$ BEGIN EXECUTE 'DROP ' || 'TABLE x'; END $$",
      { language: "plpgsql", readable: true, dynamic: true },
    ],
    [
      "DO $$ BEGIN EXECUTE 'DROP TABEL x'; END $$",
      { language: "plpgsql", readable: true, dynamic: true },
    ],
    [
      "DO $$ DECLARE r record; BEGIN FOR r IN EXECUTE q LOOP NULL; END LOOP; END $$",
      { language: "plpgsql", readable: true, dynamic: true },
    ],
  ])("%s", (sql, expected) => {
    expect(operationsOf(sql)[0]).toEqual({ kind: "do-block", ...expected });
  });

  it("reads the statements in order, each at its place and with what may skip it", () => {
    const sql = `DO $x$
DECLARE n int; r record;
BEGIN
  IF EXISTS (SELECT FROM t) THEN ALTER TABLE "é" ADD a int, ADD b int; ELSE DROP TABLE z; END IF;
  SELECT id INTO n FROM foo WHERE x = ';';
  EXECUTE 'DROP TABLE q'; EXECUTE 'INSERT INTO l VALUES (''x'')';
  PERFORM f(1);
  FOR r IN SELECT * FROM u LOOP
    DELETE FROM t WHERE id = r.id; COMMIT;
  END LOOP;
  CASE n WHEN 1 THEN TRUNCATE a; END CASE;
  WHILE n > 0 LOOP TRUNCATE b; END LOOP;
  BEGIN TRUNCATE c; END;
  BEGIN TRUNCATE d; EXCEPTION WHEN others THEN TRUNCATE e; END;
  UPDATE a SET b = 1; UPDATE a SET b = 1;
END $x$;`;
    expect(
      inside(sql).map(([{ kind, inside: mark }, text]) => [kind, mark?.conditional, text]),
    ).toEqual([
      ["add-column", true, "ADD a int"],
      ["add-column", true, "ADD b int"],
      ["drop-table", true, "DROP TABLE z"],
      ["select-rows", false, "SELECT id INTO n FROM foo WHERE x = ';'"],
      ["drop-table", false, "DROP TABLE q"],
      ["insert-rows", false, "EXECUTE 'INSERT INTO l VALUES (''x'')'"],
      ["select-rows", false, "PERFORM f(1)"],
      ["select-rows", true, "SELECT * FROM u"],
      ["delete-rows", true, "DELETE FROM t WHERE id = r.id"],
      ["commit", true, "COMMIT"],
      ["truncate", true, "TRUNCATE a"],
      ["truncate", true, "TRUNCATE b"],
      ["truncate", false, "TRUNCATE c"],
      ["truncate", true, "TRUNCATE d"],
      ["truncate", true, "TRUNCATE e"],
      ["update-rows", false, "UPDATE a SET b = 1"],
      ["update-rows", false, "UPDATE a SET b = 1"],
    ]);
  });

  it("tells two equal statements apart by their places", () => {
    const sql = "DO $$ BEGIN TRUNCATE a; TRUNCATE a; END $$";
    const [first, second] = inside(sql).map(([{ span }]) => span.start);
    expect(second).toBe(sql.lastIndexOf("TRUNCATE"));
    expect(first).toBe(sql.indexOf("TRUNCATE"));
  });

  it("reads a body in plain quotes, with the statement's span where quotes are doubled", () => {
    const plain = "DO 'BEGIN TRUNCATE a; END'";
    expect(inside(plain).map(([, text]) => text)).toEqual(["TRUNCATE a"]);
    const doubled = "DO 'BEGIN ALTER TABLE t ADD a text DEFAULT ''x''; END'";
    expect(inside(doubled).map(([operation, text]) => [brief(operation)["column"], text])).toEqual([
      [{ name: "a", type: "text", default: "'x'" }, doubled],
    ]);
  });

  it("marks each operation as inside of the block", () => {
    const [[operation] = []] = inside("DO $$ BEGIN TRUNCATE a; END $$");
    expect(operation?.inside).toEqual({ body: "do-block", conditional: false });
  });

  it.each(["\n", "\r\n"])("finds the places with lines that end in %j", (end) => {
    const sql = ["SELECT 1;", "DO $$", "BEGIN", "  -- TRUNCATE a", "  TRUNCATE a;", "END $$;"].join(
      end,
    );
    const script = parser.parse(sql);
    const truncate = script.statements[1]?.operations[1];
    expect(truncate?.span.start).toBe(sql.lastIndexOf("TRUNCATE"));
    expect(script.lines.place(truncate?.span ?? { start: 0, end: 0 }).line).toBe(5);
  });
});

describe("bodies that the WASM must not see", () => {
  it.each([
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END",
    "CREATE FUNCTION f() RETURNS int RETURN 1",
    "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql RETURN 1",
  ])("%s", (sql) => {
    expect(operationsOf(`${sql}; SELECT 1`).map(({ kind }) => kind)).toEqual([
      "create-function",
      "select-rows",
    ]);
  });
});
