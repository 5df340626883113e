import { describe, expect, it } from "@jest/globals";
import type { SchemaChange } from "../../src/core/verification.ts";
import { entityDiagram } from "../../src/report/entity-diagram.ts";

function change(object: string, name: string, after?: string): SchemaChange {
  return {
    change: "added",
    object,
    name,
    weight: "semantic",
    ...(after === undefined ? {} : { after }),
  };
}

describe("entityDiagram", () => {
  it("draws tables, columns and foreign keys", () => {
    expect(
      entityDiagram([
        change("table", "order_lines"),
        change("column", "orders.customer_id", "type bigint, NOT NULL"),
        change(
          "constraint",
          "orders_customer on orders",
          "FOREIGN KEY (customer_id) REFERENCES customers(id) NOT VALID",
        ),
      ]),
    ).toBe(
      [
        "erDiagram",
        "  order_lines",
        "  orders {",
        '    bigint customer_id "added"',
        "  }",
        "  customers",
        '  orders }o--|| customers : "customer_id added"',
      ].join("\n"),
    );
  });

  it.each([
    ["nothing", []],
    ["a table alone", [change("table", "a")]],
    ["an index", [change("index", "i on a", "CREATE INDEX i ON a (b)")]],
    ["nine tables", Array.from({ length: 9 }, (_, n) => change("column", `t${n}.a`, "type text"))],
    [
      "many columns",
      Array.from({ length: 61 }, (_, n) => change("column", `t.a${n}`, "type text")),
    ],
  ])("is no picture of %s", (_, difference) => {
    expect(entityDiagram(difference)).toBeUndefined();
  });

  it("is made of plain names only", () => {
    const name = `"a""b } }o--|| %%{init} ;".";x""\n"`;
    const text = entityDiagram([
      change("column", name, 'type "x;y"(3), NOT NULL'),
      change("constraint", `c on ${name}`, 'FOREIGN KEY ("a }") REFERENCES "b ;%%"(id)'),
    ]);
    expect(text).toMatch(
      /^erDiagram\n {2}\w+ \{\n {4}\w+ \w+ "added"\n {2}\}\n(?: {2}\w+\n)* {2}\w+ \}o--\|\| \w+ : "\w+ added"$/,
    );
  });
});
