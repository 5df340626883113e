import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import {
  type GraphNode,
  keyOf,
  type NamedMigration,
  planMigrations,
} from "../../../src/django/project/migration-graph.ts";

const SPAN = { start: 0, end: 0 };

function named(key: string): NamedMigration {
  const [app = "", name = ""] = key.split(".");
  return { app, name, span: SPAN };
}

interface Links {
  readonly needs?: readonly string[];
  readonly before?: readonly string[];
  readonly replaces?: readonly string[];
}

function node(key: string, { needs = [], before = [], replaces = [] }: Links = {}): GraphNode {
  return {
    ...named(key),
    dependencies: needs.map(named),
    runBefore: before.map(named),
    replaces: replaces.map(named),
  };
}

function plan(nodes: Readonly<Record<string, Links>>): { order: string[]; faults: string[] } {
  const { order, faults } = planMigrations(
    Object.entries(nodes).map(([key, links]) => node(key, links)),
  );
  return {
    order: order.map(keyOf),
    faults: faults.map(({ kind, node: at, others }) => `${kind} ${keyOf(at)}: ${others.join(" ")}`),
  };
}

describe("the plan of a project's migrations", () => {
  it.each<[string, Readonly<Record<string, Links>>, string[]]>([
    ["one after the other", { "a.2": { needs: ["a.1"] }, "a.1": {} }, ["a.1", "a.2"]],
    [
      // As Django 5.2 orders them: of two parents the last by name is walked first.
      "of two parents the last first",
      { "c.1": { needs: ["a.1", "b.1"] }, "a.1": {}, "b.1": {} },
      ["a.1", "b.1", "c.1"],
    ],
    [
      "a merge",
      {
        "a.1": {},
        "a.2": { needs: ["a.1"] },
        "a.3": { needs: ["a.1"] },
        "a.4": { needs: ["a.2", "a.3"] },
      },
      ["a.1", "a.3", "a.2", "a.4"],
    ],
    ["run_before", { "a.1": {}, "b.1": { before: ["a.1"] } }, ["b.1", "a.1"]],
    [
      "first and latest of another app",
      {
        "a.1": {},
        "a.2": { needs: ["a.1"] },
        "b.1": { needs: ["a.__first__"] },
        "b.2": { needs: ["a.__latest__", "b.1"] },
      },
      ["a.1", "a.2", "b.1", "b.2"],
    ],
    ["an app that is not here", { "a.1": { needs: ["taggit.0001"] } }, ["a.1"]],
    [
      "a squash stands for what it replaces, for those that depend on them too",
      {
        "a.1": {},
        "a.2": { needs: ["a.1"] },
        "a.1_squashed": { replaces: ["a.1", "a.2"] },
        "a.3": { needs: ["a.2"] },
        "b.1": { needs: ["a.1"] },
      },
      ["a.1_squashed", "a.3", "b.1"],
    ],
    [
      "a squash whose originals are gone",
      { "a.1_squashed": { replaces: ["a.1", "a.2"] }, "a.3": { needs: ["a.2"] } },
      ["a.1_squashed", "a.3"],
    ],
    [
      "a squash of a squash",
      {
        "a.1": {},
        "a.2": { needs: ["a.1"], replaces: ["a.1"] },
        "a.3": { replaces: ["a.2"] },
        "a.4": { needs: ["a.1"] },
      },
      ["a.3", "a.4"],
    ],
    [
      "what a replaced one needed is kept",
      { "a.1": { needs: ["b.1"] }, "a.2": { replaces: ["a.1"] }, "b.1": {} },
      ["b.1", "a.2"],
    ],
  ])("%s", (_, nodes, expected) => {
    const { order, faults } = plan(nodes);
    expect(order).toEqual(expected);
    expect(faults).toEqual([]);
  });

  it.each<[string, Readonly<Record<string, Links>>, string[]]>([
    [
      "two leaves of one app",
      { "a.1": {}, "a.2": { needs: ["a.1"] }, "a.3": { needs: ["a.1"] } },
      ["conflicting-leaves a.2: a.3", "conflicting-leaves a.3: a.2"],
    ],
    ["a missing parent", { "a.2": { needs: ["a.1"] } }, ["broken-dependency a.2: a.1"]],
    [
      "a cycle over two apps",
      { "a.1": { needs: ["b.1"] }, "b.1": { needs: ["a.1"] } },
      ["dependency-cycle b.1: a.1 b.1"],
    ],
    [
      "a squash that names one of two that is gone",
      { "a.1": {}, "a.9": { replaces: ["a.1", "a.2"] } },
      ["partial-squash a.9: a.2"],
    ],
  ])("tells %s", (_, nodes, expected) => {
    expect(plan(nodes).faults).toEqual(expected);
  });

  it("ends, and holds every migration once, whatever depends on whatever", () => {
    const key = fc.tuple(fc.constantFrom("a", "b", "c"), fc.integer({ min: 0, max: 6 }));
    const keys = fc.array(
      key.map(([app, number]) => `${app}.${number}`),
      { maxLength: 4 },
    );
    const links = fc.record({
      needs: keys,
      before: keys,
      replaces: fc.oneof(fc.constant([]), keys),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(key, links), { maxLength: 20 }), (all) => {
        const nodes = new Map(all.map(([[app, number], one]) => [`${app}.${number}`, one]));
        const { order, replaced } = planMigrations([...nodes].map(([at, one]) => node(at, one)));
        const told = [...order, ...replaced].map(keyOf);
        expect(told.toSorted()).toEqual([...nodes.keys()].toSorted());
      }),
    );
  });
});
