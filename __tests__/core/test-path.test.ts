import { describe, expect, it } from "@jest/globals";
import { isTestPath } from "../../src/core/test-path.ts";

describe("whether a file is one of tests", () => {
  it.each([
    "src/orders.test.ts",
    "src/orders.spec.tsx",
    "orders_test.go",
    "orders_test.py",
    "shop/test_orders.py",
    "spec/models/order_spec.rb",
    "src/test/java/OrderTest.java",
    "OrderTests.cs",
    "features/order.feature",
    "test/orders.bats",
    "t/orders.sql",
    "tests/orders.rs",
    "__tests__/orders.ts",
    "e2e/orders.ts",
  ])("%s is", (path) => {
    expect(isTestPath(path)).toBe(true);
  });

  it.each([
    "src/orders.ts",
    "db/latest.sql",
    "src/contest/orders.ts",
    "docs/tests.md.d/x",
    "test",
    "tests/README",
    "src/protest.ts",
    "attest.go",
  ])("%s is none", (path) => {
    expect(isTestPath(path)).toBe(false);
  });
});
