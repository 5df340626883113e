import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";

import type { SchemaChange } from "../../src/core/verification.ts";
import type { CatalogObject } from "../../src/verify/catalog.ts";
import { difference, isSemantic } from "../../src/verify/difference.ts";

type Written = readonly [
  kind: string,
  parent: string,
  name: string,
  properties?: Record<string, string>,
];

/** Objects of the schema public, written short; a column's position is its place in the list. */
function catalog(...objects: readonly Written[]): CatalogObject[] {
  return objects.map(([kind, parent, name, properties = {}], position) => ({
    kind,
    schema: "public",
    ...(parent === "" ? {} : { parent }),
    name,
    ...(kind === "column" ? { position } : {}),
    properties,
  }));
}

/** `+ index orders_note on orders`, a tilde before what is cosmetic. */
function short({ change, object, name, before, after, weight }: SchemaChange): string {
  const sign = { added: "+", removed: "-", changed: "*" }[change];
  const texts = change === "changed" ? `: ${before} -> ${after}` : "";
  return `${weight === "cosmetic" ? "~ " : ""}${sign} ${object} ${name}${texts}`;
}

/** A function as `pg_get_functiondef` writes it. */
function written(body: string, language = "plpgsql"): string {
  return `CREATE OR REPLACE FUNCTION public.f()\n RETURNS integer\n LANGUAGE ${language}\n IMMUTABLE\nAS $function$${body}$function$\n`;
}

function longText(middle: string): string {
  return `${"a".repeat(5_000)}${middle}${"b".repeat(5_000)}`;
}

function reversed(change: SchemaChange): SchemaChange {
  if (change.change === "changed") return change;
  return { ...change, change: change.change === "added" ? "removed" : "added" };
}

/** Without the texts, which a change that goes back has the other way round. */
function outline(changes: readonly SchemaChange[]): string[] {
  return changes
    .map(({ change, object, name, weight }) =>
      change === "changed"
        ? `changed ${object} ${weight}`
        : `${change} ${object} ${name} ${weight}`,
    )
    .toSorted();
}

const NOTE: Written = ["column", "orders", "note", { type: "text" }];
const ID: Written = ["column", "orders", "id", { type: "integer", "not null": "NOT NULL" }];
const ORDERS: Written = ["table", "", "orders"];

