import { describe, expect, it } from "@jest/globals";
import { assert, property, string } from "fast-check";
import { prismaQueries } from "../../src/compat/prisma-queries.ts";
import { readPrismaSchema } from "../../src/compat/prisma-schema.ts";

const SCHEMA = `generator client {
  provider = "prisma-client-js"
}

/// A comment with model Fake {
model Order {
  id         String   @id @default(uuid()) @db.Uuid // the key
  number     Int      @default(autoincrement())
  note       String?
  "quoted"   String
  tags       String[]
  status     Status
  customerId BigInt   @map("customer_id")
  customer   Customer @relation(fields: [customerId], references: [id])
  lines      Line[]
  hidden     String   @ignore
  area       Unsupported("polygon")
  updatedAt  DateTime @updatedAt @map("updated_at")

  @@map("orders")
  @@schema("shop")
}

model Line {
  orderId String @db.Uuid
  at      Int
  price   Decimal

  @@id([orderId, at])
}

model Secret {
  id Int @id
  @@ignore
}

view Totals {
  day   DateTime
  total Decimal
}

enum Status {
  open  @map("OPEN")
  sent
}
`;

describe("a Prisma schema", () => {
  const { models, enums } = readPrismaSchema(SCHEMA);

  it("gives models with the names of the database", () => {
    expect(
      models.map(({ kind, name, table, schema, line, key }) => [
        kind,
        name,
        table,
        schema,
        line,
        key,
      ]),
    ).toEqual([
      ["model", "Order", "orders", "shop", 6, ["id"]],
      ["model", "Line", "Line", undefined, 24, ["orderId", "at"]],
      ["view", "Totals", "Totals", undefined, 37, []],
    ]);
    expect([...enums]).toEqual([["Status", "OPEN"]]);
  });

  it("gives the fields that are columns which a client reads", () => {
    const order = models[0];
    expect(order?.fields.map(({ column }) => column)).toEqual([
      "id",
      "number",
      "note",
      "tags",
      "status",
      "customer_id",
      "updated_at",
    ]);
    expect(order?.relations).toEqual([["customer_id"]]);
  });

  it("is read whatever it holds", () => {
    expect(() =>
      assert(property(string(), (text) => Array.isArray(readPrismaSchema(text).models))),
    ).not.toThrow();
  });
});

describe("what Prisma's client sends", () => {
  const queries = prismaQueries(readPrismaSchema(SCHEMA), "schema.prisma");
  const named = (name: string): { sql?: string; values?: readonly string[] } =>
    queries.find((query) => query.name === name) ?? {};

  it("names every column in reads", () => {
    expect(named("Line.findUnique").sql).toBe(
      'SELECT "public"."Line"."orderId", "public"."Line"."at", "public"."Line"."price" FROM "public"."Line" WHERE "public"."Line"."orderId" = $1 AND "public"."Line"."at" = $2 LIMIT 1',
    );
    expect(named("Order.findMany by customer_id").sql).toContain('"customer_id" IN ($1)');
  });

  it("creates with what has to be given, in literals that the columns take", () => {
    const { sql, values } = named("Order.create");
    expect(sql).toContain(
      'INSERT INTO "shop"."orders" ("id", "status", "customer_id", "updated_at") VALUES ($1, $2, $3, $4) RETURNING',
    );
    expect(values).toEqual([
      "'00000000-0000-4000-8000-000000000001'",
      "'OPEN'",
      "1",
      "'2026-01-01T00:00:00Z'",
    ]);
  });

  it("only reads a view, and updates nothing without a key", () => {
    const names = queries.map(({ name }) => name).filter((name) => name.startsWith("Totals"));
    expect(names).toEqual(["Totals.findMany"]);
  });
});
