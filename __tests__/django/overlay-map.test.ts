import { expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { withEntry } from "../../src/django/state/overlay-map.ts";

it("a map with entries added is what a map that was set is, and the earlier ones stay", () => {
  const entry = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer());
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 400 }), (entries) => {
      const usual = new Map<number, number>();
      let map: ReadonlyMap<number, number> = new Map();
      for (const [key, value] of entries) {
        const before = [...map];
        const next = withEntry(map, key, value);
        expect([...map]).toEqual(before);
        usual.set(key, value);
        map = next;
      }
      expect([...map]).toEqual([...usual]);
      expect([...map.keys(), ...map.values(), map.size]).toEqual([
        ...usual.keys(),
        ...usual.values(),
        usual.size,
      ]);
      const seen: [number, number][] = [];
      map.forEach((value, key) => seen.push([key, value]));
      expect(seen).toEqual([...usual]);
      for (const key of [0, 150, 300]) {
        expect([map.has(key), map.get(key)]).toEqual([usual.has(key), usual.get(key)]);
      }
    }),
    { numRuns: 30 },
  );
});
