import { describe, expect, it } from "@jest/globals";
import type { RemovedName } from "../../src/core/uses.ts";
import { usesIn } from "../../src/usage/find-uses.ts";
import { repository } from "../sources/repository.ts";

const ORDERS = { table: { name: "orders" } };
const NOTE = { ...ORDERS, column: "note" };
const CUSTOMER = { ...ORDERS, column: "customer_id" };

/** The places found in one file, by their line; an empty list where nothing was. */
function lines(removed: RemovedName, text: string, path = "src/a.ts"): number[] {
  const uses = usesIn(repository({ [path]: text }), () => false)(removed);
  return uses?.places.map(({ line }) => line) ?? [];
}

describe("a table that is still named", () => {
  it.each([
    ["SQL", "db.query('select id from orders where id = $1')"],
    ["SQL in capitals, with a schema and quotes", 'db.query(`UPDATE public."orders" SET x = 1`)'],
    ["a join", "  JOIN orders o ON o.id = x.id"],
    ["Knex", 'knex("orders").insert(row)'],
    ["Supabase's client", 'supabase.from("orders").select()'],
    ["Drizzle", 'export const orders = pgTable("orders", {});'],
    ["JPA", '@Table(name = "orders")'],
    ["SQLAlchemy", '    __tablename__ = "orders"'],
    ["Rails", '  self.table_name = "orders"'],
    ["Django", '        db_table = "orders"'],
  ])("in %s", (_, line) => {
    expect(lines(ORDERS, `one\n${line}\n`)).toEqual([2]);
  });

  it.each([
    ["a word of prose", "// orders are kept for a year"],
    ["a longer name", "select * from orders_archive"],
    ["another name that ends so", "select * from old_orders"],
    ["a translation", 'labels: { title: "orders" }'],
    ["a variable", "const orders = load();"],
  ])("but not in %s", (_, line) => {
    expect(lines(ORDERS, line)).toEqual([]);
  });

  it("keeps the case of a name that needs quotes", () => {
    const removed = { table: { name: "Orders" } };
    expect(lines(removed, 'select * from "Orders"')).toEqual([1]);
    expect(lines(removed, "select * from orders")).toEqual([]);
  });
});

describe("a column that is still named", () => {
  it.each([
    ["a select list", "select id, note from orders"],
    ["a condition", "where note is null"],
    ["quotes", 'row["note"]'],
    ["a property", "order.note = text"],
    ["an insert", "insert into orders (id, note) values (1, 2)"],
  ])("in %s", (_, line) => {
    expect(lines(NOTE, `select 1 from orders\n${line}\n`)).toContain(2);
  });

  it("as an object mapper writes it in code", () => {
    expect(lines(CUSTOMER, 'knex("orders")\norder.customerId = 3\n')).toEqual([2]);
  });

  it("but not in a file that does not name the table, nor as a part of another word", () => {
    expect(lines(NOTE, "select note from invoices")).toEqual([]);
    expect(lines(NOTE, "select 1 from orders\nselect footnote from x\n")).toEqual([]);
  });

  it("in a Prisma schema, under the names that it maps", () => {
    const schema = `model Order {
  id         Int    @id
  note       String?
  customerId Int    @map("customer_id")

  @@map("orders")
}

model Invoice {
  note String?
}
`;
    expect(lines(NOTE, schema, "prisma/schema.prisma")).toEqual([3]);
    expect(lines(CUSTOMER, schema, "prisma/schema.prisma")).toEqual([4]);
    expect(lines(ORDERS, schema, "prisma/schema.prisma")).toEqual([1]);
  });
});

describe("what is searched", () => {
  const line = "select * from orders;\n";

  it("leaves out migrations, what others wrote, and what is no code", () => {
    const files = repository({
      "db/migrations/1_a.sql": line,
      "node_modules/x/a.js": line,
      "vendor/a.go": line,
      "README.md": line,
      "queries/a.sql": line,
    });
    const uses = usesIn(files, (path) => path.startsWith("db/migrations/"))(ORDERS);
    expect(uses).toEqual({ places: [{ path: "queries/a.sql", line: 1 }], more: 0 });
  });

  it("counts what it does not show, and says when it left a file out", () => {
    const files = repository({
      "a.sql": line.repeat(7),
      "b.sql": "x".repeat(600 * 1024),
    });
    const uses = usesIn(files, () => false)(ORDERS);
    expect(uses).toMatchObject({ more: 2, partly: true });
    expect(uses?.places).toHaveLength(5);
  });

  it("leaves out what costs too many requests, without reading it", () => {
    const size = 400 * 1024;
    const texts = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`src/${String(index).padStart(2, "0")}.ts`, line]),
    );
    const read: string[] = [];
    const files = {
      ...repository({ ...texts, "src/large.ts": line }),
      size: (path: string) => (path === "src/large.ts" ? 600 * 1024 : size),
      text: (path: string) => {
        read.push(path);
        return { text: line };
      },
    };
    expect(usesIn(files, () => false)(ORDERS)).toMatchObject({ partly: true });
    expect(read).toHaveLength(20);
    expect(read).not.toContain("src/large.ts");
  });

  it("takes names for what they are, not for patterns", () => {
    expect(lines({ table: { name: "a.b(c" } }, 'select * from "a.b(c"')).toEqual([1]);
  });
});
