import { describe, expect, it } from "@jest/globals";
import { migrateVerify, TemporaryFolder } from "./program.ts";

const FILES = {
  "db/migrations/1_orders.up.sql": "CREATE TABLE orders (id bigint PRIMARY KEY, note text);\n",
  "db/migrations/1_orders.down.sql": "DROP TABLE orders;\n",
  "db/migrations/2_note.up.sql": "ALTER TABLE orders DROP COLUMN note;\n",
  "db/migrations/2_note.down.sql": "ALTER TABLE orders ADD COLUMN note text;\n",
  "src/orders.ts": 'const one = "select note from orders";\n',
};

describe("a dropped column that the code still names", () => {
  it("is told with the places, in text and in JSON", () => {
    using folder = new TemporaryFolder(FILES);
    folder.git("init", "-q", "-b", "main");
    folder.git("add", "db/migrations/1*");
    folder.git("commit", "-q", "-m", "history");
    folder.git("checkout", "-q", "-b", "change");
    const text = migrateVerify(folder.path, "lint").stdout;
    expect(text).toContain("still named: src/orders.ts:1");
    const report = JSON.parse(migrateVerify(folder.path, "lint", "--format", "json").stdout) as {
      projects: { migrations: { findings: { rule: string; uses?: unknown }[] }[] }[];
    };
    const findings = report.projects[0]?.migrations[0]?.findings ?? [];
    expect(findings.find(({ rule }) => rule === "no-drop-column")?.uses).toEqual({
      places: [{ path: "src/orders.ts", line: 1 }],
      more: 0,
    });
    expect(migrateVerify(folder.path, "lint", "--format", "markdown").stdout).toContain(
      "**Still named** at `src/orders.ts:1`",
    );
  });
});
