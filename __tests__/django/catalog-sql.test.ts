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
      "CREATE INDEX CONCURRENTLY IF NOT EXISTS upper_name ON shop_item (upper(name), code)",
      [...BEFORE, "shop_item: upper_name()"],
    ],
    [
      "CREATE INDEX full_name ON shop_item USING gin ((a || ' ' || b) gin_trgm_ops);",
      [...BEFORE, "shop_item: full_name()"],
    ],
    ['CREATE INDEX IF NOT EXISTS "Item_Tag" ON shop_item (other)', BEFORE],
    [
      "DO $$ BEGIN ALTER TABLE shop_item DROP CONSTRAINT item_code; END $$",
      ["shop_item: item_pkey(id)", "shop_item: Item_Tag(tag_id)"],
    ],
    [
      `do $do$
      declare r record;
      begin
        IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint WHERE conname LIKE 'Item_Tag') THEN
          ALTER TABLE shop_item ADD CONSTRAINT "Item_Tag" UNIQUE USING INDEX "Item_Tag";
        END IF;
      end; $do$`,
      BEFORE,
    ],
    [
      "DO $$ BEGIN IF EXISTS (SELECT FROM pg_constraint WHERE conname = 'other') THEN DROP TABLE shop_item; ELSE ALTER TABLE shop_item RENAME TO b; END IF; END $$",
      BEFORE.map((one) => one.replace("shop_item", "b")),
    ],
    [
      "DO $$ BEGIN IF x > 0 THEN DROP TABLE shop_item; ELSE DROP TABLE shop_item; END IF; FOR a IN SELECT 1 LOOP DROP TABLE shop_item; END LOOP; ALTER TABLE shop_item RENAME TO c; EXCEPTION WHEN others THEN DROP TABLE c; END $$",
      BEFORE.map((one) => one.replace("shop_item", "c")),
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
    "DO $$ BEGIN EXECUTE 'DROP TABLE shop_item'; END $$",
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
      "DO $$ BEGIN ",
      "END $$;",
      "IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'item_code') THEN ",
      "ELSE ",
      "END IF;",
      "LOOP ",
      "CREATE INDEX a ON shop_item (",
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 400 }), (words) => {
        expect(() => after(words.join(""))).not.toThrow();
      }),
    );
  });
});

it("DROP TABLE … CASCADE takes the foreign keys along that refer to the table, by its last name", () => {
  const changed = catalog();
  applySql(
    changed,
    `ALTER TABLE shop_item ADD CONSTRAINT to_shelf FOREIGN KEY (shelf_id) REFERENCES shelf (id);
     ALTER TABLE shop_item ADD CONSTRAINT to_other FOREIGN KEY (other_id) REFERENCES public.other (id)`,
  );
  changed.createTable("shelf");
  applySql(changed, "ALTER TABLE shelf RENAME TO rack; DROP TABLE other");
  expect(changed.of("shop_item").map(({ name }) => name)).toContain("to_other");
  applySql(changed, "DROP TABLE rack CASCADE");
  expect(changed.of("shop_item").map(({ name }) => name)).not.toContain("to_shelf");
});

it("a constraint made of a unique index of its own name takes that index's place", () => {
  const changed = catalog();
  applySql(
    changed,
    `CREATE UNIQUE INDEX pair ON shop_item (a, b);
     DO $do$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'pair') THEN
       ALTER TABLE shop_item ADD CONSTRAINT pair UNIQUE USING INDEX pair; END IF; END $do$`,
  );
  const found = changed.of("shop_item").filter(({ name }) => name === "pair");
  expect(found).toEqual([{ name: "pair", kind: "unique", columns: ["a", "b"] }]);
});