describe("difference", () => {
  it.each<[string, string, string, boolean]>([
    ["a comment of a line", "BEGIN -- one\n RETURN 1; END", "BEGIN RETURN 1; END", true],
    ["a comment in the middle", "BEGIN RETURN /* one -- */ 1; END", "BEGIN RETURN 1; END", true],
    ["another number", "BEGIN -- one\n RETURN 1; END", "BEGIN -- one\n RETURN 2; END", false],
    ["code in a comment", "BEGIN a();\n RETURN 1; END", "BEGIN -- a();\n RETURN 1; END", false],
    ["a string like a comment", "SELECT '-- one', 1", "SELECT '-- two', 1", false],
    ["a string after an escape", "SELECT e'\\'-- one', 1", "SELECT e'\\'-- two', 1", false],
    ["a name like a comment", 'SELECT 1 AS "--a"', 'SELECT 1 AS "--b"', false],
    ["a string in dollars", "SELECT $a$ -- one$a$", "SELECT $a$ -- two$a$", false],
    ["a comment after a string", "SELECT 'it''s' -- one", "SELECT 'it''s' -- two", true],
  ])("is in a function with %s", (_, before, after, isCosmetic) => {
    const changes = (language: string): SchemaChange[] =>
      difference(
        catalog(["function", "", "f()", { definition: written(before, language) }]),
        catalog(["function", "", "f()", { definition: written(after, language) }]),
      );
    expect(isSemantic(changes("plpgsql"))).toBe(!isCosmetic);
    expect(isSemantic(changes("sql"))).toBe(!isCosmetic);
    // What another language's comments look like is not known.
    expect(isSemantic(changes("plpython3u"))).toBe(true);
  });

  it.each<[string, readonly Written[], readonly Written[], readonly string[]]>([
    ["a column", [ORDERS, ID], [ORDERS, ID, NOTE], ["+ column orders.note"]],
    [
      "a table with its columns and what stands on it",
      [],
      [
        ORDERS,
        ID,
        ["index", "orders", "a"],
        ["trigger", "orders", "t"],
        ["sequence", "", "s", { "owned by": "public.orders.id" }],
      ],
      ["+ table orders"],
    ],
    [
      "an index",
      [ORDERS],
      [ORDERS, ["index", "orders", "orders_note", { definition: "ON orders" }]],
      ["+ index orders_note on orders"],
    ],
    ["a routine", [], [["function", "", "f(integer)"]], ["+ function f(integer)"]],
    ["a name that needs quotes", [], [["table", "", "Order"]], ['+ table "Order"']],
    [
      "a default",
      [ORDERS, NOTE],
      [ORDERS, ["column", "orders", "note", { type: "text", default: "''::text" }]],
      ["* column orders.note: no default -> default ''::text"],
    ],
    [
      "several properties in one change",
      [ORDERS, ID],
      [ORDERS, ["column", "orders", "id", { type: "bigint" }]],
      ["* column orders.id: type integer, NOT NULL -> type bigint, NULL allowed"],
    ],
    [
      "column order",
      [ORDERS, ID, NOTE],
      [ORDERS, NOTE, ID],
      ["~ * column order orders: id, note -> note, id"],
    ],
    [
      "column order, of the columns that both have",
      [ORDERS, ID, NOTE],
      [ORDERS, ["column", "orders", "new", { type: "text" }], ID],
      ["- column orders.note", "+ column orders.new"],
    ],
    [
      "a generated name of a constraint",
      [ORDERS, ["constraint", "orders", "orders_note_key", { definition: "UNIQUE (note)" }]],
      [ORDERS, ["constraint", "orders", "orders_note_key1", { definition: "UNIQUE (note)" }]],
      ["~ * constraint orders_note_key on orders: name orders_note_key -> name orders_note_key1"],
    ],
    [
      "a generated name that the table's former name is in",
      [ORDERS, ["index", "orders", "purchases_note_idx", { definition: "x" }]],
      [ORDERS, ["index", "orders", "orders_note_idx", { definition: "x" }]],
      ["~ * index purchases_note_idx on orders: name purchases_note_idx -> name orders_note_idx"],
    ],
    [
      "a name of somebody's choice",
      [ORDERS, ["index", "orders", "by_note", { definition: "x" }]],
      [ORDERS, ["index", "orders", "orders_note_idx", { definition: "x" }]],
      ["* index by_note on orders: name by_note -> name orders_note_idx"],
    ],
    [
      "another definition is no rename",
      [ORDERS, ["index", "orders", "orders_a_idx", { definition: "x" }]],
      [ORDERS, ["index", "orders", "orders_b_idx", { definition: "y" }]],
      ["- index orders_a_idx on orders", "+ index orders_b_idx on orders"],
    ],
    [
      "a column under another name is another column",
      [ORDERS, NOTE],
      [ORDERS, ["column", "orders", "notes", { type: "text" }]],
      ["- column orders.note", "+ column orders.notes"],
    ],
    [
      "a generated name of a sequence, and the default that draws from it",
      [
        ORDERS,
        ["column", "orders", "id", { default: "nextval('public.orders_id_seq'::regclass)" }],
        ["sequence", "", "orders_id_seq", { "owned by": "public.orders.id" }],
      ],
      [
        ORDERS,
        ["column", "orders", "id", { default: "nextval('public.orders_id_seq1'::regclass)" }],
        ["sequence", "", "orders_id_seq1", { "owned by": "public.orders.id" }],
      ],
      ["~ * sequence orders_id_seq: name orders_id_seq -> name orders_id_seq1"],
    ],
    [
      "a sequence that no column owns is known by its name",
      [["sequence", "", "a_seq", { values: "1" }]],
      [["sequence", "", "b_seq", { values: "1" }]],
      ["- sequence a_seq", "+ sequence b_seq"],
    ],
    [
      "the name of a NOT NULL constraint",
      [ORDERS, ["column", "orders", "a", { "not null": "NOT NULL", "not null name": "x" }]],
      [ORDERS, ["column", "orders", "a", { "not null": "NOT NULL", "not null name": "y" }]],
      ["~ * column orders.a: not null name x -> not null name y"],
    ],
    [
      "white space in a function",
      [["function", "", "f()", { definition: "BEGIN\n  RETURN 1;\nEND" }]],
      [["function", "", "f()", { definition: "BEGIN RETURN  1;\n\nEND" }]],
      ["~ * function f(): BEGIN RETURN 1; END -> BEGIN RETURN 1; END"],
    ],
    [
      "a view's columns in another order",
      [["view", "", "v", { definition: "SELECT a,\n b FROM t;", columns: "a, b" }]],
      [["view", "", "v", { definition: "SELECT b,\n a FROM t;", columns: "b, a" }]],
      ["~ * view v: SELECT a, b FROM t;, columns a, b -> SELECT b, a FROM t;, columns b, a"],
    ],
    [
      "the columns of one side of a UNION in another order",
      [["view", "", "v", { definition: "SELECT a, b FROM t UNION SELECT a, b FROM u;" }]],
      [["view", "", "v", { definition: "SELECT b, a FROM t UNION SELECT a, b FROM u;" }]],
      [
        "* view v: SELECT a, b FROM t UNION SELECT a, b FROM u; -> SELECT b, a FROM t UNION SELECT a, b FROM u;",
      ],
    ],
    [
      "a view's columns exchanged",
      [["view", "", "v", { definition: "SELECT f(a, b) AS x FROM t;" }]],
      [["view", "", "v", { definition: "SELECT f(b, a) AS x FROM t;" }]],
      ["* view v: SELECT f(a, b) AS x FROM t; -> SELECT f(b, a) AS x FROM t;"],
    ],
    [
      "a line that becomes part of a comment",
      [["function", "", "f()", { definition: "-- one\nRETURN 1" }]],
      [["function", "", "f()", { definition: "-- one RETURN 1" }]],
      ["* function f(): -- one RETURN 1 -> -- one RETURN 1"],
    ],
    [
      "a changed column of a partition only once",
      [
        ["column", "orders", "a", { type: "integer" }],
        ["column", "orders_2026", "a", { type: "integer", inherited: "yes" }],
      ],
      [
        ["column", "orders", "a", { type: "bigint" }],
        ["column", "orders_2026", "a", { type: "bigint", inherited: "yes" }],
      ],
      ["* column orders.a: type integer -> type bigint"],
    ],
    [
      "a change of the partition's own",
      [
        ["column", "orders", "a", { type: "integer" }],
        ["column", "orders_2026", "a", { type: "integer", inherited: "yes" }],
      ],
      [
        ["column", "orders", "a", { type: "integer" }],
        ["column", "orders_2026", "a", { type: "integer", inherited: "yes", default: "1" }],
      ],
      ["* column orders_2026.a: no default -> default 1"],
    ],
    [
      "the schema public is not worth a word",
      [ORDERS, ["column", "orders", "s", { default: "'a'::public.state" }]],
      [ORDERS, ["column", "orders", "s", { default: "'b'::public.state" }]],
      ["* column orders.s: default 'a'::state -> default 'b'::state"],
    ],
  ])("tells %s", (_, before, after, changes) => {
    expect(difference(catalog(...before), catalog(...after)).map(short)).toEqual(changes);
  });

  it("describes what was added", () => {
    const after = catalog(ORDERS, ID, NOTE);
    expect(difference([], after)[0]).toMatchObject({ after: "id integer, note text" });
    expect(difference(catalog(ORDERS), after)[0]).toMatchObject({
      after: "type integer, NOT NULL",
    });
  });

  it("names objects of other schemas and of none", () => {
    const after: CatalogObject[] = [
      { kind: "table", schema: "Shop", name: "orders", properties: {} },
      { kind: "extension", name: "pg_trgm", properties: {} },
      { kind: "published table", parent: "all", name: "public.orders", properties: {} },
    ];
    expect(difference([], after).map(({ name }) => name)).toEqual([
      '"Shop".orders',
      "pg_trgm",
      "orders of all",
    ]);
  });

  it("tells a schema without what is in it", () => {
    const shop: CatalogObject[] = [
      { kind: "schema", name: "shop", properties: {} },
      { kind: "table", schema: "shop", name: "orders", properties: {} },
      { kind: "enum", schema: "shop", name: "state", properties: {} },
    ];
    expect(difference(shop, []).map(short)).toEqual(["- schema shop"]);
  });

  it("cuts long texts to the part that differs", () => {
    const [change] = difference(
      catalog(["view", "", "v", { definition: longText("one") }]),
      catalog(["view", "", "v", { definition: longText("two") }]),
    );
    expect(change?.before).toContain("aone");
    expect(change?.after).toContain("atwo");
    expect(change?.before?.length).toBeLessThan(500);
  });

  const name = fc.constantFrom(
    "a",
    "b",
    "orders",
    "orders_a_key",
    "orders_a_key1",
    "orders_id_seq",
    "orders_id_seq1",
  );
  const object = fc.record({
    kind: fc.constantFrom(
      "table",
      "column",
      "constraint",
      "index",
      "sequence",
      "enum",
      "view",
      "schema",
    ),
    schema: fc.constantFrom("public", "shop"),
    parent: fc.constantFrom("orders", "a"),
    name,
    properties: fc.dictionary(
      fc.constantFrom("definition", "type", "default", "owned by", "not null name", "inherited"),
      fc.constantFrom("x", "public.orders.id", "nextval('public.orders_id_seq'::regclass)", "x  "),
    ),
  });
  const catalogs = fc.uniqueArray(object, {
    selector: (one) => JSON.stringify([one.kind, one.schema, one.parent, one.name]),
    maxLength: 12,
  });

  it("is empty between a schema and itself", () => {
    fc.assert(fc.property(catalogs, (one) => expect(difference(one, one)).toEqual([])));
  });

  it("is the same backwards, with added for removed", () => {
    fc.assert(
      fc.property(catalogs, catalogs, (a, b) =>
        expect(outline(difference(a, b))).toEqual(outline(difference(b, a).map(reversed))),
      ),
    );
  });

  it("knows whether something matters", () => {
    expect(isSemantic([])).toBe(false);
    expect(isSemantic(difference(catalog(ORDERS, ID, NOTE), catalog(ORDERS, NOTE, ID)))).toBe(
      false,
    );
    expect(isSemantic(difference([], catalog(ORDERS)))).toBe(true);
  });
});
