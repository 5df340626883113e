import { describe, expect, it } from "@jest/globals";
import {
  flywayVersionKey,
  isFlywayCallback,
  readFlywayName,
} from "../../src/sources/flyway-name.ts";
import { readSqlName } from "../../src/sources/sql-name.ts";
import { compareDotted, compareNumbers } from "../../src/sources/version.ts";

describe("Flyway's file names", () => {
  it.each([
    ["V1__a.sql", "V", ["1"], "a"],
    ["V1_2.3__add_users.sql", "V", ["1", "2", "3"], "add_users"],
    ["V20240101120000__a.SQL", "V", ["20240101120000"], "a"],
    ["V1__a__b.sql", "V", ["1"], "a__b"],
    ["U2__a.sql", "U", ["2"], "a"],
    ["B3.1__a.sql", "B", ["3", "1"], "a"],
    ["R__views.sql", "R", [], "views"],
  ])("%s", (file, kind, version, description) => {
    expect(readFlywayName(file)).toEqual({ kind, version, description });
  });

  it.each(["v1__a.sql", "V1_a.sql", "V__a.sql", "Vx__a.sql", "R1__a.sql", "r__a.sql", "V1__a.txt"])(
    "%s is none",
    (file) => {
      expect(readFlywayName(file)).toBeUndefined();
    },
  );

  it.each([
    ["1", "1.0", true],
    ["01", "1", true],
    ["1_1", "1.1", true],
    ["1", "1.1", false],
    ["10", "1", false],
  ])("versions %s and %s are one: %s", (a, b, same) => {
    expect(flywayVersionKey(a) === flywayVersionKey(b)).toBe(same);
  });

  it("tells callbacks", () => {
    const files = [
      "afterMigrate.sql",
      "beforeEachMigrate__log.sql",
      "createSchema.sql",
      "after.sql",
    ];
    expect(files.map(isFlywayCallback)).toEqual([true, true, true, false]);
  });
});

describe("plain SQL names", () => {
  it.each([
    ["001_a.sql", { id: "001_a", order: ["001"] }],
    ["001.sql", { id: "001", order: ["001"] }],
    ["v2-add.sql", { id: "v2-add", order: ["2"] }],
    ["1.2.3_a.sql", { id: "1.2.3_a", order: ["1", "2", "3"] }],
    [
      "20240115101500_a.up.sql",
      { id: "20240115101500_a", order: ["20240115101500"], direction: "up" },
    ],
    ["2024-01-15_a.sql", { id: "2024-01-15_a", order: ["2024", "01", "15"] }],
    [
      "2024_01_15_101500_a.sql",
      { id: "2024_01_15_101500_a", order: ["2024", "01", "15", "101500"] },
    ],
    ["001_a_down.sql", { id: "001_a", order: ["001"], direction: "down" }],
    ["001_a.undo.sql", { id: "001_a", order: ["001"], direction: "down" }],
    ["001_a.rollback.sql", { id: "001_a", order: ["001"], direction: "down" }],
    ["001.undo.add_users.sql", { id: "001.add_users", order: ["001"], direction: "down" }],
    ["001.do.add_users.sql", { id: "001.add_users", order: ["001"], direction: "up" }],
    ["001_countdown.sql", { id: "001_countdown", order: ["001"] }],
    ["001_shutdown_down.sql", { id: "001_shutdown", order: ["001"], direction: "down" }],
    ["3rd_party.sql", { id: "3rd_party" }],
    ["users.sql", { id: "users" }],
  ])("%s", (file, expected) => {
    expect(readSqlName(file)).toEqual(expected);
  });
});

describe("versions", () => {
  it("compares numbers of any size as numbers", () => {
    const numbers = ["20240101120000000001", "9", "10", "0002", "20240101120000000000"];
    expect(numbers.toSorted(compareNumbers)).toEqual([
      "0002",
      "9",
      "10",
      "20240101120000000000",
      "20240101120000000001",
    ]);
  });

  it("compares part by part, what is not there as 0", () => {
    const versions = ["1.10", "1.9", "1", "1.0.1", "0.9"].map((version) => version.split("."));
    expect(versions.toSorted(compareDotted).map((parts) => parts.join("."))).toEqual([
      "0.9",
      "1",
      "1.0.1",
      "1.9",
      "1.10",
    ]);
  });
});
