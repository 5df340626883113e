import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { applySql } from "../../src/django/schema/catalog-sql.ts";
import { Catalog } from "../../src/django/schema/catalog.ts";

function catalog(): Catalog {
  const made = new Catalog();
  made.createTable("shop_item");
  made.add("shop_item", { name: "item_pkey", kind: "primary-key", columns: ["id"] });
  made.add("shop_item", { name: "item_code", kind: "unique", columns: ["code"] });
  made.add("shop_item", { name: "Item_Tag", kind: "index", columns: ["tag_id"] });
  return made;
}

/** Each object after some SQL: `table: name(columns)`. */
function after(sql: string): string[] {
  const changed = catalog();
  applySql(changed, sql);
  return [...changed.tables].flatMap(([table, objects]) =>
    objects.map(({ name, columns }) => `${table}: ${name}(${columns.join()})`),
  );
}

const BEFORE = after("");

describe("SQL of RunSQL", () => {
  it.each([
    [
      "ALTER TABLE shop_item RENAME CONSTRAINT item_code TO other;",
      ["shop_item: item_pkey(id)", "shop_item: other(code)", "shop_item: Item_Tag(tag_id)"],
    ],
    [
      'alter index "Item_Tag" rename to tags',
      ["shop_item: item_pkey(id)", "shop_item: item_code(code)", "shop_item: tags(tag_id)"],
    ],
    [
      "ALTER TABLE public.shop_item RENAME TO things; ALTER TABLE things DROP COLUMN tag_id, DROP CONSTRAINT IF EXISTS item_code",
      ["things: item_pkey(id)"],
    ],
    [
      'ALTER TABLE shop_item RENAME COLUMN code TO "Code", ADD CONSTRAINT ck CHECK (code > 0), ADD CONSTRAINT un UNIQUE (a, "B")',
      [
        "shop_item: item_pkey(id)",
        "shop_item: item_code(Code)",
        "shop_item: Item_Tag(tag_id)",
        "shop_item: ck()",
        "shop_item: un(a,B)",
      ],
    ],
    ["DROP TABLE IF EXISTS other, shop_item CASCADE", []],
    [
      'DROP INDEX CONCURRENTLY IF EXISTS "Item_Tag"',
      ["shop_item: item_pkey(id)", "shop_item: item_code(code)"],
    ],
    [
      "CREATE UNIQUE INDEX by_name ON shop_item USING btree (name DESC, a) WHERE a > 0",
      [...BEFORE, "shop_item: by_name(name,a)"],
    ],
    [
      'ALTER TABLE shop_item ADD CONSTRAINT tagged UNIQUE USING INDEX "Item_Tag"',
      ["shop_item: item_pkey(id)", "shop_item: item_code(code)", "shop_item: tagged(tag_id)"],
    ],
  ])("%s", (sql, objects) => {
    expect(after(sql)).toEqual(objects);
  });

  it.each([
    "-- DROP TABLE shop_item",
    "/* DROP TABLE shop_item; */ SELECT 1",
    "INSERT INTO log VALUES ('; DROP TABLE shop_item')",
    "DO $$ BEGIN; DROP TABLE shop_item; END $$",
    "SELECT ';' AS \"; DROP TABLE shop_item\"",
    "UPDATE shop_item SET code = 1",
  ])("passes over what is none: %s", (sql) => {
    expect(after(sql)).toEqual(BEFORE);
  });

  it("ends for whatever is written", () => {
    const parts = fc.constantFrom(
      "'",
      '"',
      "$a$",
      "/*",
      "--",
      ";",
      "(",
      ")",
      ",",
      "ALTER TABLE ",
      "a",
      " ",
      "RENAME TO ",
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 400 }), (words) => {
        expect(() => after(words.join(""))).not.toThrow();
      }),
    );
  });
});
