import { deserialize, serialize } from "node:v8";
import { expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { LaterMap, packMap } from "../../src/core/packed-map.ts";

const packing = { pack: serialize, unpack: deserialize };

const value = fc.oneof(
  fc.constant(undefined),
  fc.bigInt(),
  fc.record({ name: fc.string(), columns: fc.array(fc.string()) }),
  fc.array(fc.tuple(fc.string(), fc.integer())).map((entries) => new Map(entries)),
);

it("a map that was packed is what it was, and each of its values the same one to all copies", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), value)), (entries) => {
      const usual = new Map(entries);
      const packed = packMap(usual, packing);
      const map = LaterMap.unpack(packed, packing);
      const copy = map.copy();
      for (const key of usual.keys()) expect(copy.get(key)).toBe(map.get(key));
      expect([...map]).toEqual([...usual]);
      expect([...map.keys()]).toEqual([...usual.keys()]);
      expect([...LaterMap.unpack(packed, packing).values()]).toEqual([...usual.values()]);
      expect([map.size, map.has("x"), map.get("x")]).toEqual([
        usual.size,
        usual.has("x"),
        usual.get("x"),
      ]);
      const seen: unknown[] = [];
      map.forEach((one, key) => seen.push([key, one]));
      expect(seen).toEqual([...usual]);
    }),
  );
});

it("a copy is changed without the map that it was made of", () => {
  const map = LaterMap.unpack(
    packMap(
      new Map([
        ["a", { is: "one" }],
        ["b", { is: "two" }],
      ]),
      packing,
    ),
    packing,
  );
  const copy = map.copy();
  expect([map.shares("a", copy), map.shares("c", copy)]).toEqual([true, false]);
  copy.set("a", { is: "other" });
  expect([map.shares("a", copy), map.shares("b", copy)]).toEqual([false, true]);
  copy.delete("b");
  expect([[...map], [...copy]]).toEqual([
    [
      ["a", { is: "one" }],
      ["b", { is: "two" }],
    ],
    [["a", { is: "other" }]],
  ]);
});
